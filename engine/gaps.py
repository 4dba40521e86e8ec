"""Gaps: one open node that would join two that are present, and the test that would close it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import networkx as nx

from engine.chains import arriving_sides, is_association, step_graph
from engine.questions import Readers
from engine.result import Claimed, Node, Status, Step
from engine.valuation import Valuation
from knowledge.graph import Graph
from knowledge.model import Conclusion, KnowledgeBase
from knowledge.sides import NONE

BRIDGES = ("impairment", "habit")


def gap_steps(
    steps: tuple[Step, ...], graph: Graph, statuses: Mapping[Node, Status], claimed: Iterable[Claimed], pain_sides: tuple[str, ...],
    valuation: Valuation, readers: Readers,
) -> tuple[Step, ...]:
    """Pairs of gap steps u > g > v: u present and no past event, g open and testable, v present (or inferred) and no complaint.

    Only where no gapless way leads from u to v. Claimed nodes are neither bridged to nor bridges.
    """
    kb, gapless, taken = readers.kb, step_graph(steps), {one.node for one in claimed}
    found: set[Step] = set()
    for u, status in statuses.items():
        if status.state != "supported" or not _may_bridge_from(kb.conclusions[u[0]]):
            continue
        for g in _bridges(u, graph, statuses, taken, valuation, readers, pain_sides):
            for v in _far_ends(g, graph, statuses, taken, kb, pain_sides):
                if v != u and not _leads(gapless, u, v):
                    found |= {Step(u, g, "gap"), Step(g, v, "gap"), *_beyond(v, graph, statuses, kb, pain_sides)}
    return tuple(sorted(found, key=lambda step: (step.source, step.target)))


def _may_bridge_from(conclusion: Conclusion) -> bool:
    """Never from a past event, which is common in people whose back is fine; a load that goes on today may."""
    return bool(conclusion.exposure) or conclusion.layer not in ("origin", "presentation", "serious", "none")


def _bridges(
    u: Node, graph: Graph, statuses: Mapping[Node, Status], taken: set[Node], valuation: Valuation, readers: Readers, pain: tuple[str, ...],
) -> Iterator[Node]:
    for g in _onward(u, graph, readers.kb, pain):
        layer = readers.kb.conclusions[g[0]].layer
        if layer in BRIDGES and g not in taken and statuses[g].state == "open" and readers.open(g, valuation):
            yield g


def _far_ends(
    g: Node, graph: Graph, statuses: Mapping[Node, Status], taken: set[Node], kb: KnowledgeBase, pain: tuple[str, ...],
) -> Iterator[Node]:
    for v in _onward(g, graph, kb, pain):
        target = kb.conclusions[v[0]]
        present = target.inferred or (v in statuses and statuses[v].state == "supported")
        if present and target.layer != "presentation" and v not in taken:
            yield v


def _beyond(v: Node, graph: Graph, statuses: Mapping[Node, Status], kb: KnowledgeBase, pain: tuple[str, ...]) -> Iterator[Step]:
    """From an inferred far end on to present complaints: nothing else may have led there yet."""
    for w in _onward(v, graph, kb, pain) if kb.conclusions[v[0]].inferred else ():
        if w in statuses and statuses[w].state == "supported":
            yield Step(v, w, "step")


def _onward(node: Node, graph: Graph, kb: KnowledgeBase, pain: tuple[str, ...]) -> Iterator[Node]:
    for to in graph.successors(node[0]) if node[0] in graph else ():
        link = graph.edges[node[0], to]["link"]
        if not is_association(link, kb):
            yield from ((to, side) for side in arriving_sides(node, link, kb.conclusions[to], pain))


def _leads(graph: Graph, u: Node, v: Node) -> bool:
    return u in graph and v in graph and nx.has_path(graph, u, v)


def pain_sides_of(statuses: Mapping[Node, Status], kb: KnowledgeBase) -> tuple[str, ...]:
    """The side of a one-sided pain, or no side when it is not one-sided."""
    told = {side for (name, side), status in statuses.items() if kb.conclusions[name].pain_side and status.state == "supported"}
    return tuple(told) if len(told) == 1 else (NONE,)
