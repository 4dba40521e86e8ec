"""A table of people, a row each: column names read once, cells by their distinct values; a bad cell makes an error row.

A column is named `finding`, `finding.side`, `finding.detail` or `finding.side.detail` (side: left, right, both, unstated). Own
activities are `activities.1.class`, `activities.1.psfs` and so on. An empty cell says that nothing was asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.cohort.batch import Batch, Bools, put_relative
from engine.cohort.layout import ASKED_UNKNOWN, Layout
from knowledge.bands import word_for
from knowledge.model import UNKNOWN, Detail, Finding, detail_words
from knowledge.problems import did_you_mean, one_of
from knowledge.sides import BODY, NONE, UNSTATED

SIDES = ("left", "right", "both", "unstated")
PLAIN = ("case", "true_cause", "true_side", "true_kind")
"""Columns that are carried through and never reasoned with."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A column by its distinct values: `distinct[index[row]]` is the cell of a row."""

    distinct: Sequence[object]
    index: NDArray[np.int64]

    def values(self) -> NDArray[Any]:
        """Every cell."""
        out = np.empty(len(self.distinct), object)
        out[:] = self.distinct
        return out[self.index]


def encode(values: Sequence[object]) -> Encoded:
    """A plain column by its distinct values."""
    places: dict[object, int] = {}
    index = np.fromiter((places.setdefault(value, len(places)) for value in values), np.int64, len(values))
    return Encoded(list(places), index)


@dataclass(frozen=True, slots=True)
class Column:
    """Where the cells of a column go. `item` numbers an own activity, 0 for anything else."""

    name: str
    finding: Finding
    sides: tuple[str, ...]
    detail: Detail | None
    item: int = 0


@dataclass
class TableBatch:
    """Raw answers of a block of rows, those of unstated side apart, and why a row cannot be read."""

    stated: Batch
    unstated: Batch
    errors: dict[int, list[str]] = field(default_factory=dict)


def read_columns(names: Iterable[str], layout: Layout) -> tuple[list[Column], list[str]]:
    """The columns by name, and what is wrong with names that are none."""
    columns, wrong = [], []
    for name in names:
        if name in PLAIN:
            continue
        one = _column(name, layout)
        if isinstance(one, str):
            wrong.append(one)
        else:
            columns.append(one)
    return columns, wrong


def _column(name: str, layout: Layout) -> Column | str:
    parts = name.split(".")
    finding = layout.kb.findings.get(parts[0])
    if finding is None:
        return f"column '{name}': unknown finding '{parts[0]}'. {did_you_mean(parts[0], layout.kb.findings)}".strip()
    rest, item = parts[1:], 0
    if finding.answer.form == "list":
        if len(rest) != 2 or not rest[0].isdigit():
            return f"column '{name}': write '{finding.id}.1.{finding.details[0].name}'"
        item, rest = int(rest[0]), rest[1:]
    side = rest.pop(0) if rest and rest[0] in SIDES else ""
    if bool(side) != finding.per_side:
        return f"column '{name}': '{finding.id}' {'needs a side: left, right, both or unstated' if finding.per_side else 'has no sides'}"
    detail = finding.detail(rest[0]) if rest else None
    if len(rest) > 1 or (rest and detail is None):
        known = [one.name for one in finding.details]
        return f"column '{name}': '{finding.id}' carries no '{'.'.join(rest)}'. {did_you_mean(rest[0], known) or one_of(known)}"
    sides = BODY if side == "both" else (side or NONE,)
    return Column(name, finding, sides, detail, item)


@dataclass(frozen=True, slots=True)
class _Cell:
    code: int = 0
    number: float = float("nan")
    wrong: str = ""


def read_block(columns: Sequence[Column], cells: Mapping[str, Encoded], n: int, layout: Layout) -> TableBatch:
    """The answers of a block; `cells` holds the columns, None where nothing was asked."""
    block = TableBatch(Batch(n), Batch(n))
    goals: dict[int, dict[str, Sequence[object]]] = {}
    for column in columns:
        if column.item:
            goals.setdefault(column.item, {})[column.detail.name if column.detail else ""] = cells[column.name].values().tolist()
        else:
            _read_column(column, cells[column.name], block, layout)
    for one in goals.values():
        _read_goals(one, block, layout)
    return block


