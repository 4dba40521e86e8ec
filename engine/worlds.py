"""Answers of unstated side: the case was reasoned through as left and as right; here the two are brought together."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace

from engine.result import Bystander, Claimed, Explanation, Inference, Node, Status
from engine.twins import Relabel
from knowledge.sides import BODY, LEFT, RIGHT, UNSTATED, mirror


def better_world(left: Inference, right: Inference) -> Inference:
    """The world whose best explanation scores higher; on a tie, the sides that differ between the worlds are unstated.

    Which world a tie is told in must not depend on the names of the sides: it is the one in which more is present, and then
    the first in an order that knows only this side and the other.
    """
    scores = [max((one.score for one in world.explanations), default=0) for world in (left, right)]
    if scores[0] != scores[1]:
        return left if scores[0] > scores[1] else right
    keys = [_key(left.statuses, LEFT), _key(right.statuses, RIGHT)]
    told = _unstated(left, right, LEFT) if keys[0] <= keys[1] else _unstated(right, left, RIGHT)
    return _without_sides(told, left, right) if keys[0] == keys[1] else told


def _without_sides(told: Inference, left: Inference, right: Inference) -> Inference:
    """Where the worlds are each other's mirror image, an explanation or claim that only one of them has is on no side that is known."""
    there = {_nodes(one) for one in right.explanations}
    known = [_nodes(one) in there for one in left.explanations]
    claims = dict.fromkeys(one if one in right.claimed else _sideless_claim(one) for one in told.claimed)
    explained = tuple(one if both else _sideless(one) for one, both in zip(told.explanations, known, strict=True))
    return replace(told, explanations=explained, claimed=tuple(claims))


def _nodes(one: Explanation) -> tuple[Node, ...]:
    return tuple(part.node for part in one.path)


def _sideless(one: Explanation) -> Explanation:
    ends = [node for step in one.steps for node in (step.source, step.target)]
    every = {*_nodes(one), *ends, *(cause.node for cause in one.causes), one.cause, *((one.driver,) if one.driver else ())}
    return Relabel({node: (node[0], UNSTATED) for node in every if node[1] in BODY}).explanation(one)


def _sideless_claim(one: Claimed) -> Claimed:
    node, by = ((name, UNSTATED if side in BODY else side) for name, side in (one.node, one.by))
    return Claimed(node, by, one.rule)


def _key(statuses: Mapping[Node, Status], side: str) -> tuple[int, list[tuple[str, str, str, int]]]:
    seen = [(n, "this" if s == side else "other" if s in BODY else s, one.state, one.amount) for (n, s), one in statuses.items()]
    return -sum(one.state == "supported" for one in statuses.values()), sorted(seen)


def _unstated(kept: Inference, other: Inference, side: str) -> Inference:
    """The kept world, with every node that is true here of this side and there of the other as of unstated side."""
    moved = {n for n, s in kept.statuses if s == side and _same(kept, other, n, side) and _differs(kept, other, n, side)}
    here = Relabel({(name, side): (name, UNSTATED) for name in moved})
    relabel = Relabel({**here.names, **{node: (node[0], UNSTATED) for node in turned(_heads(kept), _heads(other))}})
    gone = {(name, mirror(side)) for name in moved}
    return replace(
        kept,
        explanations=tuple(relabel.explanation(one) for one in kept.explanations),
        statuses={here.node(n): replace(s, node=here.node(n)) for n, s in kept.statuses.items() if n not in gone},
        bystanders=tuple(Bystander(relabel.node(one.node), one.next_tests, one.timing) for one in kept.bystanders),
        claimed=tuple(_claim(one, relabel) for one in kept.claimed if one.node not in gone),
    )


def _claim(one: Claimed, relabel: Relabel) -> Claimed:
    """A claim by a conclusion of unstated side is about a node of unstated side, when both were on one side."""
    by = relabel.node(one.by)
    node = (one.node[0], UNSTATED) if by != one.by and one.node[1] == one.by[1] else relabel.node(one.node)
    return Claimed(node, by, one.rule)


def turned(here: Set[Node], there: Set[Node]) -> set[Node]:
    """Causes and drivers that the other world has on the other side and not on this one: their side depends on the untold one."""
    return {node for node in here if node[1] in BODY and node not in there and (node[0], mirror(node[1])) in there}


def _heads(world: Inference) -> set[Node]:
    return {node for one in world.explanations for node in (one.cause, one.driver) if node}


def _same(kept: Inference, other: Inference, name: str, side: str) -> bool:
    """What is true of this side here is true of the other side there."""
    return _state(kept, (name, side)) == _state(other, (name, mirror(side)))


def _differs(kept: Inference, other: Inference, name: str, side: str) -> bool:
    return _state(kept, (name, side)) != _state(other, (name, side))


def _state(world: Inference, node: Node) -> tuple[str, int]:
    return world.statuses[node].state, world.statuses[node].amount
