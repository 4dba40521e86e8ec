"""The way by which a conclusion would lead to this person's pain, whether or not each of its stations was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from engine.chains import WALKED, arriving_sides, is_association, may_step_on
from engine.gaps import pain_sides_of
from engine.result import Inference, Node, Status
from knowledge.model import KnowledgeBase, Link
from knowledge.sides import UNSTATED

DIRECT = ("local_diagnosis", "modulator", "serious")
"""Layers that act on the pain themselves: no way is asked of them."""
Cost = tuple[int, int, int, int, int]
"""Stations ruled out or claimed, then stations open, then associations, then what the links cost, then links."""


@dataclass(frozen=True, slots=True)
class Station:
    """A conclusion of a way. `state` is found, inferred, open, refuted or claimed (it belongs to another conclusion)."""

    node: Node
    state: str


def status_at(node: Node, found: Inference) -> Status | None:
    """The status of a node; where its side was not told, that of the side not told."""
    return found.statuses.get(node) or found.statuses.get((node[0], UNSTATED))


def station(node: Node, start: Node, found: Inference, kb: KnowledgeBase) -> Station:
    """How a conclusion stands for a way that starts from another."""
    status = status_at(node, found)
    flagged = any(flag.condition == node[0] for flag in found.red_flags)
    if any(one.node == node and one.by != start for one in found.claimed):
        return Station(node, "claimed")
    if kb.conclusions[node[0]].inferred:
        return Station(node, "inferred")
    state = status.state if status else "open"
    return Station(node, "found" if flagged or state == "supported" else state)


def way_to_pain(start: Node, found: Inference, kb: KnowledgeBase) -> tuple[Station, ...]:
    """The way to a complaint of this person with the fewest stations missing; the start alone when it needs none, or none leads on."""
    if kb.conclusions[start[0]].layer in DIRECT:
        return (station(start, start, found, kb),)
    queue: list[tuple[Cost, tuple[Node, ...]]] = [(_entry(start, start, found, kb), (start,))]
    done: set[Node] = set()
    while queue:
        cost, nodes = heappop(queue)
        if _is_complaint(nodes[-1], found, kb):
            return tuple(station(node, start, found, kb) for node in nodes)
        if nodes[-1] in done:
            continue
        done.add(nodes[-1])
        for target, link in _onward(nodes[-1], found, kb):
            if target not in done and not _skips(nodes, target, kb):
                step = (0, 0, int(is_association(link, kb)), -kb.scale.link(link.grade, link.contested), 1)
                heappush(queue, (_sum(_sum(cost, step), _entry(target, start, found, kb)), (*nodes, target)))
    return (station(start, start, found, kb),)


def _onward(node: Node, found: Inference, kb: KnowledgeBase) -> Iterator[tuple[Node, Link]]:
    here = kb.conclusions[node[0]]
    if here.layer not in WALKED:
        return
    pain = pain_sides_of(found.statuses, kb)
    for link in kb.links:
        if link.source == node[0] and not link.feedback:
            target, association = kb.conclusions[link.target], is_association(link, kb)
            if (association or target.inferred) and not may_step_on(here, association):
                continue
            yield from (((link.target, side), link) for side in arriving_sides(node, link, target, pain))


def _skips(nodes: tuple[Node, ...], target: Node, kb: KnowledgeBase) -> bool:
    """A past event must first leave something behind: it does not lead to a complaint or an overload at once."""
    origin = kb.conclusions[nodes[0][0]]
    past = len(nodes) == 1 and origin.layer == "origin" and not origin.modifiable
    return past and kb.conclusions[target[0]].layer not in ("impairment", "habit")


def _is_complaint(node: Node, found: Inference, kb: KnowledgeBase) -> bool:
    status = status_at(node, found)
    return kb.conclusions[node[0]].layer == "presentation" and status is not None and status.state == "supported"


def _entry(node: Node, start: Node, found: Inference, kb: KnowledgeBase) -> Cost:
    state = station(node, start, found, kb).state
    return (int(state in ("refuted", "claimed")), int(state == "open"), 0, 0, 0)


def _sum(one: Cost, other: Cost) -> Cost:
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3], one[4] + other[4])
