"""Where the stations of a picture stand: layers by the longest way from below, and an order within each layer.

An edge that spans several layers gets a bend in each of them, so that lines run beside boxes and not behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Edge = tuple[str, str]
Bend = tuple[str, str, int]
"""A bend of an edge: where it starts, where it ends, and the layer it passes."""
Slot = str | Bend

SWEEPS = 4
"""How often the order within layers is adjusted to the neighbours, upward and downward."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Layers from the bottom up, each in order from left to right, and every edge as the slots it runs through.

    `spine` are the slots that stand on the straight line of the spine.
    """

    rows: tuple[tuple[Slot, ...], ...]
    ways: Mapping[Edge, tuple[Slot, ...]]
    spine: frozenset[Slot]


def layered(spine: Sequence[str], edges: Iterable[Edge]) -> Layers:
    """The spine stands first in its layers; everything else is ordered beside it. Same input, same layers."""
    every = tuple(dict.fromkeys([*pairwise(spine), *sorted(edges)]))
    depth = depths([*spine, *sorted({node for edge in every for node in edge})], every)
    ways = {edge: _way(edge, depth) for edge in every}
    fixed = {slot for edge in pairwise(spine) for slot in ways[edge]} | set(spine)
    rows = _rows(ways, depth)
    return Layers(tuple(map(tuple, _ordered(rows, ways, fixed))), ways, frozenset(fixed))


def depths(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The length of the longest way to each node; as many rounds as there are nodes, so that a loop cannot hang it."""
    depth = dict.fromkeys(nodes, 0)
    for _ in nodes:
        before = dict(depth)
        for source, target in edges:
            depth[target] = min(max(depth[target], depth[source] + 1), len(nodes))
        if depth == before:
            break
    return depth


def _way(edge: Edge, depth: Mapping[str, int]) -> tuple[Slot, ...]:
    source, target = edge
    bends: list[Slot] = [(source, target, layer) for layer in range(depth[source] + 1, depth[target])]
    return (source, *bends, target)


def _rows(ways: Mapping[Edge, Sequence[Slot]], depth: Mapping[str, int]) -> list[list[Slot]]:
    used = sorted(set(depth.values()))
    rows: dict[int, list[Slot]] = {layer: [] for layer in used}
    for node, layer in depth.items():
        rows[layer].append(node)
    for way in ways.values():
        for slot in way[1:-1]:
            rows.setdefault(int(slot[2]), []).append(slot)
    return [sorted(rows[layer], key=str) for layer in sorted(rows)]


def _ordered(rows: list[list[Slot]], ways: Mapping[Edge, Sequence[Slot]], fixed: set[Slot]) -> list[list[Slot]]:
    near: dict[Slot, list[Slot]] = {}
    for way in ways.values():
        for here, there in pairwise(way):
            near.setdefault(here, []).append(there)
            near.setdefault(there, []).append(here)
    rows = [_spine_first(row, fixed) for row in rows]
    for _ in range(SWEEPS):
        for order in (range(1, len(rows)), range(len(rows) - 2, -1, -1)):
            for index in order:
                rows[index] = _by_neighbours(rows[index], rows, near, fixed)
    return rows


def _spine_first(row: Iterable[Slot], fixed: set[Slot]) -> list[Slot]:
    return sorted(row, key=lambda slot: (slot not in fixed, str(slot)))


def _by_neighbours(row: list[Slot], rows: list[list[Slot]], near: Mapping[Slot, Sequence[Slot]], fixed: set[Slot]) -> list[Slot]:
    place = {slot: index for one in rows for index, slot in enumerate(one)}

    def middle(slot: Slot) -> float:
        places = [place[other] for other in near.get(slot, ())]
        return sum(places) / len(places) if places else 0.0

    return sorted(row, key=lambda slot: (slot not in fixed, round(middle(slot), 6), str(slot)))
