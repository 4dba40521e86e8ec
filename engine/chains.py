"""The second forward run: following compensation chains over the graph, from what is present to the complaints.

From each active conclusion a generic production walks the graph and asserts candidate steps; a candidate whose target is
present (or only inferred), and not claimed by a veto, becomes a step and activates its target.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

import networkx as nx

from engine.forward import Act, ForwardEngine, Item, Production, Term, Var, in_order, item, pattern, without
from engine.records import told
from engine.result import Claimed, Fired, Node, Status, Step
from knowledge.graph import Graph, compensation_graph
from knowledge.model import Conclusion, KnowledgeBase, Link
from knowledge.sides import BODY, NONE, target_sides

WALKED = ("origin", "impairment", "habit", "overload", "modulator", "local_diagnosis")
"""Layers a chain can pass through; presentations end it."""


@dataclass(frozen=True, slots=True)
class Chains:
    """Every step that holds in this person, as records and as a graph over nodes, and the trace of the run."""

    steps: tuple[Step, ...]
    graph: Graph
    complaints: frozenset[Node]
    fired: tuple[Fired, ...]


def is_association(link: Link, kb: KnowledgeBase) -> bool:
    """A link from an origin or impairment straight to a presentation names no way."""
    return kb.conclusions[link.source].layer in ("origin", "impairment") and kb.conclusions[link.target].layer == "presentation"


def may_step_on(source: Conclusion, association: bool) -> bool:
    """Whether a node may be followed past everything that can be seen: to a complaint at once, or into an inferred overload.

    A complaint only from what can be changed; an overload not from a past event, which must end in something present.
    """
    return source.modifiable if association else source.modifiable or source.layer != "origin"


class ChainRun:
    """The two generic productions over one compensation graph, compiled once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb, self.graph = kb, compensation_graph(kb.links)
        self._pain: tuple[str, ...] = (NONE,)
        self._engine = ForwardEngine(self._productions())

    def _productions(self) -> list[Production]:
        here: dict[str, Term] = {"source": Var("source"), "source_side": Var("source_side"), "node": Var("node"), "side": Var("side")}
        target: dict[str, Term] = {"node": Var("node"), "side": Var("side")}
        supported = pattern("Supported", **target)
        by_source = pattern("Claimed", node=Var("node"), side=Var("side"), by=Var("source"), by_side=Var("source_side"))
        together = pattern("Claimed", node=Var("node"), side=Var("side"), by=Var("by"), by_side=Var("by_side"))
        owned = pattern("Claimed", node=Var("source"), side=Var("source_side"), by=Var("by"), by_side=Var("by_side"))
        free = without(pattern("Claimed", **target))
        return [
            Production("WALK", (pattern("Active", **target),), self._walk),
            Production("STEP", (pattern("Candidate", **here, how="step"), supported, free), _step("step")),
            Production("STEP_OF_CLAIMER", (pattern("Candidate", **here, how="step"), supported, by_source), _step("step")),
            Production("STEP_INSIDE_CLAIM", (pattern("Candidate", **here, how="step"), supported, together, owned), _step("step")),
            Production("INFER", (pattern("Candidate", **here, how="inferred"),), _step("inferred")),
            Production("ASSOCIATE", (pattern("Later"), pattern("Candidate", **here, how="association"), supported,
                                     without(pattern("Reaches", node=Var("source"), side=Var("source_side")))), _step("association")),
        ]

    def run(self, statuses: Mapping[Node, Status], claimed: Iterable[Claimed], pain_sides: tuple[str, ...]) -> Chains:
        """Every step, gapless first; associations only where nothing else leads from their source to a complaint."""
        self._pain = pain_sides
        supported = [node for node, status in statuses.items() if status.state == "supported"]
        complaints = frozenset(node for node in supported if self._of(node).layer == "presentation")
        start = [item("Active", node=n, side=s) for n, s in supported if self._of((n, s)).layer in WALKED]
        facts = [item("Supported", node=n, side=s) for n, s in supported]
        facts += [item("Claimed", node=c.node[0], side=c.node[1], by=c.by[0], by_side=c.by[1]) for c in claimed]
        self._engine.begin([*in_order(set(facts)), *in_order(start)])
        graph = step_graph(_steps(self._engine.facts_known))
        reaching = in_order(item("Reaches", node=n, side=s) for n, s in reaching_nodes(graph, complaints))
        self._engine.go_on([*reaching, item("Later")])
        steps = tuple(_steps(self._engine.facts_known))
        return Chains(steps, step_graph(steps), complaints, self._trace())

    def _of(self, node: Node) -> Conclusion:
        return self.kb.conclusions[node[0]]

    def _walk(self, bound: Mapping[str, str]) -> list[Item]:
        node = (bound["node"], bound["side"])
        links = [self.graph.edges[node[0], to]["link"] for to in self.graph.successors(node[0])] if node[0] in self.graph else []
        return [candidate for link in links for candidate in self._candidates(node, link)]

    def _candidates(self, node: Node, link: Link) -> Iterator[Item]:
        target = self.kb.conclusions[link.target]
        association = is_association(link, self.kb)
        if (association or target.inferred) and not may_step_on(self._of(node), association):
            return
        how = "association" if association else "inferred" if target.inferred else "step"
        for side in arriving_sides(node, link, target, self._pain):
            yield item("Candidate", source=node[0], source_side=node[1], node=link.target, side=side, how=how)

    def _trace(self) -> tuple[Fired, ...]:
        return tuple(
            Fired(one.seq, "chain", one.production, one.bindings, (), tuple(map(told, one.asserted)), tuple(map(told, one.confirmed)))
            for one in self._engine.firings
        )


def arriving_sides(node: Node, link: Link, target: Conclusion, pain_sides: tuple[str, ...]) -> tuple[str, ...]:
    """Where a link may arrive. An inferred node with sides takes the side of the pain when the link leaves it open."""
    sides = target_sides(node[1], link.side, target.per_side)
    open_side = target.per_side and not (node[1] in BODY and link.side in ("same", "opposite"))
    return pain_sides if target.inferred and open_side else sides


def _step(how: str) -> Act:
    """The act of a production that makes a step and activates its target."""
    def act(bound: Mapping[str, str]) -> list[Item]:
        node, side = bound["node"], bound["side"]
        return [item("Step", source=bound["source"], source_side=bound["source_side"], node=node, side=side, how=how),
                item("Active", node=node, side=side)]

    return act


def _steps(facts: Iterable[Item]) -> list[Step]:
    found = [Step((f["source"], f["source_side"]), (f["node"], f["side"]), f["how"]) for f in facts if f.kind == "Step"]
    return sorted(found, key=lambda step: (step.source, step.target, step.how))


def step_graph(steps: Iterable[Step]) -> Graph:
    """Steps as a graph over nodes; each edge carries how it was made."""
    graph: Graph = nx.DiGraph()
    for step in steps:
        graph.add_edge(step.source, step.target, how=step.how)
    return graph


def reaching_nodes(graph: Graph, complaints: Set[Node]) -> set[Node]:
    """The nodes from which a complaint can be reached."""
    found: set[Node] = set()
    for complaint in complaints & set(graph):
        found |= nx.ancestors(graph, complaint)
    return found
