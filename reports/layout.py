"""Text for a terminal of 80 columns: paragraphs, bullets and headings."""

from __future__ import annotations

import unicodedata

COLUMNS = 80


def paragraph(text: str, indent: int = 0, hanging: int | None = None) -> str:
    """The text wrapped to the width of the page; lines after the first are indented by `hanging`."""
    first, rest = " " * indent, " " * (indent if hanging is None else hanging)
    lines: list[str] = []
    for word in text.split():
        if lines and _columns(lines[-1]) + 1 + _columns(word) <= COLUMNS:
            lines[-1] += f" {word}"
        else:
            lines.append((rest if lines else first) + word)
    return "\n".join(lines) if lines else first.rstrip()


def bullet(text: str, indent: int = 0, sign: str = "-") -> str:
    """The text as a point of a list, its lines under its first word."""
    return paragraph(f"{sign} {text}", indent, indent + _columns(sign) + 1)


def heading(text: str, line: str = "-") -> str:
    """A heading with a line under it."""
    return f"{text}\n{line * min(COLUMNS, _columns(text))}"


def _columns(text: str) -> int:
    """The columns a terminal gives a text."""
    if text.isascii():  # nearly all are, and a page asks for thousands
        return len(text)
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
