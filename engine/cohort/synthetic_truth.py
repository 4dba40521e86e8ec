"""What is true of synthetic people: a cause, the walk from it along the links to the complaints, and what holds besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from engine.cohort.masks import rows_of
from engine.drivers import KIND_OF_LAYER
from engine.result import Node
from knowledge.graph import compensation_graph
from knowledge.model import Conclusion, KnowledgeBase, Link
from knowledge.sides import BODY, NONE, target_sides
from knowledge.simulation import keyed

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FEMALE, MALE, OTHER = "female", "male", "other"
NOTHING = "no_clear_cause"
"""The cause of those whose pain comes from nothing that is known here."""


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth about `n` people: kind, cause (both as indexes into their names), side of the cause (an index into SIDES), sex (an index
    into `sexes`); who has each node at all (`held`), who has it on the way from the cause to the complaints (`walked`), and which
    activities hurt through a link of that way (`met`)."""

    n: int
    kinds: Sequence[str]
    kind: Ints
    causes: Sequence[str]
    cause: Ints
    side: Ints
    sexes: Sequence[str]
    sex: Ints
    held: Mapping[Node, Bools]
    walked: Mapping[Node, Bools]
    met: Mapping[str, Bools]

    def caused(self, node: Node) -> Bools:
        """Whose cause the node is."""
        if node[0] not in self.causes:
            return np.zeros(self.n, np.bool_)
        return np.asarray((self.cause == self.causes.index(node[0])) & (self.side == SIDES.index(node[1])))


SIDES = (*BODY, NONE)


