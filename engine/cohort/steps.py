"""Chain following for a whole batch: which steps hold in whom, with associations and gaps; as `engine.chains` and `engine.gaps`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

import networkx as nx
import numpy as np

from engine.chains import WALKED, is_association, may_step_on
from engine.cohort.batch import Bools
from engine.cohort.evidence import States
from engine.cohort.masks import anybody
from engine.cohort.net import Edge, make_net
from engine.cohort.reach import Reach, onward_of
from engine.cohort.truths import Truths
from engine.gaps import BRIDGES
from engine.questions import Readers
from engine.result import Node
from knowledge.graph import compensation_graph
from knowledge.model import Conclusion, Link
from knowledge.sides import BODY, NONE, target_sides


@dataclass(frozen=True, slots=True)
class Way:
    """A possible step: its link, how it is made, and for which side of the pain it exists ('' for any)."""

    source: Node
    target: Node
    link: Link
    how: str
    pain: str


@dataclass
class Steps:
    """Per edge who takes it: gapless (`steps`), and with gaps and what lies behind them (`gaps`, `beyond`); who has a node as a bridge.

    `gapless` and `whole` tell who reaches what, without gaps and over any number of them.
    """

    steps: dict[Edge, Bools]
    gaps: dict[Edge, Bools]
    beyond: dict[Edge, Bools]
    bridges: dict[Node, Bools]
    gapless: Reach
    whole: Reach

    @property
    def every(self) -> dict[Edge, Bools]:
        """Who takes an edge in whatever way."""
        return joined(self.steps, self.gaps, self.beyond)

    def opening(self) -> dict[Edge, Bools]:
        """Who takes an edge only as a part of a gap."""
        plain = joined(self.steps, self.beyond)
        return {edge: held & ~plain[edge] if edge in plain else held for edge, held in self.gaps.items()}


class StepArrays:
    """The compensation graph over nodes, in the order in which steps can be decided."""

    def __init__(self, readers: Readers) -> None:
        self.readers, self.kb = readers, readers.kb
        self.graph = compensation_graph(self.kb.links)
        order = {name: index for index, name in enumerate(nx.lexicographical_topological_sort(self.graph))}
        names = sorted(self.graph, key=order.__getitem__)
        self.ways = [way for name in names for node in self._nodes(name) for way in self._ways(node)]
        self.bridges = [bridge for name in names for node in self._nodes(name) for bridge in self._bridges(node)]
        self.net = make_net(self.kb, order, [node for name in self.kb.conclusions for node in self._nodes(name)])
        self._nowhere = Reach(onward_of({}, self.net), self.net, 0)

    def _nodes(self, name: str) -> tuple[Node, ...]:
        """The nodes of a conclusion; an inferred one with sides also exists without a side."""
        one = self.kb.conclusions[name]
        sides = (*BODY, NONE) if one.per_side and one.inferred else BODY if one.per_side else (NONE,)
        return tuple((name, side) for side in sides)

    def _ways(self, node: Node) -> Iterator[Way]:
        for name in self.graph.successors(node[0]):
            link: Link = self.graph.edges[node[0], name]["link"]
            target = self.kb.conclusions[name]
            association = is_association(link, self.kb)
            if (association or target.inferred) and not may_step_on(self.kb.conclusions[node[0]], association):
                continue
            how = "association" if association else "inferred" if target.inferred else "step"
            for side, pain in arrivals(node, link, target):
                yield Way(node, (name, side), link, how, pain)

    def run(self, truths: Truths, states: States, pain: dict[str, Bools]) -> Steps:
        """Gapless steps, then associations, then gaps."""
        active = self._active(states)
        taken = Steps({}, {}, {}, {}, self._nowhere, self._nowhere)
        claims = _Claims(states, truths)
        for way in self.ways:
            if way.how != "association":
                self._take(way, active, states, claims, pain, taken)
        complaints = {n: s for n, s in states.present.items() if self.kb.conclusions[n[0]].layer == "presentation"}
        reach = reaching([(way.source, way.target) for way in self.ways if way.how != "association"], taken.steps, complaints)
        fresh = set(self._associate(active, states, reach, taken))
        for way in self.ways:  # complaints are walked from only when a step has led to them, and so is what lies behind them
            if way.source in fresh and way.how != "association" and self._take(way, active, states, claims, pain, taken):
                fresh.add(way.target)
        taken.gapless = Reach(onward_of(taken.steps, self.net), self.net, truths.batch.n)
        self._gaps(truths, states, claims, pain, taken)
        taken.whole = Reach(onward_of(taken.every, self.net), self.net, truths.batch.n) if taken.gaps else taken.gapless
        return taken

    def _associate(self, active: dict[Node, Bools], states: States, reach: dict[Node, Bools], taken: Steps) -> Iterator[Node]:
        """Associations, where nothing else leads from their source to a complaint; gives the complaints they lead to."""
        for way in self.ways:
            source, target = active.get(way.source), states.present.get(way.target)
            if way.how == "association" and source is not None and target is not None:
                held = source & target & ~reach[way.source] if way.source in reach else source & target
                add(taken.steps, (way.source, way.target), held)
                add(active, way.target, held)
                yield way.target

    def _active(self, states: States) -> dict[Node, Bools]:
        return {n: s for n, s in states.present.items() if self.kb.conclusions[n[0]].layer in WALKED}

    def _take(
        self, way: Way, active: dict[Node, Bools], states: States, claims: _Claims, pain: dict[str, Bools], taken: Steps,
    ) -> bool:
        """Take a step wherever it holds; whether it holds in anybody."""
        source = active.get(way.source)
        if source is None:
            return False
        held = source & pain[way.pain] if way.pain else source
        if way.how == "step":
            present = states.present.get(way.target)
            if present is None:
                return False
            held = claims.allow(way.source, way.target, held & present)
        if not anybody(held):
            return False
        add(taken.steps, (way.source, way.target), held)
        if way.how == "inferred" or self.kb.conclusions[way.target[0]].layer not in WALKED:
            add(active, way.target, held)
        return True

    def _bridges(self, u: Node) -> Iterator[tuple[Way, Way]]:
        one = self.kb.conclusions[u[0]]
        if not (one.exposure or one.layer not in ("origin", "presentation", "serious", "none")):
            return
        for first in self._onward(u):
            if self.kb.conclusions[first.target[0]].layer in BRIDGES:
                for second in self._onward(first.target):
                    if self.kb.conclusions[second.target[0]].layer != "presentation" and second.target != u:
                        yield first, second

    def _onward(self, node: Node) -> Iterator[Way]:
        for name in self.graph.successors(node[0]):
            link: Link = self.graph.edges[node[0], name]["link"]
            if not is_association(link, self.kb):
                for side, pain in arrivals(node, link, self.kb.conclusions[name]):
                    yield Way(node, (name, side), link, "gap", pain)

    def _gaps(self, truths: Truths, states: States, claims: _Claims, pain: dict[str, Bools], taken: Steps) -> None:
        testable = _Testable(self.readers, truths)
        for first, second in self.bridges:
            u, g, v = first.source, first.target, second.target
            source, end = states.present.get(u), truths.always if self.kb.conclusions[v[0]].inferred else states.present.get(v)
            if source is None or end is None or g not in states.supported:
                continue
            held = source & end & states.open(g)
            for way in (first, second):
                held = held & pain[way.pain] if way.pain else held
            if not anybody(held):
                continue
            held = held & testable.open(g) & claims.free(g) & claims.free(v)
            held = taken.gapless.without_way(self.net.index[u], self.net.index[v], held)
            if anybody(held):
                add(taken.gaps, (u, g), held)
                add(taken.gaps, (g, v), held)
                add(taken.bridges, g, held)
                self._beyond(v, held, states, pain, taken)

    def _beyond(self, v: Node, held: Bools, states: States, pain: dict[str, Bools], taken: Steps) -> None:
        for way in self._onward(v) if self.kb.conclusions[v[0]].inferred else ():
            present = states.present.get(way.target)
            if present is not None:
                here = held & present
                here = here & pain[way.pain] if way.pain else here
                if anybody(here):
                    add(taken.beyond, (v, way.target), here)


def arrivals(node: Node, link: Link, target: Conclusion) -> Iterator[tuple[str, str]]:
    """Where a link may arrive, and for which side of the pain; as `engine.chains.arriving_sides`."""
    open_side = target.per_side and not (node[1] in BODY and link.side in ("same", "opposite"))
    if target.inferred and open_side:
        yield from ((side, side) for side in (*BODY, NONE))
    else:
        yield from ((side, "") for side in target_sides(node[1], link.side, target.per_side))


def pain_sides(states: States, truths: Truths) -> dict[str, Bools]:
    """Who has a pain of the left, of the right, and of no one side; as `engine.gaps.pain_sides_of`."""
    told = [name for name, one in truths.looks.layout.kb.conclusions.items() if one.pain_side]
    left, right = (reduce(np.logical_or, [states.supported[name, side] for name in told], truths.never) for side in BODY)
    return {"left": left & ~right, "right": right & ~left, NONE: ~(left ^ right)}


def reaching(edges: list[Edge], steps: dict[Edge, Bools], complaints: dict[Node, Bools]) -> dict[Node, Bools]:
    """Who can reach a complaint from each node; edges come in topological order."""
    reach: dict[Node, Bools] = {}
    for source, target in reversed(edges):
        held = steps.get((source, target))
        goals = [one[target] for one in (complaints, reach) if target in one]
        if held is not None and goals:
            add(reach, source, held & reduce(np.logical_or, goals))
    return reach


def joined(*tables: Mapping[Edge, Bools]) -> dict[Edge, Bools]:
    """Who takes an edge in any of the tables."""
    out: dict[Edge, Bools] = {}
    for table in tables:
        for edge, held in table.items():
            add(out, edge, held)
    return out


def add(table: dict, key: object, held: Bools) -> None:  # type: ignore[type-arg]  # keyed by node or edge
    """Add people to the entry of a table of arrays."""
    table[key] = table[key] | held if key in table else held


class _Claims:
    """Which steps vetoes allow."""

    def __init__(self, states: States, truths: Truths) -> None:
        self.by: dict[Node, dict[Node, Bools]] = {}
        for (node, by), held in states.claimed.items():
            self.by.setdefault(node, {})[by] = held
        self.truths = truths

    def free(self, node: Node) -> Bools:
        """Who has the node claimed by nobody."""
        return ~reduce(np.logical_or, self.by.get(node, {}).values(), self.truths.never)

    def allow(self, source: Node, target: Node, held: Bools) -> Bools:
        """Those of `held` who may step: the target is free, or the source claims it, or both belong to the same claimer."""
        claimers = self.by.get(target, {})
        if not claimers:
            return held
        allowed = self.free(target)
        if source in claimers:
            allowed = allowed | claimers[source]
        for by, owned in self.by.get(source, {}).items():
            if by in claimers:
                allowed = allowed | (owned & claimers[by])
        return held & allowed


class _Testable:
    """Whether some finding about a node has no known answer on its side; as `Readers.open`."""

    def __init__(self, readers: Readers, truths: Truths) -> None:
        self.readers, self.truths = readers, truths
        self._open: dict[Node, Bools] = {}

    def open(self, node: Node) -> Bools:
        """Who still has something to answer about the node."""
        if node not in self._open:
            known = [self._known(name, node[1]) for name in self.readers.of.get(node[0], ())]
            every = reduce(np.logical_and, known, self.truths.always)
            self._open[node] = ~every if known else self.truths.never
        return self._open[node]

    def _known(self, name: str, side: str) -> Bools:
        finding = self.readers.kb.findings[name]
        sides = ((side,) if side in BODY else BODY) if finding.per_side else (NONE,)
        return reduce(np.logical_and, [self._answered(name, one) for one in sides])

    def _answered(self, name: str, side: str) -> Bools:
        batch = self.truths.batch
        numbers = batch.numbers.get((name, side))
        known = batch.known_word((name, side))
        return known if numbers is None else known | ~np.isnan(numbers)
