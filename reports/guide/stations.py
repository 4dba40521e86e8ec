"""The way of an explanation in few stations: what lies in one place is told together, and no more than five are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.result import Explanation, Node, PathNode
from reports.guide.view import Line
from reports.parts.dossier import Dossier
from reports.phrases import say, word
from reports.pictures.regions import NOWHERE

MOST = 5
"""As many stations as are told to a person."""
MOST_TEXTS = 2
"""As many sentences of conclusions as one station gets."""


@dataclass(frozen=True, slots=True)
class Station:
    """Parts of a way that lie in one place; `mark` is a number or a letter."""

    mark: str
    parts: tuple[PathNode, ...]

    @property
    def node(self) -> Node:
        """The part that stands for all of them on a picture."""
        return self.parts[0].node

    @property
    def inferred(self) -> bool:
        """Whether no test can show any of it."""
        return all(part.inferred for part in self.parts)

    @property
    def gap(self) -> bool:
        """Whether some of it was not tested yet."""
        return any(part.gap for part in self.parts)


def head_of(one: Explanation) -> Node:
    """What would be treated: the driver, or the cause where there is none."""
    return one.driver or one.cause


def stations_of(one: Explanation, dossier: Dossier) -> tuple[Station, ...]:
    """The stations of a chain, numbered; of any other kind its place alone."""
    path = one.path if one.kind == "chain" else tuple(part for part in one.path if part.node == head_of(one))[:1] or one.path[:1]
    groups = _few(_together(path, dossier), one)
    return tuple(Station(f"{place}", group) for place, group in enumerate(groups, 1))


def _together(path: Sequence[PathNode], dossier: Dossier) -> list[tuple[PathNode, ...]]:
    groups: list[tuple[PathNode, ...]] = []
    for part in path:
        if groups and _spot(groups[-1][-1].node, dossier) == _spot(part.node, dossier):
            groups[-1] = (*groups[-1], part)
        else:
            groups.append((part,))
    return groups


def _spot(node: Node, dossier: Dossier) -> tuple[str, str, str]:
    known = dossier.kb.conclusions[node[0]]
    return (known.region, node[1], known.layer if known.region == NOWHERE else "")


def _few(groups: list[tuple[PathNode, ...]], one: Explanation) -> list[tuple[PathNode, ...]]:
    """At most MOST: the middle gives way, what no test can show first; cause, driver and pain stay."""
    kept = {one.cause, head_of(one), one.path[-1].node}
    while len(groups) > MOST:
        free = [group for group in groups if not kept & {part.node for part in group}]
        if not free:
            break
        groups.remove(next((group for group in free if all(part.inferred for part in group)), free[-1]))
    return groups


def line_of(station: Station, dossier: Dossier) -> Line:
    """A station in plain words; the complaint speaks only where nothing else does."""
    known = [dossier.kb.conclusions[part.node[0]] for part in station.parts]
    told = [one.plain for one in known if one.layer != "presentation"] or [one.plain for one in known]
    return Line(station.mark, place_of(station.node, dossier), tuple(dict.fromkeys(text for text in told if text))[:MOST_TEXTS])


def place_of(node: Node, dossier: Dossier) -> str:
    """Where in the body, with the side; what is in no one place by what it is."""
    known = dossier.kb.conclusions[node[0]]
    if known.region == NOWHERE:
        return word("guide_nowhere", known.layer)
    return say("guide_place", region=word("regions", known.region), side=word("guide_sides", node[1]))


def plain_title(name: str, dossier: Dossier) -> str:
    """What a person calls a finding; the plain words of one that must be asked are a question and no name."""
    finding = dossier.kb.findings[name]
    return finding.title if finding.must_ask or not finding.plain else finding.plain
