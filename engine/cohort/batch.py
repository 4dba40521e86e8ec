"""A batch of cases as arrays: what was answered, before and after numbers have become words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.case import Answer, Case, Key
from engine.cohort.layout import ASKED_UNKNOWN, Layout, Slot, is_relative
from engine.origins import AS_BEFORE
from knowledge.model import Finding
from knowledge.sides import BODY, OTHER_SIDE, THIS_SIDE, mirror

Codes = NDArray[np.int8]
Numbers = NDArray[np.float64]
Bools = NDArray[np.bool_]
Where = int | NDArray[np.int64]
NO_CODES: Codes = np.zeros(0, np.int8)


@dataclass
class Batch:
    """Raw answers of `n` cases: a code for each slot that anyone answered in words, a number where one was given.

    `listed[subject][word]` tells who has the word in a list of own activities, `own` who is limited in a kind of it.
    """

    n: int
    codes: dict[Slot, Codes] = field(default_factory=dict)
    numbers: dict[Slot, Numbers] = field(default_factory=dict)
    listed: dict[Slot, Bools] = field(default_factory=dict)
    own: dict[str, Bools] = field(default_factory=dict)

    def code(self, slot: Slot) -> Codes:
        """The codes of a slot, made when first written to."""
        if slot not in self.codes:
            self.codes[slot] = np.zeros(self.n, np.int8)
        return self.codes[slot]

    def number(self, slot: Slot) -> Numbers:
        """The numbers of a slot, NaN where there is none."""
        if slot not in self.numbers:
            self.numbers[slot] = np.full(self.n, np.nan)
        return self.numbers[slot]

    def take(self, rows: NDArray[np.int64]) -> Batch:
        """The same answers for these rows only."""
        return Batch(
            len(rows), {slot: codes[rows] for slot, codes in self.codes.items()},
            {slot: numbers[rows] for slot, numbers in self.numbers.items()},
            {slot: held[rows] for slot, held in self.listed.items()}, {kind: held[rows] for kind, held in self.own.items()},
        )

    def known_word(self, slot: Slot) -> Bools:
        """Who has a known word in a slot."""
        codes = self.codes.get(slot)
        return codes > 0 if codes is not None else np.zeros(self.n, np.bool_)


def batch_of(cases: Sequence[Case], layout: Layout) -> Batch:
    """Cases whose answers all have a stated side, as raw arrays."""
    batch = Batch(len(cases))
    for row, case in enumerate(cases):
        for (name, side), answer in case.answers.items():
            put_answer(batch, row, layout.kb.findings[name], side, answer, layout)
    return batch


def varied(case: Case, changes: Sequence[Mapping[Key, Answer]], layout: Layout) -> Batch:
    """One case in many variants, each with answers to what the case has no answer to; as `batch_of` of them, without reading it again."""
    batch = batch_of([case], layout).take(np.zeros(len(changes), np.int64))
    for row, change in enumerate(changes):
        for (name, side), answer in change.items():
            put_answer(batch, row, layout.kb.findings[name], side, answer, layout)
    return batch


def put_answer(batch: Batch, row: Where, finding: Finding, side: str, answer: Answer, layout: Layout) -> None:
    """An answer with its details, in one row or in many."""
    if answer.items:
        _put_items(batch, row, finding, answer, layout)
    elif not answer.known:
        batch.code((finding.id, side))[row] = ASKED_UNKNOWN
    elif isinstance(answer.value, float):
        batch.number((finding.id, side))[row] = answer.value
    elif answer.value != "listed":
        batch.code((finding.id, side))[row] = layout.code(finding.id, answer.value)
        put_relative(batch, np.atleast_1d(np.asarray(row, np.int64)), finding, answer.value, layout)
    for name, value in answer.details.items():
        _put_detail(batch, row, f"{finding.id}.{name}", side, value, layout)


def put_relative(batch: Batch, rows: NDArray[np.int64], finding: Finding, word: str, layout: Layout) -> None:
    """An answer that is a side, as seen from each side of the body."""
    if is_relative(finding):
        for side in BODY:
            seen = THIS_SIDE if word == side else OTHER_SIDE if word == mirror(side) else word
            batch.code((finding.id, side))[rows] = layout.code(finding.id, seen)


def _put_detail(batch: Batch, row: Where, subject: str, side: str, value: object, layout: Layout) -> None:
    if isinstance(value, float):
        batch.number((subject, side))[row] = value
    elif value == "unknown":
        batch.code((subject, side))[row] = ASKED_UNKNOWN
    else:
        batch.code((subject, side))[row] = layout.code(subject, str(value))


def _put_items(batch: Batch, row: Where, finding: Finding, answer: Answer, layout: Layout) -> None:
    for one in answer.items:
        for name, value in one.items():
            subject = f"{finding.id}.{name}"
            word = value if isinstance(value, str) else _band_word(finding, name, value)
            if word in layout.words.get(subject, ()):
                _member(batch.listed, (subject, word), batch.n)[row] = True
        _put_own(batch, row, one)


def _band_word(finding: Finding, name: str, value: float) -> str:
    detail = finding.detail(name)
    fitting = [band.word for band in (detail.bands if detail else ()) if band.interval and value in band.interval]
    return fitting[0] if fitting else ""


def _put_own(batch: Batch, row: Where, one: object) -> None:
    assert hasattr(one, "get")
    rating, kind = one.get("psfs"), one.get("class")
    if isinstance(rating, float) and rating < AS_BEFORE and kind:
        _member(batch.own, "lift" if kind == "carry" else str(kind), batch.n)[row] = True


def _member(table: dict, key: object, n: int) -> Bools:  # type: ignore[type-arg]  # keyed by slot or activity
    if key not in table:
        table[key] = np.zeros(n, np.bool_)
    found: Bools = table[key]
    return found
