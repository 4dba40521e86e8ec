"""What was tried, what to do this week and after, and what is still to be told before there is a plan."""

from __future__ import annotations

from collections.abc import Iterable

from engine.planned import Node, PainChoice, ProgrammePlan, Rung, TaskPlan
from knowledge.model_guide import Lights
from reports.escaping import Code
from reports.guide.stations import place_of, plain_title
from reports.guide.view import Ask, Climb, Exercise, Light, Plan, Step, Texts, TriedLine
from reports.parts.dossier import Dossier
from reports.phrases import word
from reports.pictures.regions import NOWHERE


def tried(dossier: Dossier) -> tuple[TriedLine, ...]:
    """One kind sentence on each thing tried, the first reason that was found."""
    told: dict[str, TriedLine] = {}
    for one in dossier.inference.tried:
        rule = dossier.names.rule(one.rule)
        if rule and rule.plain:
            told.setdefault(one.finding, TriedLine(plain_title(one.finding, dossier), rule.plain))
    return tuple(told.values())


def plan(dossier: Dossier) -> Plan | None:
    """What to do; None while the plan is withheld, so that no exercise is ever shown then."""
    made = dossier.inference.plan
    if made.state != "ready" or dossier.state in ("stop", "empty"):
        return None
    climbs, lights = tuple(_climb(task, dossier) for task in made.tasks), _lights_of(made.pain, dossier)
    waits = any(step.waits for one in climbs for step in one.steps)
    says = {name: one.text for name, one in dossier.kb.guide.sentences.items()}
    return Plan(
        climbs=climbs, exercises=tuple(_exercises(made.programmes, dossier)), without=tuple(made.without_ladder),
        no_ladder=says["no_ladder"], often=says["often"], ladder=says["ladder"], waits=says["waits"] if waits else "",
        pain=lights.says if lights else "", lights=tuple(_lights(lights, made.pain)) if lights and made.pain else (),
        up=says["go_up"], stay=says["stay"], down=says["go_down"],
    )


def _climb(task: TaskPlan, dossier: Dossier) -> Climb:
    words = dossier.kb.guide.sentences
    steps = tuple(_step(rung, rung.number == task.start, rung is task.rungs[-1]) for rung in task.rungs)
    today = next((step for step in steps if step.today), None)
    return Climb(task.activity, steps, today, "" if today else words["all_held"].text)


def _step(rung: Rung, today: bool, last: bool) -> Step:
    return Step(rung.number, rung.task, rung.dose, today, bool(rung.blocked or rung.held), last)


def _exercises(made: Iterable[ProgrammePlan], dossier: Dossier) -> Iterable[Exercise]:
    """Today's step of each programme; where nothing is written, or nothing may be done yet, someone will show it."""
    known = {one.driver: one for one in dossier.kb.programmes}
    for one in made:
        if one.state == "ready" and one.start:
            programme = known[one.driver[0]]
            step = programme.steps[one.start - 1]
            yield Exercise(_trained(one.driver, dossier), step.plain or step.do, programme.plain or programme.dose)
        else:
            yield Exercise(_trained(one.driver, dossier), dossier.kb.guide.sentences["no_programme"].text, "")


def _trained(driver: Node, dossier: Dossier) -> str:
    """The place of what is trained; what has none by what is done about it."""
    known = dossier.kb.conclusions[driver[0]]
    return word("guide_trained", known.layer) if known.region == NOWHERE else place_of(driver, dossier)


def _lights_of(pain: PainChoice | None, dossier: Dossier) -> Lights | None:
    return next((one for one in dossier.kb.guide.pain if pain and one.rule == pain.rule), None)


def _lights(words: Lights, pain: PainChoice) -> Iterable[Light]:
    for colour in ("green", "amber", "red"):
        if text := str(getattr(words, colour)):
            yield Light(Code(colour), word("guide_lights", colour), text.format(free=f"{pain.free:g}", most=f"{pain.most:g}"))


def until(dossier: Dossier) -> Texts:
    """What may be done while there is no plan; nothing is said to someone of whom nothing is known."""
    waits = dossier.inference.plan.state != "ready" and dossier.state != "empty"
    return (dossier.kb.guide.sentences["stay_active"].text,) if waits else ()


def ask(dossier: Dossier) -> Ask | None:
    """The questions on serious conditions that are open, as they are asked."""
    questions = tuple(dict.fromkeys(_question(name, dossier) for name in dossier.inference.open_red_flags))
    return Ask(dossier.kb.guide.sentences["questions_first"].text, questions) if questions else None


def _question(name: str, dossier: Dossier) -> str:
    finding = dossier.kb.findings[name]
    return finding.plain or finding.ask or finding.title


def goal(dossier: Dossier) -> str:
    """Asks what the person wants to do again, when that is not known."""
    made = dossier.inference.plan
    unknown = any(reason.code == "no_goal" for reason in made.why)
    return dossier.kb.guide.sentences["no_goal"].text if unknown else ""
