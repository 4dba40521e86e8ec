"""Clusters of tests that are counted from findings: sacroiliac provocation, stabilisation exercise, a narrow canal."""

from __future__ import annotations

import pytest

from engine.case import Case
from engine.case_reading import case_from_answers
from engine.valuation import valuate
from knowledge.problems import Place, Problem
from knowledge.yaml_source import At, Source
from tests.shipped import reasoner

KB = reasoner().kb
YES, NO = "positive", "negative"
TESTS = ("distraction", "thigh_thrust", "compression", "sacral_thrust", "gaenslen")


def someone(**answers: object) -> Case:
    problems: list[Problem] = []
    case = case_from_answers(answers, At(Source("case.yaml", None, {(): Place("case.yaml")})), "someone", KB, problems)
    assert not problems
    return case


def word(case: Case, finding: str, side: str = "none") -> str | None:
    words = valuate(case, KB).look(finding, side)
    return words[0] if words else None


def provoked(*results: str, side: str = "left") -> dict[str, object]:
    """The results of the tests of that side, in the order of TESTS; fewer results mean that the rest was not tested."""
    return {f"sij_{name}": {side: result} for name, result in zip(TESTS, results, strict=False)}


@pytest.mark.parametrize(
    ("answers", "side", "expected"),
    [
        pytest.param({}, "left", None, id="not tested"),
        pytest.param(provoked(YES, YES), "left", None, id="two of two positive is open"),
        pytest.param(provoked(NO, NO, NO), "left", None, id="three negative and two not tested is open"),
        pytest.param(provoked(YES, YES, YES), "right", None, id="three positive say nothing of the other side"),
        pytest.param(provoked(YES, YES) | {"sij_gaenslen": {"right": YES}}, "left", None, id="Gaenslen of the other leg counts there"),
        pytest.param(provoked(NO, NO, NO, NO), "left", "negative", id="four negative, and the fifth cannot change it"),
        pytest.param(provoked(YES, NO, NO, NO, NO), "left", "negative", id="one of five"),
        pytest.param(provoked(YES, YES, NO, NO, NO), "left", "borderline", id="two of five"),
        pytest.param(provoked(YES, YES, YES), "left", "positive", id="three of three is enough"),
        pytest.param(provoked(NO, YES, NO, YES, YES), "left", "positive", id="three of five, whichever they are"),
        pytest.param(provoked(YES, YES, YES, YES, YES, side="right"), "right", "positive", id="all of the other side"),
    ],
)
def test_sacroiliac_tests(answers: dict[str, object], side: str, expected: str | None) -> None:
    assert word(someone(**answers), "sij_cluster", side) == expected


def fit(age: int, prone: str, aberrant: str, *raises: int) -> dict[str, object]:
    """Someone for the stabilisation rule, with the leg raise of the left, or of the left and the right."""
    told = {"slr_angle": dict(zip(("left", "right"), raises, strict=False))} if raises else {}
    return {"age": age, "prone_instability": prone, "aberrant_movement": aberrant, **told}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param({}, None, id="nothing known"),
        pytest.param({"age": 30, "prone_instability": YES}, None, id="two signs and two unknown is open"),
        pytest.param(fit(30, YES, "no", 95), None, id="one leg raise is no mean"),
        pytest.param(fit(30, YES, "no", 95, 87), "few", id="a mean of 91 is not above 91"),
        pytest.param(fit(40, YES, "yes", 80, 87), "few", id="40 is not under 40"),
        pytest.param(fit(30, YES, "yes"), "enough", id="three signs are enough without the leg raise"),
        pytest.param(fit(30, YES, "no", 95, 88), "enough", id="a mean of 91.5 is above 91"),
        pytest.param(fit(39, NO, "yes", 92, 92), "enough", id="three signs without the prone test"),
    ],
)
def test_success_of_stabilisation(answers: dict[str, object], expected: str | None) -> None:
    assert word(someone(**answers), "stabilisation_success") == expected


@pytest.mark.parametrize(
    ("prone", "aberrant", "glide", "belief", "expected"),
    [
        pytest.param("unknown", "unknown", "unknown", "unknown", None, id="nothing known"),
        pytest.param(NO, "unknown", "unknown", "unknown", None, id="one sign and three unknown is open"),
        pytest.param(NO, "yes", "lax", 9, "few", id="one sign of four"),
        pytest.param(YES, "yes", "stiff", 9, "few", id="no looseness is one sign"),
        pytest.param(NO, "unknown", "unknown", 8, "enough", id="two signs are enough"),
        pytest.param(NO, "no", "normal", 8, "enough", id="all four"),
    ],
)
def test_failure_of_stabilisation(prone: str, aberrant: str, glide: str, belief: object, expected: str | None) -> None:
    answers = {"prone_instability": prone, "aberrant_movement": aberrant, "segment_mobility": glide, "fabq_pa": belief}
    assert word(someone(**answers), "stabilisation_failure") == expected


FREE: dict[str, object] = {
    "both_legs_affected": "no", "leg_pain_worse": {"both": "no"}, "eased_sitting": "no", "age": 48,
    "worse_walking": "no", "worse_standing": "no",
}
"""Someone with none of the five items."""


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param({}, None, id="nothing known"),
        pytest.param({**FREE, "worse_standing": "unknown"}, None, id="walking does not hurt and standing is not known"),
        pytest.param({**FREE, "leg_pain_worse": {"left": "no"}}, None, id="the other leg was not asked"),
        pytest.param(FREE, "none", id="none of the five, for 48 is not above 48"),
        pytest.param({**FREE, "age": 49}, "some", id="above 48 is one"),
        pytest.param({**FREE, "both_legs_affected": "yes", "eased_sitting": "yes", "worse_walking": "yes"}, "some", id="three of five"),
        pytest.param({**FREE, "eased_sitting": "yes", "worse_walking": "yes", "worse_standing": "yes", "age": 70}, "some",
                     id="walking and standing are one item"),
        pytest.param({"both_legs_affected": "yes", "eased_sitting": "yes", "worse_walking": "yes", "age": 70}, "most",
                     id="four are enough"),
        pytest.param({"leg_pain_worse": {"right": "yes"}, "eased_sitting": "yes", "worse_standing": "yes", "age": 49}, "most",
                     id="either leg, and standing without walking"),
    ],
)
def test_items_of_a_narrow_canal(answers: dict[str, object], expected: str | None) -> None:
    assert word(someone(**answers), "stenosis_cluster") == expected
