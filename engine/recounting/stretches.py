"""The two claims of an explanation link by link, with the weakest link that decides how far each may be claimed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.arguing.links import trial_readers
from engine.claims import bedside, link_level
from engine.questions import Readers
from engine.result import Explanation, Inference, Node, PathNode
from knowledge.model import KnowledgeBase, Link
from knowledge.sides import BOTH, LEFT, UNSTATED


@dataclass(frozen=True, slots=True)
class StretchLink:
    """A link with the level it has alone, and what a bedside change of the node before it did (lasting, better, same or '')."""

    source: Node
    target: Node
    grade: str
    contested: bool
    gap: bool
    level: str
    bedside: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A claim from `driver` to pain or from `origin` to driver: its links in order; `last_bedside` is about the node at its end.

    `direct` tells that it is a claim about the presence of what acts on the pain itself; then there are no links. `weakest` is the place of
    the first link that has the level of the claim, None where no single link decides.
    """

    what: str
    level: str
    direct: bool
    links: tuple[StretchLink, ...]
    last_bedside: str
    weakest: int | None


def stretches(one: Explanation, found: Inference, kb: KnowledgeBase, world: str) -> tuple[Stretch, ...]:
    """The claims of an explanation; `world` is the side that untold sides were taken to be."""
    readers, links = trial_readers(kb), {(link.source, link.target): link for link in kb.links}
    if _is_direct(one, kb):
        return (Stretch("driver", one.claim, True, (), _bedside(one.driver or one.cause, found, readers, world), None),)
    at = next(place for place, part in enumerate(one.path) if part.node == one.driver)
    driver = _stretch("driver", one.claim, one.path[at:], one, found, readers, links, world)
    if not one.origin_claim:
        return (driver,)
    return (driver, _stretch("origin", one.origin_claim, one.path[: at + 1], one, found, readers, links, world))


def _is_direct(one: Explanation, kb: KnowledgeBase) -> bool:
    return kb.conclusions[one.cause[0]].layer in ("local_diagnosis", "modulator", "serious")


def _stretch(
    what: str, level: str, path: Sequence[PathNode], one: Explanation, found: Inference, readers: Readers,
    links: dict[tuple[str, str], Link], world: str,
) -> Stretch:
    gaps = {(step.source, step.target) for step in one.steps if step.how == "gap"}
    told = tuple(_links([part.node for part in path], gaps, found, readers, links, world))
    last = _bedside(path[-1].node, found, readers, world)
    return Stretch(what, level, False, told, last, next((place for place, link in enumerate(told) if link.level == level), None))


def _links(
    nodes: Sequence[Node], gaps: set[tuple[Node, Node]], found: Inference, readers: Readers, links: dict[tuple[str, str], Link], world: str,
) -> Iterator[StretchLink]:
    for source, target in pairwise(nodes):
        link, gap = links[source[0], target[0]], (source, target) in gaps
        did = _bedside(source, found, readers, world)
        yield StretchLink(source, target, link.grade, link.contested, gap, link_level(link, gap), did)


def _bedside(node: Node, found: Inference, readers: Readers, world: str) -> str:
    side = {BOTH: LEFT, UNSTATED: world}.get(node[1], node[1])
    return bedside((node[0], side), found.valuation, readers)
