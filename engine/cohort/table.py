"""A table of people, a row each: column names read once, cells by their distinct values; a bad cell makes an error row.

A column is named `finding`, `finding.side`, `finding.detail` or `finding.side.detail` (side: left, right, both, unstated). Own
activities are `activities.1.class`, `activities.1.psfs` and so on. An empty cell says that nothing was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.cohort.batch import Batch, Bools, put_relative
from engine.cohort.layout import ASKED_UNKNOWN, Layout, Slot, is_relative
from engine.cohort.masks import anybody, rows_of
from engine.origins import AS_BEFORE
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


_REMEMBERED = 4096
"""So many distinct values of a column are remembered at most."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says: the code of a word, or a number, or why it cannot be read."""

    code: int = 0
    number: float = float("nan")
    wrong: str = ""


class CellMemory:
    """What cells say, each distinct one of a column read once for many blocks."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def read(self, column: Column, values: Sequence[object], layout: Layout) -> Said:
        """What each value of a column says."""
        known = self._known.get(column.name)
        if known is None or len(known.places) > _REMEMBERED:
            known = self._known[column.name] = _Known()
        keys = [value if value.__class__ is str else (value.__class__, value) for value in values]  # 1, 1.0 and true are equal
        new: dict[object, object] = {key: value for key, value in zip(keys, values, strict=True) if key not in known.places}
        if new:
            known.add(new, column, layout)
        return known.said.take(np.fromiter(map(known.places.__getitem__, keys), np.int64, len(keys)))


@dataclass(frozen=True, slots=True)
class Said:
    """What cells say, as columns: codes of words, numbers, and why they cannot be read."""

    codes: NDArray[np.int8]
    numbers: NDArray[np.float64]
    wrong: NDArray[Any]

    def take(self, places: NDArray[np.int64]) -> Said:
        """The same of these cells."""
        return Said(self.codes.take(places), self.numbers.take(places), self.wrong.take(places))


def _said(cells: Sequence[Cell]) -> Said:
    wrong = np.array([one.wrong for one in cells], object)
    return Said(np.array([one.code for one in cells], np.int8), np.array([one.number for one in cells], np.float64), wrong)


class _Known:
    def __init__(self) -> None:
        self.places: dict[object, int] = {}
        self.said = _said(())

    def add(self, new: Mapping[object, object], column: Column, layout: Layout) -> None:
        more = _said([_cell(column, value, layout) for value in new.values()])
        self.places.update((key, place) for place, key in enumerate(new, start=len(self.places)))
        parts = ((getattr(self.said, name), getattr(more, name)) for name in ("codes", "numbers", "wrong"))
        self.said = Said(*(np.concatenate(pair) for pair in parts))


def read_block(
    columns: Sequence[Column], cells: Mapping[str, Encoded], n: int, layout: Layout, memory: CellMemory | None = None,
) -> TableBatch:
    """The answers of a block; `cells` holds the columns, None where nothing was asked."""
    block, memory = TableBatch(Batch(n), Batch(n)), memory or CellMemory()
    goals: dict[int, dict[str, Encoded]] = {}
    for column in columns:
        if column.item:
            goals.setdefault(column.item, {})[column.detail.name if column.detail else ""] = cells[column.name]
        else:
            _read_column(column, cells[column.name], block, layout, memory)
    for one in goals.values():
        _read_goals(one, block, layout)
    return block


def _read_column(column: Column, values: Encoded, block: TableBatch, layout: Layout, memory: CellMemory) -> None:
    said, index = memory.read(column, values.distinct, layout), values.index
    if anybody(said.wrong):
        for at in rows_of(said.wrong.take(index)).tolist():
            block.errors.setdefault(at, []).append(said.wrong[index[at]])
    codes, numbers = said.codes, said.numbers
    for side in column.sides:
        batch, own = (block.unstated, "left") if side == UNSTATED else (block.stated, side)
        _put_codes(batch, column, own, codes, index, layout)
        if not np.all(np.isnan(numbers)):
            _put_numbers(batch, (_subject(column), own), numbers.take(index))


def _subject(column: Column) -> str:
    return f"{column.finding.id}.{column.detail.name}" if column.detail else column.finding.id


def _put_codes(batch: Batch, column: Column, side: str, codes: NDArray[np.int8], index: NDArray[np.int64], layout: Layout) -> None:
    if not anybody(codes):
        return
    subject, given = _subject(column), codes.take(index)
    own = batch.codes.get((subject, side))
    batch.codes[subject, side] = given if own is None else np.where(given != 0, given, own)
    if not column.detail and is_relative(column.finding):
        for code in np.unique(codes[codes > 0]).tolist():
            put_relative(batch, rows_of(given == code), column.finding, layout.words[subject][code - 1], layout)


def _put_numbers(batch: Batch, slot: Slot, given: NDArray[np.float64]) -> None:
    own = batch.numbers.get(slot)
    batch.numbers[slot] = given if own is None else np.where(np.isnan(given), own, given)


def _cell(column: Column, value: object, layout: Layout) -> Cell:
    if value is None or value == "" or value != value:
        return Cell()
    finding, detail = column.finding, column.detail
    words = detail_words(detail) if detail else finding.words
    form, low, high = (detail.form, detail.low, detail.high) if detail else (finding.answer.form, finding.answer.low, finding.answer.high)
    text = str(value)
    if text == UNKNOWN:
        return Cell(code=ASKED_UNKNOWN)
    if text in words:
        subject = f"{finding.id}.{detail.name}" if detail else finding.id
        return Cell(code=layout.code(subject, text))
    number = _as_number(value)
    if number is not None and form in ("number", "derived"):
        outside = f"{column.name}: {text} is out of range ({low:g} to {high:g})"
        return Cell(number=number) if low <= number <= high else Cell(wrong=outside)
    return Cell() if form == "text" else Cell(wrong=f"{column.name}: '{text}' is no answer")


def _as_number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None


def _read_goals(goal: Mapping[str, Encoded], block: TableBatch, layout: Layout) -> None:
    finding = next(one for one in layout.kb.findings.values() if one.answer.form == "list")
    for name, values in goal.items():
        for word, held in _members(finding.detail(name), values):
            _or(block.stated.listed, (f"{finding.id}.{name}", word), held)
    if "psfs" in goal and "class" in goal:
        limited = _where(goal["psfs"], lambda one: (number := _as_number(one)) is not None and number < AS_BEFORE)
        for kind in dict.fromkeys(str(one) for one in goal["class"].distinct if one):
            held = limited & _where(goal["class"], lambda one, kind=kind: str(one) == kind)  # type: ignore[misc]  # bound early
            _or(block.stated.own, "lift" if kind == "carry" else kind, held)


def _where(values: Encoded, test: Callable[[object], bool]) -> Bools:
    """Which cells pass a test, each distinct value tested once."""
    return np.array([test(one) for one in values.distinct], np.bool_)[values.index]


def _members(detail: Detail | None, values: Encoded) -> Iterator[tuple[str, Bools]]:
    words = detail_words(detail)
    if detail is None or not words:
        return
    read = [_as_word(one, detail) for one in values.distinct]
    for word in words:
        if word in read:
            yield word, np.array([one == word for one in read], np.bool_)[values.index]


def _as_word(value: object, detail: Detail) -> str:
    number = _as_number(value) if detail.bands else None
    return str(value) if number is None else word_for(number, detail.bands) or ""


def _or(table: dict, key: object, held: Bools) -> None:  # type: ignore[type-arg]  # keyed by slot or activity
    table[key] = table[key] | held if key in table else held
