"""Unknown is not no: it closes no question, fires no rule, and changes no conclusion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from engine.case import Answer, Case, Key
from engine.conditions import instance_sides, sides_read
from engine.laws.law import Breach, Law, Thinker, Trial, adding
from engine.laws.orders import parts_that_differ
from engine.laws.people import People, both_sides, cleared, unknown_answer
from engine.laws.seen import breaches_between, fired
from engine.result import Inference
from engine.safety import must_be_asked
from knowledge.model import KnowledgeBase, Leaf, Rule
from knowledge.sides import UNSTATED

THERE = "when it is asked and not known"
TOLD_OF_ASKING = ("next_questions", "assumptions", "explanations", "bystanders", "trace")
"""Parts of an inference that also tell what was asked, or what to test next."""
AT_ONCE = 6
"""How many questions nobody asked are answered with unknown in one trial."""


def _trial(case: Case, people: People, chance: Random) -> Trial:
    luck = chance.random()
    if luck < 0.3 and (denied := _denied(case.answers, chance)):
        return adding("no, now unknown", denied)
    asked_of = sorted(key for key in cleared(case, people.kb).answers if people.kb.findings[key[0]].must_ask)
    if luck < 0.6 and asked_of:
        again = {chance.choice(asked_of): unknown_answer()}
        return adding("must-ask questions denied, one of them now unknown", again, lambda one: cleared(one, people.kb))
    answered = {name for name, _ in case.answers}
    silent = [one for one in people.kb.findings.values() if one.id not in answered and one.answer.form != "derived"]
    asked = chance.sample(silent, min(AT_ONCE, len(silent)))
    return adding("not asked, now unknown", {key: one for finding in asked for key, one in both_sides(finding, unknown_answer()).items()})


def _denied(answers: Mapping[Key, Answer], chance: Random) -> Mapping[Key, Answer]:
    """About half of the answers that are no, as unknown."""
    return {key: unknown_answer() for key, one in answers.items() if one.value == "no" and chance.random() < 0.5}


def _check(thinker: Thinker, before: Case, after: Case) -> Iterator[Breach]:
    now = thinker.infer(after)
    if not _replaces(before, after):
        yield from _changed(thinker.infer(before), now, thinker.kb)
    yield from _closed(thinker, after, now)
    yield from _needed(thinker, after, now)


def _changed(here: Inference, now: Inference, kb: KnowledgeBase) -> Iterator[Breach]:
    """Whatever is otherwise, apart from what tells that it was asked and what to ask next."""
    found = list(breaches_between(here, now, THERE, kb))
    yield from found or (Breach(f"{name} is another {THERE}") for name in parts_that_differ(here, now, TOLD_OF_ASKING))


def _replaces(before: Case, after: Case) -> bool:
    """Whether a known answer was taken back, which may well change what is concluded."""
    return any(answer.known and not after.answers[key].known for key, answer in before.answers.items())


def _closed(thinker: Thinker, after: Case, now: Inference) -> Iterator[Breach]:
    """Must-ask questions that count as answered although an answer is unknown."""
    for name in dict.fromkeys(name for (name, _), one in after.answers.items() if not one.known):
        who = thinker.kb.findings[name].must_ask
        if who and must_be_asked(who, after) and name not in now.open_red_flags:
            yield Breach(f"unknown closes the must-ask question {name}", (), (name,))
    if now.open_red_flags and now.plan.state == "ready":
        yield Breach("a plan is ready while a must-ask question is unknown", (), now.open_red_flags)


def _needed(thinker: Thinker, after: Case, now: Inference) -> Iterator[Breach]:
    """Rules that fired although something they need is asked and not known."""
    if any(side == UNSTATED for _, side in after.answers):
        return
    known = fired(now)
    for rule in thinker.kb.rules:
        for side in instance_sides(rule.when):
            if (rule.id, side) in known and (missing := _missing(rule, side, after, thinker.kb)):
                says = f"rule {rule.id} fires although {missing.subject} is unknown"
                yield Breach(says, (f"rule {rule.id} takes unknown for {' or '.join(missing.words)}",), (missing.subject,))


def _missing(rule: Rule, side: str, after: Case, kb: KnowledgeBase) -> Leaf | None:
    """The first thing the rule needs of a finding that is unknown wherever the rule looks; a derived one may follow from others."""
    for leaf in rule.when.all:
        asked = leaf.about == "finding" and not kb.findings[leaf.finding].derived
        answers = [after.answer(leaf.subject, one) for one in sides_read(leaf, side)] if asked else []
        if answers and all(one and not one.known for one in answers):
            return leaf
    return None


UNKNOWN_IS_NOT_NO = Law(
    "unknown", "Unknown is not no: it closes no question, stands for no answer, and changes nothing against not asking.", _trial, _check,
)
