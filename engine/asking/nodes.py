"""How likely each conclusion holds in this person, before it is asked about: by what was found, and by what leads into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.cohort.evidence import States
from engine.result import Node
from knowledge.graph import compensation_graph
from knowledge.model import Adaptive, KnowledgeBase
from knowledge.sides import BODY, NONE, target_sides

Chance = tuple[float, ...]
"""The chance of a node in each world of sides: one or two numbers, so plain ones, which are quicker than arrays."""
LEAST = 1e-6
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
        self._known: dict[Node, Chance] = {}

    def of(self, node: Node) -> Chance:
        """Present and absent nodes are nearly sure; an open one is as likely as it is common and as what leads into it, moved by the
        evidence so far."""
        if node not in self._known:
            self._known[node] = self._now(node)
        return self._known[node]

    def _now(self, node: Node) -> Chance:
        states = self.states
        if node not in states.supported:
            return tuple(self._before(node, world) for world in range(self.worlds))
        held, absent, amount = (table[node][: self.worlds].tolist() for table in (states.supported, states.refuted, states.amount))
        return tuple(
            self.how.sure if held[world] else 1 - self.how.sure if absent[world] else _moved(self._before(node, world), amount[world])
            for world in range(self.worlds)
        )

    def _before(self, node: Node, world: int) -> float:
        """The base rate, and for each node that leads here the chance that its step was taken; each on its own."""
        without = 1 - self.rate(node)
        for source, share in self.ways.into.get(node, ()):
            without *= 1 - self.of(source)[world] * self.how.follow * share
        return min(max(1 - without, LEAST), 1 - LEAST)


def _moved(chance: float, amount: int) -> float:
    """A chance after evidence, in tenths of a deciban."""
    odds: float = chance / (1 - chance) * 10 ** (amount / 100)
    return odds / (1 + odds)
