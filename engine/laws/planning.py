"""Plan: what is proposed contradicts no veto and no caution, begins below the own activity and ends with it.

Steps of ladders and programmes say which strain they put on a person; cautions are held against them as against proposed tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from engine.case import Answer, Case, Value
from engine.laws.law import Breach, Law, Thinker, Trial
from engine.laws.people import HERE, People, cleared
from engine.origins import OWN
from engine.plan import strains_withheld
from engine.planned import Plan, TaskPlan
from engine.planning.lawful import faults
from engine.result import Inference
from engine.safety import strained_tests
from knowledge.model import Finding, KnowledgeBase, Ladder
from knowledge.sides import BOTH, NONE, UNSTATED

LEAST_KG = 2
SAYS: Mapping[str, str] = {
    "empty": "it has no step", "lower_half_blocked": "the lower half waits for a gate", "gate_without_a_name": "a gate waits for nothing",
    "no_start": "nobody can start", "starts_on_a_closed_rung": "it is begun on although it is closed",
    "begins_beyond_today": "{about} begins above what is possible today; begin with its first level",
    "starts_beyond_today": "{about} is begun above what is possible today",
    "ends_elsewhere": "it is not the person's own activity; write {{activity}} in it",
    "ends_short": "it falls short in {about}",
    "falls": "{about} falls", "several_at_once": "{about} rises together with something else",
    "jumps": "{about} rises by more than the stated step",
}
"""What each fault of a made ladder is called."""


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
        yield from _held(found.plan, strains_withheld(found.cautions), thinker.kb)
        for task in found.plan.tasks:
            yield from _of_ladder(task, thinker.kb)


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


def _of_ladder(task: TaskPlan, kb: KnowledgeBase) -> Iterator[Breach]:
    for code, number, about in faults(task, kb.demands):
        yield Breach(f"ladder {task.ladder}{f', step {number}' if number else ''}: {SAYS[code].format(about=about)}", (), (OWN,))


def _held(plan: Plan, unsafe: Mapping[str, tuple[str, ...]], kb: KnowledgeBase) -> Iterator[Breach]:
    """Steps of a programme that are to be done although a caution withholds what they strain."""
    steps = {one.driver: one.steps for one in kb.programmes}
    for one in plan.programmes:
        shut = {number for number, _ in one.held}
        for number, step in enumerate(steps.get(one.driver[0], ()), start=1):
            if set(step.strain) & set(unsafe) and (number not in shut or number == one.start):
                yield Breach(f"the programme for {one.driver[0]} has step {number}, which a caution withholds", (), ())


PLAN = Law(
    "plan", "What is proposed contradicts no veto or caution; a ladder begins within the own activity and ends with it.", _trial, _check,
)
