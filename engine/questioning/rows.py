"""Many variants of one case as rows of a batch: each row is the case with a few of the changes made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.case import Case
from engine.cohort.batch import Batch, batch_of, put_answer
from engine.cohort.layout import Layout
from engine.questioning.changes import Change
from knowledge.sides import BODY, UNSTATED

Set = tuple[int, ...]
"""Changes made together, by their numbers; no two of them are about the same finding on the same side."""
Rows = NDArray[np.int64]


def variants(case: Case, changes: Sequence[Change], sets: Sequence[Set], layout: Layout) -> tuple[Batch, ...]:
    """A row for each set of changes; two batches, for left and right, when the case has answers of unstated side."""
    rows = _rows_of(sets)
    if not case.has_unstated:
        return (_variants(case, case, "", changes, rows, len(sets), layout),)
    return tuple(_variants(case, case.in_world(side), side, changes, rows, len(sets), layout) for side in BODY)


def _rows_of(sets: Sequence[Set]) -> Mapping[int, Rows]:
    """The rows in which each change is made."""
    found: dict[int, list[int]] = {}
    for row, one in enumerate(sets):
        for number in one:
            found.setdefault(number, []).append(row)
    return {number: np.array(rows, np.int64) for number, rows in found.items()}


def _variants(case: Case, world: Case, here: str, changes: Sequence[Change], rows: Mapping[int, Rows], n: int, layout: Layout) -> Batch:
    batch = batch_of([world], layout).take(np.zeros(n, np.int64))
    loose_first = sorted(rows, key=lambda number: (changes[number].key[1] != UNSTATED, number))
    for number in loose_first:  # an answer of a stated side stands before one whose side is not told
        (name, side), answer = changes[number].key, changes[number].answer
        at = here if side == UNSTATED else side
        if answer is not None and not (side == UNSTATED and (name, here) in case.answers):
            clear(batch, rows[number], name, at, layout)
            put_answer(batch, rows[number], layout.kb.findings[name], at, answer, layout)
    return batch


def clear(batch: Batch, rows: Rows, name: str, side: str, layout: Layout) -> None:
    """Take an answer with its details out of these rows."""
    for subject in (name, *(f"{name}.{detail.name}" for detail in layout.kb.findings[name].details)):
        if (subject, side) in batch.codes:
            batch.codes[subject, side][rows] = 0
        if (subject, side) in batch.numbers:
            batch.numbers[subject, side][rows] = np.nan
