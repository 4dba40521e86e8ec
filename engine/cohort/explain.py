"""Explanations for a whole batch: seeds, heads, spines by pattern, scores; as `engine.drivers` and `engine.explanations`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from engine.cohort.batch import Bools
from engine.cohort.evidence import States
from engine.cohort.origins import TIMINGS, OriginArrays
from engine.cohort.steps import Edge, Leads, StepArrays, Steps, add, reaching
from engine.cohort.truths import Truths
from engine.cohort.ways import Pattern, Spine, Spines
from engine.drivers import Seed
from engine.result import Node
from knowledge.graph import Graph

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Drafts:
    """Explanations of one driver and head for the people in `rows`, in arrays of the same length."""

    seed: Seed
    head: Node
    rows: Rows
    spine: NDArray[np.int64]
    score: NDArray[np.int64]
    rank: NDArray[np.int64]


class ExplanationArrays:
    """The possible seeds of a knowledge base and the part of the graph each needs."""

    def __init__(self, steps: StepArrays, spines: Spines) -> None:
        self.steps, self.spines, self.kb = steps, spines, steps.kb
        self.graph: Graph = nx.DiGraph()
        self.graph.add_edges_from((way.source, way.target) for way in steps.ways)
        for first, second in steps.bridges:
            self.graph.add_edges_from([(first.source, first.target), (second.source, second.target)])
        self.found: list[Spine] = []
        self._ids: dict[Spine, int] = {}
        self._below: dict[Node, frozenset[Node]] = {}
        self._regions: dict[tuple[Node, Node], frozenset[Edge]] = {}

    def run(self, truths: Truths, states: States, taken: Steps, origins: OriginArrays, routine: dict[Node, Bools]) -> list[Drafts]:
        """The drafts of every seed; of several heads the best for each person."""
        scene = _Scene(self, truths, states, taken, origins)
        out: list[Drafts] = []
        for seed, held, heads in scene.seeds(routine):
            if np.any(held):
                out.extend(self._of_seed(seed, held, heads, scene))
        return out

    def _of_seed(self, seed: Seed, held: Bools, heads: dict[Node, Bools], scene: _Scene) -> Iterator[Drafts]:
        headed = reduce(np.logical_or, heads.values(), scene.truths.never)
        alone = held & ~headed
        candidates = [*heads.items(), *([(seed.driver, alone)] if np.any(alone) else [])]
        drafts = [self._draft(seed, head, np.flatnonzero(who), scene) for head, who in candidates if np.any(who)]
        drafts = [one for one in drafts if len(one.rows)]
        if len(drafts) < 2:
            yield from drafts
            return
        yield from _best_of(drafts, scene.truths.batch.n)

    def _draft(self, seed: Seed, head: Node, rows: Rows, scene: _Scene) -> Drafts:
        spine = np.full(len(rows), -1, np.int64)
        score = np.zeros(len(rows), np.int64)
        for pattern, here in self._patterns(seed, head, rows, scene):
            one = self.spines.of(seed, head, pattern)
            if one is not None:
                spine[here] = self._id(one)
                score[here] = scene.score(one, seed, head, rows[here])
        rank = scene.timing_rank(head, rows)
        good = spine >= 0
        return Drafts(seed, head, rows[good], spine[good], score[good], rank[good])

    def _id(self, spine: Spine) -> int:
        if spine not in self._ids:
            self._ids[spine] = len(self.found)
            self.found.append(spine)
        return self._ids[spine]

    def _patterns(self, seed: Seed, head: Node, rows: Rows, scene: _Scene) -> Iterator[tuple[Pattern, Rows]]:
        """Every pattern of steps that occurs, with the places in `rows` where it does."""
        region = self._region(head, seed.driver)
        columns = [(kind, edge, held[rows]) for kind, edge, held in scene.edges if edge in region]
        nodes = {node for edge in region for node in edge}
        columns += [("bridge", (node, node), held[rows]) for node, held in scene.bridges if node in nodes]
        columns = [column for column in columns if np.any(column[2])]
        if not columns:
            yield Pattern((), (), (), frozenset()), np.arange(len(rows))
            return
        bits = np.packbits(np.stack([held for _, _, held in columns]), axis=0).T
        keys = np.ascontiguousarray(bits).view(np.dtype((np.void, bits.shape[1]))).ravel()
        _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
        order = np.argsort(inverse, kind="stable")
        bounds = np.searchsorted(inverse[order], np.arange(len(first) + 1))
        for index, row in enumerate(first):
            present = [(kind, edge) for kind, edge, held in columns if held[row]]
            yield self._pattern(present), order[bounds[index]:bounds[index + 1]]

    def _pattern(self, present: list[tuple[str, Edge]]) -> Pattern:
        steps, gaps, beyond = (tuple(edge for kind, edge in present if kind == one) for one in ("step", "gap", "beyond"))
        return Pattern(steps, gaps, beyond, frozenset(node for kind, (node, _) in present if kind == "bridge"))

    def below(self, node: Node) -> frozenset[Node]:
        """Everything a node could lead to."""
        if node not in self._below:
            self._below[node] = frozenset(nx.descendants(self.graph, node)) if node in self.graph else frozenset()
        return self._below[node]

    def _region(self, head: Node, driver: Node) -> frozenset[Edge]:
        if (head, driver) not in self._regions:
            below = nx.descendants(self.graph, driver) | {driver} if driver in self.graph else {driver}
            between: set[Node] = set()
            if head != driver and head in self.graph and driver in self.graph:
                between = (nx.descendants(self.graph, head) | {head}) & (nx.ancestors(self.graph, driver) | {driver})
            edges = {(u, v) for u, v in self.graph.edges if u in below or (u in between and v in between)}
            self._regions[head, driver] = frozenset(edges)
        return self._regions[head, driver]


class _Scene:
    """One batch, with everything that seeds and scores ask of it."""

    def __init__(self, plan: ExplanationArrays, truths: Truths, states: States, taken: Steps, origins: OriginArrays) -> None:
        self.plan, self.kb, self.truths, self.states, self.origins = plan, plan.kb, truths, states, origins
        self.edges = [
            *(("step", edge, held) for edge, held in taken.steps.items()), *(("gap", edge, held) for edge, held in taken.gaps.items()),
            *(("beyond", edge, held) for edge, held in taken.beyond.items()),
        ]
        self.bridges = sorted(taken.bridges.items())
        self.edges.sort(key=lambda row: (row[1], row[0]))
        self.gapless = Leads(taken.steps, plan.steps.order)
        whole: dict[Edge, Bools] = {}
        for _, edge, held in self.edges:
            add(whole, edge, held)
        self.whole = Leads(whole, plan.steps.order)
        self.reach = self._reach(whole)
        self.claimed: dict[Node, Bools] = {}
        for (node, _), held in states.claimed.items():
            add(self.claimed, node, held)

    def _reach(self, whole: dict[Edge, Bools]) -> dict[Node, Bools]:
        complaints = {n: s for n, s in self.states.supported.items() if self.kb.conclusions[n[0]].layer == "presentation"}
        ordered = sorted(whole, key=lambda edge: self.plan.steps.order[edge[0][0]])
        return reaching(ordered, whole, complaints)

    def _supported(self, *layers: str) -> Iterator[tuple[Node, Bools]]:
        for node in sorted(self.states.supported):
            if self.kb.conclusions[node[0]].layer in layers and np.any(self.states.supported[node]):
                yield node, self.states.supported[node]

    def seeds(self, routine: dict[Node, Bools]) -> Iterator[tuple[Seed, Bools, dict[Node, Bools]]]:
        """Every seed with who has it, and who may have each head."""
        impairments = self._top({n: s & self._reached(n) & self._free(n) for n, s in self._supported("impairment") if self._treatable(n)})
        origins = self._origins(impairments)
        habits = self._habits({**impairments, **origins})
        for node, held in (*impairments.items(), *habits.items()):
            yield Seed(node, (), False), held, self._heads(node, held)
        for node, held in origins.items():
            yield Seed(node, (node,), False), held, {}
        for layer in ("local_diagnosis", "modulator"):
            for node, held in self._supported(layer):
                if not self.kb.conclusions[node[0]].background:
                    yield Seed(node, (), True), held, {}
        for node, held in sorted(routine.items()):
            yield Seed(node, (), True), held, {}

    def _reached(self, node: Node) -> Bools:
        return self.reach.get(node, self.truths.never)

    def _free(self, node: Node) -> Bools:
        return ~self.claimed[node] if node in self.claimed else self.truths.always

    def _treatable(self, node: Node) -> bool:
        one = self.kb.conclusions[node[0]]
        return one.modifiable and bool(one.retest)

    def _top(self, fit: dict[Node, Bools]) -> dict[Node, Bools]:
        """Those without another of them upstream."""
        return {node: self._without_upstream(node, fit) for node in fit}

    def _without_upstream(self, node: Node, fit: dict[Node, Bools]) -> Bools:
        held = fit[node]
        for other, above in fit.items():
            if other != node and self._may_lead(other, node) and np.any(held & above):
                held = held & ~(above & self.gapless.leads(other, node, self.truths))
        return held

    def _may_lead(self, source: Node, target: Node) -> bool:
        return target in self.plan.below(source)

    def _origins(self, drivers: dict[Node, Bools]) -> dict[Node, Bools]:
        out = {}
        for node, held in self._supported("origin"):
            if self._treatable(node):
                fit = held & self._reached(node) & self._free(node) & self.origins.may_head(node)
                for driver, driven in drivers.items():
                    if self._may_lead(node, driver) and np.any(fit & driven):
                        fit = fit & ~(driven & self.gapless.leads(node, driver, self.truths))
                out[node] = fit
        return out

    def _habits(self, drivers: dict[Node, Bools]) -> dict[Node, Bools]:
        taken = {**drivers, **dict(self._supported("modulator", "local_diagnosis"))}
        alone = {}
        for node, held in self._supported("habit"):
            if self.kb.conclusions[node[0]].modifiable:
                fit = held & self._reached(node) & self._free(node)
                for other, there in taken.items():
                    fit = self._apart(node, other, fit, there)
                alone[node] = fit
        return {node: self._without_upstream(node, alone) for node in alone}

    def _apart(self, node: Node, other: Node, fit: Bools, there: Bools) -> Bools:
        for source, target in ((other, node), (node, other)):
            if self._may_lead(source, target) and np.any(fit & there):
                fit = fit & ~(there & self.gapless.leads(source, target, self.truths))
        return fit

    def _heads(self, driver: Node, held: Bools) -> dict[Node, Bools]:
        out = {}
        for node, present in self._supported("origin"):
            if self._may_lead(node, driver) and np.any(held & present):
                who = held & present & self.origins.may_head(node) & self.whole.leads(node, driver, self.truths)
                if np.any(who):
                    out[node] = who
        return out

    def timing_rank(self, head: Node, rows: Rows) -> NDArray[np.int64]:
        """How well placed in time a head is; what is no origin comes last."""
        if self.kb.conclusions[head[0]].layer != "origin":
            return np.full(len(rows), len(TIMINGS), np.int64)
        return self.origins.timing(head)[rows].astype(np.int64)

    def score(self, spine: Spine, seed: Seed, head: Node, rows: Rows) -> NDArray[np.int64]:
        """The score of a spine for the people in rows."""
        scale = self.kb.scale
        total = np.full(len(rows), spine.score, np.int64)
        met = [self.origins.hurting[one][rows] for one in spine.meets if one in self.origins.hurting]
        if met:
            total += scale.activity * np.minimum(scale.activities_counted, np.sum(met, axis=0))
        if seed.direct:
            total += self._head_worth(head, rows)
        if self.kb.conclusions[head[0]].layer == "origin":
            total += scale.before_pain * (self.origins.timing(head)[rows] == TIMINGS.index("before"))
            total += scale.residual * self.origins.left_signs(head)[rows]
        return total + self._bedside(spine, rows)

    def _head_worth(self, node: Node, rows: Rows) -> NDArray[np.int64]:
        scale = self.kb.scale
        if self.kb.conclusions[node[0]].layer == "serious":
            return np.full(len(rows), scale.routine_flag, np.int64)
        amount = self.states.amount[node][rows].astype(np.int64)
        settled = self.states.settled[node][rows] & self.states.supported[node][rows]
        return np.minimum(scale.head_cap, np.where(settled, np.maximum(amount, scale.head_settled), amount))

    def _bedside(self, spine: Spine, rows: Rows) -> NDArray[np.int64]:
        scale, total = self.kb.scale, np.zeros(len(rows), np.int64)
        tried = [self.origins.bedside(node)[rows] for node in spine.cone if node[0] in self.origins.readers.trials]
        if tried:
            codes = np.stack(tried)
            total += scale.try_better * np.any((codes == 1) | (codes == 2), axis=0)
            total += scale.try_same * np.any(codes == 3, axis=0)
        return total


def _best_of(drafts: list[Drafts], n: int) -> Iterator[Drafts]:
    """For each person the best of several heads: score, then time, then the order of nodes."""
    heads = sorted(range(len(drafts)), key=lambda index: drafts[index].head)
    best = np.full(n, -1, np.int64)
    key = np.full((2, n), np.iinfo(np.int64).max)
    for index in heads:
        one = drafts[index]
        better = (-one.score < key[0, one.rows]) | ((-one.score == key[0, one.rows]) & (one.rank < key[1, one.rows]))
        rows = one.rows[better]
        best[rows] = index
        key[0, rows], key[1, rows] = -one.score[better], one.rank[better]
    for index, one in enumerate(drafts):
        keep = best[one.rows] == index
        if np.any(keep):
            yield Drafts(one.seed, one.head, one.rows[keep], one.spine[keep], one.score[keep], one.rank[keep])

