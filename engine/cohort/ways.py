"""Spines for many people: the same search as for one, run once for each pattern of steps that occurs.

A pattern is the set of steps present between a head, a driver and the complaints. People who share it share the spine,
the cone and what habits meet; only a few patterns occur among very many people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.case import Case
from engine.chains import Chains, step_graph
from engine.drivers import Seed
from engine.explanations import cone_of, ends_of
from engine.field import Field
from engine.questions import Readers
from engine.result import Node, Status, Step
from engine.score import met_activities, prices
from engine.spine import best_way
from engine.valuation import Valuation
from knowledge.model import ACTIVITIES, Link

Edge = tuple[Node, Node]


@dataclass(frozen=True, slots=True)
class Spine:
    """What a pattern gives: the score of the spine, its nodes, which of them bridge a gap, the cone, and what its habits meet."""

    score: int
    nodes: tuple[Node, ...]
    gaps: tuple[bool, ...]
    cone: frozenset[Node]
    meets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Steps present: gapless ones, those over a gap, those behind one; and the open nodes that bridge."""

    steps: tuple[Edge, ...]
    gaps: tuple[Edge, ...]
    beyond: tuple[Edge, ...]
    open: frozenset[Node]


class Spines:
    """A memory of patterns."""

    def __init__(self, readers: Readers, links: Mapping[tuple[str, str], Link]) -> None:
        self.readers, self.links = readers, links
        self._known: dict[tuple[object, ...], Spine | None] = {}

    def of(self, seed: Seed, head: Node, pattern: Pattern) -> Spine | None:
        """The spine for a head, a driver and the steps present between them and the complaints."""
        key = (seed.driver, head, seed.direct, pattern)
        if key not in self._known:
            self._known[key] = self._find(seed, head, pattern)
        return self._known[key]

    def _find(self, seed: Seed, head: Node, pattern: Pattern) -> Spine | None:
        field = pattern_field(pattern, {head, seed.driver}, self.readers, self.links)
        way = best_way(field.graph, head, seed.driver, ends_of(seed, field), prices(field))
        if way is None:
            return None
        cone = cone_of(seed, head, way, field)
        bridging = tuple(bool(field.graph.nodes[n].get("gap")) if n in field.graph else False for n in way.nodes)
        return Spine(way.score, way.nodes, bridging, cone, met_activities(cone, field))


def pattern_field(pattern: Pattern, more: set[Node], readers: Readers, links: Mapping[tuple[str, str], Link]) -> Field:
    """A field in which exactly these steps hold and every activity hurts."""
    kb = readers.kb
    plain = [Step(u, v, "step") for u, v in pattern.steps]
    bridging = [*(Step(u, v, "gap") for u, v in pattern.gaps), *(Step(u, v, "step") for u, v in pattern.beyond)]
    graph = step_graph([*bridging, *plain])
    bridges = {v for _, v in pattern.gaps if v in pattern.open}
    graph.add_nodes_from(more)
    for node in graph:
        graph.nodes[node]["gap"] = node in bridges
    statuses = {n: Status(n, "open" if n in bridges or kb.conclusions[n[0]].inferred else "supported", False, 0, ()) for n in graph}
    complaints = frozenset(n for n in graph if kb.conclusions[n[0]].layer == "presentation" and n not in bridges)
    empty = Valuation({}, {}, frozenset())
    return Field(
        case=Case("", {}), valuation=empty, statuses=statuses, claimed=(), chains=Chains((), graph, complaints, ()), graph=graph,
        gapless=step_graph(plain), hurting=dict.fromkeys(ACTIVITIES, ()), routine=(), links=links, readers=readers, unsafe=frozenset(),
    )



