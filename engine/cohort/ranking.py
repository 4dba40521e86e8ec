"""Who leads for each person: drafts in order, twins joined, margins, outcomes; as `engine.explanations`, `twins` and `outcome`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.cohort.explain import Drafts
from engine.cohort.ways import Spine
from engine.drivers import KIND_OF_LAYER
from engine.result import Node
from knowledge.model import KnowledgeBase
from knowledge.sides import BODY, BOTH, mirror

Ints = NDArray[np.int64]
KINDS = ("chain", "local", "nonmechanical")
OUTCOMES = ("undetermined", *KINDS, "referral")


@dataclass
class Ranked:
    """Explanations of a whole batch, one entry each, people in order and best first: `start[i]` is the first of person i."""

    row: Ints
    cause: Ints
    driver: Ints
    score: Ints
    spine: Ints
    both: NDArray[np.bool_]
    start: Ints
    nodes: tuple[Node, ...]
    margin: NDArray[np.float64]

    def named(self, entry: int, driver: bool = False) -> Node:
        """The cause (or the driver) of an entry, with side both for twins."""
        node = self.nodes[(self.driver if driver else self.cause)[entry]]
        return (node[0], BOTH) if self.both[entry] and node[1] in BODY else node


def rank(drafts: list[Drafts], spines: list[Spine], n: int, kb: KnowledgeBase) -> Ranked:
    """All drafts in the order of `engine.explanations.explanations`, with twins as one and margins per person."""
    nodes = tuple(sorted({node for one in drafts for node in (one.head, one.seed.driver)}))
    place = {node: index for index, node in enumerate(nodes)}
    row, cause, driver, score, spine = _joined([_columns(one, place) for one in drafts])
    default = np.array([kb.conclusions[node[0]].default for node in nodes], np.bool_)
    order = np.lexsort((driver, cause, -score, default[cause] if len(cause) else cause, row))
    row, cause, driver, score, spine = row[order], cause[order], driver[order], score[order], spine[order]
    both, gone = _twins(row, cause, driver, score, spine, spines, nodes)
    margin = _margins(row, cause, driver, score, spine, gone, spines, nodes, n, kb)
    kept = ~gone
    start = np.searchsorted(row[kept], np.arange(n + 1))
    return Ranked(row[kept], cause[kept], driver[kept], score[kept], spine[kept], both[kept], start, nodes, margin)


def _joined(columns: list[tuple[Ints, Ints, Ints, Ints, Ints]]) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    def one(index: int) -> Ints:
        return np.concatenate([column[index] for column in columns]) if columns else np.zeros(0, np.int64)

    return one(0), one(1), one(2), one(3), one(4)


def _columns(one: Drafts, place: dict[Node, int]) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    many = len(one.rows)
    return one.rows, np.full(many, place[one.head]), np.full(many, place[one.seed.driver]), one.score, one.spine


def _twins(
    row: Ints, cause: Ints, driver: Ints, score: Ints, spine: Ints, spines: list[Spine], nodes: tuple[Node, ...],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which entries stand for two mirror images, and which are the second of two."""
    both, gone = np.zeros(len(row), np.bool_), np.zeros(len(row), np.bool_)
    sided = np.array([node[1] in BODY for node in nodes], np.bool_)
    candidates = np.flatnonzero(sided[cause] | sided[driver]) if len(row) else np.zeros(0, np.int64)
    paths = [one.nodes for one in spines]
    mirrors = [tuple((name, mirror(side)) for name, side in path) for path in paths]
    first: dict[tuple[int, int, object], int] = {}
    for entry in candidates.tolist():
        path, image = paths[spine[entry]], mirrors[spine[entry]]
        twin = first.get((int(row[entry]), int(score[entry]), image)) if image != path else None
        if twin is not None and not both[twin]:
            both[twin], gone[entry] = True, True
        else:
            first[int(row[entry]), int(score[entry]), path] = entry
    return both, gone


def _margins(
    row: Ints, cause: Ints, driver: Ints, score: Ints, spine: Ints, gone: NDArray[np.bool_], spines: list[Spine], nodes: tuple[Node, ...],
    n: int, kb: KnowledgeBase,
) -> NDArray[np.float64]:
    """The distance of the best to its nearest rival of another kind; NaN without one."""
    margin = np.full(n, np.nan)
    if not len(row):
        return margin
    kind = np.array([KINDS.index(KIND_OF_LAYER[kb.conclusions[node[0]].layer]) for node in nodes])
    default = np.array([kb.conclusions[node[0]].default for node in nodes], np.bool_)
    modulator = np.array([kb.conclusions[node[0]].layer == "modulator" for node in nodes], np.bool_)
    first = np.searchsorted(row, row, side="left")
    modulated = modulator[cause] | modulator[cause[first]]
    part = np.zeros(len(row), np.bool_)
    for entry in np.flatnonzero(modulated & (first != np.arange(len(row)))).tolist():
        best = int(first[entry])
        part[entry] = nodes[driver[entry]] in spines[spine[best]].cone or nodes[driver[best]] in spines[spine[entry]].cone
    rival = (kind[cause] != kind[cause[first]]) & ~default[cause] & ~part & ~gone
    most = np.full(n, np.iinfo(np.int64).min)
    np.maximum.at(most, row[rival], score[rival])
    has = most > np.iinfo(np.int64).min
    lead = np.zeros(n, np.int64)
    lead[row[first]] = score[first]
    margin[has] = (lead - most)[has]
    return margin


def outcomes(ranked: Ranked, urgent: NDArray[np.bool_], n: int, kb: KnowledgeBase) -> Ints:
    """The index in OUTCOMES for each person."""
    out = np.zeros(n, np.int64)
    has = ranked.start[1:] > ranked.start[:-1]
    best = ranked.start[:-1][has]
    layers = [kb.conclusions[node[0]].layer for node in ranked.nodes]
    word = np.array([OUTCOMES.index("referral" if layer == "serious" else KIND_OF_LAYER[layer]) for layer in layers] or [0])
    enough = ranked.score[best] >= kb.scale.lead_min
    margin = ranked.margin[has]
    clear = np.isnan(margin) | (margin >= kb.scale.lead_margin)
    out[np.flatnonzero(has)] = np.where(enough & clear, word[ranked.cause[best]], 0) if len(best) else 0
    out[urgent] = OUTCOMES.index("referral")
    return out
