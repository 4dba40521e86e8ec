"""Twins: two explanations that are mirror images with the same score are one explanation about both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.result import Cause, Explanation, Node, PathNode, Step
from knowledge.sides import BODY, BOTH, mirror


def merge_twins(found: Sequence[Explanation]) -> tuple[Explanation, ...]:
    """The explanations with each pair of twins as one, in the place of the better-placed twin."""
    twins = {i: j for i, one in enumerate(found) for j in range(i + 1, len(found)) if _are_twins(one, found[j])}
    gone = set(twins.values())
    place = {old: new for new, old in enumerate(i for i in range(len(found)) if i not in gone)}
    kept = [(_both(one, found[twins[i]]) if i in twins else one) for i, one in enumerate(found) if i not in gone]
    return tuple(replace(one, part_of=place.get(one.part_of) if one.part_of is not None else None) for one in kept)


def _are_twins(one: Explanation, other: Explanation) -> bool:
    sided = one.cause[1] in BODY or (one.driver is not None and one.driver[1] in BODY)
    return sided and one.score == other.score and _mirror(one.cause) == other.cause and _nodes(one, True) == _nodes(other, False)


def _nodes(one: Explanation, mirrored: bool) -> list[Node]:
    return [_mirror(part.node) if mirrored else part.node for part in one.path]


def _mirror(node: Node) -> Node:
    return (node[0], mirror(node[1]))


def _both(one: Explanation, other: Explanation) -> Explanation:
    unsure = {node for node in (*_nodes(one, False),) if node in _nodes(other, False)}
    relabel = Relabel({node: (node[0], BOTH) for node in (*_nodes(one, False), *_causes(one)) if node[1] in BODY and node not in unsure})
    steps = tuple(sorted({*one.steps, *other.steps}, key=lambda step: (step.source, step.target, step.how)))
    return replace(relabel.explanation(one), steps=steps, rules=tuple(dict.fromkeys([*one.rules, *other.rules])))


def _causes(one: Explanation) -> tuple[Node, ...]:
    return (one.cause, *(cause.node for cause in one.causes), *((one.driver,) if one.driver else ()))


class Relabel:
    """Exchanging nodes in an explanation."""

    def __init__(self, names: dict[Node, Node]) -> None:
        self.names = names

    def node(self, node: Node) -> Node:
        """The node that stands for this one."""
        return self.names.get(node, node)

    def explanation(self, one: Explanation) -> Explanation:
        """The explanation with every node exchanged."""
        return replace(
            one, cause=self.node(one.cause), driver=self.node(one.driver) if one.driver else None,
            causes=tuple(Cause(self.node(c.node), c.timing, c.score) for c in one.causes),
            path=tuple(PathNode(self.node(p.node), p.gap, p.inferred) for p in one.path),
            steps=tuple(Step(self.node(s.source), self.node(s.target), s.how) for s in one.steps),
        )


