"""What was done and what to do: verdicts on what was tried, advice, and the plan back to the own activities."""

from __future__ import annotations

from engine.result import Advice, Tried
from knowledge.model import Rule
from reports.escaping import Code
from reports.parts.asking import withheld
from reports.parts.dossier import Dossier
from reports.parts.exposure import task_view
from reports.parts.training import programme_views, without_programme
from reports.phrases import say, word
from reports.view import AdviceView, CitedText, Cites, PlanView, TriedView


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
    """The plan with its ladders and programmes, or why it is withheld."""
    made = dossier.inference.plan
    ready = made.state == "ready"
    pain_rule = _pain_rule(dossier)  # what is read first is cited first
    tasks = tuple(task_view(task, dossier) for task in made.tasks)
    programmes = programme_views(dossier)
    leading = next((one for one in programmes if one.id == made.programme), None)
    return PlanView(
        state=Code(made.state), title=word("plan_states", made.state), why=() if ready else withheld(dossier), tasks=tasks,
        without_ladder=tuple(say("no_ladder", activity=activity) for activity in made.without_ladder),
        programme=leading, rules=_rules(dossier) if ready else (), pain_rule=pain_rule,
        pain_rule_why=say("pain_rule_why", says=made.pain.says) if made.pain else "",
        programmes=programmes, without_programme=without_programme(dossier),
    )


def _pain_rule(dossier: Dossier) -> CitedText | None:
    pain = dossier.inference.plan.pain
    told = next((one for one in dossier.kb.exposure_rules if pain and one.id == pain.rule), None)
    return CitedText(told.text, dossier.citations.cite(told.sources)) if told else None


def _rules(dossier: Dossier) -> tuple[CitedText, ...]:
    """The rules of every ladder; of the pain rules only that of this person, which the plan names by itself."""
    pain = {one.rule for one in dossier.kb.demands.pain_rules}
    return tuple(CitedText(rule.text, dossier.citations.cite(rule.sources)) for rule in dossier.kb.exposure_rules if rule.id not in pain)
