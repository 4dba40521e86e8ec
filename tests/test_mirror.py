"""The laws of any knowledge base, on random people for the shipped one.

Random people answer what makes chains of rules fire, and other things besides; a failure is told with the fewest answers. The laws
themselves, and faults that break them, are tested in test_laws.py; `backcause kb laws` tries them on the shipped cases too.
"""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.case_writing import case_text
from engine.case import Case
from engine.laws import LAWS, Law, Verdict, random_people, smallest
from engine.laws.silence import EMPTY
from engine.laws.trying import Remembering
from engine.result import Inference
from knowledge.model import Leaf, Rule
from reports.laws_text import laws_text
from tests.budget import examples
from tests.random_people import knowledge, people, random_person
from tests.shipped import reasoner

SEEDS = st.integers(0, 2**40)
BY_ID = {law.id: law for law in LAWS}
OF_PEOPLE = [pytest.param(law, id=law.sentence) for law in LAWS if not law.once]


def hold(law: Law, case: Case, chance: Random) -> None:
    """The law on the case; when it is broken, fail with the smallest case that breaks it."""
    trial, thinker = law.trial(case, people(), chance), Remembering(reasoner())
    if trial and law.breaches(thinker, case, trial):
        broken = smallest(law, thinker, case, trial)
        raise AssertionError(laws_text([Verdict(law, 1, 1, broken)], case_text))


@pytest.mark.parametrize("law", OF_PEOPLE)
@given(SEEDS)
@examples(10)
def test_holds_on_random_people(law: Law, seed: int) -> None:
    chance = Random(seed)
    hold(law, random_person(chance), chance)


@pytest.mark.parametrize("law", OF_PEOPLE)
@given(SEEDS)
@examples(5)
def test_holds_also_where_a_side_was_not_told(law: Law, seed: int) -> None:
    chance = Random(seed)
    hold(law, random_person(chance, told_sides=False), chance)


@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(60448, id="a claim that stands on the other side in the other world"),
        pytest.param(40427, id="a veto of a conclusion without sides on both sides of one whose side was not told"),
        pytest.param(20063, id="a head that is on the other side in the other world, and whose conclusion holds on both"),
    ],
)
def test_mirror_on_what_once_broke_it(seed: int) -> None:
    hold(BY_ID["mirror"], random_person(Random(seed), told_sides=False), Random(seed))


@pytest.mark.parametrize(
    ("law", "number"),
    [
        pytest.param("unknown", 119, id="a derived finding told as unknown may follow from what is known"),
        pytest.param("safety", 49, id="a flag of untold side may come to stand on a side"),
        pytest.param("plan", 103, id="a run of 19 minutes may begin with a walk of 30"),
    ],
)
def test_no_law_cries_wolf(law: str, number: int) -> None:
    person = list(random_people(people(), number, 12))[-1]
    hold(BY_ID[law], person, Random(f"12/{law}/{person.id}"))


def test_silence_on_the_shipped_knowledge() -> None:
    hold(BY_ID["silence"], EMPTY, Random(0))


@cache
def empty() -> Inference:
    return reasoner().infer(EMPTY)


def test_an_empty_case_is_undetermined_and_withholds_the_plan() -> None:
    assert {status.state for status in empty().statuses.values()} == {"open"}
    assert (empty().outcome, empty().urgency, empty().plan.state) == ("undetermined", "none", "withheld")
    assert {one.why.code for one in empty().next_questions} == {"complaint"}


def silencing(rule: Rule) -> list[Leaf]:
    """What can take a red flag away although it is about a finding that the flag does not need: nothing should."""
    needed = {leaf.finding for leaf in rule.when.all}
    return [leaf for leaf in rule.when.none if leaf.finding not in needed]


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(rule, id=f"{rule.id} is silenced by nothing but its own answers")
        for rule in knowledge().rules_of("flags")
        if rule.when.none
    ],
)
def test_safety_a_red_flag_is_silenced_only_by_correcting_its_own_answers(rule: Rule) -> None:
    assert silencing(rule) == []
