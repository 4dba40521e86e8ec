"""The plan: when it is withheld, which ladder fits an own activity, and what a rung says for this person."""

from __future__ import annotations

import pytest

from engine.case_reading import read_case_text
from engine.planning.ladders import ladder_for
from engine.result import Plan
from knowledge.placeholders import fill, wrong_places
from tests.shipped import inferred, reasoner


def ladder_of(activity: str, kind: str = "") -> str | None:
    goal = {"activity": activity, **({"class": kind} if kind else {})}
    ladder = ladder_for(goal, reasoner().kb.ladders)
    return ladder.id if ladder else None


@pytest.mark.parametrize(
    ("activity", "kind", "ladder"),
    [
        pytest.param("singing in a choir", "", None, id="nothing is invented for an activity of no kind"),
        pytest.param("restoring a trunk", "lift", "lad_any_lift", id="a word inside a word does not count"),
        pytest.param("lifting my grandchild out of the car seat", "lift", "lad_carseat", id="the car seat"),
        pytest.param("running a half marathon", "run", "lad_run", id="running"),
        pytest.param("emptying the dishwasher", "bend", "lad_dishwasher", id="the dishwasher"),
        pytest.param("hanging curtains", "reach", "lad_any_reach", id="another reach gets the general ladder of its kind"),
    ],
)
def test_the_ladder_that_fits(activity: str, kind: str, ladder: str | None) -> None:
    assert ladder_of(activity, kind) == ladder


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("Walk", "Walk", id="a text without a place stays"),
        pytest.param("{30 % kg|a third}", "a third", id="a number not told becomes words"),
        pytest.param("{30 % minutes|a third}", "14 min", id="a share of the time"),
        pytest.param("{20 % height_cm|low}", "low", id="another number is not guessed"),
        pytest.param('Do "{activity}"', 'Do "digging"', id="the person's own words"),
    ],
)
def test_a_rung_is_filled_for_this_person(text: str, said: str) -> None:
    assert fill(text, {"activity": "digging", "minutes": 45.0}) == said


def test_a_place_that_nothing_fills_is_found() -> None:
    assert list(wrong_places("{activity} {30 % kilos|x} {name}")) == ["30 % kilos|x", "name"]


def plan_of(**answers: str) -> Plan:
    lines = "".join(f"  {name}: {value}\n" for name, value in answers.items())
    return reasoner().infer(read_case_text(f"id: x\nanswers:\n{lines}  age: 30\n", "x", reasoner().kb)).plan


def test_a_plan_needs_a_goal() -> None:
    assert "no_goal" in [reason.code for reason in plan_of(pain_where="low_back").why]


def test_the_first_rungs_are_never_blocked_and_the_gate_is_named() -> None:
    task = inferred("article-ankle").plan.tasks[0]
    assert [rung.blocked for rung in task.rungs] == [False] * 4 + [True] * 5
    assert not task.gate_open
    assert "calf" in task.gate_says.lower()


def test_a_child_is_out_of_scope_and_gets_no_plan() -> None:
    found = reasoner().infer(read_case_text("id: x\nanswers: {age: 12, pain_where: low_back}\n", "x", reasoner().kb))
    assert [flag.condition for flag in found.out_of_scope] == ["under_16"]
    assert "out_of_scope" in [reason.code for reason in found.plan.why]


@pytest.mark.parametrize(
    ("answers", "withheld"),
    [
        pytest.param("{pain_now: 5}", set(), id="moderate pain withholds no test"),
        pytest.param("{pain_now: unknown}", set(), id="unknown pain withholds no test"),
        pytest.param("{pain_now: 9}", {"sorensen", "hop_distance"}, id="severe pain withholds endurance and impact"),
        pytest.param("{achilles_squeeze: {left: positive}}", {"heel_rise", "hop_distance"}, id="a torn tendon withholds heel rises"),
        pytest.param("{unstable_heart: yes}", {"sorensen", "side_plank"}, id="an unstable heart withholds endurance"),
    ],
)
def test_unsafe_tests_are_not_proposed(answers: str, withheld: set[str]) -> None:
    found = reasoner().infer(read_case_text(f"id: x\nanswers: {answers}\n", "x", reasoner().kb))
    assert withheld <= set(found.withheld_tests)
    assert bool(found.cautions) == bool(withheld)
    asked = {question.finding for question in found.next_questions} | {name for one in found.explanations for name in one.next_tests}
    assert not asked & set(found.withheld_tests)
