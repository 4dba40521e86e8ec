"""Bands: where a number becomes a word.

A band is an interval written as an author writes it ('< 9', '9..10', '>1.5..<2', '60..80% norm'). The bands of one
finding run in one direction, touch and never overlap, so that every number has exactly one word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_N = r"(-?\d+(?:\.\d+)?)"
_ONE_SIDED = re.compile(rf"^(<=|<|>=|>)\s*{_N}$")
_TWO_SIDED = re.compile(rf"^(>?)\s*{_N}\s*\.\.\s*(<?)\s*{_N}$")
_NORM = re.compile(r"\s*%\s*norm$")
BAND_HELP = "write '< 9', '<= 9', '> 9', '>= 9', '9..12', '9..<12', '>9..12' or '>9..<12', with '% norm' behind it where a norm is meant"


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from `low` to `high`; an end belongs to it when closed. Ends may be infinite."""

    low: float
    low_closed: bool
    high: float
    high_closed: bool

    @property
    def empty(self) -> bool:
        """Whether no number lies in it, as in '10..9' or '>5..<5'."""
        return self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed))

    def __contains__(self, number: float) -> bool:
        above = number > self.low or (self.low_closed and number == self.low)
        below = number < self.high or (self.high_closed and number == self.high)
        return above and below


@dataclass(frozen=True, slots=True)
class Band:
    """A word, the interval it stands for (None for a word that is only described), and its text as written."""

    word: str
    interval: Interval | None
    of_norm: bool
    text: str


def parse_interval(text: str) -> tuple[Interval, bool] | None:
    """The interval, which may be empty, and whether it is percent of the norm; None when the text is no band."""
    text = text.strip()
    body, of_norm = _NORM.sub("", text), bool(_NORM.search(text))
    if match := _ONE_SIDED.match(body):
        sign, number = match[1], float(match[2])
        if sign.startswith("<"):
            return Interval(-math.inf, True, number, sign == "<="), of_norm
        return Interval(number, sign == ">=", math.inf, True), of_norm
    if match := _TWO_SIDED.match(body):
        low, high = float(match[2]), float(match[4])
        return Interval(low, not match[1], high, not match[3]), of_norm
    return None


@dataclass(frozen=True, slots=True)
class Seam:
    """A stretch between two neighbouring bands that has no word (a gap) or two (an overlap); both ends may be one number."""

    kind: str
    first: str
    second: str
    start: float
    end: float


def seams(bands: Iterable[Band]) -> tuple[Seam, ...]:
    """Gaps and overlaps between neighbouring bands, in order of the numbers."""
    intervals = [(b.interval, b.word) for b in bands if b.interval]
    placed = sorted(intervals, key=lambda pair: (pair[0].low, not pair[0].low_closed, pair[0].high))
    found = []
    for index, (right, right_word) in enumerate(placed[1:], start=1):
        left, left_word = max(placed[:index], key=lambda pair: (pair[0].high, pair[0].high_closed))
        if kind := _seam(left, right):
            start, end = sorted((left.high, right.low)) if kind == "gap" else (right.low, min(left.high, right.high))
            found.append(Seam(kind, left_word, right_word, start, end))
    return tuple(found)


def open_ends(bands: Iterable[Band], low: float, high: float) -> tuple[tuple[float, float], ...]:
    """The stretches at the ends of the answer's own range, from where to where, that no band covers."""
    intervals = [b.interval for b in bands if b.interval]
    if not intervals:
        return ()
    lowest, highest = min(one.low for one in intervals), max(one.high for one in intervals)
    below = () if any(low in one for one in intervals) else ((low, lowest),)
    above = () if any(high in one for one in intervals) else ((highest, high),)
    return (*below, *above)


def _seam(left: Interval, right: Interval) -> str:
    if right.low > left.high:
        return "gap"
    if right.low < left.high or (left.high_closed and right.low_closed):
        return "overlap"
    return "" if left.high_closed or right.low_closed else "gap"


def word_for(number: float, bands: Sequence[Band]) -> str | None:
    """The word of the band that holds `number`; None when none does."""
    return next((b.word for b in bands if b.interval and number in b.interval), None)


def words_between(low: float, high: float, bands: Sequence[Band]) -> tuple[str, ...]:
    """Every word a number somewhere from `low` to `high` could get (both ends possible)."""
    inside = [b.word for b in bands if b.interval and _meets(b.interval, low, high)]
    return tuple(inside)


def _meets(interval: Interval, low: float, high: float) -> bool:
    starts = interval.low < high or (interval.low == high and interval.low_closed)
    ends = interval.high > low or (interval.high == low and interval.high_closed)
    return starts and ends
