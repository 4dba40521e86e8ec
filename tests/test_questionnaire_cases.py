"""Filled questionnaires in a case file: what they answer, what stays as it was stated, and what a wrong form is told."""

from __future__ import annotations

import pytest

from engine.case import Case
from engine.case_reading import read_case_text
from knowledge.problems import ProblemsFound
from tests.shipped import reasoner

KB = reasoner().kb


def read(questionnaires: str, answers: str = "{}") -> Case:
    return read_case_text(f"id: someone\nanswers: {answers}\nquestionnaires: {questionnaires}\n", "case.yaml", KB)


def told(questionnaires: str, answers: str = "{}") -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        read(questionnaires, answers)
    return [f"{one.code} {one.place.line}:{one.place.column}" for one in found.value.problems]


@pytest.mark.parametrize(
    ("questionnaires", "answers", "finding", "value"),
    [
        pytest.param("{odi: {1: unknown}}", "{}", "odi", None, id="nothing known fills nothing"),
        pytest.param("{odi: {1: 2, 2: 2}}", "{}", "odi", None, id="too little fills nothing"),
        pytest.param("{phq9: {9: 0}}", "{}", "self_harm_thoughts", None, id="a nought on item 9 is no answer to the question itself"),
        pytest.param("{phq9: {1: 3, others: 0}}", "{}", "self_harm_thoughts", None, id="a low mood alone sets no such thoughts"),
        pytest.param("{phq9: {9: several_days}}", "{self_harm_thoughts: no}", "self_harm_thoughts", "no",
                     id="what was asked and stated stays"),
        pytest.param("{odi: {others: 2}}", "{odi: 40}", "odi", 40, id="a total stated alike stays"),
        pytest.param("{odi: {8: unknown, others: 2}}", "{odi: moderate}", "odi", "moderate", id="a word that fits stays"),
        pytest.param("{odi: {others: 2}}", "{odi: unknown}", "odi", 40, id="a total that nobody knew is counted"),
        pytest.param("{odi: {others: 2}}", "{}", "odi", 40, id="a whole form fills its finding"),
        pytest.param("{rmdq: {1: yes, 7: yes, others: no}}", "{}", "rmdq", 2, id="what is not ticked is written as others"),
        pytest.param("{odi: {9: unknown, 10: unknown, others: 0}}", "{}", "odi", "minimal",
                     id="without an index a certain word is filled in"),
        pytest.param("{start_back: {others: agree, 9: extremely}}", "{}", "start_back_risk", "high", id="a group fills its finding"),
        pytest.param("{fabq: {2: 6, 3: 6, 4: 6, 5: 6}}", "{}", "fabq_pa", 24, id="a part that is whole is filled though the form is not"),
        pytest.param("{phq9: {1: 3, 2: 3, others: 1}}", "{}", "phq2", 6, id="the long form fills the short one"),
        pytest.param("{phq9: {9: several_days}}", "{}", "self_harm_thoughts", "yes", id="item 9 speaks though the form is hardly begun"),
        pytest.param("{phq9: {9: 3}}", "{self_harm_thoughts: unknown}", "self_harm_thoughts", "yes",
                     id="item 9 answers what was left unknown"),
    ],
)
def test_a_case_answers_what_its_forms_tell(questionnaires: str, answers: str, finding: str, value: object) -> None:
    answer = read(questionnaires, answers).answer(finding)
    assert (answer.value if answer else None) == value


def test_an_ankle_form_is_about_its_side() -> None:
    case = read("{cait: {left: {1: 0, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1, 9: 1}, unstated_side: {others: 0}}}")
    assert [(side, answer.value) for (name, side), answer in case.answers.items() if name == "cait"] == [("left", 8.0), ("unstated", 0.0)]


def test_a_later_visit_fills_its_own_forms() -> None:
    text = "id: someone\nanswers: {odi: 40}\nthen:\n  - answers: {}\n    questionnaires: {odi: {others: 1}}\n"
    case = read_case_text(text, "case.yaml", KB)
    assert [case.answers["odi", "none"].value, case.batches[0].answers["odi", "none"].value] == [40, 20]


@pytest.mark.parametrize(
    ("questionnaires", "answers", "problems"),
    [
        pytest.param("{oswestry: {1: 2}}", "{}", ["CS114 3:18"], id="a questionnaire of another name"),
        pytest.param("{sij_provocation: {1: 2}}", "{}", ["CS114 3:18"], id="a cluster that is counted from findings"),
        pytest.param("{odi: {11: 2}}", "{}", ["CS115 3:24"], id="an item too many"),
        pytest.param("{odi: {1: 6}}", "{}", ["CS116 3:27"], id="more points than the item has"),
        pytest.param("{start_back: {9: agree}}", "{}", ["CS116 3:34"], id="a word that this item does not have"),
        pytest.param("{odi: {others: 2}}", "{odi: 44}", ["CS117 2:16"], id="a total that is not what the items give"),
        pytest.param("{odi: {1: unknown, 2: unknown, others: 2}}", "{odi: 60}", ["CS117 2:16"],
                     id="a total that no missing section allows"),
        pytest.param("{odi: {others: 2}}", "{odi: severe}", ["CS117 2:16"], id="a word that is not the band"),
        pytest.param("{start_back: {others: agree, 9: extremely}}", "{start_back_risk: low}", ["CS117 2:28"],
                     id="a group stated otherwise"),
        pytest.param("{phq2: {1: 3, 2: 3}, phq9: {others: 0}}", "{}", ["CS117 3:24"], id="two forms that contradict each other"),
        pytest.param("{phq9: {others: 0}, phq2: {1: 3, 2: 3}}", "{}", ["CS117 3:24"], id="the same two in the other order"),
        pytest.param("{cait: {1: 5}}", "{}", ["CS104 3:25"], id="an ankle form without a side"),
    ],
)
def test_a_wrong_form_is_told_where_it_stands(questionnaires: str, answers: str, problems: list[str]) -> None:
    assert told(questionnaires, answers) == problems


@pytest.mark.parametrize(
    ("stated", "right"),
    [
        pytest.param("4", False, id="a point too little"),
        pytest.param("5.5", False, id="half a point too little"),
        pytest.param("5.8", False, id="more than any rounding gives"),
        pytest.param("7", False, id="a point too many"),
        pytest.param("5.6", True, id="cut off at the first decimal"),
        pytest.param("5.7", True, id="rounded to the first decimal"),
        pytest.param("5.67", True, id="rounded to the second decimal"),
        pytest.param("5", True, id="cut off to a whole number"),
        pytest.param("6", True, id="rounded to a whole number"),
    ],
)
def test_a_mean_of_five_and_two_thirds_may_be_rounded_or_cut_off(stated: str, right: bool) -> None:
    form = "{psfs: {1: 5, 2: 6, 3: 6}}"
    if not right:
        assert told(form, f"{{psfs: {stated}}}") == ["CS117 2:17"]
    else:
        assert read(form, f"{{psfs: {stated}}}").answers["psfs", "none"].value == float(stated)


def test_item_nine_of_the_mood_form_is_a_red_flag() -> None:
    found = reasoner().infer(read("{phq9: {9: 1, others: 0}}"))
    assert [flag.condition for flag in found.red_flags] == ["self_harm_risk"]
    assert found.plan.state != "ready"
