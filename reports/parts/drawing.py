"""What the picture of an explanation holds: its spine, the other steps of its cone, and how each stands."""

from __future__ import annotations

from engine.result import Explanation, Node, PathNode, Step
from knowledge.sides import BODY, BOTH
from reports.parts.dossier import Dossier
from reports.phrases import say, word
from reports.pictures.chain import Picture, draw
from reports.pictures.placing import Arrow, Station


def status_of(part: PathNode) -> str:
    """supported, inferred (no test can show it), or gap (not tested yet)."""
    return "inferred" if part.inferred else "gap" if part.gap else "supported"


def role(node: Node, one: Explanation) -> str:
    """What a node is to an explanation: its leading cause, its driver, or both."""
    told = (("cause", node == one.cause), ("driver", node == one.driver))
    return say("role", parts=[word("roles", name) for name, holds in told if holds])


def merged_steps(one: Explanation) -> tuple[Step, ...]:
    """The steps beside the spine; left and right as one where the spine speaks of both sides."""
    spine_nodes = {part.node for part in one.path}
    spine = {(here.node, there.node) for here, there in zip(one.path, one.path[1:], strict=False)}
    known = {node for step in one.steps for node in (step.source, step.target)}
    two_sided = any(side == BOTH for _, side in spine_nodes)

    def merged(node: Node) -> Node:
        both = (node[0], BOTH)
        twins = two_sided and {(node[0], side) for side in BODY} <= known
        return both if node[1] in BODY and node not in spine_nodes and (both in spine_nodes or twins) else node

    steps = dict.fromkeys(Step(merged(step.source), merged(step.target), step.how) for step in one.steps)
    return tuple(step for step in steps if (step.source, step.target) not in spine and step.source != step.target)


def picture(one: Explanation, dossier: Dossier) -> Picture | None:
    """The picture of an explanation; none when it is a single station."""
    beside = merged_steps(one)
    if len(one.path) + len(beside) < 2:
        return None
    on_spine = {part.node: status_of(part) for part in one.path}
    nodes = dict.fromkeys([*on_spine, *(node for step in beside for node in (step.source, step.target))])
    stations = [_station(node, on_spine.get(node, ""), one, dossier) for node in nodes]
    pairs = [(here.node, there.node) for here, there in zip(one.path, one.path[1:], strict=False)]
    arrows = [_arrow(source, target, _how(source, target, one), True, dossier) for source, target in pairs]
    arrows += [_arrow(step.source, step.target, step.how, False, dossier) for step in beside]
    line = say("arrow", parts=[dossier.names.node(part.node) for part in one.path])
    return draw(say("picture_title"), say("picture_description", line=line, beside=len(beside)), stations, arrows)


def _station(node: Node, status: str, one: Explanation, dossier: Dossier) -> Station:
    conclusion = dossier.kb.conclusions[node[0]]
    shown = status or _status_beside(node, dossier)
    note = say("note", side=dossier.names.side(node[1]), layer=word("layers", conclusion.layer))
    return Station(_key(node), conclusion.title, note, shown, word("statuses_short", shown), role(node, one), bool(status))


def _status_beside(node: Node, dossier: Dossier) -> str:
    if dossier.kb.conclusions[node[0]].inferred:
        return "inferred"
    states = {dossier.inference.statuses[own].state for own in dossier.names.sides_of(node)}
    return "supported" if "supported" in states else "gap"


def _arrow(source: Node, target: Node, how: str, spine: bool, dossier: Dossier) -> Arrow:
    link = dossier.link(source[0], target[0])
    grade, contested = (link.grade, link.contested) if link else ("", False)
    label = say("arrow_label", grade=grade, contested=contested, spine=spine)
    return Arrow(_key(source), _key(target), label, how, contested, spine)


def _how(source: Node, target: Node, one: Explanation) -> str:
    return next((step.how for step in one.steps if (step.source, step.target) == (source, target)), "step")


def _key(node: Node) -> str:
    return f"{node[0]}.{node[1]}"
