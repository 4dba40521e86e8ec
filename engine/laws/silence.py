"""Silence: from nothing nothing is concluded, and what is asked first is the complaint."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from engine.case import Case
from engine.laws.law import Breach, Law, Thinker, Trial, adding
from engine.laws.people import People, both_sides, unknown_answer
from engine.laws.seen import fired, subjects_of
from engine.result import Inference
from knowledge.sides import NONE

EMPTY = Case("empty", {})


def _trial(_case: Case, people: People, _chance: Random) -> Trial:
    asked = [one for one in people.kb.findings.values() if one.answer.form != "derived"]
    everything = {key: answer for one in asked for key, answer in both_sides(one, unknown_answer()).items()}
    return adding("every question answered with unknown", everything)


def _check(thinker: Thinker, before: Case, after: Case) -> Iterator[Breach]:
    empty, unknown = thinker.infer(before), thinker.infer(after)
    if not before.answers:
        yield from _concludes("an empty case", empty, thinker)
        yield from _asks(empty)
    yield from _concludes("a case of unknown answers only", unknown, thinker)
    closed = [name for name in empty.open_red_flags if name not in unknown.open_red_flags]
    yield from (Breach(f"unknown closes the must-ask question {name}", (), (name,)) for name in closed)


def _concludes(about: str, found: Inference, thinker: Thinker) -> Iterator[Breach]:
    """Everything concluded, though nothing is known."""
    rules = sorted({name.partition("/")[0] for name, _ in fired(found)} & {rule.id for rule in thinker.kb.rules})
    told = tuple(f"rule {name} fires on nothing" for name in rules)
    said = [f"{node}{'' if side == NONE else '.' + side} is {status.state}" for (node, side), status in found.statuses.items()
            if status.state != "open"]
    said += [f"{flag.condition} is flagged" for flag in found.red_flags]
    said += [f"the person is out of scope by {one.rule}" for one in found.out_of_scope]
    said += [f"the outcome is {found.outcome}"] if found.outcome != "undetermined" else []
    said += [f"{one.cause[0]} explains the pain" for one in found.explanations]
    said += [f"{name} advises" for name in (*(one.rule for one in found.advice), *(one.rule for one in found.tried))]
    said += ["a plan is ready"] if found.plan.state == "ready" else []
    yield from (Breach(f"of {about}: {one}", told, subjects_of(rules, thinker.kb)) for one in said)


def _asks(found: Inference) -> Iterator[Breach]:
    codes = {one.why.code for one in found.next_questions}
    if codes != {"complaint"}:
        yield Breach("an empty case does not ask for the complaint; give the stage 'complaint' of strategy.yaml its findings")


SILENCE = Law(
    "silence", "An empty case concludes nothing and asks for the complaint; unknown answers conclude nothing either.", _trial, _check, True,
)
