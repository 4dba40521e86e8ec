"""Problems as values: what is wrong, where, and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import isfinite, nan

LONGEST_WORD = 60
CITE = "name a source id; 'memory' and 'author' are honest ones"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file; line and column count from 1, and 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake of an author: a stable code, a place, a sentence in the author's words, and a hint.

    `names` is the kind and id that was looked for and not found. When the unit of that id could not be read, the
    mistake stands there and this problem is only its echo.
    """

    place: Place
    code: str
    says: str
    hint: str = ""
    names: tuple[str, str] | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        first = f"{self.place}: {self.code} {self.says}"
        return f"{first}\n    hint: {self.hint}" if self.hint else first


class ProblemsFound(Exception):  # noqa: N818 - it carries author problems; "Error" would name a fault of the program
    """Raised once with every problem of a reading, never for the first one alone."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


UNKNOWN_CODES = {
    "finding": ("KB201", "findings/"),
    "conclusion": ("KB202", "conclusions/"),
    "source": ("KB203", "sources.yaml"),
    "norm table": ("KB206", "norms/"),
    "instrument": ("KB206", "instruments/"),
    "detail": ("KB207", "details.yaml"),
    "position": ("KB211", "the positions of examination.yaml"),
    "rule": ("KB210", "rules/, red_flags/, scope/ or tried/"),
}
"""What an id can name: the code when no unit has it, and where such units stand."""


def unknown(kind: str, name: str, place: Place, known: Iterable[str], where: str = "") -> Problem:
    """The problem of an id that no unit has."""
    code, home = UNKNOWN_CODES[kind]
    says = f"unknown {kind} '{short(name)}'{where}" if name else f"the name of a {kind} is missing{where}"
    hint = did_you_mean(name, known) or f"nothing in {home} is called that or nearly so; add it there or name another"
    return Problem(place, code, says, hint, (kind, name))


def did_you_mean(word: str, known: Iterable[str], sentence: str = "did you mean {}?") -> str:
    """A hint naming the nearest known words, or nothing when none is near."""
    near = difflib.get_close_matches(word[:LONGEST_WORD], sorted(set(known)), n=2, cutoff=0.6)
    return sentence.format(" or ".join(f"'{one}'" for one in near)) if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The one known word that is nearest, or nothing."""
    return next(iter(difflib.get_close_matches(word[:LONGEST_WORD], sorted(set(known)), n=1, cutoff=0.6)), "")


def one_of(words: Iterable[str]) -> str:
    """A hint that lists what may be written; long lists are cut to stay readable."""
    listed = list(words)
    shown = ", ".join(listed[:20])
    return f"write one of: {shown}" + (f" and {len(listed) - 20} more" if len(listed) > 20 else "")


def short(value: object, most: int = LONGEST_WORD) -> str:
    """What an author wrote, on one line and no longer than a message can bear."""
    text = " ".join(str(value).split())
    return text if len(text) <= most else f"{text[: most - 3]}..."


def counted(number: int, word: str) -> str:
    """'1 cell', '2 cells'."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def number_hint(written: object) -> str:
    """How to write a number that stands in another form ('5,5', '08', '.5', in quotes); nothing when it is none."""
    text = str(written).strip()
    try:
        number = float(text.replace(",", ".")) if text.count(",") < 2 else nan
    except ValueError:
        return ""
    if not isfinite(number):
        return ""
    plain = f"{number:.10g}"
    return f"write {plain} without quotes" if plain == text else f"write {plain}"
