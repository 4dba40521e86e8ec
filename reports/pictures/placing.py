"""Places for the stations of a picture: rows from the bottom up, the spine on one straight line, everything else beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.pictures.fitting import wrapped
from reports.pictures.layering import Edge, Layers, Slot

SPINE_WIDTH, SIDE_WIDTH, BEND_WIDTH = 208.0, 168.0, 14.0
MARGIN, ACROSS, BETWEEN = 14.0, 22.0, 54.0
LINE, SMALL, PAD, PLAIN, BOLD = 17.0, 14.0, 11.0, 13.4, 15.2
LABEL_ROOM = 146.0
"""Room left of the spine's middle for the label of a link."""


@dataclass(frozen=True, slots=True)
class Station:
    """A node of the picture. `status` is supported, gap, inferred or open; `spine` tells whether it stands on it.

    `rival` holds the letters of the rivals that pass it and are not part of the explanation shown; `aria` says all of it.
    """

    key: str
    title: str
    note: str
    status: str
    status_word: str
    role: str
    spine: bool
    rival: str = ""
    aria: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link of the picture; `label` says its grade, and that it is contested where it is; `rival` that only a rival takes it."""

    source: str
    target: str
    label: str
    how: str
    contested: bool
    spine: bool
    rival: bool = False


class Places:
    """Where each slot of the layers stands, and where each arrow leaves and arrives."""

    def __init__(self, layers: Layers, known: Mapping[str, Station]) -> None:
        self.layers, self.known = layers, known
        self.middle: dict[Slot, float] = {}
        self.span: dict[Slot, tuple[float, float]] = {}
        heights = [max([self.height_of(slot) for slot in row] or [0.0]) for row in layers.rows]
        self.height = 2 * MARGIN + sum(heights) + BETWEEN * (len(heights) - 1)
        bottom = self.height - MARGIN
        for row, height in zip(layers.rows, heights, strict=True):
            self._place_row(row, bottom, height)
            bottom -= height + BETWEEN
        self.width = max(middle + self.width_of(slot) / 2 for slot, middle in self.middle.items()) + MARGIN
        self.ports = self._ports()

    def width_of(self, slot: Slot) -> float:
        """How wide a slot is; a bend of an arrow takes little room."""
        if not isinstance(slot, str):
            return BEND_WIDTH
        return SPINE_WIDTH if self.known[slot].spine else SIDE_WIDTH

    def height_of(self, slot: Slot) -> float:
        """How high a box must be for its lines; a bend has no height."""
        if not isinstance(slot, str):
            return 0.0
        one = self.known[slot]
        lines = len(self.title_of(slot))
        return 2 * PAD + lines * LINE + SMALL + (SMALL if one.role else 0) + (SMALL if one.status != "supported" else 0)

    def title_of(self, key: str) -> tuple[str, ...]:
        """The title of a station in lines that fit its box."""
        one = self.known[key]
        return wrapped(one.title, self.width_of(key) - 2 * PAD, BOLD if one.spine else PLAIN)

    def _place_row(self, row: Iterable[Slot], bottom: float, height: float) -> None:
        free = MARGIN + LABEL_ROOM - SPINE_WIDTH / 2 + SPINE_WIDTH + ACROSS
        for slot in row:
            own = self.height_of(slot)
            self.span[slot] = (bottom, bottom - height) if not own else (bottom - (height - own) / 2, bottom - (height + own) / 2)
            if slot in self.layers.spine:
                self.middle[slot] = MARGIN + LABEL_ROOM
                continue
            half = self.width_of(slot) / 2
            self.middle[slot] = max(free + half, self._wanted(slot))
            free = self.middle[slot] + half + ACROSS

    def _wanted(self, slot: Slot) -> float:
        """Above the slots that lead into it, where they stand beside the spine."""
        below = [way[index - 1] for way in self.layers.ways.values() for index, one in enumerate(way) if one == slot and index]
        placed = [self.middle[one] for one in below if one in self.middle and one not in self.layers.spine]
        return sum(placed) / len(placed) if placed else 0.0

    def _ports(self) -> dict[tuple[Edge, str], float]:
        ports: dict[tuple[Edge, str], float] = {}
        for key in self.known:
            for end, index in (("out", 0), ("in", -1)):
                edges = [edge for edge in self.layers.ways if edge[index] == key]
                step = 1 if end == "out" else -2
                edges.sort(key=lambda edge: (self.middle[self.layers.ways[edge][step]], edge))
                ports.update(self._spread(key, end, edges))
        return ports

    def _spread(self, key: str, end: str, edges: list[Edge]) -> dict[tuple[Edge, str], float]:
        middle, half = self.middle[key], self.width_of(key) / 2
        if not self.known[key].spine:
            return {(edge, end): middle - half + 2 * half * (place + 1) / (len(edges) + 1) for place, edge in enumerate(edges)}
        straight = [edge for edge in edges if self._is_straight(edge)]
        aside = [edge for edge in edges if edge not in straight]
        spread = {(edge, end): middle + half * (place + 1) / (len(aside) + 1) for place, edge in enumerate(aside)}
        return {**spread, **{(edge, end): middle for edge in straight}}

    def _is_straight(self, edge: Edge) -> bool:
        return all(slot in self.layers.spine for slot in self.layers.ways[edge])
