"""Numbers of synthetic people: inside the band of their word, on the steps of their unit, by the norm of age and sex, with error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from engine.answer_model import Slot
from engine.cohort.derive import OLDEST, norm_tables
from engine.cohort.layout import ASKED_UNKNOWN
from engine.cohort.masks import anybody, rows_of
from engine.cohort.synthetic_truth import FEMALE, MALE, Ints
from engine.cohort.synthetic_words import Codes, published_agreement
from engine.cohort.table import Encoded
from knowledge.bands import Band
from knowledge.model import UNKNOWN, Finding, KnowledgeBase
from knowledge.simulation import keyed

Floats = NDArray[np.float64]
TWO_MEASUREMENTS = 1.96 * sqrt(2)
"""The minimal detectable change is this many standard errors of measurement (95 %, two measurements; Weir 2005)."""
NO_STEP = np.iinfo(np.int64).min
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Grid:
    """The numbers a finding can be told in: whole multiples of `step`, from `low` to `high`."""

    step: float
    digits: int
    low: float
    high: float

    def value(self, steps: int) -> float | int:
        """The number of so many steps; whole when the unit is told in whole numbers."""
        return round(steps * self.step, self.digits) if self.digits else steps


def grid_of(finding: Finding, kb: KnowledgeBase) -> Grid:
    """The grid of a finding with numbers; usual numbers where simulation.yaml states them."""
    how = kb.simulation.asking
    digits = how.decimals.get(finding.answer.unit, 0)
    low, high = how.ranges.get(finding.id, (finding.answer.low, finding.answer.high))
    return Grid(10.0**-digits, digits, low, high)


class NumberDrawer:
    """Draws the number behind a word; what depends on the knowledge alone is prepared once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.findings = [one for one in kb.findings.values() if one.answer.form == "number" and one.bands]
        self.grids = {one.id: grid_of(one, kb) for one in self.findings}
        self.errors = {one.id: self._error(one) for one in self.findings}

    def _error(self, finding: Finding) -> float:
        """The standard error of measurement, in the unit of the answer: from the published MDC, else the published or stated ICC."""
        if finding.reliability and finding.reliability.mdc:
            return finding.reliability.mdc / TWO_MEASUREMENTS
        how, grid = self.kb.simulation.asking, self.grids[finding.id]
        published = published_agreement(finding, "ICC")
        icc = published if published is not None else keyed(how.icc, finding.kind, 1.0)
        return float(how.spread * (grid.high - grid.low) * sqrt(1 - min(1.0, max(0.0, icc))))

    def draw(self, rng: np.random.Generator, finding: Finding, codes: Codes, ages: Floats, sexes: Sequence[str]) -> Ints:
        """For each person the steps of the number, NO_STEP where there is none: not answered, or no norm for the person."""
        grid, steps = self.grids[finding.id], np.full(len(codes), NO_STEP)
        norms = self._norms(finding, ages, sexes)
        for code, band in enumerate(finding.bands, start=1):
            rows = rows_of(codes == code)
            if len(rows) and band.interval:
                steps[rows] = _inside(rng.random(len(rows)), band, grid, norms[rows] if band.of_norm and norms is not None else None)
        rows = rows_of(steps != NO_STEP)
        if self.errors[finding.id] and len(rows):
            moved = steps[rows] + np.rint(rng.standard_normal(len(rows)) * self.errors[finding.id] / grid.step).astype(np.int64)
            least, most = _ends(np.array([finding.answer.low]), np.array([finding.answer.high]), grid.step)
            steps[rows] = np.clip(moved, least, most)
        return steps

    def _norms(self, finding: Finding, ages: Floats, sexes: Sequence[str]) -> Floats | None:
        if not finding.norm:
            return None
        low, high = norm_tables(self.kb.norms[finding.norm])
        by_sex = np.array([{MALE: 1, FEMALE: 2}.get(sex, 0) for sex in sexes])
        years = np.minimum(ages, OLDEST).astype(np.int64)
        return np.where(low[by_sex, years] == high[by_sex, years], low[by_sex, years], np.nan)


def _inside(draws: Floats, band: Band, grid: Grid, norms: Floats | None) -> Ints:
    """Steps inside a band, each as likely; NO_STEP where no step of the unit lies in it."""
    assert band.interval is not None
    share = np.full(len(draws), 1.0) if norms is None else norms / 100
    known = ~np.isnan(share)
    share = np.where(known, share, 1.0)
    low, high = np.maximum(band.interval.low * share, grid.low), np.minimum(band.interval.high * share, grid.high)
    least, most = _ends(low, high, grid.step)
    if not band.interval.low_closed:
        least = least + (np.abs(least * grid.step - band.interval.low * share) < TINY)
    if not band.interval.high_closed:
        most = most - (np.abs(most * grid.step - band.interval.high * share) < TINY)
    steps = least + np.floor(draws * (most - least + 1)).astype(np.int64)
    return np.where(known & (most >= least), steps, NO_STEP)


def _ends(low: Floats, high: Floats, step: float) -> tuple[Ints, Ints]:
    """The first and the last step from `low` to `high`, both ends included."""
    return np.ceil(low / step - TINY).astype(np.int64), np.floor(high / step + TINY).astype(np.int64)


def encoded(words: Sequence[str], codes: Codes, steps: Ints | None = None, grid: Grid | None = None) -> Encoded:
    """A column: None, `unknown`, the words, then the numbers from the least to the greatest step that occurs."""
    distinct: list[object] = [None, UNKNOWN, *words]
    index = np.where(codes == ASKED_UNKNOWN, 1, np.where(codes > 0, codes.astype(np.int64) + 1, 0))
    if steps is not None and grid is not None and anybody(steps != NO_STEP):
        given = steps != NO_STEP
        least, most = int(steps[given].min()), int(steps[given].max())
        index = np.where(given, len(distinct) + steps - least, index)
        distinct += [grid.value(one) for one in range(least, most + 1)]
    return Encoded(distinct, index)


def joined_codes(parts: Sequence[Mapping[Slot, Codes]]) -> dict[Slot, Codes]:
    """The codes of several blocks one after the other."""
    return {slot: np.concatenate([part[slot] for part in parts]) for slot in parts[0]}
