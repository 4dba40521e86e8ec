"""How likely each conclusion holds in this person, before it is asked about: by what was found, and by what leads into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from engine.cohort.evidence import States
from engine.result import Node
from knowledge.graph import compensation_graph
from knowledge.model import Adaptive, KnowledgeBase
from knowledge.sides import BODY, NONE, target_sides

Floats = NDArray[np.float64]
Rate = Callable[[Node], float]
"""How often a conclusion holds on a side when nothing is known."""


class Ways:
    """For each node the nodes that lead straight into it, with the share of the step that arrives there; read once from the links."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.into: Mapping[Node, tuple[tuple[Node, float], ...]] = {}
        found: dict[Node, list[tuple[Node, float]]] = {}
        for source, target, data in compensation_graph(kb.links).edges(data=True):
            for side in BODY if kb.conclusions[source].per_side else (NONE,):
                sides = target_sides(side, data["link"].side, kb.conclusions[target].per_side)
                for one in sides:
                    found.setdefault((target, one), []).append(((source, side), 1 / len(sides)))
        self.into = {node: tuple(sources) for node, sources in found.items()}


class NodeChances:
    """The chances of nodes in the first rows of a batch, one row for each world of sides."""

    def __init__(self, ways: Ways, states: States, worlds: int, how: Adaptive, rate: Rate) -> None:
        self.ways, self.states, self.worlds, self.how, self.rate = ways, states, worlds, how, rate
        self._known: dict[Node, Floats] = {}

    def of(self, node: Node) -> Floats:
        """Present and absent nodes are nearly sure; an open one is as likely as it is common and as what leads into it, moved by the
        evidence so far."""
        if node not in self._known:
            self._known[node] = self._now(node)
        return self._known[node]

    def _now(self, node: Node) -> Floats:
        prior = self._before(node)
        if node not in self.states.supported:
            return prior
        amount = self.states.amount[node][: self.worlds].astype(np.float64)
        odds = prior / (1 - prior) * 10 ** (amount / 100)
        held, absent = self.states.supported[node][: self.worlds], self.states.refuted[node][: self.worlds]
        return np.asarray(np.select([held, absent], [self.how.sure, 1 - self.how.sure], odds / (1 + odds)))

    def _before(self, node: Node) -> Floats:
        """The base rate, and for each node that leads here the chance that its step was taken; each on its own."""
        without = np.full(self.worlds, 1 - self.rate(node))
        for chance in self._arriving(node):
            without *= 1 - chance
        return np.asarray(np.clip(1 - without, 1e-6, 1 - 1e-6))

    def _arriving(self, node: Node) -> Iterator[Floats]:
        for source, share in self.ways.into.get(node, ()):
            yield self.of(source) * self.how.follow * share
