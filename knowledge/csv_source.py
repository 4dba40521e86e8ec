"""Reading a table of comma-separated cells, each with the line and column it begins at; quoted cells may hold commas and line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.problems import Place, Problem, counted, short

_CELL = re.compile(r'(?P<space>[ \t]*)"(?P<quoted>(?:[^"]|"")*)"(?P<rest>[^,\r\n]*)|(?P<plain>[^,\r\n]*)')
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell without spaces around it, and where it begins."""

    text: str
    place: Place

    def words(self) -> Iterator[tuple[str, Place]]:
        """The words between spaces, each with its place; past a line break or a doubled quote the place is near."""
        for match in _WORD.finditer(self.text):
            yield match[0], Place(self.place.file, self.place.line, self.place.column + match.start())


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table by column."""

    place: Place
    cells: dict[str, Cell]

    def __getitem__(self, column: str) -> str:
        return self.cells[column].text

    def at(self, column: str) -> Place:
        """Where the cell of that column begins."""
        return self.cells[column].place


def read_table(text: str, file: str, columns: Sequence[str]) -> tuple[list[Row], list[Problem]]:
    """The rows below the head; a wrong head, or a row of another length, is a problem. Empty rows are passed over."""
    problems: list[Problem] = []
    lines = list(_lines(text, file, problems))
    head = [cell.text for cell in lines[0]] if lines else []
    if head != list(columns):
        return [], [*problems, _head_problem(lines[0] if lines else [], file, columns)]
    rows = []
    for cells in lines[1:]:
        if not any(cell.text for cell in cells):
            continue
        if len(cells) != len(columns) and any(one.place.line == cells[0].place.line for one in problems):
            continue  # a quote is wrong in this row, and what follows from it is not told
        if len(cells) != len(columns):
            says = f"this row has {counted(len(cells), 'cell')} and the table {len(columns)} columns"
            problems.append(Problem(cells[0].place, "KB501", says, 'put double quotes around a cell that has a comma in it: "a, b"'))
            continue
        rows.append(Row(Place(file, cells[0].place.line, 1), dict(zip(columns, cells, strict=True))))
    return rows, problems


def _head_problem(cells: Sequence[Cell], file: str, columns: Sequence[str]) -> Problem:
    head, written = [cell.text for cell in cells], ",".join(columns)
    if not any(head):
        return Problem(Place(file, 1, 1), "KB501", "the first line is empty", f"write: {written}")
    split = next((sign for sign in (";", "\t") if len(head) == 1 and sign in head[0]), "")
    if split:
        says = f"the cells of this table are parted by {'tabs' if split != ';' else 'semicolons'}"
        return Problem(Place(file, 1, 1), "KB501", says, "save it as CSV with commas between the cells")
    pairs = enumerate(zip(head, columns, strict=False))
    wrong = next((i for i, (one, other) in pairs if one != other), min(len(head), len(columns)))
    found = f"'{short(head[wrong])}'" if wrong < len(head) else "nothing"
    wanted = f"'{columns[wrong]}'" if wrong < len(columns) else "nothing"
    says = f"column {wrong + 1} of the first line is {found} and must be {wanted}"
    return Problem(cells[min(wrong, len(cells) - 1)].place, "KB501", says, f"write: {written}")


def _lines(text: str, file: str, problems: list[Problem]) -> Iterator[list[Cell]]:
    position, line, start = 0, 1, 0
    cells: list[Cell] = []
    while position <= len(text):
        match = _CELL.match(text, position)
        assert match is not None  # the plain form matches everywhere
        column = position - start + 1
        cells.append(_cell(match, Place(file, line, column), problems))
        breaks = list(re.finditer(r"\r\n|\r|\n", match[0]))
        if breaks:
            line, start = line + len(breaks), position + breaks[-1].end()
        position = match.end()
        end = re.compile(r"\r\n|\r|\n|$").match(text, position)
        if end is None:
            position += 1
            continue
        yield cells
        cells, position, line, start = [], end.end(), line + 1, end.end()
        if position == len(text):
            return


def _cell(match: re.Match[str], place: Place, problems: list[Problem]) -> Cell:
    if match["quoted"] is None:
        raw = match["plain"]
        if raw.lstrip().startswith('"'):
            problems.append(Problem(place, "KB501", "the quote that opens here is never closed", 'write "" for a quote inside quotes'))
        return Cell(raw.strip(), _after_space(place, raw))
    if match["rest"].strip():
        says = f"text stands behind the closing quote: {short(match['rest'].strip())}"
        problems.append(Problem(place, "KB501", says, 'write "" for a quote inside quotes'))
    raw = match["quoted"].replace('""', '"')
    inside = Place(place.file, place.line, place.column + len(match["space"]) + 1)
    return Cell(raw.strip(), _after_space(inside, raw))


def _after_space(place: Place, raw: str) -> Place:
    return Place(place.file, place.line, place.column + len(raw) - len(raw.lstrip())) if raw.strip() else place
