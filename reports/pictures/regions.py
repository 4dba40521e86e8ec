"""Where the regions of conclusions are on the drawn figure, from behind and from the front.

`lateral` is how far from the midline, toward the side meant. Seen from behind the person's left is on the viewer's left;
seen from the front it is on the viewer's right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.sides import BODY, LEFT

BACK, FRONT, LANE = "back", "front", "lane"
WIDTH, FIGURES_HEIGHT, LANE_X, LANE_MIDDLE = 400.0, 490.0, 200.0, 350.0
TOP, SCALE = 12.0, 1.08
MIDDLES: Mapping[str, float] = {BACK: 98.0, FRONT: 302.0}
NOWHERE = "general"
"""The region of what has no place of its own: fear, sleep, load, a way of moving with all of the body."""


@dataclass(frozen=True, slots=True)
class Place:
    """A region of one view in units of the figure, which is 420 high; `reach` is how far up and down it goes."""

    lateral: float
    y: float
    reach: float
    axial: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the picture."""

    x: float
    y: float


REGIONS: Mapping[str, Mapping[str, Place]] = {
    "foot": {BACK: Place(22, 411, 4), FRONT: Place(23, 411, 4)},
    "ankle": {BACK: Place(20.5, 392, 14), FRONT: Place(20.5, 392, 14)},
    "calf": {BACK: Place(22.5, 336, 30), FRONT: Place(22.5, 340, 28)},
    "knee": {BACK: Place(23, 304, 8), FRONT: Place(23, 304, 8)},
    "thigh": {BACK: Place(24, 264, 20), FRONT: Place(24, 264, 20)},
    "hip": {BACK: Place(31, 214, 10, axial=True), FRONT: Place(31, 210, 10, axial=True)},
    "pelvis": {BACK: Place(16, 190, 8, axial=True), FRONT: Place(17, 194, 8, axial=True)},
    "lumbar": {BACK: Place(12, 156, 26, axial=True)},
    "abdomen": {FRONT: Place(12, 158, 18, axial=True)},
    "thorax": {BACK: Place(17, 112, 16, axial=True), FRONT: Place(17, 112, 16, axial=True)},
    "shoulder": {BACK: Place(40, 88, 6), FRONT: Place(40, 88, 6)},
}


def home_of(region: str) -> str:
    """The view a region is shown in first: from behind, as the pain is there; what has no place stands in the lane."""
    views = REGIONS.get(region, {})
    return next((view for view in (BACK, FRONT) if view in views), LANE)


def on_figure(view: str, lateral: float, y: float) -> Point:
    """A point of the figure in the picture; `lateral` counts toward the person's left."""
    turned = -lateral if view == BACK else lateral
    return Point(MIDDLES[view] + turned * SCALE, TOP + y * SCALE)


def point_of(region: str, view: str, side: str) -> Point:
    """The middle of a region on a side; what has no side is on the midline."""
    place = REGIONS[region][view]
    toward = 0 if side not in BODY else place.lateral if side == LEFT else -place.lateral
    return on_figure(view, toward, place.y)
