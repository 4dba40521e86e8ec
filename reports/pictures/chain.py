"""The chain as a picture: boxes and arrows with their places, drawn by templates/pictures/chain.svg.j2.

The leading cause stands at the bottom and the complaint at the top, as in a body; the spine runs straight up on the left
and the other steps stand beside it, those of rivals in double frames with their letter.
What colour shows is always said by a line style, a sign or a word too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.escaping import Code
from reports.pictures.fitting import text_width
from reports.pictures.layering import layered
from reports.pictures.placing import BETWEEN, LINE, PAD, SMALL, Arrow, Places, Station


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text at its place."""

    text: str
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A station at its place, with its title wrapped to fit."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    style: Code
    role: Line | None
    title: tuple[Line, ...]
    note: Line
    status: Line | None
    aria: str


@dataclass(frozen=True, slots=True)
class Label:
    """The label of an arrow at its place, with the ground behind it."""

    text: str
    x: float
    y: float
    anchor: Code
    left: float
    top: float
    width: float


@dataclass(frozen=True, slots=True)
class Curve:
    """An arrow at its place."""

    path: Code
    style: Code
    label: Label


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes and arrows in a view box that covers all of them, with a title and a description for those who do not see it."""

    width: float
    height: float
    title: str
    description: str
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]
    rivals: tuple[str, ...] = ()
    """The rivals in it, each with its letter, as the legend says them."""
    id: str = "picture"


def draw(title: str, description: str, stations: Sequence[Station], arrows: Sequence[Arrow]) -> Picture:
    """The picture of a spine and the steps beside it."""
    spine = [one.key for one in stations if one.spine]
    layers = layered(spine, [(one.source, one.target) for one in arrows])
    known = {one.key: one for one in stations}
    places = Places(layers, known)
    boxes = tuple(_box(station, places) for station in stations)
    curves = tuple(_curve(one, places) for one in sorted(arrows, key=lambda one: (one.spine, one.source, one.target)))
    return Picture(places.width, places.height, title, description, boxes, curves)


def _box(station: Station, places: Places) -> Box:
    middle, width = places.middle[station.key], places.width_of(station.key)
    low, top = places.span[station.key]
    y = top + PAD
    role = Line(station.role, y + SMALL - 4) if station.role else None
    y += SMALL if role else 0
    titles = places.title_of(station.key)
    title = tuple(Line(text, y + LINE * (index + 1) - 4) for index, text in enumerate(titles))
    y += LINE * len(titles)
    note = Line(station.note, y + SMALL - 3)
    status = Line(station.status_word, y + 2 * SMALL - 3) if station.status != "supported" else None
    style = Code(f"{station.status} {'spine' if station.spine else 'beside'}{' rival' if station.rival else ''}")
    return Box(middle - width / 2, top, width, low - top, middle, style, role, title, note, status, station.aria)


def _curve(arrow: Arrow, places: Places) -> Curve:
    edge = (arrow.source, arrow.target)
    way = places.layers.ways[edge]
    start, end = places.ports[edge, "out"], places.ports[edge, "in"]
    x, y = start, places.span[arrow.source][1]
    parts = [f"M{x:.1f},{y:.1f}"]
    for slot in way[1:-1]:
        low, top = places.span[slot]
        parts += [_bend(x, y, places.middle[slot], low), f"L{places.middle[slot]:.1f},{top:.1f}"]
        x, y = places.middle[slot], top
    parts.append(_bend(x, y, end, places.span[arrow.target][0] + 2))
    kind = "spine" if arrow.spine else "beside rival" if arrow.rival else "beside"
    style = Code(f"{arrow.how} {kind}{' contested' if arrow.contested else ''}")
    top = places.span[arrow.source][1]
    label = _label(arrow, start, top)
    return Curve(Code(" ".join(parts)), style, label)


def _label(arrow: Arrow, start: float, top: float) -> Label:
    """Left of the spine, or beside the foot of any other arrow, on a ground that keeps lines off it."""
    wide = text_width(arrow.label, 12) + 8
    if not arrow.spine:
        return Label(arrow.label, start + 4, top - 7, Code("start"), start, top - 19, wide)
    x, y = start - 10, top - BETWEEN / 2 + 4
    return Label(arrow.label, x, y, Code("end"), x - wide + 4, y - 12, wide)


def _bend(x: float, y: float, to_x: float, to_y: float) -> str:
    half = (y + to_y) / 2
    return f"C{x:.1f},{half:.1f} {to_x:.1f},{half:.1f} {to_x:.1f},{to_y:.1f}"
