"""Where the stations of a body map stand: in the middle of their region, spread along it, and pushed apart until none covers another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot

from knowledge.sides import BODY, BOTH, LEFT, NONE, UNSTATED
from reports.pictures.fitting import bold_width
from reports.pictures.regions import FRONT, LANE, LANE_MIDDLE, LANE_X, MIDDLES, REGIONS, SCALE, TOP, WIDTH, Point, home_of, point_of

DISC, MARK, APART, LANE_STEP = 21.0, 13.5, 9.0, 33.0
ASIDE = 15.0
ROUNDS = 200
"""How often stations that stand too close are pushed apart; far more than any case needs."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A conclusion to be shown on the body.

    `mark` is the number or letters in its disc; `kind` is station, flag, or rival; `status` supported, gap or inferred;
    `roles` what it is here, of cause, driver and complaint; `label` the few words beside it, or nothing; `aria` all of it.
    """

    key: str
    region: str
    side: str
    mark: str
    kind: str
    status: str
    roles: frozenset[str]
    label: str
    aria: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A place where a spot is shown; `echo` when it is shown there once more, without its arrows."""

    spot: Spot
    side: str
    view: str
    echo: bool
    at: Point

    @property
    def width(self) -> float:
        """How wide its disc is; a driver's is a little larger."""
        return max(DISC, bold_width(self.spot.mark, MARK) + 7) + (3 if "driver" in self.spot.roles else 0) - (2 if self.echo else 0)

    @property
    def rim(self) -> float:
        """How far from its middle an arrow ends; the ring of a complaint lies outside its disc."""
        return self.width / 2 + (4 if "complaint" in self.spot.roles else 1)


def shown_sides(side: str) -> tuple[str, ...]:
    """The sides a spot is drawn on: both when it is on both, and both with a question mark when nobody told which."""
    return BODY if side in (BOTH, UNSTATED) else (side,)


def stands(spots: Sequence[Spot]) -> tuple[Stand, ...]:
    """Every place of every spot, apart from each other."""
    out = [one for group in _groups(spots).values() for one in _spread(group)]
    for view in (*MIDDLES, LANE):
        out = _apart(out, view)
    order = {spot.key: index for index, spot in enumerate(spots)}
    return tuple(sorted(out, key=lambda one: (order[one.spot.key], one.echo, one.side)))


def _groups(spots: Iterable[Spot]) -> dict[tuple[str, str, str], list[Stand]]:
    """Spots of the same region, view and side, in order; a region with a midline has one place for all that have no side."""
    groups: dict[tuple[str, str, str], list[Stand]] = {}
    for spot in spots:
        home = home_of(spot.region)
        for view in dict.fromkeys([home, *([FRONT] if FRONT in REGIONS.get(spot.region, {}) else [])]):
            for side in (NONE,) if view == LANE else _sides_at(spot, view):
                at = Point(LANE_X, 0) if view == LANE else point_of(spot.region, view, side)
                group = groups.setdefault((view, spot.region if view != LANE else "", side), [])
                group.append(Stand(spot, side, view, view != home, at))
    return groups


def _sides_at(spot: Spot, view: str) -> tuple[str, ...]:
    return (NONE,) if spot.side == NONE and REGIONS[spot.region][view].axial else shown_sides(BOTH if spot.side == NONE else spot.side)


def _spread(group: Sequence[Stand]) -> list[Stand]:
    """The first lowest; along the reach of the region, a little to the sides in turn when there are many on the midline."""
    first = group[0]
    if first.view == LANE:
        return [_moved(one, LANE_X, LANE_MIDDLE + LANE_STEP * ((len(group) - 1) / 2 - place)) for place, one in enumerate(group)]
    reach = REGIONS[first.spot.region][first.view].reach * SCALE
    out = []
    for place, one in enumerate(group):
        along = 1 - (2 * place + 1) / len(group)
        aside = 0.0 if len(group) < 3 else (13 if place % 2 else -13) * (1 if one.side in (NONE, LEFT) else -1)
        out.append(_moved(one, one.at.x + aside + _outward(one), one.at.y + reach * along))
    return out


def _outward(one: Stand) -> float:
    """A rival stands a little off, so that the arrows of what leads do not run through it."""
    if one.spot.kind != "rival" or one.view not in MIDDLES:
        return 0.0
    return ASIDE if one.at.x >= MIDDLES[one.view] else -ASIDE


def _moved(one: Stand, x: float, y: float) -> Stand:
    return Stand(one.spot, one.side, one.view, one.echo, Point(x, y))


def _apart(every: Sequence[Stand], view: str) -> list[Stand]:
    """Stands of a view pushed away from each other until all are apart; all at once, so that a mirrored body comes out mirrored."""
    here = [index for index, one in enumerate(every) if one.view == view]
    places = {index: every[index].at for index in here}
    for _ in range(ROUNDS):
        pushes = [push for pair in combinations(here, 2) for push in _pushes(pair, places, every)]
        if not pushes:
            break
        for index, across, down in pushes:
            places[index] = _kept_in(places[index].x + across, places[index].y + down)
    return [_moved(one, places[index].x, places[index].y) if index in places else one for index, one in enumerate(every)]


def _kept_in(x: float, y: float) -> Point:
    """The point, or the nearest one at which a station stays between the top of the heads and the soles."""
    return Point(min(max(x, DISC), WIDTH - DISC), min(max(y, DISC), TOP + 420 * SCALE))


def _pushes(pair: tuple[int, int], places: Mapping[int, Point], every: Sequence[Stand]) -> tuple[tuple[int, float, float], ...]:
    """How far each of two that stand too close has to go, mostly up and down."""
    low, high = pair
    needed = every[low].rim + every[high].rim + APART
    across, down = places[high].x - places[low].x, places[high].y - places[low].y
    distance = hypot(across, down)
    if distance >= needed - 0.05:
        return ()
    if distance < 0.5:  # the same place: the later one goes up, as a chain does
        across, down, distance = 0.0, -1.0, 1.0
    part = (needed - distance) / 2 / distance
    return ((low, -0.7 * across * part, -down * part), (high, 0.7 * across * part, down * part))


def by_key(every: Iterable[Stand]) -> Mapping[tuple[str, str], Stand]:
    """The first places of spots, by key and side."""
    return {(one.spot.key, one.side): one for one in every if not one.echo}
