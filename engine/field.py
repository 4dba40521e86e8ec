"""Everything the explanations of one case are made from, gathered once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from engine.case import Case
from engine.chains import Chains, step_graph
from engine.origins import left_signs, may_head, timing
from engine.questions import Readers
from engine.result import Claimed, Flag, Node, Status, Step
from engine.valuation import Valuation
from knowledge.graph import Graph
from knowledge.model import Conclusion, KnowledgeBase, Link


@dataclass(frozen=True, slots=True)
class Field:
    """Statuses, steps with gaps, complaints, and what hurts, for one case in one world of sides."""

    case: Case
    valuation: Valuation
    statuses: Mapping[Node, Status]
    claimed: tuple[Claimed, ...]
    chains: Chains
    graph: Graph
    gapless: Graph
    hurting: Mapping[str, tuple[str, ...]]
    routine: tuple[Flag, ...]
    links: Mapping[tuple[str, str], Link]
    readers: Readers
    unsafe: frozenset[str]

    @property
    def kb(self) -> KnowledgeBase:
        """The knowledge everything refers to."""
        return self.readers.kb

    def of(self, node: Node) -> Conclusion:
        """The conclusion of a node."""
        return self.kb.conclusions[node[0]]

    def supported(self, *layers: str) -> list[Node]:
        """The present nodes of these layers, in a fixed order."""
        return sorted(n for n, status in self.statuses.items() if status.state == "supported" and self.of(n).layer in layers)

    def is_claimed(self, node: Node) -> bool:
        """Whether a veto gave the node to one conclusion."""
        return any(one.node == node for one in self.claimed)

    def link(self, source: Node, target: Node) -> Link:
        """The link behind a step."""
        return self.links[source[0], target[0]]

    def ancestors(self, node: Node, gaps: bool = True) -> set[Node]:
        """Everything that leads to a node."""
        graph = self.graph if gaps else self.gapless
        return set(nx.ancestors(graph, node)) if node in graph else set()

    def descendants(self, node: Node, gaps: bool = True) -> set[Node]:
        """Everything a node leads to."""
        graph = self.graph if gaps else self.gapless
        return set(nx.descendants(graph, node)) if node in graph else set()

    def timing(self, origin: Node) -> str:
        """When an origin was, against the back pain."""
        return timing(self.statuses[origin], self.of(origin), self.case, self.kb)

    def may_head(self, origin: Node) -> bool:
        """Whether an origin may head a chain of this person."""
        return may_head(self.of(origin), self.timing(origin), set(self.hurting))

    def left_signs(self, origin: Node) -> bool:
        """Whether an origin was bad or left something behind."""
        return left_signs(origin, self.of(origin), self.valuation)


def whole_graph(steps: Iterable[Step], gaps: Iterable[Step], statuses: Mapping[Node, Status], kb: KnowledgeBase) -> Graph:
    """Steps and gap steps in one graph; the open nodes that bridge a gap are marked."""
    bridges = {step.target for step in gaps if not kb.conclusions[step.target[0]].inferred and statuses[step.target].state == "open"}
    graph = step_graph([*gaps, *steps])
    for node in graph:
        graph.nodes[node]["gap"] = node in bridges
    return graph
