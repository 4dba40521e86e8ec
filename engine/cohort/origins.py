"""Origins in time, hurting activities and bedside changes for a whole batch; as `engine.origins` and `engine.claims`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from engine.cohort.batch import Bools, Numbers
from engine.cohort.evidence import EvidenceArrays, Said, States
from engine.cohort.masks import anybody
from engine.cohort.truths import Truths
from engine.compile import negative_leaf
from engine.conditions import sides_read
from engine.questions import Readers
from engine.result import Node
from knowledge.model import Leaf
from knowledge.sides import BODY, NONE

TIMINGS = ("before", "load", "unknown", "together", "between", "after")
"""In the order in which an origin is preferred on equal scores."""
BEDSIDE = ("", "better", "lasting", "same")
Small = NDArray[np.int8]


class OriginArrays:
    """What an origin adds for each person, each computed once a batch."""

    def __init__(self, evidence: EvidenceArrays, readers: Readers, truths: Truths, states: States) -> None:
        self.evidence, self.readers, self.truths, self.states = evidence, readers, truths, states
        self.kb, self.near = readers.kb, readers.kb.scale.together_months / 12
        self._timing: dict[Node, Small] = {}
        self._bedside: dict[Node, Small] = {}
        self.hurting = self._hurting()

    def timing(self, node: Node) -> Small:
        """The index in TIMINGS of an origin for each person."""
        if node not in self._timing:
            self._timing[node] = self._time(node)
        return self._timing[node]

    def may_head(self, node: Node) -> Bools:
        """Who may have the origin at the head of a chain."""
        one = self.kb.conclusions[node[0]]
        if one.background:
            return self.truths.never
        if one.exposure:
            return reduce(np.logical_or, [self.hurting.get(a, self.truths.never) for a in one.exposure], self.truths.never)
        return np.asarray(self.timing(node) != TIMINGS.index("after"))

    def left_signs(self, node: Node) -> Bools:
        """Who has a sign of severity or of something left behind."""
        leaves = self.kb.conclusions[node[0]].severity
        looks = self.truths.looks
        return reduce(np.logical_or, [self.truths.either(looks.options(leaf, node[1])) for leaf in leaves], self.truths.never)

    def bedside(self, node: Node) -> Small:
        """The index in BEDSIDE of what a bedside change of the node did, the strongest of all."""
        if node not in self._bedside:
            codes = [self._trial(name, node[1]) for name in self.readers.trials.get(node[0], ())]
            self._bedside[node] = reduce(np.maximum, codes, np.zeros(self.truths.batch.n, np.int8))
        return self._bedside[node]

    def _time(self, node: Node) -> Small:
        one, batch = self.kb.conclusions[node[0]], self.truths.batch
        if one.exposure:
            return np.full(batch.n, TIMINGS.index("load"), np.int8)
        pain, first = self._months("pain_months", 12.0), self._months("earlier_episodes.first_years_ago", 1.0)
        when, near = self._date(node), self.near
        with np.errstate(invalid="ignore"):
            conditions = [
                np.isnan(when) | np.isnan(pain), when < pain - near, when <= pain + near,
                ~np.isnan(first) & (when <= first + near) & (when >= first - near), ~np.isnan(first) & (when <= first + near),
            ]
        names = ("unknown", "after", "together", "together", "between")
        chosen = [np.int8(TIMINGS.index(name)) for name in names]
        return np.select(conditions, chosen, np.int8(TIMINGS.index("before"))).astype(np.int8)

    def _months(self, subject: str, per_year: float) -> Numbers:
        numbers = self.truths.batch.numbers.get((subject, NONE))
        return np.full(self.truths.batch.n, np.nan) if numbers is None else numbers / per_year

    def _date(self, node: Node) -> Numbers:
        """The oldest date told for the findings that speak about an origin, in years before today."""
        oldest = np.full(self.truths.batch.n, np.nan)
        for said in self.evidence.about[node]:
            held = self.states.fired.get(said.key)
            if held is None or not anybody(held):
                continue
            for leaf, side in _leaves_read(said):
                for dates in self._dates(leaf, side):
                    seen = np.where(held & self.truths.seen(self.truths.looks.number(leaf, side)), dates, np.nan)
                    oldest = np.fmax(oldest, seen)
        return oldest

    def _dates(self, leaf: Leaf, side: str) -> Iterator[Numbers]:
        for detail, per_year in (("years_ago", 1.0), ("months_ago", 12.0)):
            numbers = self.truths.batch.numbers.get((f"{leaf.finding}.{detail}", side))
            if numbers is not None:
                yield numbers / per_year

    def _hurting(self) -> dict[str, Bools]:
        out: dict[str, Bools] = dict(self.truths.batch.own)
        for finding in self.kb.findings.values():
            for side in BODY if finding.per_side else (NONE,):
                codes = self.truths.batch.codes.get((finding.id, side)) if finding.hurts else None
                for activity in finding.hurts if codes is not None else ():
                    yes: Bools = np.asarray(codes == self.truths.layout.code(finding.id, "yes"))
                    out[activity] = out[activity] | yes if activity in out else yes
        return out

    def _trial(self, name: str, side: str) -> Small:
        finding = self.kb.findings[name]
        sides = ((side,) if side in BODY else BODY) if finding.per_side else (NONE,)
        return reduce(np.maximum, [self._result(name, one) for one in sides])

    def _result(self, name: str, side: str) -> Small:
        batch, layout = self.truths.batch, self.truths.layout
        codes = batch.codes.get((name, side))
        if codes is None:
            return np.zeros(batch.n, np.int8)
        better = codes == layout.code(name, "better")
        sure = better & self._detail(f"{name}.twice", side) & self._detail(f"{name}.lost_on_removal", side)
        same = (codes == layout.code(name, "same")) | (codes == layout.code(name, "worse"))
        return np.select([same, sure, better], [np.int8(3), np.int8(2), np.int8(1)], np.int8(0)).astype(np.int8)

    def _detail(self, subject: str, side: str) -> Bools:
        codes = self.truths.batch.codes.get((subject, side))
        return self.truths.never if codes is None else codes == self.truths.layout.code(subject, "yes")


def _leaves_read(said: Said) -> Iterator[tuple[Leaf, str]]:
    """The leaves whose findings a firing is recorded with, and the sides on which they are looked at."""
    when = said.rule.when
    leaves = [negative_leaf(said.rule)] if said.no else [*when.all, *when.any, *when.at_least]
    for leaf in leaves:
        if leaf.about == "finding":
            yield from ((leaf, side) for side in sides_read(leaf, said.side))
