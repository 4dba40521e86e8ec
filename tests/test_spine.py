"""The best way through a graph of steps, against every simple path tried one by one; ties never depend on chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.infer import Reasoner
from engine.result import Node
from engine.spine import Prices, Way, best_way
from knowledge.graph import Graph
from tests.budget import examples
from tests.making import base, case, conclusion, finding, link, rule, when

PRICE_LIST = {"node": 20, "gap": -30}


@dataclass(frozen=True, slots=True)
class Map:
    """A small graph of steps, which of its nodes earn, and what each step costs."""

    graph: Graph
    earns: frozenset[Node]
    costs: dict[tuple[Node, Node], int]

    def prices(self, counted: int = 4) -> Prices:
        return Prices(PRICE_LIST["node"], counted, PRICE_LIST["gap"], self.earns.__contains__, lambda u, v: self.costs[u, v])


def node(name: str) -> Node:
    return name, "none"


def drawn(
    edges: Iterable[tuple[str, str]], gaps: Iterable[tuple[str, str, str]] = (), earns: str = "", costs: dict[str, int] | None = None
) -> Map:
    """A map from pairs of letters; a gap is three letters, of which the middle one is open."""
    graph: Graph = nx.DiGraph()
    for u, g, v in gaps:
        graph.add_edge(node(u), node(g), how="gap")
        graph.add_edge(node(g), node(v), how="gap")
    for u, v in edges:
        graph.add_edge(node(u), node(v), how="step")
    for one in graph:
        graph.nodes[one]["gap"] = any(node(g) == one for _, g, _ in gaps)
    told = costs or {}
    return Map(graph, frozenset(map(node, earns)), {(u, v): told.get(u[0] + v[0], 0) for u, v in graph.edges})


def random_map(chance: Random) -> Map:
    """Up to nine nodes in a fixed order; some of them are open and bridge gaps only."""
    letters = "abcdefghi"[: chance.randint(2, 9)]
    open_ = {letter for letter in letters[1:-1] if chance.random() < 0.25}
    pairs = [(u, v) for i, u in enumerate(letters) for v in letters[i + 1 :]]
    edges = [(u, v) for u, v in pairs if not open_ & {u, v} and chance.random() < 0.45]
    gaps = [(u, g, v) for u, g in pairs for h, v in pairs if g == h and g in open_ and not open_ & {u, v} and chance.random() < 0.35]
    earns = "".join(letter for letter in letters if chance.random() < 0.7)
    return drawn(edges, gaps, earns, {u + v: chance.choice((0, 0, -5, -10, -20)) for u, v in pairs})


def every_way(one: Map, start: Node, through: Node, ends: Iterable[Node], counted: int) -> Iterator[Way]:
    """Every path from `start` to an end that passes `through`, with the score of each."""
    for end in ends:
        for path in [(start,)] if start == end else nx.all_simple_paths(one.graph, start, end) if {start, end} <= set(one.graph) else ():
            if through in path and _gaps(one, path) <= 1:
                yield Way(_score(one, path, counted), tuple(path))


def _gaps(one: Map, path: Iterable[Node]) -> int:
    return sum(one.graph.nodes[step]["gap"] for step in path if step in one.graph)


def _score(one: Map, path: list[Node] | tuple[Node, ...], counted: int) -> int:
    earning = [step for step in path if step in one.earns and not one.graph.nodes.get(step, {}).get("gap")]
    links = sum(one.costs[pair] for pair in pairwise(path))
    return PRICE_LIST["node"] * min(counted, len(earning)) + links + PRICE_LIST["gap"] * _gaps(one, path)


@given(st.integers(0, 2**40), st.integers(0, 4))
@examples(1500)
def test_best_way_is_the_best_of_all_ways(seed: int, counted: int) -> None:
    chance = Random(seed)
    one = random_map(chance)
    solid = sorted(step for step in one.graph if not one.graph.nodes[step]["gap"]) or [node("a")]
    start, through, ends = chance.choice(solid), chance.choice(solid), chance.sample(solid, chance.randint(1, min(3, len(solid))))
    ways = sorted(every_way(one, start, through, ends, counted), key=lambda way: (-way.score, len(way.nodes), way.nodes))
    assert best_way(one.graph, start, through, ends, one.prices(counted)) == (ways[0] if ways else None)


def test_maps_of_that_property_have_many_ways_and_many_gaps() -> None:
    maps = [random_map(Random(seed)) for seed in range(200)]
    found = [(one, way) for one in maps for way in every_way(one, node("a"), node("a"), map(node, "bdfh"), 4)]
    crossing = [way for one, way in found if _gaps(one, way.nodes)]
    assert len(found) > 500
    assert len(crossing) > 100


DIAMOND = (("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"))


@pytest.mark.parametrize(
    ("one", "through", "end", "path", "score"),
    [
        pytest.param(drawn([("a", "b")]), "a", "c", None, 0, id="no way to an end that is not there"),
        pytest.param(drawn([("a", "b"), ("c", "d")]), "c", "d", None, 0, id="no way through a node that is not reached"),
        pytest.param(drawn([], [("a", "x", "b"), ("b", "y", "c")]), "a", "c", None, 0, id="two gaps are no way"),
        pytest.param(drawn([("a", "b")]), "a", "a", "a", 0, id="an end that is the start itself"),
        pytest.param(drawn(DIAMOND), "a", "d", "abd", 0, id="a tie goes to the first in order of ids"),
        pytest.param(drawn([*DIAMOND, ("a", "d")]), "a", "d", "ad", 0, id="a tie goes to the shorter way"),
        pytest.param(drawn(DIAMOND), "c", "d", "acd", 0, id="the way goes through the driver"),
        pytest.param(drawn(DIAMOND, earns="c"), "a", "d", "acd", 20, id="what earns leads the way"),
        pytest.param(drawn(DIAMOND, earns="bc", costs={"bd": -5}), "a", "d", "acd", 20, id="a weak link costs"),
        pytest.param(drawn([("a", "d")], [("a", "x", "b"), ("b", "y", "d")]), "a", "d", "ad", 0, id="the second gap is not crossed"),
        pytest.param(
            drawn([("a", "d"), ("b", "c"), ("c", "d")], [("a", "x", "b")], earns="bcx"),
            "a",
            "d",
            "axbcd",
            10,
            id="a gap is crossed when it pays, and its open node earns nothing",
        ),
        pytest.param(
            drawn([("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f")], earns="abcdef"),
            "a",
            "f",
            "abcdef",
            80,
            id="four nodes count",
        ),
    ],
)
def test_single_ways(one: Map, through: str, end: str, path: str | None, score: int) -> None:
    found = best_way(one.graph, node("a"), node(through), [node(end)], one.prices())
    assert found == (None if path is None else Way(score, tuple(map(node, path))))


@given(st.integers(0, 2**40))
@examples(50)
def test_ties_do_not_depend_on_the_order_in_which_steps_were_found(seed: int) -> None:
    chance = Random(seed)
    one = random_map(chance)
    shuffled: Graph = nx.DiGraph()
    for u, v, how in chance.sample(list(one.graph.edges(data="how")), one.graph.number_of_edges()):
        shuffled.add_edge(u, v, how=how)
    for step in shuffled:
        shuffled.nodes[step]["gap"] = one.graph.nodes[step]["gap"]
    ends = sorted(step for step in one.graph if not one.graph.nodes[step]["gap"])
    ways = [best_way(graph, node("a"), node("a"), order, one.prices()) for graph, order in ((one.graph, ends), (shuffled, ends[::-1]))]
    assert ways[0] == ways[1]


def test_a_gap_into_an_inferred_node_is_paid_once() -> None:
    names = ("habit_seen", "weakness_tested", "pain")
    nodes = (
        conclusion("habit", "habit"),
        conclusion("weakness"),
        conclusion("load", "overload", inferred=True),
        conclusion("pain_there", "presentation"),
    )
    rules = [
        rule(f"R{i}", when(f"{name} none is yes"), f"shows {shown}")
        for i, (name, shown) in enumerate(zip(names, ("habit", "weakness", "pain_there"), strict=True))
    ]
    links = [link("habit", "weakness", grade="A"), link("weakness", "load", grade="A"), link("load", "pain_there", grade="A")]
    (found,) = Reasoner(base(map(finding, names), nodes, rules, links)).infer(case(habit_seen="yes", pain="yes")).explanations
    assert [(one.node[0], one.gap) for one in found.path] == [("habit", False), ("weakness", True), ("load", False), ("pain_there", False)]
    assert [(term.what, term.about) for term in found.terms] == [("node", "habit"), ("gap", "weakness")]
