"""The body map: a figure from behind and from the front with the way of an explanation drawn on it.

`draw_body` takes conclusions with their regions (`Spot`) and the steps between them (`Way`), and gives a `BodyMap`, which the macro
`body_map` of templates/pictures/body.svg.j2 draws: one `{% from "pictures/body.svg.j2" import body_map %}` and `{{ body_map(view) }}`.
Its colours come from templates/pictures/pictures.css.j2. What colour shows is said by shape, dash, letter or words too: the driver is
square, a complaint has a ring, a gap is dashed, what is only inferred is dotted, a contested step has a badge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.sides import LEFT, NONE, RIGHT, UNSTATED
from reports.escaping import Code
from reports.pictures.curves import Bend, bends
from reports.pictures.fitting import bold_width, text_width, wrapped
from reports.pictures.labels import Area, around, beside, nearest
from reports.pictures.regions import BACK, FIGURES_HEIGHT, LANE, LANE_X, MIDDLES, SCALE, TOP, WIDTH, Point, on_figure
from reports.pictures.stations import DISC, LANE_STEP, MARK, Spot, Stand, by_key, stands

TEXT, SMALL, LINE, KEY_X = 14.0, 13.5, 17.5, 44.0
BADGE, LABEL_HEIGHT, GAP = 17.0, 20.0, 9.0


@dataclass(frozen=True, slots=True)
class Way:
    """A row of spots that lead to each other: keys in order, and for each step how it holds and whether it is contested.

    `tone` is lead, rival or guess.
    """

    keys: tuple[str, ...]
    hows: tuple[str, ...]
    contested: tuple[bool, ...]
    tone: str


@dataclass(frozen=True, slots=True)
class KeyText:
    """A row of the key: the mark it explains, its title, and lines below it. `shape` are the classes of its disc."""

    mark: str
    shape: str
    title: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of a body map."""

    title: str
    description: str
    back: str
    front: str
    left: str
    right: str
    lane: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text at its place."""

    text: str
    x: float
    y: float
    style: Code


@dataclass(frozen=True, slots=True)
class Disc:
    """A station at its place; `aria` is what it says to those who cannot see it, nothing for a repetition."""

    x: float
    y: float
    left: float
    top: float
    width: float
    height: float
    round: float
    ring: float
    mark: str
    style: Code
    aria: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """A step at its place, with its head as a turned triangle."""

    path: Code
    style: Code
    x: float
    y: float
    turn: float


@dataclass(frozen=True, slots=True)
class Tag:
    """A few words or a sign beside what they name, on a ground of their own, and the line that leads there."""

    text: str
    area: Area
    lead: Code
    style: Code

    @property
    def middle(self) -> float:
        """Where its text is centred."""
        return self.area.x + self.area.width / 2


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A row of the key at its place."""

    disc: Disc
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class BodyMap:
    """The whole picture. `id` begins every id in it, so that several can stand in one page."""

    id: Code
    width: float
    height: float
    title: str
    description: str
    scale: float
    figures: tuple[tuple[Code, float, float], ...]
    lane: Area | None
    texts: tuple[Text, ...]
    arrows: tuple[Arrow, ...]
    discs: tuple[Disc, ...]
    tags: tuple[Tag, ...]
    key: tuple[KeyRow, ...]
    told: tuple[str, ...]
    """Its key as sentences, for those who do not see it and for formats without pictures."""


def draw_body(spots: Sequence[Spot], ways: Sequence[Way], key: Sequence[KeyText], words: Words, id: str = "body") -> BodyMap:
    """The body map of these spots and ways, with its key below the figures."""
    standing = stands(spots)
    pieces = _pieces(ways, by_key(standing))
    rows = _rows(key)
    height = rows[-1].lines[-1].y + 8 if rows else FIGURES_HEIGHT
    lane = _lane(standing)
    return BodyMap(
        id=Code(id), width=WIDTH, height=height, title=words.title, description=words.description, scale=SCALE,
        figures=tuple((Code(view), middle, TOP) for view, middle in MIDDLES.items()), lane=lane, texts=tuple(_texts(words, lane)),
        arrows=tuple(_arrow(*piece[:2]) for piece in pieces), discs=tuple(_disc(one) for one in standing),
        tags=tuple(_tags(standing, pieces, words, lane)), key=tuple(rows), told=words.told,
    )


Piece = tuple[Bend, str, bool]
"""A bend, its classes, and whether studies contradict the step."""


def _pieces(ways: Iterable[Way], known: Mapping[tuple[str, str], Stand]) -> list[Piece]:
    """The arrows of all ways, each once; a way that runs on both sides is drawn on both."""
    out: dict[str, Piece] = {}
    for way in ways:
        for side in (LEFT, RIGHT):
            row = [_on_side(key, side, known) for key in way.keys]
            curve = bends([one.at for one in row], [one.rim for one in row])
            for bend, how, contested in zip(curve, way.hows, way.contested, strict=True):
                out.setdefault(bend.path, (bend, f"{how} {way.tone}", contested))
    return list(out.values())


