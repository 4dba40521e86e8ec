"""Who leads for each person: drafts in order, twins joined, margins, outcomes; as `engine.explanations`, `twins` and `outcome`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.cohort.batch import Bools
from engine.cohort.explain import Drafts
from engine.cohort.masks import rows_of
from engine.cohort.net import Ints, Net, has_each, sorting
from engine.cohort.twins import twins
from engine.drivers import KIND_OF_LAYER
from engine.result import Node
from knowledge.sides import BODY, BOTH

KIND_OF = {**KIND_OF_LAYER, "presentation": "chain", "none": "chain"}
"""A kind for every layer; those that can head nothing have one for form."""
KINDS = ("chain", "local", "nonmechanical")
OUTCOMES = ("undetermined", *KINDS, "referral")


@dataclass(frozen=True, slots=True)
class Ranked:
    """Explanations of a whole batch, people in order and best first: `start[i]` is the first of person i, `start[i + 1]` ends.

    `drafts` holds their spines and cones; `both` tells which stand for two mirror images. `margin` is NaN without a rival.
    """

    net: Net
    drafts: Drafts
    both: Bools
    start: Ints
    margin: NDArray[np.float64]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes that numbers stand for."""
        return self.net.nodes

    @property
    def row(self) -> Ints:
        """The person of each entry."""
        return self.drafts.person

    @property
    def cause(self) -> Ints:
        """The cause of each entry, as a number of `nodes`."""
        return self.drafts.cause

    @property
    def driver(self) -> Ints:
        """The driver of each entry, as a number of `nodes`."""
        return self.drafts.driver

    @property
    def score(self) -> Ints:
        """The score of each entry."""
        return self.drafts.score

    def named(self, entry: int, driver: bool = False) -> Node:
        """The cause (or the driver) of an entry, with side both for twins."""
        node = self.nodes[(self.driver if driver else self.cause)[entry]]
        return (node[0], BOTH) if self.both[entry] and node[1] in BODY else node


def rank(drafts: Drafts, n: int, net: Net) -> Ranked:
    """All drafts in the order of `engine.explanations.explanations`, with twins as one and margins per person."""
    default = np.array([net.of(number).default for number in range(len(net.nodes))], np.bool_)
    drafts = drafts.take(sorting((drafts.person, default[drafts.cause], -drafts.score, net.rank[drafts.cause], net.rank[drafts.driver])))
    both, gone = twins(drafts, net)
    margin = _margins(drafts, gone, n, net, default)
    kept = drafts.take(~gone)
    return Ranked(net, kept, both[~gone], np.searchsorted(kept.person, np.arange(n + 1)), margin)


def _margins(drafts: Drafts, gone: Bools, n: int, net: Net, default: Bools) -> NDArray[np.float64]:
    """The distance of the best to its nearest rival of another kind; NaN without one."""
    margin, person, cause = np.full(n, np.nan), drafts.person, drafts.cause
    if not len(person):
        return margin
    kind = np.array([KINDS.index(KIND_OF[net.of(number).layer]) for number in range(len(net.nodes))])
    modulator = np.array([net.of(number).layer == "modulator" for number in range(len(net.nodes))], np.bool_)
    first = np.searchsorted(person, person, side="left")
    inside = has_each(drafts.cone[first], drafts.driver) | has_each(drafts.cone, drafts.driver[first])
    part = inside & (modulator[cause] | modulator[cause[first]]) & (first != np.arange(len(person)))
    rival = (kind[cause] != kind[cause[first]]) & ~default[cause] & ~part & ~gone
    most = np.full(n, np.iinfo(np.int64).min)
    np.maximum.at(most, person[rival], drafts.score[rival])
    has = most > np.iinfo(np.int64).min
    lead = np.zeros(n, np.int64)
    lead[person] = drafts.score[first]
    margin[has] = (lead - most)[has]
    return margin


def outcomes(ranked: Ranked, urgent: Bools, n: int) -> Ints:
    """The index in OUTCOMES for each person."""
    out, net = np.zeros(n, np.int64), ranked.net
    has = ranked.start[1:] > ranked.start[:-1]
    best, scale = ranked.start[:-1][has], net.kb.scale
    layers = [one.layer for one in map(net.of, range(len(net.nodes)))]
    word = np.array([OUTCOMES.index("referral" if layer == "serious" else KIND_OF[layer]) for layer in layers] or [0])
    margin = ranked.margin[has]
    clear = (ranked.score[best] >= scale.lead_min) & (np.isnan(margin) | (margin >= scale.lead_margin))
    out[rows_of(has)] = np.where(clear, word[ranked.cause[best]], 0)
    out[urgent] = OUTCOMES.index("referral")
    return out
