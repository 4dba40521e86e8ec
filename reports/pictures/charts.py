"""Charts with their places reckoned: points with intervals, and bars; drawn by templates/pictures/charts.svg.j2.

What colour shows is always said by a shape or a number too, and every chart has its table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.pictures.fitting import text_width

LEFT, TOP, PLOT, FOOT, STEP = 46.0, 14.0, 190.0, 46.0, 62.0
ROW, WIDE, NUMBERS = 24.0, 320.0, 120.0
SMALL_TEXT, ROOM, LINES = 12, 1.12, (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Measured:
    """A share with its interval, in percent, of `n`; `more` is a second, larger share, where there is one."""

    name: str
    n: int
    value: float
    low: float
    high: float
    more: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A measured share at its place: the point or the end of the bar, the interval, and the end of the second bar."""

    one: Measured
    x: float
    y: float
    low: float
    high: float
    more: float


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line of the scale at its place."""

    percent: int
    at: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in a view box, with a title and a description for those who do not see it."""

    id: str
    title: str
    description: str
    width: float
    height: float
    start: float
    end: float
    marks: tuple[Mark, ...]
    lines: tuple[GridLine, ...]


def points(name: str, title: str, description: str, shares: Sequence[Measured]) -> Chart:
    """Shares side by side, in the order given, each a point with its interval over its name."""
    def height_of(percent: float) -> float:
        return TOP + PLOT * (1 - percent / 100)

    marks = tuple(
        Mark(one, LEFT + STEP * (index + 0.5), height_of(one.value), height_of(one.low), height_of(one.high), 0.0)
        for index, one in enumerate(shares)
    )
    end = LEFT + STEP * max(1, len(shares))
    return Chart(name, title, description, end + 8, TOP + PLOT + FOOT, LEFT, end, marks, tuple(GridLine(at, height_of(at)) for at in LINES))


def bars(name: str, title: str, description: str, shares: Sequence[Measured]) -> Chart:
    """Shares one below the other, each a bar from the left with its interval and, where there is one, the larger share behind it."""
    start = ROOM * max((text_width(one.name, SMALL_TEXT) for one in shares), default=0.0) + 14

    def place_of(percent: float) -> float:
        return start + WIDE * percent / 100

    marks = tuple(
        Mark(one, place_of(one.value), TOP + ROW * index + ROW / 2, place_of(one.low), place_of(one.high), place_of(one.more or one.value))
        for index, one in enumerate(shares)
    )
    height = TOP + ROW * len(shares) + 22
    lines = tuple(GridLine(at, place_of(at)) for at in LINES)
    return Chart(name, title, description, start + WIDE + NUMBERS, height, start, height - 20, marks, lines)