def _on_side(key: str, side: str, known: Mapping[tuple[str, str], Stand]) -> Stand:
    """The place of a spot on that side of the body, or the only one it has."""
    other = RIGHT if side == LEFT else LEFT
    return next(known[key, one] for one in (side, NONE, other) if (key, one) in known)


def _arrow(bend: Bend, style: str) -> Arrow:
    return Arrow(Code(bend.path), Code(style), bend.end.x, bend.end.y, bend.turn)


def _disc(one: Stand) -> Disc:
    spot = one.spot
    unstated = " unstated" if spot.side == UNSTATED else ""
    style = f"{_shape(spot)} {spot.status}{' echo' if one.echo else ''}{unstated}"
    mark = f"{spot.mark}?" if unstated else spot.mark
    return disc_at(one.at.x, one.at.y, one.width, mark, style, "" if one.echo else spot.aria)


def _shape(spot: Spot) -> str:
    return " ".join([spot.kind, *sorted(spot.roles)])


def disc_at(x: float, y: float, width: float, mark: str, style: str, aria: str) -> Disc:
    """A disc around its mark; square for a driver, with a ring around a complaint."""
    names = style.split()
    height = DISC + (3 if "driver" in names else 0) - (2 if "echo" in names else 0)
    round_ = 4.0 if "driver" in names or "flag" in names else height / 2
    ring = 3.5 if "complaint" in names else 0.0
    return Disc(x, y, x - width / 2, y - height / 2, width, height, round_, ring, mark, Code(style), aria)


def _lane(every: Iterable[Stand]) -> Area | None:
    inside = [one for one in every if one.view == LANE]
    if not inside:
        return None
    wide = max(one.width for one in inside) + 9
    top = min(one.at.y for one in inside) - LANE_STEP / 2
    return Area(LANE_X - wide / 2, top, wide, max(one.at.y for one in inside) + LANE_STEP / 2 - top)


def _texts(words: Words, lane: Area | None) -> Iterable[Text]:
    for view, caption in ((BACK, words.back), ("front", words.front)):
        yield Text(caption, MIDDLES[view], TOP + 420 * SCALE + 22, Code("view"))
        for toward, name in ((1, words.left), (-1, words.right)):
            at = on_figure(view, toward * 58, 62)
            yield Text(name, at.x, at.y, Code("side"))
    for place, line in enumerate(words.lane if lane else ()):
        assert lane
        yield Text(line, LANE_X, lane.y - 6 - LINE * (len(words.lane) - 1 - place), Code("lane"))


def _tags(every: Sequence[Stand], pieces: Sequence[Piece], words: Words, lane: Area | None) -> Iterable[Tag]:
    """Badges of contested steps first, as they must stand on their arrow; then the words beside stations."""
    view = Area(2, 2, WIDTH - 4, FIGURES_HEIGHT - 26)
    taken = [around(one.at, one.width + 8, DISC + 8) for one in every] + [_ground(text) for text in _texts(words, lane)]
    lines = [bend.at(part / 8) for bend, _, _ in pieces for part in range(9)]
    for bend, style, contested in pieces:
        if contested:
            area = beside(bend.at(0.5), -BADGE / 2, BADGE, BADGE, taken, (), view)
            taken.append(area)
            yield Tag("≠", area, Code(""), Code(f"badge {style}"))
    for one in every:
        if one.spot.label and not one.echo and (one.spot.side != UNSTATED or one.side == LEFT):
            area = beside(one.at, one.rim + 4, bold_width(one.spot.label, SMALL) + 8, LABEL_HEIGHT, taken, lines, view)
            taken.append(area)
            yield Tag(one.spot.label, area, Code(_lead(one, area)), Code(f"words {_shape(one.spot)}"))


def _ground(text: Text) -> Area:
    return around(Point(text.x, text.y - 5), text_width(text.text, SMALL), LINE)


def _lead(one: Stand, area: Area) -> str:
    end = nearest(one.at, area)
    return f"M{one.at.x:.1f},{one.at.y:.1f}L{end.x:.1f},{end.y:.1f}"


def _rows(key: Sequence[KeyText]) -> list[KeyRow]:
    y, out = FIGURES_HEIGHT + 14, []
    for row in key:
        width = max(DISC, bold_width(row.mark, MARK) + 7)
        titles = wrapped(row.title, (WIDTH - KEY_X - 6) / 1.18, TEXT)
        notes = [line for note in row.notes for line in wrapped(note, (WIDTH - KEY_X - 6) / 1.06, SMALL)]
        first = y + 12
        lines = [Text(text, KEY_X, first + LINE * place, Code("name")) for place, text in enumerate(titles)]
        lines += [Text(text, KEY_X, first + LINE * (len(titles) + place) - 1, Code("note")) for place, text in enumerate(notes)]
        out.append(KeyRow(disc_at(20, first - 5, width, row.mark, row.shape, ""), tuple(lines)))
        y = lines[-1].y + GAP
    return out


__all__ = ["BodyMap", "KeyText", "Spot", "Way", "Words", "draw_body"]
