"""What can be wrong with a table or a run, as problems with a code, a place and what to do instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from knowledge.problems import Place, Problem, ProblemsFound

CODES: Mapping[str, str] = MappingProxyType({
    "TB001": "A table is not there, is a folder, or may not be read.",
    "TB002": "The name of a table does not end in a format that is read and written.",
    "TB003": "A file is not what the end of its name says, or is empty.",
    "TB004": "A CSV file is not saved as UTF-8.",
    "TB005": "A line of a CSV file has more or fewer cells than its head, or a quote is not closed.",
    "TB006": "A column has no name, or a name stands twice.",
    "TB007": "A column is none that is reasoned with.",
    "TB008": "A column holds things that are no text, number, date or yes and no.",
    "TB009": "A column that is to be carried on is not there, or has the name of a result.",
    "TB010": "The finished parts belong to another run, or to one that is going on.",
    "TB011": "The result cannot be written.",
    "TB012": "Workers ended, cannot be reached, or know something else.",
})


class MissingExtra(Exception):  # noqa: N818 - it names what to install; "Error" would name a fault of the program
    """A library is absent that an extra brings. `str()` is one sentence that says how to install it."""

    def __init__(self, extra: str, use: str) -> None:
        super().__init__(extra, use)

    def __str__(self) -> str:
        extra, use = self.args
        return f"{use} needs the extra '{extra}': pip install 'backcause[{extra}]'"


def problem(code: str, file: str, says: str, hint: str = "", line: int = 0) -> Problem:
    """A problem of a file, or of a line in it."""
    return Problem(Place(file, line, 1 if line else 0), code, says, hint)


def stop(code: str, file: str, says: str, hint: str = "", line: int = 0) -> ProblemsFound:
    """A single problem, to be raised."""
    return ProblemsFound([problem(code, file, says, hint, line)])


def raise_all(problems: Iterable[Problem]) -> None:
    """Raise ProblemsFound when there is any."""
    if found := list(problems):
        raise ProblemsFound(found)
