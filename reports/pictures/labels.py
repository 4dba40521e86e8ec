"""Places for labels beside what they name: the nearest one that covers no other label, no station and nothing out of view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.pictures.regions import Point

STEPS = (0, 7, 14, 22, 30, 40, 52, 66, 82, 100)
"""How far from its place a label may go, in the order tried."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the picture by its corner nearest to the origin."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Area) -> bool:
        """Whether the two share any ground."""
        beside = self.x + self.width <= other.x or other.x + other.width <= self.x
        return not (beside or self.y + self.height <= other.y or other.y + other.height <= self.y)

    def inside(self, other: Area) -> bool:
        """Whether it lies in the other with all its corners."""
        across = other.x <= self.x and self.x + self.width <= other.x + other.width
        return across and other.y <= self.y and self.y + self.height <= other.y + other.height

    def holds(self, point: Point) -> bool:
        """Whether the point lies in it."""
        return self.x <= point.x <= self.x + self.width and self.y <= point.y <= self.y + self.height


def around(middle: Point, width: float, height: float) -> Area:
    """The area with that middle."""
    return Area(middle.x - width / 2, middle.y - height / 2, width, height)


def beside(middle: Point, rim: float, width: float, height: float, taken: Sequence[Area], lines: Sequence[Point], view: Area) -> Area:
    """The best free place for a label that wide and high near a station; lines may be covered, but only when nothing else is free.

    When nothing is free at all, the first place in view: a label that covers something is still better than none.
    """
    places = [one for one in _tried(middle, rim, width, height) if one.inside(view)]
    free = [one for one in places if not any(one.meets(other) for other in taken)]
    others = [one for one in taken if not one.holds(middle)]
    return _cheapest(free or places or [around(middle, width, height)], middle, lines, others)


def _tried(middle: Point, rim: float, width: float, height: float) -> Iterator[Area]:
    for out in STEPS:
        for down in (*STEPS, *(-step for step in STEPS[1:])):
            for x in (middle.x - rim - out - width, middle.x + rim + out):
                yield Area(x, middle.y - height / 2 + down, width, height)


def _cheapest(places: Sequence[Area], middle: Point, lines: Sequence[Point], others: Sequence[Area]) -> Area:
    """The place of least cost. Nearest first: what lies further off than the best costs is not looked at."""
    best, least = places[0], (float("inf"), 0.0, 0.0)
    for one in sorted(places, key=lambda area: _way(area, middle)):
        if _way(one, middle) > least[0]:
            break
        cost = _cost(one, middle, lines, others)
        if cost < least:
            best, least = one, cost
    return best


def _way(area: Area, middle: Point) -> float:
    """How far a label lies from its station."""
    across = max(area.x - middle.x, middle.x - area.x - area.width, 0)
    return round(across + 1.5 * abs(area.y + area.height / 2 - middle.y), 3)


def _cost(area: Area, middle: Point, lines: Iterable[Point], others: Sequence[Area]) -> tuple[float, float, float]:
    covered = sum(area.holds(point) for point in lines)
    crossed = sum(other.holds(point) for other in others for point in _lead(middle, area))
    return (_way(area, middle) + 9 * covered + 12 * crossed, area.y, area.x)


def _lead(middle: Point, area: Area) -> Iterator[Point]:
    """Points of the line that leads from a station to its label."""
    end = nearest(middle, area)
    yield from (Point(middle.x + (end.x - middle.x) * part / 6, middle.y + (end.y - middle.y) * part / 6) for part in range(1, 6))


def nearest(point: Point, area: Area) -> Point:
    """The point of the area that is nearest."""
    return Point(min(max(point.x, area.x), area.x + area.width), min(max(point.y, area.y), area.y + area.height))
