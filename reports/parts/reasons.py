"""The three reasons why back exercises fail, answered for this person: the cause, the habit, the way back."""

from __future__ import annotations

from collections.abc import Iterable

from engine.result import Explanation, Node
from reports.escaping import Code
from reports.parts.asking import withheld
from reports.parts.chain import found, in_one_line
from reports.parts.dossier import Dossier
from reports.parts.head import open_sentence
from reports.phrases import say, word
from reports.view import ReasonView

FEW = 1
"""How many answers a summary names."""


def reasons(dossier: Dossier) -> tuple[ReasonView, ...]:
    """All three, in their order; nothing while nothing is known."""
    if dossier.state == "empty":
        return ()
    return (_cause(dossier), _habit(dossier), _exposure(dossier))


def _cause(dossier: Dossier) -> ReasonView:
    leading = None if dossier.guess else dossier.inference.leading
    if leading is None:
        lines = tuple(in_one_line(one, dossier) for one in dossier.nearest)
        return ReasonView(1, word("reasons", "cause"), Code("open"), open_sentence(dossier), lines)
    return ReasonView(1, word("reasons", "cause"), Code("yes"), say("cause_sentence"), tuple(_named(leading, dossier)))


def _named(one: Explanation, dossier: Dossier) -> Iterable[str]:
    """The driver and the cause, each with the adverb of its claim, and the way between them."""
    levels = dossier.kb.wording.levels
    if one.driver is None or (one.origin_claim and one.cause != one.driver):
        yield say("named_cause", title=dossier.names.node(one.cause), adverb=levels[one.origin_claim or one.claim]["adverb"])
    if one.driver:
        yield say("named_driver", title=dossier.names.node(one.driver), adverb=levels[one.claim]["adverb"])
    if len(one.path) > 1:
        yield say("named_chain", line=in_one_line(one, dossier))


def _habit(dossier: Dossier) -> ReasonView:
    habits = habits_of(dossier.inference.explanations[0], dossier) if dossier.inference.explanations else ()
    items = [say("habit", title=dossier.names.node(node), found=_how_found(node, dossier)) for node in habits]
    sentence = say("habit_sentence", count=len(habits), state=dossier.state)
    return ReasonView(2, word("reasons", "habit"), Code("yes" if habits else "open"), sentence, tuple(items))


def habits_of(one: Explanation, dossier: Dossier) -> tuple[Node, ...]:
    """The habits that were found on the way of an explanation, those of its spine first."""
    nodes = [part.node for part in one.path] + [node for step in one.steps for node in (step.source, step.target)]
    return tuple(node for node in dict.fromkeys(nodes) if _is_found_habit(node, dossier))


def _is_found_habit(node: Node, dossier: Dossier) -> bool:
    statuses = [dossier.inference.statuses[own].state for own in dossier.names.sides_of(node)]
    return dossier.kb.conclusions[node[0]].layer == "habit" and "supported" in statuses


def _how_found(node: Node, dossier: Dossier) -> str:
    """The first answers that speak for it; the table of the chain has all of them."""
    answers = list(dict.fromkeys(text for one in found(node, True, dossier) for text in one.answers))
    return say("found_by", answers=answers[:FEW], more=len(answers) - FEW)


def _exposure(dossier: Dossier) -> ReasonView:
    plan = dossier.inference.plan
    if plan.state != "ready":
        return ReasonView(3, word("reasons", "exposure"), Code("no"), say("exposure_withheld"), withheld(dossier))
    ladders = {one.id: one for one in dossier.kb.ladders}
    items = [say("way_back", activity=task.activity, ladder=ladders[task.ladder].title, rungs=len(task.rungs)) for task in plan.tasks]
    items += [say("no_ladder", activity=activity) for activity in plan.without_ladder]
    return ReasonView(3, word("reasons", "exposure"), Code("yes"), say("exposure_ready", count=len(plan.tasks)), tuple(items))
