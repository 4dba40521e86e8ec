"""What the picture of an explanation holds: its spine, the other steps of its cone, and how each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from engine.result import Explanation, Node, PathNode, Step
from knowledge.sides import BODY, BOTH
from reports.escaping import Code
from reports.parts.dossier import Dossier
from reports.phrases import say, word
from reports.pictures.chain import Picture, draw
from reports.pictures.placing import Arrow, Station

LETTERS = "ABCDEFGH"
WIDEST = 800.0
"""How wide a picture may be to be read on A4."""
NOBODY: Mapping[str, Explanation] = MappingProxyType({})


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


def picture(one: Explanation, dossier: Dossier, rivals: Mapping[str, Explanation] = NOBODY, id: str = "picture") -> Picture | None:
    """The picture of an explanation, with as many of its rivals as leave it readable; none when it is a single station."""
    if len(one.path) + len(merged_steps(one)) < 2:
        return None
    told = (_with_rivals(one, dict([*rivals.items()][:count]), dossier, id) for count in range(len(rivals), 0, -1))
    return next((drawn for drawn in told if drawn.width <= WIDEST), None) or _with_rivals(one, {}, dossier, id)


def rivals_of(one: Explanation, dossier: Dossier) -> Mapping[str, Explanation]:
    """The nearest rivals that treat something else and lead to a complaint of the same picture, by the letters they have everywhere."""
    shown = {part.node for part in one.path} | {node for step in one.steps for node in (step.source, step.target)}
    lettered = zip(LETTERS[1:], others_than(one, dossier), strict=False)
    return {letter: other for letter, other in lettered if len(other.path) > 1 and other.path[-1].node in shown}


def others_than(one: Explanation, dossier: Dossier) -> tuple[Explanation, ...]:
    """The nearest explanations that would treat something else, best first: B, C and so on in every picture."""
    return tuple(other for other in dossier.nearest if other is not one and (other.driver or other.cause) != (one.driver or one.cause))


def _with_rivals(one: Explanation, rivals: Mapping[str, Explanation], dossier: Dossier, id: str) -> Picture:
    beside = merged_steps(one)
    on_spine = {part.node: status_of(part) for part in one.path}
    known = dict.fromkeys([*on_spine, *(node for step in beside for node in (step.source, step.target))])
    passed = {part.node: status_of(part) for other in rivals.values() for part in other.path if part.node not in known}
    stations = [_station(node, on_spine.get(node, ""), one, rivals, dossier) for node in known]
    stations += [_rival_station(node, status, rivals, dossier) for node, status in passed.items()]
    arrows = [_arrow(source, target, _how(source, target, one), True, dossier) for source, target in _pairs(one)]
    arrows += [_arrow(step.source, step.target, step.how, False, dossier) for step in beside]
    drawn = {(arrow.source, arrow.target) for arrow in arrows}
    taken = dict.fromkeys((source, target, _how(source, target, other)) for other in rivals.values() for source, target in _pairs(other))
    arrows += [replace(_arrow(source, target, how, False, dossier), rival=True) for source, target, how in taken
               if (_key(source), _key(target)) not in drawn]
    line = say("arrow", parts=[dossier.names.node(part.node) for part in one.path])
    told = tuple(say("picture_rival", letter=letter, title=_treated(other, dossier)) for letter, other in rivals.items())
    description = say("picture_description", line=line, beside=len(beside), rivals=told)
    return replace(draw(say("picture_title"), description, stations, arrows), rivals=told, id=Code(id))


def _pairs(one: Explanation) -> list[tuple[Node, Node]]:
    return [(here.node, there.node) for here, there in pairwise(one.path)]


def _treated(one: Explanation, dossier: Dossier) -> str:
    return dossier.names.node(one.driver or one.cause)


def _station(node: Node, status: str, one: Explanation, rivals: Mapping[str, Explanation], dossier: Dossier) -> Station:
    conclusion = dossier.kb.conclusions[node[0]]
    shown = status or _status_beside(node, dossier)
    note = say("note", side=dossier.names.side(node[1]), layer=word("layers", conclusion.layer))
    told = role(node, one) or _rival_role(node, rivals)
    return _named(Station(_key(node), conclusion.title, note, shown, word("statuses_short", shown), told, bool(status)))


def _rival_station(node: Node, status: str, rivals: Mapping[str, Explanation], dossier: Dossier) -> Station:
    """A station that only rivals pass, with their letters."""
    conclusion = dossier.kb.conclusions[node[0]]
    note = say("note", side=dossier.names.side(node[1]), layer=word("layers", conclusion.layer))
    passing = "".join(letter for letter, other in rivals.items() if node in {part.node for part in other.path})
    told = _rival_role(node, rivals) or say("picture_passes", letters=passing)
    return _named(Station(_key(node), conclusion.title, note, status, word("statuses_short", status), told, False, passing))


def _rival_role(node: Node, rivals: Mapping[str, Explanation]) -> str:
    letters = "".join(letter for letter, other in rivals.items() if node == (other.driver or other.cause))
    return say("picture_treats", letters=letters) if letters else ""


def _named(one: Station) -> Station:
    """With everything its box says in one sentence."""
    status = one.status_word if one.status != "supported" else word("statuses_short", "supported")
    return replace(one, aria=say("picture_aria", title=one.title, notes=[text for text in (one.note, status, one.role) if text]))


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
