"""What was done and what to do: verdicts on what was tried, advice, and the plan back to the own activities."""

from __future__ import annotations

from engine.result import Advice, Rung, TaskPlan, Tried
from knowledge.model import Rule
from reports.escaping import Code
from reports.parts.asking import titles, withheld
from reports.parts.dossier import Dossier
from reports.phrases import say, word
from reports.view import AdviceView, CitedText, Cites, DemandView, PlanView, ProgrammeView, RungView, TaskView, TriedView

START = 1
"""The rung to start on: the first."""


def tried(dossier: Dossier) -> tuple[TriedView, ...]:
    """Why each thing tried failed or was right, and what to do instead."""
    return tuple(_tried(one, dossier) for one in dossier.inference.tried)


def _tried(one: Tried, dossier: Dossier) -> TriedView:
    verdict = dossier.kb.wording.verdicts.get(one.verdict, one.verdict)
    ground = dossier.ground(one.rule, one.because)
    title = dossier.names.finding(one.finding)
    return TriedView(title, Code(one.verdict), verdict, ground, one.instead, _studies_against(one.rule, dossier))


def advice(dossier: Dossier) -> tuple[AdviceView, ...]:
    """What to do, by topic."""
    return tuple(_advice(one, dossier) for one in dossier.inference.advice)


def _advice(one: Advice, dossier: Dossier) -> AdviceView:
    ground = dossier.ground(one.rule, one.because)
    return AdviceView(dossier.names.rule_title(one.rule), one.instead, ground, _studies_against(one.rule, dossier))


def _studies_against(name: str, dossier: Dossier) -> Cites:
    rule: Rule | None = dossier.names.rule(name)
    return dossier.citations.cite(rule.against if rule else ())


def plan(dossier: Dossier) -> PlanView:
    """The plan with its ladders, or why it is withheld."""
    made = dossier.inference.plan
    ready = made.state == "ready"
    return PlanView(
        state=Code(made.state), title=word("plan_states", made.state), why=() if ready else withheld(dossier),
        tasks=tuple(_task(task, dossier) for task in made.tasks),
        without_ladder=tuple(say("no_ladder", activity=activity) for activity in made.without_ladder),
        programme=_programme(made.programme, dossier), rules=_rules(dossier) if ready else (),
    )


def _task(task: TaskPlan, dossier: Dossier) -> TaskView:
    ladder = next(one for one in dossier.kb.ladders if one.id == task.ladder)
    return TaskView(
        activity=task.activity, today=say("today", details=task.details), ladder=ladder.title, axis=ladder.axis,
        rungs=tuple(_rung(rung, rung.number == START) for rung in task.rungs), gate=task.gate_says, gate_open=task.gate_open, passes=ladder.passes,
        regress=ladder.regress, grade=Code(ladder.grade), grade_meaning=dossier.grade_meaning(ladder.grade),
        cites=dossier.citations.cite(ladder.sources), start=START, demands=_told(task),
    )


def _told(task: TaskPlan) -> tuple[DemandView, ...]:
    """What the person said that the activity asks for."""
    numbers = [(name, value) for name, value in task.details if name not in ("class", "psfs")]
    return tuple(DemandView(word("demand_names", n), say("goal_number", name=n, value=v), word("demand_sources", "told")) for n, v in numbers)


def _rung(rung: Rung, today: bool) -> RungView:
    dims = say("dims", dims=rung.dims)
    return RungView(rung.number, rung.task, rung.dose, dims, rung.blocked, today, dims)


def _programme(driver: str, dossier: Dossier) -> ProgrammeView | None:
    one = next((known for known in dossier.kb.programmes if known.driver == driver), None)
    if one is None:
        return None
    return ProgrammeView(
        driver=dossier.names.conclusion(driver), steps=one.steps, dose=one.dose, goal=one.goal,
        retest=say("listed", parts=titles(one.retest, dossier)), grade=Code(one.grade), grade_meaning=dossier.grade_meaning(one.grade),
        cites=dossier.citations.cite(one.sources),
    )


def _rules(dossier: Dossier) -> tuple[CitedText, ...]:
    return tuple(CitedText(rule.text, dossier.citations.cite(rule.sources)) for rule in dossier.kb.exposure_rules)
