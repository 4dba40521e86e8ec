"""The spine of an explanation: the best-scoring way from a cause through the driver to a complaint.

All terms add over nodes and links, of which only the first few nodes count, and one gap may be crossed. So the spine is a
longest path in a DAG whose states are (node, nodes counted, gap used); ties go to the path that is first in the order of
ids, so that the same case always gives the same spine.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import networkx as nx

from engine.result import Node
from knowledge.graph import Graph

State = tuple[int, bool]
"""How many nodes have counted so far, and whether the gap is used."""


@dataclass(frozen=True, slots=True)
class Way:
    """A path with its score in tenths of a deciban."""

    score: int
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Prices:
    """What a way earns and pays: `counts` tells which nodes earn, `link` what following a step costs."""

    node: int
    nodes_counted: int
    gap: int
    counts: Callable[[Node], bool]
    link: Callable[[Node, Node], int]


def better(one: Way | None, other: Way) -> Way:
    """The better of two ways; on equal scores the shorter, then the first in order of ids."""
    return other if one is None or (-other.score, len(other.nodes), other.nodes) < (-one.score, len(one.nodes), one.nodes) else one


def best_way(graph: Graph, start: Node, through: Node, ends: Collection[Node], prices: Prices) -> Way | None:
    """The best way from `start` through `through` to one of `ends`; None when there is none.

    `ends` may hold `through` itself, for what acts on the pain without a way of its own.
    """
    first: dict[State, Way] = {_enter(start, (0, False), prices)[0]: Way(_enter(start, (0, False), prices)[1], (start,))}
    middle = first if start == through else _spread(graph, {start: first}, prices).get(through, {})
    if not middle:
        return None
    reached = _spread(graph, {through: middle}, prices)
    best: Way | None = None
    for end in ends:
        for way in reached.get(end, {}).values():
            best = better(best, way)
    return best


def _spread(graph: Graph, start: Mapping[Node, Mapping[State, Way]], prices: Prices) -> dict[Node, dict[State, Way]]:
    source = next(iter(start))
    states: dict[Node, dict[State, Way]] = {source: dict(start[source])}
    if source not in graph:
        return states
    inside = nx.descendants(graph, source) | {source}
    for node in (one for one in _order(graph) if one in inside):
        for target in graph.successors(node):
            for state, way in states.get(node, {}).items():
                _relax(node, target, state, way, graph, prices, states)
    return states


def _order(graph: Graph) -> list[Node]:
    if "order" not in graph.graph:
        graph.graph["order"] = list(nx.lexicographical_topological_sort(graph))
    order: list[Node] = graph.graph["order"]
    return order


def _relax(
    node: Node, target: Node, state: State, way: Way, graph: Graph, prices: Prices, states: dict[Node, dict[State, Way]],
) -> None:
    is_gap = graph.edges[node, target]["how"] == "gap"
    enters_gap = is_gap and not graph.nodes[node].get("gap", False)
    if enters_gap and state[1]:
        return
    new, earned = _enter(target, (state[0], state[1] or enters_gap), prices, open_=bool(graph.nodes[target].get("gap", False)))
    score = way.score + earned + prices.link(node, target) + (prices.gap if enters_gap else 0)
    slot = states.setdefault(target, {})
    slot[new] = better(slot.get(new), Way(score, (*way.nodes, target)))


def _enter(node: Node, state: State, prices: Prices, open_: bool = False) -> tuple[State, int]:
    counts = not open_ and state[0] < prices.nodes_counted and prices.counts(node)
    return (state[0] + int(counts), state[1]), prices.node if counts else 0
