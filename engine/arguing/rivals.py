"""The leading explanation and its rivals side by side, and the fewest explanations that account for the complaints together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.arguing.panel import Panel, nodes_of, own, panel
from engine.outcome import covers, covers_without, unaccounted
from engine.questions import Readers
from engine.result import Inference, Node, Piece
from knowledge.model import KnowledgeBase

BESIDE = 3
"""How many explanations stand side by side: more do not fit a page of 100 columns."""


@dataclass(frozen=True, slots=True)
class Rival:
    """One column: what speaks for it (each conclusion with its evidence), the complaints it leads to, and what speaks against.

    `signs` are findings of what hurts that its evidence counts: a diagnosis explains no activity by a habit, and is still known by it.
    """

    speaks_for: tuple[tuple[Node, Piece], ...]
    signs: tuple[str, ...]
    complaints: tuple[Node, ...]
    panel: Panel


@dataclass(frozen=True, slots=True)
class Sides:
    """The columns, the names of the complaints that nobody's explanation accounts for, and which sets account for the rest.

    `sets` holds every smallest set with the leading explanation; `without` every smallest one that does without it and is no larger.
    """

    columns: tuple[Rival, ...]
    unaccounted: tuple[str, ...]
    sets: tuple[tuple[int, ...], ...]
    without: tuple[tuple[int, ...], ...]


def side_by_side(found: Inference, readers: Readers) -> Sides:
    """The best explanations as columns, best first; parts of a better one after those that stand for themselves."""
    every = found.explanations
    order = sorted(range(len(every)), key=lambda place: (every[place].part_of is not None, place))
    least = readers.kb.scale.lead_min
    sets, without = covers(every, least), covers_without(every, least)
    fewer = without if without and 0 < len(without[0]) <= len(sets[0]) else ()
    columns = tuple(_column(place, found, readers) for place in order[:BESIDE])
    return Sides(columns, unaccounted(every), sets, fewer)


def _column(place: int, found: Inference, readers: Readers) -> Rival:
    one = found.explanations[place]
    nodes = nodes_of(one)
    complaints = tuple(node for node in nodes if readers.kb.conclusions[node[0]].layer == "presentation")
    speaking = speaks_for([part.node for part in one.path], found, readers.kb)
    return Rival(speaking, signs_among((*one.explains, *one.unexplained), speaking), complaints, panel(place, found, readers))


def signs_among(names: Iterable[str], speaking: Iterable[tuple[Node, Piece]]) -> tuple[str, ...]:
    """Those of the findings that some evidence counts."""
    read = {subject.partition(".")[0] for _, piece in speaking for subject, _ in piece.findings}
    return tuple(name for name in names if name in read)


def speaks_for(way: Iterable[Node], found: Inference, kb: KnowledgeBase) -> tuple[tuple[Node, Piece], ...]:
    """The evidence for the stations of a way; the complaints at its end speak for no cause more than for another, and are left out."""
    nodes = [node for each in way if kb.conclusions[each[0]].layer != "presentation" for node in own(each, found)]
    pieces = [(node, piece) for node in dict.fromkeys(nodes) for piece in found.statuses[node].pieces if piece.counted]
    return tuple((node, piece) for node, piece in pieces if piece.kind == "shows" or piece.amount > 0)
