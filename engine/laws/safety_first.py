"""Safety: no plan past an open question or a referral, and no answer to another question takes a red flag away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from engine.case import Answer, Case, Key
from engine.laws.law import Breach, Law, Thinker, Trial, adding
from engine.laws.people import People, both_sides, random_answer
from engine.result import Flag, Inference
from engine.safety import must_be_asked
from knowledge.model import URGENCIES, KnowledgeBase, Rule
from knowledge.sides import UNSTATED

RISING = ("none", *reversed(URGENCIES))
STOPS = ("emergency", "urgent")
AT_ONCE = 4
"""How many more questions are answered in one trial."""


def _trial(_case: Case, people: People, chance: Random) -> Trial:
    flagging = [rule for rule in people.kb.rules_of("flags") if rule.fires and rule.quiet]
    held_back = [rule for rule in flagging if rule.when.none]
    luck = chance.random()
    if flagging and luck < 0.5:
        return _near_a_flag(chance.choice(held_back if held_back and luck < 0.3 else flagging), people, chance)
    free = [one for one in people.kb.findings.values() if one.answer.form != "derived"]
    chosen = chance.sample(free, min(AT_ONCE, len(free)))
    return _adding_unanswered("more questions answered", {
        key: one for finding in chosen for key, one in both_sides(finding, random_answer(finding, chance)).items()}, {})


def _near_a_flag(rule: Rule, people: People, chance: Random) -> Trial:
    """A person on whom a flag fires is asked what the rule's own quiet examples answer besides."""
    fires = people.example(rule, chance)
    quiet = max((people.read(one, rule) for one in rule.quiet), key=lambda answers: len({*answers} - {*fires}))
    return _adding_unanswered(f"more answers to a person with the red flag of {rule.id}", quiet, fires)


def _adding_unanswered(said: str, more: Mapping[Key, Answer], first: Mapping[Key, Answer]) -> Trial:
    """A trial that answers only what nobody has answered on any side: a red-flag answer may be corrected, not outvoted."""
    trial = adding(said, more, lambda case: case.with_answers(first))
    return _careful(trial)


def _careful(trial: Trial) -> Trial:
    def change(case: Case) -> Case:
        answered = {name for name, _ in case.answers}
        return case.with_answers({key: one for key, one in trial.change(case).answers.items() if key[0] not in answered})

    return Trial(trial.said, change, trial.ready, tuple(map(_careful, trial.smaller)))


def _check(thinker: Thinker, before: Case, after: Case) -> Iterator[Breach]:
    here, now = thinker.infer(before), thinker.infer(after)
    for case, found in ((before, here), (after, now)):
        yield from _held_back(case, found, thinker.kb)
    added = tuple(dict.fromkeys(name for name, side in after.answers if (name, side) not in before.answers))
    yield from _taken_away(here, now, added)


def _held_back(case: Case, found: Inference, kb: KnowledgeBase) -> Iterator[Breach]:
    """A plan, or an outcome that is no referral, where safety should stand in the way."""
    stopping = [flag for flag in found.red_flags if flag.urgency in STOPS]
    unasked = [one.id for one in kb.findings.values() if one.must_ask and must_be_asked(one.must_ask, case) and not _known(case, one.id)]
    if found.plan.state == "ready":
        yield from (Breach(f"a plan is ready while the must-ask question {name} is open", (), (name,)) for name in unasked)
        yield from (Breach(f"a plan is ready for a person out of scope: {one.rule}", (one.rule,)) for one in found.out_of_scope)
        yield from (Breach(f"a plan is ready although {one.rule} flags {one.condition}", (f"rule {one.rule}",)) for one in stopping)
    if stopping and found.outcome != "referral":
        yield Breach(f"{stopping[0].rule} flags {stopping[0].condition} and the outcome is {found.outcome}", (f"rule {stopping[0].rule}",))
    untold = [name for name in unasked if name not in found.open_red_flags]
    yield from (Breach(f"the must-ask question {name} is not told as open", (), (name,)) for name in untold)


def _known(case: Case, name: str) -> bool:
    told = [answer.known for (one, _), answer in case.answers.items() if one == name]
    return bool(told) and all(told)


def _taken_away(here: Inference, now: Inference, added: tuple[str, ...]) -> Iterator[Breach]:
    still = {_named(flag) for flag in now.red_flags} | {(flag.rule, UNSTATED) for flag in now.red_flags}
    for flag in here.red_flags:  # one whose side was not told may come to stand on a side
        if _named(flag) not in still:
            says = f"the red flag {flag.condition} goes away when something else is answered: {', '.join(added)}"
            yield Breach(says, (f"rule {flag.rule} is silenced",), added)
    if RISING.index(now.urgency) < RISING.index(here.urgency):
        lost = sorted({flag.rule for flag in here.red_flags if _named(flag) not in still})
        yield Breach(f"the urgency falls from {here.urgency} to {now.urgency}", tuple(f"rule {name} is silenced" for name in lost), added)


def _named(flag: Flag) -> tuple[str, str]:
    return flag.rule, flag.side


SAFETY = Law(
    "safety", "No plan while a must-ask red flag is open; one that fires refers; no answer to another question takes it away.",
    _trial, _check,
)
