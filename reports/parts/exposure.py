"""The ladder back to one own activity: what it asks for, where to start today, the rungs, and what keeps some closed."""

from __future__ import annotations

from collections.abc import Iterable

from engine.planned import Demand, Held, Need, Rung, TaskPlan
from reports.escaping import Code
from reports.parts.dossier import Dossier
from reports.phrases import say, word
from reports.view import DemandView, RungView, TaskView


def task_view(task: TaskPlan, dossier: Dossier) -> TaskView:
    """One own activity with its ladder."""
    ladder = next(one for one in dossier.kb.ladders if one.id == task.ladder)
    return TaskView(
        activity=task.activity, today=say("today", details=task.details), ladder=ladder.title, axis=_axis(ladder.axis, task, dossier),
        rungs=tuple(_rung(rung, rung.number == task.start, dossier) for rung in task.rungs), gate=_gate(task, dossier),
        gate_open=task.gate_open, passes=ladder.passes, regress=ladder.regress, grade=Code(ladder.grade),
        grade_meaning=dossier.grade_meaning(ladder.grade), cites=dossier.citations.cite(ladder.sources), start=task.start,
        demands=tuple(_demand(one, dossier) for one in task.demands), tolerance=_tolerance(task, dossier),
        needs=tuple(_need(one, dossier) for one in task.needs), held=_held_back(task, dossier),
    )


def _axis(axis: str, task: TaskPlan, dossier: Dossier) -> str:
    added = [dossier.kb.demands.dimensions[name].title for name in task.added]
    return say("axis_with", axis=axis, added=added) if added else axis


def _gate(task: TaskPlan, dossier: Dossier) -> str:
    """What the gate waits for; a capacity that belongs to a diagnosis is not to be trained."""
    owners = list(dict.fromkeys(one.claimed_by for one in task.needs if one.claimed_by))
    if owners:
        by = say("together", parts=[dossier.names.node(owner) for owner in owners])
        return dossier.kb.demands.claimed_gate.format(by=by)
    return task.gate_says


def _need(one: Need, dossier: Dossier) -> str:
    names = dossier.names
    wanted = [word("answers", each) for each in one.wanted]
    where = names.side(one.side)
    return say("need", title=names.finding(one.finding), side=where, shown=one.shown, wanted=wanted, known=one.known)


def _demand(one: Demand, dossier: Dossier) -> DemandView:
    dimension = dossier.kb.demands.dimensions[one.dimension]
    about = word("activities", one.about) if one.source == "kind" else one.about
    words = one.level.words if one.level else say("demand_unknown")
    return DemandView(dimension.title, words, say(f"demand_{one.source}", about=about))


def _tolerance(task: TaskPlan, dossier: Dossier) -> str:
    dimensions, rule = dossier.kb.demands.dimensions, dossier.kb.demands.tolerance
    cuts = [one.says for one in rule.cuts if one.id in task.today.cuts] if rule else []
    limits = [(dimensions[name].title, f"{most:.3g} {dimensions[name].unit}") for name, most in task.today.limits]
    return say("tolerance", share=task.today.share, limits=limits, cuts=cuts) if rule else ""


def _rung(rung: Rung, today: bool, dossier: Dossier) -> RungView:
    return RungView(
        rung.number, rung.task, rung.dose, say("dims", dims=rung.dims), rung.blocked, today, _changes(rung, dossier), rung.amounts,
        _held(rung.held),
    )


def _changes(rung: Rung, dossier: Dossier) -> str:
    """What a rung raises, in words, with its small steps."""
    dimensions, words = dossier.kb.demands.dimensions, dict(rung.dims)
    numbered = next((name for name in rung.changes if dimensions[name].unit), "")
    if len(rung.steps) > 1:
        words[numbered] = say("small_steps", numbers=[f"{one:g}" for one in rung.steps], unit=dimensions[numbered].unit)
    parts = [(dimensions[name].title, words[name]) for name in rung.changes]
    return say("raises", parts=parts, more=rung.amounts[0] if rung.amounts and not rung.steps else "")


def _held(held: Iterable[Held]) -> str:
    strains = [word("strains", one.strain) for one in held]
    return say("rung_held", strains=strains) if strains else ""


def _held_back(task: TaskPlan, dossier: Dossier) -> tuple[str, ...]:
    return held_lines([(rung.number, rung.held) for rung in task.rungs], dossier)


def held_lines(held: Iterable[tuple[int, tuple[Held, ...]]], dossier: Dossier) -> tuple[str, ...]:
    """Each reason why steps are held back, once, with the numbers of the steps and the strains."""
    reasons: dict[tuple[str, ...], tuple[dict[int, None], dict[str, None]]] = {}
    for number, why in held:
        for one in why:
            numbers, strains = reasons.setdefault(one.rules, ({}, {}))
            numbers[number], strains[word("strains", one.strain)] = None, None
    told = [(list(numbers), list(strains), because(rules, dossier)) for rules, (numbers, strains) in reasons.items()]
    return tuple(say("steps_held", numbers=numbers, strains=strains, why=why) for numbers, strains, why in told)


def because(rules: Iterable[str], dossier: Dossier) -> list[str]:
    """Why rules of caution hold something back; a pending referral has no rule."""
    told = {one.rule: one.because for one in dossier.inference.cautions}
    return [told.get(rule) or say("referral_pending") for rule in rules]
