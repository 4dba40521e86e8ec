"""CLIPS, another rule engine, concludes the same as ours: on every shipped case, on random people, on random knowledge.

BACKCAUSE_EXAMPLES=100000 makes a long run of it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("clips", reason="clipspy is not installed: pip install clipspy")

from benchmarks.clips_engine import ClipsEngine
from benchmarks.clips_equal import concluded, disagreements
from benchmarks.clips_rules import clips_text, symbol
from engine.infer import Reasoner
from knowledge.model import KnowledgeBase, Weight
from tests.budget import WANTED, examples
from tests.making import base, case, conclusion, finding, rule, when
from tests.random_people import random_person
from tests.shipped import case as shipped_case
from tests.shipped import every_case, reasoner
from tests.small_worlds import random_world

PEOPLE = WANTED or 40


@cache
def clips() -> ClipsEngine:
    return ClipsEngine(reasoner().kb)


def of_rules(*rules: object) -> KnowledgeBase:
    return base([finding("limp"), finding("fall")], [conclusion("short_leg")], rules)


def test_the_program_builds_without_a_word_from_clips() -> None:
    assert clips().said == ""


def test_a_program_with_a_fault_is_told_as_clips_tells_it() -> None:
    knowledge = of_rules(rule("R1", when("limp none is yes"), "shows short_leg"))
    with pytest.raises(ValueError, match="nobody"):
        ClipsEngine(knowledge, clips_text(knowledge) + "(defrule broken (word (finding limp)) => (assert (word (is ?nobody))))")


def test_a_rule_that_takes_the_place_of_another_is_told() -> None:
    knowledge = of_rules(rule("R1", when("limp none is yes"), "shows short_leg"))
    text = clips_text(knowledge)
    assert ClipsEngine(knowledge, text + text[text.index("(defrule kb-R1") :]).said == "defined twice: kb-R1\n"


@pytest.mark.parametrize("name", every_case())
def test_clips_concludes_the_same_on_a_shipped_case(name: str) -> None:
    assert disagreements([shipped_case(name)], reasoner(), clips()) == []


def test_clips_concludes_the_same_on_random_people() -> None:
    chance = Random(WANTED)
    people = [random_person(chance, told_sides=chance.random() < 0.8) for _ in range(PEOPLE)]
    assert disagreements(people, reasoner(), clips())[:3] == []


@examples(15)
@given(st.integers(0, 2**40))
def test_clips_concludes_the_same_on_random_knowledge(seed: int) -> None:
    world = random_world(Random(seed))
    engine = ClipsEngine(world.kb)
    assert (engine.said, disagreements([world.case], Reasoner(world.kb), engine)) == ("", [])


CHANGES = [
    pytest.param(rule("R2", when("fall none is yes"), "shows short_leg"), "fired", id="a rule that fires"),
    pytest.param(rule("R1", when("limp none is yes"), "supports short_leg", weight=Weight("A")), "statuses", id="a sum"),
    pytest.param(rule("R1", when("fall none is yes"), "flags short_leg"), "flags", id="a red flag"),
]


@pytest.mark.parametrize(("other", "told"), CHANGES)
def test_a_difference_is_told(other: object, told: str) -> None:
    """Comparing is not blind: each engine has other knowledge here."""
    known = of_rules(rule("R1", when("limp none is yes"), "supports short_leg", weight=Weight("C")))
    lines = disagreements([case(limp="yes", fall="yes")], Reasoner(known), ClipsEngine(of_rules(other)))
    assert any(f"{told}: only ours" in line for line in lines)


def test_every_kind_of_conclusion_is_compared_on_shipped_cases() -> None:
    """Nothing is equal because it is always empty."""
    found = [concluded(reasoner().infer(shipped_case(name).in_world("left"))) for name in every_case()[:20]]
    kinds = {kind: any(getattr(one, kind) for one in found) for kind in ("fired", "flags", "statuses", "claimed", "steps", "gaps")}
    assert kinds == dict.fromkeys(kinds, True)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        pytest.param("yes", "yes", id="a word is itself"), pytest.param("a.b-c_1", "a.b-c_1", id="dots and dashes inside are safe"),
        pytest.param("12", '"12"', id="a number is a word, too"), pytest.param("two words", '"two words"', id="a space would part it"),
        pytest.param("?x", '"?x"', id="a question mark would make a variable"),
        pytest.param('a"b\\', '"a\\"b\\\\"', id="quotes are escaped"),
    ],
)
def test_words_are_written_so_that_clips_reads_them_back(word: str, text: str) -> None:
    assert symbol(word) == text


def test_words_in_quotes_match() -> None:
    odd = replace(finding("limp"), answer=replace(finding("limp").answer, form="choice", choices=("2 cm", "none")))
    knowledge = base([odd], [conclusion("short_leg")], [rule("R1", when("limp none is yes"), "shows short_leg")])
    leaf = replace(knowledge.rules[0].when.all[0], words=("2 cm",))
    knowledge = replace(knowledge, rules=(replace(knowledge.rules[0], when=replace(knowledge.rules[0].when, all=(leaf,))),))
    told = case(limp="2 cm")
    assert disagreements([told], Reasoner(knowledge), ClipsEngine(knowledge)) == []
    assert ("R1", "none") in concluded(Reasoner(knowledge).infer(told)).fired
