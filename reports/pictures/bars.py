"""Amounts as bars: evidence for and against on both sides of zero, and scores of explanations side by side.

`draw_bars` gives `Bars`, which the macro `bars` of templates/pictures/bars.svg.j2 draws:
`{% from "pictures/bars.svg.j2" import bars %}` and `{{ bars(view) }}`. Evidence is counted in tenths of a deciban and shown in decibans.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.escaping import Code
from reports.pictures.fitting import bold_width, wrapped
from reports.pictures.labels import Area

WIDTH, EDGE, LINE, HEIGHT, GAP = 400.0, 16.0, 17.0, 14.0, 15.0
TEXT, SMALL = 14.0, 13.5


@dataclass(frozen=True, slots=True)
class Amount:
    """A row: what it is about and the numbers in words; the amounts for and against, and whether it was shown directly and how.

    `settled` is shown, excluded, or nothing; `lead` marks the explanation that leads.
    """

    title: str
    numbers: str
    for_it: int
    against: int
    settled: str
    lead: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """A line at an amount, with the words that stand on it; `before` when they end at the line instead of starting there."""

    at: int
    words: str
    before: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar at its place; `style` is for, against, shown or excluded."""

    area: Area
    style: Code


@dataclass(frozen=True, slots=True)
class BarLine:
    """A line of text at its place."""

    text: str
    y: float
    style: Code


@dataclass(frozen=True, slots=True)
class BarRow:
    """A row at its place; `sum_at` is where the sum of both bars ends, or nothing when it was shown directly."""

    lines: tuple[BarLine, ...]
    bars: tuple[Bar, ...]
    sum_at: float | None
    middle: float
    style: Code
    aria: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A threshold at its place."""

    x: float
    words: str
    text_x: float
    text_y: float
    anchor: Code


@dataclass(frozen=True, slots=True)
class Bars:
    """The whole picture. `id` begins every id in it; `zero` is where the bars begin."""

    id: Code
    width: float
    height: float
    title: str
    description: str
    zero: float
    marks: tuple[Mark, ...]
    rows: tuple[BarRow, ...]


def draw_bars(title: str, description: str, amounts: Sequence[Amount], thresholds: Sequence[Threshold], id: str) -> Bars:
    """Rows from the top down, all on one scale that reaches every amount and every threshold."""
    low = min([0, *(-one.against for one in amounts), *(one.at for one in thresholds)])
    high = max([10, *(one.for_it for one in amounts), *(one.at for one in thresholds)])
    scale = _Scale(low, high)
    marks = _marks(thresholds, scale)
    top = max([4.0, *(one.text_y + 5 for one in marks)])
    y, rows = top + 6, []
    for one in amounts:
        rows.append(_row(one, y, scale))
        y = rows[-1].middle + HEIGHT / 2 + GAP
    return Bars(Code(id), WIDTH, y, title, description, scale.x(0), marks, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Scale:
    low: int
    high: int

    def x(self, amount: int) -> float:
        """Where an amount stands across the picture."""
        return EDGE + (WIDTH - 2 * EDGE) * (amount - self.low) / (self.high - self.low)


def _marks(thresholds: Sequence[Threshold], scale: _Scale) -> tuple[Mark, ...]:
    """Each threshold with its words on a line of its own, kept inside the picture."""
    out = []
    for place, one in enumerate(thresholds):
        x, wide = scale.x(one.at), bold_width(one.words, SMALL)
        before = x - wide - 4 > 0 if one.before else x + wide + 4 > WIDTH
        out.append(Mark(x, one.words, x - 4 if before else x + 4, 16 + LINE * place, Code("end" if before else "start")))
    return tuple(out)


def _row(one: Amount, y: float, scale: _Scale) -> BarRow:
    titles = wrapped(one.title, (WIDTH - 8) / 1.18, TEXT)
    numbers = wrapped(one.numbers, (WIDTH - 8) / 1.06, SMALL)
    told = [*((text, "name") for text in titles), *((text, "note") for text in numbers)]
    lines = tuple(BarLine(text, y + 12 + LINE * at, Code(style)) for at, (text, style) in enumerate(told))
    top = lines[-1].y + 8
    style = Code("lead" if one.lead else "beside")
    aria = f"{one.title}: {one.numbers}"
    sum_at = None if one.settled else scale.x(max(min(one.for_it - one.against, scale.high), scale.low))
    return BarRow(lines, tuple(_bars(one, top, scale)), sum_at, top + HEIGHT / 2, style, aria)


def _bars(one: Amount, top: float, scale: _Scale) -> list[Bar]:
    """To both sides of zero; what was shown or ruled out directly reaches the edge, as no sum can outweigh it."""
    zero = scale.x(0)
    if one.settled:
        end = WIDTH - EDGE if one.settled == "shown" else EDGE
        return [Bar(Area(min(zero, end), top, abs(end - zero), HEIGHT), Code(one.settled))]
    sides = ((zero, scale.x(one.for_it), "for"), (scale.x(-one.against), zero, "against"))
    return [Bar(Area(start, top, end - start, HEIGHT), Code(style)) for start, end, style in sides if end > start]


__all__ = ["Amount", "Bars", "Threshold", "draw_bars"]
