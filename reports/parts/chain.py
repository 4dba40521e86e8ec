"""The leading or nearest explanation, station by station: how each was found, and the link that leads on."""

from __future__ import annotations

from collections.abc import Iterable

from engine.arguing.links import tried_steps
from engine.result import Against, Explanation, Node, PathNode, Step
from knowledge.model import Link
from reports.escaping import Code
from reports.parts.dossier import Dossier
from reports.parts.drawing import merged_steps, picture, rivals_of, role, status_of
from reports.phrases import say, word
from reports.view import ChainView, FoundView, LinkView, NodeView


def chain(dossier: Dossier) -> ChainView | None:
    """The explanation that leads, or else the nearest; nothing when there is none."""
    if not dossier.inference.explanations:
        return None
    one = dossier.inference.explanations[0]
    return ChainView(
        title=say("chain_title", state=dossier.state, kind=one.kind),
        caption=say("chain_caption", state=dossier.state, stations=len(one.path)),
        stations=tuple(_station(index, one, dossier) for index in range(len(one.path))),
        branches=tuple(_branches(one, dossier)), causes=tuple(_causes(one, dossier)),
        against=against(one.against, dossier), in_one_line=in_one_line(one, dossier),
        picture=picture(one, dossier, rivals_of(one, dossier)),
    )


def in_one_line(one: Explanation, dossier: Dossier) -> str:
    """The spine with arrows, what bridges a gap marked as such."""
    return say("arrow", parts=[_stop(part, dossier) for part in one.path])


def _stop(part: PathNode, dossier: Dossier) -> str:
    return say("stop", title=dossier.names.node(part.node), status=status_of(part))


def _station(index: int, one: Explanation, dossier: Dossier) -> NodeView:
    part = one.path[index]
    conclusion = dossier.kb.conclusions[part.node[0]]
    status = status_of(part)
    return NodeView(
        id=Code(part.node[0]), title=conclusion.title, side=dossier.names.side(part.node[1]), layer=Code(conclusion.layer),
        layer_word=word("layers", conclusion.layer), status=Code(status), status_word=word("statuses", status),
        role=role(part.node, one), found=found(part.node, True, dossier),
        speaks_against=found(part.node, False, dossier), onward=_onward(index, one, dossier),
    )


def found(node: Node, speaks_for: bool, dossier: Dossier) -> tuple[FoundView, ...]:
    """The answers that speak for a conclusion, or those against it, with their rules."""
    out = []
    for own in dossier.names.sides_of(node):
        for piece in dossier.inference.statuses[own].pieces:
            positive = piece.kind == "shows" or (piece.kind == "supports" and piece.amount > 0)
            if positive == speaks_for:
                values = dossier.names.behind(piece, own)
                rule = dossier.names.rule(piece.rule)
                out.append(FoundView(values, Code(piece.rule), rule.because if rule else ""))
    return tuple(dict.fromkeys(out))


def _onward(index: int, one: Explanation, dossier: Dossier) -> LinkView | None:
    if index + 1 >= len(one.path):
        return None
    here, there = one.path[index], one.path[index + 1]
    how = next((step.how for step in one.steps if (step.source, step.target) == (here.node, there.node)), "")
    gap = "gap" in (status_of(here), status_of(there))
    return link_view(Step(here.node, there.node, how or ("gap" if gap else "step")), one, dossier)


def link_view(step: Step, one: Explanation, dossier: Dossier) -> LinkView | None:
    """A link between two conclusions of this person, and what a change at the bedside did to it."""
    source, target, how = step.source, step.target, step.how
    link = dossier.link(source[0], target[0])
    if link is None:
        return None
    names, tried = dossier.names, tried_steps(one, dossier.inference, dossier.kb).get((source, target), "")
    return LinkView(
        source=names.node(source), target=names.node(target), how=Code(how), how_word=say("link_stands", how=how, tried=tried),
        tried=Code(tried), activities=_activities(link),
        grade=Code(link.grade), grade_meaning=dossier.grade_meaning(link.grade), mechanism=link.mechanism,
        cites=dossier.citations.cite(link.sources), contested=link.contested, against=dossier.citations.cite(link.against),
    )


def _activities(link: Link) -> str:
    return say("listed", parts=[word("activities", one) for one in link.activities])


def _branches(one: Explanation, dossier: Dossier) -> Iterable[LinkView]:
    for step in merged_steps(one):
        view = link_view(step, one, dossier)
        if view:
            yield view


def _causes(one: Explanation, dossier: Dossier) -> Iterable[str]:
    """The causes of the driver, best first; a single one only where it has a place in time, for the stations name it already."""
    for cause in one.causes if len(one.causes) > 1 or any(each.timing for each in one.causes) else ():
        yield say("cause", title=dossier.names.node(cause.node), timing=word("timings", cause.timing), score=cause.score)


def against(speaking: Iterable[Against], dossier: Dossier) -> tuple[str, ...]:
    """What speaks against an explanation, as sentences."""
    return tuple(dict.fromkeys(_against(one, dossier) for one in speaking))


def _against(one: Against, dossier: Dossier) -> str:
    about = dossier.names.about(one.about)
    if one.kind == "study":
        cites = dossier.citations.cite([one.ref])
        return say("against_study", about=about, number=cites[0].number, title=cites[0].title)
    if one.kind == "bedside":
        return say("against_bedside", about=about)
    return say("against_finding", about=about, rule=one.ref, title=dossier.names.rule_title(one.ref))
