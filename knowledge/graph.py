"""The compensation graph as a networkx graph, and the story of a cycle in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import networkx as nx

from knowledge.model import Link
from knowledge.problems import Problem

Graph: TypeAlias = "nx.DiGraph[Any]"


def compensation_graph(links: Iterable[Link], feedback: bool = False) -> Graph:
    """Conclusion ids as nodes; each edge carries its `link`. Loop-closing links only on request."""
    graph: Graph = nx.DiGraph()
    for link in links:
        if feedback or not link.feedback:
            graph.add_edge(link.source, link.target, link=link)
    return graph


def cycle_problems(links: Iterable[Link]) -> list[Problem]:
    """One problem for each cycle in the followed part, told link by link with file and line."""
    return [_story(cycle) for cycle in _cycles(compensation_graph(links))]


def _cycles(graph: Graph) -> Iterator[list[Link]]:
    """Cycles until none is left, each found in what remains once the link that closes the one before is taken out."""
    while True:
        try:
            edges = nx.find_cycle(graph)
        except nx.NetworkXNoCycle:
            return
        told = [graph.edges[edge]["link"] for edge in edges]
        closing = max(told, key=lambda link: link.place)
        graph.remove_edge(closing.source, closing.target)
        after = told.index(closing) + 1
        yield [*told[after:], *told[:after]]


def _story(cycle: list[Link]) -> Problem:
    walk = " -> ".join([*(link.source for link in cycle), cycle[0].source])
    steps = "".join(f"\n      {one.source} leads to {one.target} ({one.place}): {one.mechanism}" for one in cycle)
    hint = "write 'yes' under 'feedback' in the row that closes the loop, or take a row out"
    return Problem(cycle[-1].place, "KB503", f"the links go round in a circle: {walk}{steps}", hint)
