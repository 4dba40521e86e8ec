"""The plan: whether it may be given, the ladder back to each of the person's own activities, and the programmes beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.case import Case
from engine.origins import OWN
from engine.planned import Node, Plan, ProgrammePlan, Reason, Rung, TaskPlan
from engine.planning.gates import first_blocked, needs
from engine.planning.ladders import course, ladder_for
from engine.planning.pain import pain_choice
from engine.planning.programmes import programme_for
from engine.planning.rungs import held_back, rungs, start
from engine.planning.today import today
from engine.planning.wanted import Goal, demands_of
from engine.result import Caution, Claimed, Explanation
from engine.safety import Safety
from engine.valuation import Valuation
from knowledge.model import KnowledgeBase, Ladder, LadderStep


@dataclass(frozen=True, slots=True)
class Standing:
    """What a plan is made from: the answers as words, what was concluded, and what must not be strained or trained."""

    valuation: Valuation
    kb: KnowledgeBase
    leading: Explanation | None
    drivers: tuple[Node, ...]
    claimed: tuple[tuple[Node, Node], ...]
    cautions: Mapping[str, tuple[str, ...]]


def make_plan(
    case: Case, valuation: Valuation, kb: KnowledgeBase, outcome: str, safety: Safety, leading: Explanation | None,
    cover: Sequence[Explanation] = (), claimed: Sequence[Claimed] = (),
) -> Plan:
    """Ready when nothing holds it back; every reason that does is named, and nothing is invented without a goal.

    `cover` are the explanations that account for the complaints together; their drivers are trained as well.
    """
    listed = case.answer(OWN)
    goals = listed.items if listed else ()
    why = tuple(_withheld(safety, outcome, bool(goals)))
    if why:
        return Plan("withheld", why)
    led = [one for one in (leading, *cover) if one and one.driver]
    standing = Standing(
        valuation, kb, leading, tuple(dict.fromkeys(one.driver for one in led if one.driver)),
        tuple((one.node, one.by) for one in claimed), strains_withheld(safety.cautions),
    )
    return _ready(goals, standing)


def strains_withheld(cautions: Sequence[Caution]) -> Mapping[str, tuple[str, ...]]:
    """Each strain that must not be put on the person now, with the rules that say so."""
    strains = dict.fromkeys(strain for one in cautions for strain in one.withholds)
    return {strain: tuple(one.rule for one in cautions if strain in one.withholds) for strain in strains}


def _withheld(safety: Safety, outcome: str, goals: bool) -> Iterator[Reason]:
    for flag in safety.flags:
        if flag.urgency in ("emergency", "urgent"):
            yield Reason("referral", (("condition", flag.condition), ("rule", flag.rule)))
    yield from (Reason("out_of_scope", (("condition", flag.condition), ("rule", flag.rule))) for flag in safety.out_of_scope)
    yield from (Reason("open_red_flag", (("finding", name),)) for name in safety.open_questions)
    if outcome == "undetermined":
        yield Reason("undetermined")
    if not goals:
        yield Reason("no_goal")


def _ready(goals: Sequence[Goal], standing: Standing) -> Plan:
    kb = standing.kb
    tasks = [(goal, ladder) for goal in goals if (ladder := ladder_for(goal, kb.ladders))]
    without = tuple(str(goal.get("activity", "")) for goal in goals if not ladder_for(goal, kb.ladders))
    programmes = tuple(_programme(driver, standing) for driver in standing.drivers)
    first = programmes[0] if programmes and standing.leading and standing.leading.driver == programmes[0].driver else None
    return Plan(
        "ready", (), tuple(_task(goal, ladder, standing) for goal, ladder in tasks), without,
        first.driver[0] if first and first.state == "ready" else "", programmes, pain_choice(standing.leading, standing.valuation, kb),
    )


def _programme(driver: Node, standing: Standing) -> ProgrammePlan:
    return programme_for(driver, standing.claimed, standing.cautions, standing.valuation, standing.kb)


def _task(goal: Goal, ladder: Ladder, standing: Standing) -> TaskPlan:
    kb = standing.kb
    kind = str(goal.get("class") or ladder.activity)
    wanted = demands_of(goal, kind, kb.demands)
    now = today(goal, kind, standing.valuation, kb)
    path = course(ladder, wanted, kb.demands)
    waiting = needs(ladder.gate, standing.claimed, standing.valuation, kb)
    made = _closed(rungs(path, goal, wanted, now, kb.demands), ladder, not waiting, standing)
    details = tuple((name, f"{v:g}" if isinstance(v, float) else str(v)) for name, v in goal.items() if name != "activity")
    return TaskPlan(
        str(goal.get("activity", "")), ladder.id, made, not waiting, ladder.gate.says if ladder.gate else "", details,
        kind, wanted, now, start(made, now, kb.demands), waiting, path.added,
    )


def _closed(made: Sequence[tuple[int, LadderStep, Rung]], ladder: Ladder, is_open: bool, standing: Standing) -> tuple[Rung, ...]:
    """The rungs with what keeps each closed: the gate, and what it strains that must not be strained."""
    blocked = first_blocked([index for index, _, _ in made], ladder.gate, is_open)
    return tuple(
        replace(rung, blocked=rung.number >= blocked, held=held_back(step, standing.cautions))
        for _, step, rung in made
    )