def _read_column(column: Column, values: Encoded, block: TableBatch, layout: Layout) -> None:
    index = values.index
    read = [_cell(column, value, layout) for value in values.distinct]
    codes = np.array([one.code for one in read], np.int8)[index]
    numbers = np.array([one.number for one in read])[index]
    for at in np.flatnonzero(np.array([bool(one.wrong) for one in read])[index]).tolist():
        block.errors.setdefault(at, []).append(read[index[at]].wrong)
    for side in column.sides:
        batch, own = (block.unstated, "left") if side == UNSTATED else (block.stated, side)
        _put(batch, column, own, codes, numbers, layout)


def _put(batch: Batch, column: Column, side: str, codes: NDArray[np.int8], numbers: NDArray[np.float64], layout: Layout) -> None:
    subject = f"{column.finding.id}.{column.detail.name}" if column.detail else column.finding.id
    if np.any(codes):
        own = batch.code((subject, side))
        own[codes != 0] = codes[codes != 0]
        if not column.detail:
            for code in np.unique(codes[codes > 0]).tolist():
                put_relative(batch, np.flatnonzero(codes == code), column.finding, layout.words[subject][code - 1], layout)
    if not np.all(np.isnan(numbers)):
        given = ~np.isnan(numbers)
        batch.number((subject, side))[given] = numbers[given]


def _cell(column: Column, value: object, layout: Layout) -> _Cell:
    if value is None or value == "" or value != value:
        return _Cell()
    finding, detail = column.finding, column.detail
    words = detail_words(detail) if detail else finding.words
    form, low, high = (detail.form, detail.low, detail.high) if detail else (finding.answer.form, finding.answer.low, finding.answer.high)
    text = str(value)
    if text == UNKNOWN:
        return _Cell(code=ASKED_UNKNOWN)
    if text in words:
        subject = f"{finding.id}.{detail.name}" if detail else finding.id
        return _Cell(code=layout.code(subject, text))
    number = _as_number(value)
    if number is not None and form in ("number", "derived"):
        outside = f"{column.name}: {text} is out of range ({low:g} to {high:g})"
        return _Cell(number=number) if low <= number <= high else _Cell(wrong=outside)
    return _Cell() if form == "text" else _Cell(wrong=f"{column.name}: '{text}' is no answer")


def _as_number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None


def _read_goals(goal: Mapping[str, Sequence[object]], block: TableBatch, layout: Layout) -> None:
    finding = next(one for one in layout.kb.findings.values() if one.answer.form == "list")
    n = block.stated.n
    for name, values in goal.items():
        detail = finding.detail(name)
        for word, held in _members(detail, values, n):
            _or(block.stated.listed, (f"{finding.id}.{name}", word), held)
    ratings, kinds = goal.get("psfs", [None] * n), goal.get("class", [None] * n)
    limited = np.array([(number := _as_number(one)) is not None and number < 10 for one in ratings], np.bool_)
    for kind in {str(one) for one in kinds if one}:
        held = limited & np.array([str(one) == kind for one in kinds], np.bool_)
        _or(block.stated.own, "lift" if kind == "carry" else kind, held)


def _members(detail: Detail | None, values: Sequence[object], n: int) -> Iterator[tuple[str, Bools]]:
    words = detail_words(detail)
    if detail is None or not words:
        return
    read = [word_for(number, detail.bands) if detail.bands and (number := _as_number(one)) is not None else str(one) for one in values]
    for word in words:
        held = np.array([one == word for one in read], np.bool_)
        if len(held) == n and np.any(held):
            yield word, held


def _or(table: dict, key: object, held: Bools) -> None:  # type: ignore[type-arg]  # keyed by slot or activity
    table[key] = table[key] | held if key in table else held