class TruthDrawer:
    """Draws truths; what depends on the knowledge alone is prepared once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb, self.how = kb, kb.simulation.drawing
        graph = compensation_graph(kb.links)
        self.order = [name for name in nx.lexicographical_topological_sort(graph) if name in kb.conclusions]
        self.onward = {name: [data["link"] for _, _, data in graph.out_edges(name, data=True)] for name in self.order}
        pools = dict(_pools(kb, self.onward))
        self.kinds = tuple(kind for kind in self.how.kinds if any(name in pools for name in _pool_names(kind)))
        self.pools = {name: pool for name, pool in pools.items() if name.partition(" ")[0] in self.kinds}
        self.causes = tuple(dict.fromkeys(name for pool in self.pools.values() for name in pool))
        self.only = {name: sex for sex, names in self.how.only.items() for name in names}
        self.sexes = kb.words_of("sex") if "sex" in kb.findings else (FEMALE, MALE)

    def draw(self, rng: np.random.Generator, n: int) -> Truth:
        """The truth about `n` people."""
        kind = _choose(rng.random(n), [keyed(self.how.kinds, one) for one in self.kinds])
        cause = self._causes(rng, kind, n)
        sex = self._sexes(rng, cause, n)
        sided = np.array([name in self.kb.conclusions and self.kb.conclusions[name].per_side for name in self.causes], np.bool_)
        side = np.where(sided[cause], rng.integers(0, 2, n), SIDES.index(NONE))
        walked, met = self._walk(rng, cause, side, n)
        held = self._besides(rng, walked, sex, n)
        return Truth(n, self.kinds, kind, self.causes, cause, side, self.sexes, sex, held, walked, met)

    def _causes(self, rng: np.random.Generator, kind: Ints, n: int) -> Ints:
        cause, headless, draw = np.zeros(n, np.int64), rng.random(n) < self.how.without_origin, rng.random(n)
        for name, pool in self.pools.items():
            place = self.kinds.index(name.partition(" ")[0])
            rows = kind == place
            if all(one in self.pools for one in _pool_names(self.kinds[place])) and " " in name:
                rows = rows & (headless == (name == "chain driver"))
            picked = _choose(draw[rows], [self.how.causes.get(one, 1.0) for one in pool])
            cause[rows] = np.array([self.causes.index(one) for one in pool])[picked]
        return cause

    def _sexes(self, rng: np.random.Generator, cause: Ints, n: int) -> Ints:
        shares = self.kb.simulation.answering.words.get("sex", {})
        sex = _choose(rng.random(n), [shares.get(word, 0.0) if shares else 1.0 for word in self.sexes])
        for name, only in self.only.items():
            if name in self.causes and only in self.sexes:
                sex[cause == self.causes.index(name)] = self.sexes.index(only)
        return sex

    def _walk(self, rng: np.random.Generator, cause: Ints, side: Ints, n: int) -> tuple[dict[Node, Bools], dict[str, Bools]]:
        """From each cause along the links, in an order in which no link leads back; each node with links takes one or more."""
        walked: dict[Node, Bools] = {}
        met: dict[str, Bools] = {}
        for place, name in enumerate(self.causes):
            for node in _nodes(self.kb.conclusions.get(name)):
                walked[node] = (cause == place) & (side == SIDES.index(node[1]))
        for name in self.order:
            for node in _nodes(self.kb.conclusions[name]):
                rows = rows_of(walked[node]) if node in walked else np.zeros(0, np.int64)
                if len(rows) and self.onward[name]:
                    self._step(rng, node, rows, walked, met, n)
        return walked, met

    def _step(
        self, rng: np.random.Generator, node: Node, rows: Ints, walked: dict[Node, Bools], met: dict[str, Bools], n: int
    ) -> None:
        links = self.onward[node[0]]
        chances = np.array([self._chance(link) for link in links])
        with np.errstate(divide="ignore"):
            worth = rng.random((len(rows), len(links))) / chances
        taken = worth < 1
        taken[np.arange(len(rows)), worth.argmin(axis=1)] = True
        turn = rng.integers(0, 2, (len(rows), len(links)))
        hurts = rng.random((len(rows), len(links))) < self.how.meets
        for place, link in enumerate(links):
            sides = target_sides(node[1], link.side, self.kb.conclusions[link.target].per_side)
            for index, side in enumerate(sides):
                chosen = taken[:, place] & ((turn[:, place] == index) | (len(sides) == 1))
                _member(walked, (link.target, side), n)[rows[chosen]] = True
            for activity in link.activities:
                _member(met, activity, n)[rows[taken[:, place] & hurts[:, place]]] = True

    def _chance(self, link: Link) -> float:
        """How often a link is taken. One straight from a body part to a complaint is an association, and one to a diagnosis would make
        that the cause; these are taken only for want of others."""
        layer, to = self.kb.conclusions[link.source].layer, self.kb.conclusions[link.target].layer
        short = layer in ("origin", "impairment") and to in ("presentation", "local_diagnosis")
        association = short and len(self.onward[link.source]) > 1
        return 1e-9 if association else self.how.follow.of(link.grade) * (self.how.contested if link.contested else 1.0)

    def _besides(self, rng: np.random.Generator, walked: Mapping[Node, Bools], sex: Ints, n: int) -> dict[Node, Bools]:
        """Who has each node: on the way, or besides, at its base rate, where it does not matter for this pain."""
        held: dict[Node, Bools] = {}
        for conclusion in self.kb.conclusions.values():
            rate = self.kb.simulation.holding.of(conclusion.id, conclusion.layer)
            for node in _nodes(conclusion):
                on_the_way = walked.get(node, np.zeros(n, np.bool_))
                besides = rng.random(n) < rate if rate and not conclusion.inferred else np.zeros(n, np.bool_)
                only = self.only.get(conclusion.id)
                if only and only in self.sexes:
                    besides = besides & (sex == self.sexes.index(only))
                held[node] = on_the_way | besides
        return held


def _pools(kb: KnowledgeBase, onward: Mapping[str, Sequence[Link]]) -> Iterator[tuple[str, list[str]]]:
    """The possible causes by kind; chains by where they begin."""
    usable = [one for one in kb.conclusions.values() if not one.background and not one.inferred]
    pools = {
        "chain origin": [one.id for one in usable if one.layer == "origin" and onward.get(one.id)],
        "chain driver": [one.id for one in usable if one.layer == "impairment" and one.modifiable and one.retest and onward.get(one.id)],
        "local": [one.id for one in usable if KIND_OF_LAYER.get(one.layer) == "local" and one.layer != "serious"],
        "nonmechanical": [one.id for one in usable if KIND_OF_LAYER.get(one.layer) == "nonmechanical"],
        "referral": [one.id for one in usable if one.layer == "serious"],
        "undetermined": [NOTHING],
    }
    yield from ((name, pool) for name, pool in pools.items() if pool)


def _pool_names(kind: str) -> tuple[str, ...]:
    return ("chain origin", "chain driver") if kind == "chain" else (kind,)


def _choose(draws: NDArray[np.float64], weights: Sequence[float]) -> Ints:
    """The index each draw falls on, by weight."""
    ends = np.cumsum(weights) / sum(weights)
    return np.minimum(np.searchsorted(ends, draws, side="right"), len(weights) - 1)


def _nodes(conclusion: Conclusion | None) -> tuple[Node, ...]:
    if conclusion is None:
        return ()
    return tuple((conclusion.id, side) for side in (BODY if conclusion.per_side else (NONE,)))


def _member(table: dict, key: object, n: int) -> Bools:  # type: ignore[type-arg]  # keyed by node or activity
    if key not in table:
        table[key] = np.zeros(n, np.bool_)
    found: Bools = table[key]
    return found
