"""Plan: what is proposed contradicts no veto and no caution, begins below the own activity and ends with it.

A ladder or programme does not say which strain it puts on a person, so cautions are held against proposed tests only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from random import Random

from engine.case import Answer, Case, Value
from engine.laws.law import Breach, Law, Thinker, Trial
from engine.laws.people import HERE, People, cleared
from engine.origins import OWN
from engine.planning.ladders import ladder_for
from engine.result import Inference, TaskPlan
from engine.safety import strained_tests
from knowledge.model import Finding, KnowledgeBase, Ladder
from knowledge.sides import BOTH, NONE, UNSTATED

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
OWN_LOADS: Mapping[str, str] = {"load": "kg"}
"""Dimensions of a rung that the person's own activity may give a number for, and the detail that gives it.

Not the duration: a first rung may well be half an hour of walking on the way back to a run of a quarter.
"""
LEAST_KG = 2


def _trial(_case: Case, people: People, chance: Random) -> Trial | None:
    listed = people.kb.findings.get(OWN)
    if not listed or not people.kb.ladders:
        return None
    goal = _goal(chance.choice(people.kb.ladders), listed, chance)
    return Trial("must-ask questions denied, an own activity named", lambda case: case, lambda case: _wanting(case, goal, people.kb))


def _goal(ladder: Ladder, listed: Finding, chance: Random) -> Answer:
    """An own activity for a ladder: in its words or, for a general one, of its class, with numbers of any size."""
    words: dict[str, Value] = {"activity": chance.choice(ladder.words) if ladder.words else "what I did before", "class": ladder.activity}
    numbers = {"psfs": float(chance.randint(0, 9)), "kg": float(chance.randint(LEAST_KG, 40)), "minutes": float(chance.randint(2, 120))}
    told = {name: value for name, value in numbers.items() if listed.detail(name) and (name == "psfs" or chance.random() < 0.7)}
    return Answer("listed", {}, HERE, ({**words, **told},))


def _wanting(case: Case, goal: Answer, kb: KnowledgeBase) -> Case:
    return cleared(case.with_answers({(OWN, NONE): goal}), kb)


def _check(thinker: Thinker, case: Case, _: Case) -> Iterator[Breach]:
    found = thinker.infer(case)
    yield from _strained(found, thinker.kb)
    if found.plan.state == "ready":
        yield from _against_a_veto(found)
        goals = case.answers[OWN, NONE].items if (OWN, NONE) in case.answers else ()
        for goal, task in zip([one for one in goals if ladder_for(one, thinker.kb.ladders)], found.plan.tasks, strict=False):
            yield from _of_ladder(goal, task, thinker.kb)


def _strained(found: Inference, kb: KnowledgeBase) -> Iterator[Breach]:
    """Tests that are proposed although a caution withholds what they strain."""
    proposed = [name for one in found.explanations for name in one.next_tests]
    proposed += [name for one in found.bystanders for name in one.next_tests]
    unsafe = strained_tests(found.cautions, kb)
    for name in dict.fromkeys([*proposed, *(one.finding for one in found.next_questions)]):
        if name in unsafe:
            rules = tuple(f"rule {one.rule}" for one in found.cautions if one.rule and set(one.withholds) & set(kb.findings[name].strain))
            yield Breach(f"{name} is proposed although a caution withholds it", rules, (name,))


def _against_a_veto(found: Inference) -> Iterator[Breach]:
    """A plan trains what is another conclusion's doing."""
    lead = found.leading
    driver = lead.driver if lead else None
    for one in found.claimed:
        same = driver and one.node[0] == driver[0] and one.node[1] in (driver[1], BOTH, UNSTATED)
        if same and lead and one.by[0] not in (lead.cause[0], *(part.node[0] for part in lead.path)):
            yield Breach(f"the plan trains {one.node[0]}, which is claimed by {one.by[0]}", (f"rule {one.rule}",))


def _of_ladder(goal: Mapping[str, Value], task: TaskPlan, kb: KnowledgeBase) -> Iterator[Breach]:
    ladder = next(one for one in kb.ladders if one.id == task.ladder)
    activity = str(goal.get("activity", ""))
    if not task.rungs or task.rungs[0].blocked:
        yield Breach(f"nobody can start ladder {ladder.id}: its first rung waits for a gate", (), (OWN,))
        return
    if not ladder.words and activity not in task.rungs[-1].task:
        yield Breach(f"the last rung of ladder {ladder.id} is not the person's own activity; write {{activity}} in it", (), (OWN,))
    for name, detail in OWN_LOADS.items():
        first, own = dict(task.rungs[0].dims).get(name, ""), goal.get(detail)
        if isinstance(own, float) and _NUMBER.fullmatch(first) and float(first) > own:
            yield Breach(f"ladder {ladder.id} begins with a {name} of {first}, above the {own:g} of the own activity", (), (OWN,))


PLAN = Law(
    "plan", "What is proposed contradicts no veto or caution; a ladder begins within the own activity and ends with it.", _trial, _check,
)
