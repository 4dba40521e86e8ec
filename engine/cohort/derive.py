"""From numbers to words for a whole batch: bands, norms, ratios, differences, dates, counted scores."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.cohort.batch import Batch, Bools, Numbers
from engine.cohort.layout import Layout
from engine.cohort.masks import anybody, rows_of
from engine.conditions import sides_read
from engine.valuation import counts
from knowledge.bands import Band, Interval, words_between
from knowledge.model import Finding, Leaf, Norm
from knowledge.sides import BODY, NONE, mirror

OLDEST = 150


def derive(batch: Batch, layout: Layout) -> Batch:
    """The batch with every word that follows from a number or another answer filled in (in place)."""
    for finding in layout.kb.findings.values():
        if not finding.derived and finding.answer.form == "number":
            for side in _sides(finding):
                _band_numbers(batch, finding, side, layout)
        for detail in finding.details:
            if detail.bands and finding.answer.form != "list":
                for side in _sides(finding):
                    _band(batch, (f"{finding.id}.{detail.name}", side), detail.bands)
    for finding in sorted(layout.kb.findings.values(), key=counts):
        if finding.derived:
            for side in _sides(finding):
                _derive_one(batch, finding, side, layout)
    return batch


def _sides(finding: Finding) -> tuple[str, ...]:
    return BODY if finding.per_side else (NONE,)


def _band(batch: Batch, slot: tuple[str, str], bands: Sequence[Band]) -> None:
    """The word of the number in a slot, where there is a number and no word yet."""
    numbers = batch.numbers.get(slot)
    if numbers is not None:
        rows = rows_of(~np.isnan(numbers))
        if len(rows):
            own = batch.code(slot)
            before, codes = own.take(rows), codes_of(numbers.take(rows), bands)
            own[rows] = np.where((before <= 0) & (codes > 0), codes, before)


def _write(batch: Batch, slot: tuple[str, str], codes: NDArray[np.int8], where: Bools) -> None:
    if anybody(where):
        own = batch.code(slot)
        open_ = where & (own <= 0) & (codes > 0)
        own[open_] = codes[open_]


def codes_of(numbers: Numbers, bands: Sequence[Band]) -> NDArray[np.int8]:
    """The code of the band that holds each number; 0 where none does."""
    codes = np.zeros(len(numbers), np.int8)
    for code, band in reversed(list(enumerate(bands, start=1))):
        if band.interval:
            codes[_inside(numbers, band.interval)] = code
    return codes


def _inside(numbers: Numbers, interval: Interval) -> Bools:
    above = numbers >= interval.low if interval.low_closed else numbers > interval.low
    below = numbers <= interval.high if interval.high_closed else numbers < interval.high
    return np.asarray(above & below)


def _band_numbers(batch: Batch, finding: Finding, side: str, layout: Layout) -> None:
    numbers = batch.numbers.get((finding.id, side))
    if numbers is None:
        return
    if not finding.norm:
        _band(batch, (finding.id, side), finding.bands)
        return
    low, high = _norm_span(batch, layout.kb.norms[finding.norm], layout)
    share = any(band.of_norm for band in finding.bands)
    with np.errstate(invalid="ignore", divide="ignore"):
        least, most = (codes_of(numbers / norm * 100 if share else numbers, finding.bands) for norm in (low, high))
    _write(batch, (finding.id, side), least, ~np.isnan(numbers) & ~np.isnan(low) & (least == most))


def _norm_span(batch: Batch, norm: Norm, layout: Layout) -> tuple[Numbers, Numbers]:
    """The lowest and the highest norm that could apply to each person; NaN where none does."""
    ages, sexes = batch.numbers.get(("age", NONE)), batch.codes.get(("sex", NONE))
    age = np.full(batch.n, OLDEST + 1) if ages is None else np.where(np.isnan(ages), OLDEST + 1, np.minimum(ages, OLDEST)).astype(np.int64)
    sex = np.zeros(batch.n, np.int64)
    for index, word in enumerate(("male", "female"), start=1):
        if sexes is not None:
            sex[sexes == layout.code("sex", word)] = index
    low, high = norm_tables(norm)
    return low[sex, age], high[sex, age]


@lru_cache(maxsize=64)
def norm_tables(norm: Norm) -> tuple[Numbers, Numbers]:
    """The lowest and the highest norm by sex (any, male, female) and whole years of age; NaN where there is none."""
    low, high = (np.full((3, OLDEST + 2), np.nan) for _ in range(2))
    for sex_index, sex in enumerate(("", "male", "female")):
        for age in range(OLDEST + 2):
            fitting = [r.value for r in norm.rows if (not sex or r.sex in ("", sex)) and (age > OLDEST or r.age_from <= age <= r.age_to)]
            if fitting:
                low[sex_index, age], high[sex_index, age] = min(fitting), max(fitting)
    return low, high


def _derive_one(batch: Batch, finding: Finding, side: str, layout: Layout) -> None:
    assert finding.derived is not None
    slot, how, of = (finding.id, side), finding.derived.how, finding.derived.of
    stated = batch.numbers.get(slot)
    if stated is not None:
        _band(batch, slot, finding.bands)
    if how == "score":
        _derive_score(batch, finding, side, layout)
        return
    if how == "percent_of_norm":
        _derive_share(batch, finding, layout.kb.findings[of], side, layout)
        return
    numbers = _derived_numbers(batch, how, of, side)
    if numbers is not None:
        open_ = np.isnan(stated) if stated is not None else np.ones(batch.n, np.bool_)
        given = ~np.isnan(numbers) & open_
        _write(batch, slot, codes_of(numbers, finding.bands), given)
    if how in ("side_ratio", "side_difference"):
        _from_words(batch, finding, layout.kb.findings[of], side, numbers)


def _derive_share(batch: Batch, finding: Finding, of: Finding, side: str, layout: Layout) -> None:
    numbers = batch.numbers.get((of.id, side))
    if numbers is None:
        return
    low, high = _norm_span(batch, layout.kb.norms[finding.norm or of.norm], layout)
    with np.errstate(invalid="ignore", divide="ignore"):
        least, most = (codes_of(numbers / norm * 100, finding.bands) for norm in (low, high))
    _write(batch, (finding.id, side), least, ~np.isnan(numbers) & ~np.isnan(low) & (least == most))


def _derived_numbers(batch: Batch, how: str, of: str, side: str) -> Numbers | None:
    if how == "side_mean":
        left, right = (batch.numbers.get((of, one)) for one in BODY)
        return None if left is None or right is None else (left + right) / 2
    this = batch.numbers.get((of, side))
    if how == "years_before_pain":
        ago, months = batch.numbers.get((f"{of}.years_ago", side)), batch.numbers.get(("pain_months", NONE))
        return None if ago is None or months is None else ago - months / 12
    if this is None or how == "same_as":
        return this
    other = batch.numbers.get((of, mirror(side)))
    if other is None:
        return None
    if how == "side_difference":
        return this - other
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(other == 0, np.nan, this / other * 100)


def _from_words(batch: Batch, finding: Finding, of: Finding, side: str, numbers: Numbers | None) -> None:
    order, own = _in_order(of.bands), _in_order(finding.bands)
    this, other = batch.codes.get((of.id, side)), batch.codes.get((of.id, mirror(side)))
    if this is None or other is None or len(order) < 2 or not own:
        return
    missing = np.ones(batch.n, np.bool_) if numbers is None else np.isnan(numbers)
    for first, second, code in ((order[0], order[-1], own[0]), (order[-1], order[0], own[-1])):
        where = missing & (this == first) & (other == second)
        _write(batch, (finding.id, side), np.full(batch.n, code, np.int8), where)


def _in_order(bands: Sequence[Band]) -> list[int]:
    """Codes of the bands from the lowest to the highest."""
    placed = [(band.interval.low, code) for code, band in enumerate(bands, start=1) if band.interval]
    return [code for _, code in sorted(placed)]


def _derive_score(batch: Batch, finding: Finding, side: str, layout: Layout) -> None:
    assert finding.derived is not None
    instrument = layout.kb.instruments[finding.derived.of]
    groups = (*((leaf,) for leaf in instrument.count), *instrument.either)
    yes, known = np.zeros(batch.n, np.int64), np.zeros(batch.n, np.int64)
    for group in groups:
        holds, told = _any_of(batch, group, side, layout)
        yes += holds
        known += told
    table = _score_table(finding.bands, len(groups))
    _write(batch, (finding.id, side), table[yes, len(groups) - known], known > 0)


def _any_of(batch: Batch, leaves: Sequence[Leaf], side: str, layout: Layout) -> tuple[Bools, Bools]:
    """Whether one of the conditions holds, and whether that is known."""
    holds, told = np.zeros(batch.n, np.bool_), np.ones(batch.n, np.bool_)
    for leaf in leaves:
        for one in sides_read(leaf, side):
            codes = batch.codes.get((leaf.subject, one))
            told &= np.zeros(batch.n, np.bool_) if codes is None else codes > 0
            if codes is not None:
                wanted = np.zeros(256, np.bool_)  # a place for every code, read as a byte
                wanted[[layout.code(leaf.subject, word) for word in leaf.words]] = True
                holds |= wanted.take(codes.view(np.uint8))
    return holds, holds | told


@lru_cache(maxsize=64)
def _score_table(bands: tuple[Band, ...], most: int) -> NDArray[np.int8]:
    """The code for so many positives with so many missing; 0 while the missing ones could change the word."""
    table = np.zeros((most + 1, most + 1), np.int8)
    words = [band.word for band in bands]
    for yes in range(most + 1):
        for missing in range(most + 1 - yes):
            fitting = words_between(float(yes), float(yes + missing), bands)
            table[yes, missing] = words.index(fitting[0]) + 1 if len(fitting) == 1 else 0
    return table
