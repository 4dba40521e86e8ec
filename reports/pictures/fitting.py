"""About how wide a text runs, and where to break it so that it fits a box."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """The text in lines that fit the width; a word that is longer than a line is broken."""
    lines: list[str] = []
    for word in text.split() or [""]:
        for part in _broken(word, width, size):
            joined = f"{lines[-1]} {part}" if lines else part
            if lines and text_width(joined, size) <= width:
                lines[-1] = joined
            else:
                lines.append(part)
    return tuple(lines)


def _broken(word: str, width: float, size: float) -> list[str]:
    parts = [""]
    for char in word:
        if parts[-1] and text_width(parts[-1] + char, size) > width:
            parts.append("")
        parts[-1] += char
    return parts


def text_width(text: str, size: float) -> float:
    """About how wide a text runs in a common sans-serif face; rather too wide than too narrow."""
    return sum(_char_width(char) for char in text) * size


def bold_width(text: str, size: float) -> float:
    """About how wide a bold text runs in the widest of the common faces."""
    return 1.18 * text_width(text, size)


@lru_cache(maxsize=2048)
def _char_width(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 1.05
    if unicodedata.combining(char):
        return 0.0
    if char in "iljtfr.,;:'|()[]! ":
        return 0.34
    return 0.9 if char in "mwMW@%" else 0.7 if char.isupper() else 0.58
