"""What belongs to a synthetic person beside findings: how long ago things happened, and the own activities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.answer_model import AnswerModel, Slot
from engine.cohort.synthetic_truth import Ints, Truth
from engine.cohort.synthetic_words import Codes
from knowledge.model import Finding, KnowledgeBase
from knowledge.sides import BODY, NONE

Floats = NDArray[np.float64]
DATES = {"years_ago": (1.0, 1), "months_ago": (12.0, 0), "first_years_ago": (1.0, 1)}
"""Details that are dates: how many of the unit make a year, and the digits told."""
FIRST = "first_years_ago"
OWN, MOST = "activities", 3
YOUNGEST = 5.0
"""Nothing that is asked about happened before this age, in years."""


@dataclass(frozen=True, slots=True)
class Dates:
    """Years before today: when this pain began, when the first one did, and when an origin that led to it happened."""

    pain: Floats
    first: Floats
    origin: Floats


class LifeDrawer:
    """Draws dates and own activities; what depends on the knowledge alone is prepared once."""

    def __init__(self, kb: KnowledgeBase, model: AnswerModel) -> None:
        self.kb, self.how, self.model = kb, kb.simulation.drawing, model
        self.dated = [
            (finding, detail.name, detail.high)
            for finding in kb.findings.values() if finding.answer.form != "list" and finding.derived is None
            for detail in finding.details if detail.name in DATES and detail.form == "number"
        ]
        own = kb.findings.get(OWN)
        kinds = own.detail("class") if own else None
        self.classes = kinds.words if kinds else ()

    def dates(self, rng: np.random.Generator, pain_years: Floats, ages: Floats) -> Dates:
        """The dates of each person: the origin first, then the first pain, then this one."""
        n, longest = len(ages), np.maximum(0.1, ages - YOUNGEST)
        pain = np.minimum(pain_years, longest)
        first = np.minimum(pain + rng.uniform(*self.how.first_years, n), longest)
        return Dates(pain, first, np.minimum(first + rng.uniform(*self.how.gap_years, n), longest))

    def told_dates(
        self, rng: np.random.Generator, truth: Truth, dates: Dates, words: Mapping[Slot, Codes], ages: Floats
    ) -> dict[tuple[Slot, str], Floats]:
        """The date for each dated finding that was answered yes, NaN elsewhere: that of the origin for a cause, else any."""
        out = {}
        for finding, name, most in self.dated:
            for side in BODY if finding.per_side else (NONE,):
                any_ = np.minimum(rng.uniform(*self.how.bystander_years, truth.n), np.maximum(0.1, ages - YOUNGEST))
                years = dates.first if name == FIRST else np.where(self._causes(finding, side, truth), dates.origin, any_)
                per_year, digits = DATES[name]
                told = np.minimum(np.round(years * per_year, digits), most)
                out[(finding.id, side), name] = np.where(words[finding.id, side] == 1, told, np.nan)
        return out

    def _causes(self, finding: Finding, side: str, truth: Truth) -> NDArray[np.bool_]:
        out = np.zeros(truth.n, np.bool_)
        for node in self.model.nodes(finding.id, side):
            if self.kb.conclusions[node[0]].layer == "origin":
                out |= truth.caused(node)
        return out

    def own(self, rng: np.random.Generator, truth: Truth) -> tuple[Ints, Ints]:
        """Own activities: the place of the kind in `classes` (-1 where there is none) and the rating, both of shape (MOST, n).

        Kinds that hurt on the way from the cause come first; a person whose own task fails rates the first one low.
        """
        weights = np.array([self.how.own.get(one, 0.0) for one in self.classes])
        keys = rng.random((len(self.classes), truth.n)) / np.maximum(weights, 1e-9)[:, None]
        for place, one in enumerate(self.classes):
            hurts = truth.met.get("lift" if one == "carry" else one)
            if hurts is not None and one != "carry":
                keys[place] -= np.where(hurts, 1e12, 0.0)
        kinds = np.argsort(keys, axis=0, kind="stable")[:MOST]
        count = rng.integers(1, MOST + 1, truth.n)
        asked = rng.random(truth.n) < self.kb.simulation.asking.listed
        low, mild = (rng.integers(*(ends[0], ends[1] + 1), (MOST, truth.n)) for ends in (self.how.own_limited, self.how.own_mild))
        fails = truth.held.get(("own_task_fails", NONE), np.zeros(truth.n, np.bool_))
        there = (np.arange(MOST)[:, None] < count) & asked & (np.array(weights)[kinds] > 0)
        return np.where(there, kinds, -1), np.where(fails, low, mild)
