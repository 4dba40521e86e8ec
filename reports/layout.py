"""Text for a terminal of 80 columns: paragraphs, bullets and headings; rows of columns, which may be told another width."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import zip_longest

COLUMNS = 80
LEAST = 4
"""A column that is not twice as wide as this has no room to indent."""


def paragraph(text: str, indent: int = 0, hanging: int | None = None, width: int = COLUMNS) -> str:
    """The text wrapped to the width of the page; lines after the first are indented by `hanging`."""
    first, rest = " " * indent, " " * (indent if hanging is None else hanging)
    lines: list[str] = []
    for word in text.split():
        if lines and _columns(lines[-1]) + 1 + _columns(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append((rest if lines else first) + word)
    return "\n".join(lines) if lines else first.rstrip()


def bullet(text: str, indent: int = 0, sign: str = "-") -> str:
    """The text as a point of a list, its lines under its first word."""
    return paragraph(f"{sign} {text}", indent, indent + _columns(sign) + 1)


def heading(text: str, line: str = "-") -> str:
    """A heading with a line under it."""
    return f"{paragraph(text)}\n{line * min(COLUMNS, _columns(text))}"


def row(cells: Sequence[Sequence[str]], widths: Sequence[int], gap: int = 2) -> str:
    """Texts in columns side by side, each text of a cell wrapped to the width of its column, its further lines indented."""
    columns = [[line for text in texts for line in _fitting(text, width)] for texts, width in zip(cells, widths, strict=True)]
    lines = zip_longest(*columns, fillvalue="")
    return "\n".join((" " * gap).join(map(_padded, line, widths)) for line in lines)


def _fitting(text: str, width: int) -> list[str]:
    """The lines of a text in a column; a word that is longer than a line is broken."""
    hanging = 2 if width > 2 * LEAST else 0
    most = width - hanging
    words = [word[at:at + most] for word in text.split() for at in range(0, len(word), most)]
    return paragraph(" ".join(words), 0, hanging, width).split("\n")


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _columns(text: str) -> int:
    """The columns a terminal gives a text."""
    if text.isascii():  # nearly all are, and a page asks for thousands
        return len(text)
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
