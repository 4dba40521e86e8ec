"""Faults that were found late and mended, each as its smallest example."""

from __future__ import annotations

import pytest

from engine.case import mirrored
from engine.infer import Reasoner
from knowledge.model import Detail, When
from tests.making import base, case, conclusion, finding, given, number, rule, when
from tests.random_people import SIDE_WORDS
from tests.shipped import reasoner


def test_mirror_of_a_claim_by_a_conclusion_of_unstated_side() -> None:
    about = case(achilles_squeeze={"unstated": "positive"}, lunge_difference={"both": "low"})
    here, there = (reasoner().infer(one).claimed for one in (about, mirrored(about, SIDE_WORDS)))
    assert {one.by for one in (*here, *there)} == {("local_calf_injury", "unstated")}
    assert {one.node for one in here} == {one.node for one in there} == {("calf_weakness", "unstated")}


def test_mirror_of_a_path_that_starts_on_an_unstated_side() -> None:
    about = case(push_off_reduced={"unstated": "yes"}, hip_strategy={"both": "yes"}, pain_months=8)
    found = reasoner().infer(about).explanations
    assert [part.node for part in found[0].path[:2]] == [("low_push_off", "unstated"), ("hip_led_gait", "unstated")]
    assert [one.driver for one in found] == [("low_push_off", "unstated"), ("hip_led_gait", "unstated")]


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param(when("sprain same is yes"), id="read on its own side"),
        pytest.param(when("sprain any is yes"), id="read on any side"),
        pytest.param(when(at_least=("sprain same is yes", "limp none is yes"), count=1), id="counted"),
    ],
)
def test_an_injury_after_the_pain_is_told_as_after_however_it_was_read(condition: When) -> None:
    years = Detail("years_ago", "number", "years", 0, 100)
    findings = (finding("sprain", sided=True, details=[years]), finding("limp"), finding("pain_months", number()))
    kb = base(findings, [conclusion("old_sprain", "origin")], [rule("SPRAIN", condition, "shows old_sprain")])
    found = Reasoner(kb).infer(case(sprain={"left": given("yes", years_ago=1.0)}, pain_months=60))
    assert [one.timing for one in found.bystanders] == ["after"]
