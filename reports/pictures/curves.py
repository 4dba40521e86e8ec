"""Smooth arrows from station to station: a curve through all of them, cut at the rim of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot

from reports.pictures.regions import Point

TIP = 7.0
"""How long the head of an arrow is."""


@dataclass(frozen=True, slots=True)
class Bend:
    """A piece of a curve: where it starts and ends, and the two points that bend it."""

    start: Point
    leave: Point
    arrive: Point
    end: Point

    @property
    def path(self) -> str:
        """As the path of an SVG."""
        told = [f"{one.x:.1f},{one.y:.1f}" for one in (self.start, self.leave, self.arrive, self.end)]
        return f"M{told[0]}C{told[1]} {told[2]} {told[3]}"

    @property
    def turn(self) -> float:
        """Which way its end points, in degrees as SVG counts them."""
        return degrees(atan2(self.end.y - self.arrive.y, self.end.x - self.arrive.x))

    def at(self, part: float) -> Point:
        """The point after that part of the way, 0 at the start and 1 at the end."""
        rest = 1 - part
        weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
        points = (self.start, self.leave, self.arrive, self.end)
        return Point(sum(w * one.x for w, one in zip(weights, points, strict=True)),
                     sum(w * one.y for w, one in zip(weights, points, strict=True)))


def bends(points: Sequence[Point], rims: Sequence[float]) -> tuple[Bend, ...]:
    """The curve through the points, a piece between each two; `rims` is how much of it each point covers."""
    ways = [_tangent(points, index) for index in range(len(points))]
    return tuple(_bend(points[at], points[at + 1], ways[at], ways[at + 1], rims[at], rims[at + 1]) for at in range(len(points) - 1))


def _tangent(points: Sequence[Point], index: int) -> Point:
    before, after = points[max(index - 1, 0)], points[min(index + 1, len(points) - 1)]
    return _unit(before, after)


def _unit(start: Point, end: Point) -> Point:
    length = hypot(end.x - start.x, end.y - start.y) or 1.0
    return Point((end.x - start.x) / length, (end.y - start.y) / length)


def _bend(start: Point, end: Point, leaving: Point, arriving: Point, rim: float, far_rim: float) -> Bend:
    straight, length = _unit(start, end), hypot(end.x - start.x, end.y - start.y)
    room = max(length - rim - far_rim - TIP, 1.0)
    out, into = _blend(leaving, straight), _blend(arriving, straight)
    first = Point(start.x + out.x * (rim + 1), start.y + out.y * (rim + 1))
    last = Point(end.x - into.x * (far_rim + TIP), end.y - into.y * (far_rim + TIP))
    return Bend(first, Point(first.x + out.x * room / 3, first.y + out.y * room / 3),
                Point(last.x - into.x * room / 3, last.y - into.y * room / 3), last)


def _blend(tangent: Point, straight: Point) -> Point:
    """Mostly the straight way, so that a curve never leaves a station backward."""
    return _unit(Point(0, 0), Point(tangent.x + 1.2 * straight.x, tangent.y + 1.2 * straight.y))
