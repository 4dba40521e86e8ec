"""Rows of people to run through the engines: simulated ones where the program can draw them, else random answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from random import Random

from engine.case import Answer, Case, Key, Value
from engine.cohort.layout import Layout
from engine.cohort.table import Column, Encoded, encode, read_columns
from knowledge.model import Finding, KnowledgeBase, detail_words
from knowledge.problems import Place
from knowledge.sides import BODY, NONE

Cells = dict[str, Encoded]
ANSWERED = 0.12
"""How many of all questions a random person answers; a shipped case answers about as many."""
HERE = Place("a row of a table")


def simulated() -> bool:
    """Whether people are drawn from the knowledge, or answer at random."""
    return find_spec("engine.cohort.simulate") is not None


class People:
    """Draws the same people whenever it is asked for the same rows."""

    def __init__(self, kb: KnowledgeBase, seed: int = 1) -> None:
        self.kb, self.seed = kb, seed
        self._simulator = import_module("engine.cohort.simulate").Simulator(kb) if simulated() else None

    def rows(self, start: int, n: int) -> Cells:
        """The columns of the rows from `start` on, as `engine.cohort.table` reads them."""
        if self._simulator:
            return dict(self._simulator.people(n, self.seed, start))
        chance = Random(f"{self.seed} {start}")
        return {name: encode(cells) for finding in self.kb.findings.values() for name, cells in _random_columns(finding, n, chance)}


def _random_columns(finding: Finding, n: int, chance: Random) -> Iterator[tuple[str, Sequence[object]]]:
    """A column for each side of a finding that takes a plain answer; derived ones follow, lists are left out."""
    if finding.answer.form in ("list", "derived"):
        return
    for side in BODY if finding.per_side else (NONE,):
        name = finding.id if side == NONE else f"{finding.id}.{side}"
        yield name, [_random_answer(finding, chance) if chance.random() < ANSWERED else None for _ in range(n)]


def _random_answer(finding: Finding, chance: Random) -> Value:
    if finding.answer.form == "number":
        return float(round(chance.uniform(max(finding.answer.low, -50), min(finding.answer.high, 200))))
    return chance.choice(finding.words or ("unknown",))


def cases_of(cells: Mapping[str, Encoded], rows: Iterable[int], layout: Layout) -> list[Case]:
    """The same rows as cases, for engines that take one person at a time."""
    columns, _ = read_columns(cells, layout)
    values = {one.name: cells[one.name].values() for one in columns}
    return [_case(row, [(one, values[one.name][row]) for one in columns]) for row in rows]


def _case(row: int, cells: Iterable[tuple[Column, object]]) -> Case:
    told: dict[Key, Answer] = {}
    items: dict[int, dict[str, Value]] = {}
    for column, cell in sorted(cells, key=lambda pair: pair[0].detail is not None):
        if cell is None or cell == "" or cell != cell:
            continue
        if column.item and column.detail:
            items.setdefault(column.item, {})[column.detail.name] = _value(cell, column)
            told[column.finding.id, NONE] = Answer("listed", {}, HERE, tuple(items.values()))
        else:
            _tell(told, column, _value(cell, column))
    return Case(f"row {row}", told)


def _tell(told: dict[Key, Answer], column: Column, value: Value) -> None:
    """An answer, or a detail of one that was told before it."""
    for side in column.sides:
        key = (column.finding.id, side)
        if column.detail is None:
            told[key] = Answer(value, {}, HERE)
        elif key in told:
            told[key] = Answer(told[key].value, {**told[key].details, column.detail.name: value}, HERE)


def _value(cell: object, column: Column) -> Value:
    """A number where one is asked for, else a word."""
    words = detail_words(column.detail) if column.detail else column.finding.words
    form = column.detail.form if column.detail else column.finding.answer.form
    return float(str(cell)) if form in ("number", "derived") and str(cell) not in (*words, "unknown") else str(cell)
