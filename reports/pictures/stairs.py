"""A ladder of graded exposure as stairs: from the lowest step at the bottom left to the person's own activity at the top right.

`draw_stairs` takes the steps from the first to the last and gives `Stairs`, which the macro `stairs` of templates/pictures/stairs.svg.j2
draws: `{% from "pictures/stairs.svg.j2" import stairs %}` and `{{ stairs(view) }}`. It is made as wide as a phone, so that one drawing
is read there and on paper. What waits for the gate, or is held back, is hatched and dashed; the gate itself stands between the steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.escaping import Code
from reports.pictures.fitting import bold_width, wrapped
from reports.pictures.labels import Area

WIDTH, EDGE, RISE, PAD, LINE = 400.0, 4.0, 96.0, 8.0, 17.5
TEXT, SMALL, NUMBER, FLAG = 14.0, 13.5, 34.0, 22.0


@dataclass(frozen=True, slots=True)
class Rise:
    """One step of a ladder: its number, what is done, how much, whether one starts here today, and whether it waits for the gate.

    `held` says what else holds it back now, or nothing.
    """

    number: int
    task: str
    dose: str
    today: bool
    blocked: bool
    held: str = ""


@dataclass(frozen=True, slots=True)
class StairWords:
    """The words of the picture: `top` is the own activity as the person says it, `gate` what must be reached before the hatched steps."""

    title: str
    description: str
    top: str
    today: str
    gate: str


@dataclass(frozen=True, slots=True)
class StairLine:
    """A line of text at its place."""

    text: str
    y: float
    style: Code


@dataclass(frozen=True, slots=True)
class Stair:
    """A step at its place. `badge` is the ground of the words that mark today's step."""

    area: Area
    number: int
    style: Code
    lines: tuple[StairLine, ...]
    badge: Area | None
    top: bool
    aria: str


@dataclass(frozen=True, slots=True)
class Gate:
    """What must be reached before the steps above it."""

    area: Area
    lines: tuple[StairLine, ...]
    aria: str


@dataclass(frozen=True, slots=True)
class Stairs:
    """The whole picture. `id` begins every id in it, so that several can stand in one page."""

    id: Code
    width: float
    height: float
    title: str
    description: str
    today: str
    stairs: tuple[Stair, ...]
    gate: Gate | None


def draw_stairs(rises: Sequence[Rise], words: StairWords, arias: Sequence[str], id: str = "stairs") -> Stairs:
    """The stairs of these steps, first at the bottom; `arias` say a step each to those who do not see it."""
    stairs, y, gate = [], EDGE, None
    for place in range(len(rises) - 1, -1, -1):  # from the top down, as an SVG counts
        stair = _stair(rises, place, y, words, arias[place])
        stairs.append(stair)
        y += stair.area.height
        if words.gate and rises[place].blocked and not (place and rises[place - 1].blocked):
            gate = _gate(_left(place, len(rises)), y, words.gate)
            y += gate.area.height
    return Stairs(Code(id), WIDTH, y + EDGE, words.title, words.description, words.today, tuple(reversed(stairs)), gate)


def _left(place: int, count: int) -> float:
    return EDGE + RISE * place / max(count - 1, 1)


def _stair(rises: Sequence[Rise], place: int, y: float, words: StairWords, aria: str) -> Stair:
    rise, left, last = rises[place], _left(place, len(rises)), place == len(rises) - 1
    room = WIDTH - EDGE - left - NUMBER - PAD
    told = [(text, "goal") for text in wrapped(words.top, (room - FLAG) / 1.18, TEXT)] if last else []
    badge_width = bold_width(words.today, SMALL) + 12 if rise.today else 0.0
    start = y + PAD + (22 if rise.today else 0)
    told += [(text, "task") for text in wrapped(rise.task, room / 1.06, TEXT)]
    told += [(text, "dose") for text in wrapped(rise.dose, room / 1.06, SMALL)] if rise.dose else []
    told += [(text, "held") for text in wrapped(rise.held, room / 1.06, SMALL)] if rise.held else []
    lines = tuple(StairLine(text, start + 13 + LINE * at, Code(style)) for at, (text, style) in enumerate(told))
    height = max(lines[-1].y - y + PAD, 38.0)
    style = " ".join(name for name, holds in (("today", rise.today), ("blocked", rise.blocked or bool(rise.held)), ("last", last)) if holds)
    badge = Area(left + NUMBER, y + PAD - 2, badge_width, 20) if rise.today else None
    return Stair(Area(left, y, WIDTH - EDGE - left, height), rise.number, Code(style), lines, badge, last, aria)


def _gate(left: float, y: float, text: str) -> Gate:
    told = wrapped(text, (WIDTH - EDGE - left - NUMBER - PAD) / 1.06, SMALL)
    lines = tuple(StairLine(one, y + PAD + 12 + LINE * at, Code("gate")) for at, one in enumerate(told))
    return Gate(Area(left, y, WIDTH - EDGE - left, lines[-1].y - y + PAD + 2), lines, text)
