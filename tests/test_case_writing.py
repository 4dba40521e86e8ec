"""A case written as a file and read back is the same case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.case_writing import case_text, scalar
from engine.case import Answer, Case, Key, Value
from engine.case_reading import read_case_text
from knowledge.model import UNKNOWN, Detail, Finding, detail_words
from knowledge.problems import Place
from knowledge.yaml_source import read_source
from tests.budget import examples
from tests.shipped import case as shipped_case
from tests.shipped import every_case, reasoner

HERE = Place("test")
FINDINGS = list(reasoner().kb.findings.values())


def plain(case: Case) -> dict[Key, object]:
    """Answers without the place they stand in."""
    return {key: (a.value, dict(a.details), [dict(one) for one in a.items]) for key, a in case.answers.items()}


def later(case: Case) -> list[object]:
    """What arrived later, without the places."""
    return [(plain(Case("", one.answers)), one.expect) for one in case.batches]


def read_back(case: Case) -> Case:
    return read_case_text(case_text(case), "written", reasoner().kb)


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers that can be typed: whole ones, and decimals of a few places."""
    low, high = max(low, -1e6), min(high, 1e6)
    typed = st.decimals(min_value=low, max_value=high, places=3, allow_nan=False, allow_infinity=False).map(float)
    return st.one_of(typed, st.integers(int(low) + 1, int(high)).map(float)).filter(lambda number: low <= number <= high)


def detail_values(detail: Detail) -> st.SearchStrategy[Value]:
    if detail.form == "text":
        return st.text(max_size=40)
    words = st.sampled_from((*detail_words(detail), UNKNOWN))
    return st.one_of(words, numbers(detail.low, detail.high)) if detail.form == "number" else words


def details(finding: Finding, most: int = 4) -> st.SearchStrategy[dict[str, Value]]:
    few = st.lists(st.sampled_from(finding.details), max_size=most, unique_by=lambda one: one.name) if finding.details else st.just([])
    return few.flatmap(lambda chosen: st.fixed_dictionaries({one.name: detail_values(one) for one in chosen}))


def single(finding: Finding) -> st.SearchStrategy[Answer]:
    """An answer on one side, or to a list."""
    if finding.answer.form == "list":
        items = st.lists(details(finding), max_size=4).map(lambda told: Answer("listed", {}, HERE, tuple(told)))
        return st.one_of(items, st.just(Answer(UNKNOWN, {}, HERE)))
    values: st.SearchStrategy[Value] = st.sampled_from((*finding.words, UNKNOWN))
    if finding.answer.form == "number":
        values = st.one_of(values, numbers(finding.answer.low, finding.answer.high))
    return st.builds(lambda value, more: Answer(value, more, HERE), values, details(finding))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Answers to any findings of the shipped vocabulary, on any sides."""
    answers: dict[Key, Answer] = {}
    for finding in draw(st.lists(st.sampled_from(FINDINGS), max_size=8, unique_by=lambda one: one.id)):
        one = draw(single(finding))
        for side in draw(st.sampled_from(SIDES)) if finding.per_side else ("none",):
            answers[finding.id, side] = one if side != "right" or draw(st.booleans()) else draw(single(finding))
    return Case(draw(st.text(max_size=20)), answers, draw(st.text(max_size=30)), tuple(draw(st.lists(st.text(min_size=1), max_size=2))))


SIDES = [("left",), ("right",), ("left", "right"), ("unstated",), ("left", "unstated")]


@given(cases())
@examples(250)
def test_what_is_written_reads_back_as_the_same_answers(case: Case) -> None:
    back = read_back(case)
    assert plain(back) == plain(case)
    assert (back.id, back.title, back.story) == (case.id or "written", case.title, case.story)


@pytest.mark.parametrize("name", every_case())
def test_a_shipped_case_reads_back_whole(name: str) -> None:
    case = shipped_case(name)
    back = read_back(case)
    assert plain(back) == plain(case)
    assert (back.id, back.title, back.story, dict(back.source)) == (case.id, case.title, case.story, dict(case.source))
    assert (back.expect, later(back)) == (case.expect, later(case))


@given(st.text())
@examples(300)
def test_any_text_survives(text: str) -> None:
    assert read_source(f"a: {{b: {scalar(text)}}}", "x")[0].tree == {"a": {"b": text}}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param("yes", "yes", id="a word stands bare"),
        pytest.param("low_back", "low_back", id="a word with an underscore"),
        pytest.param("walking uphill", '"walking uphill"', id="a text stands in quotes"),
        pytest.param("41", '"41"', id="digits that are a text"),
        pytest.param('"', '"\\x22"', id="a quote"),
        pytest.param("a\nb\u2028", '"a\\x0Ab\\u2028"', id="line ends"),
        pytest.param("{[" * 70, '"' + "\\x7B\\x5B" * 70 + '"', id="brackets by the hundred"),
        pytest.param("größer 🙂", '"größer 🙂"', id="letters of any language stay readable"),
        pytest.param("\udc80", '"\\uFFFD"', id="half a character"),
        pytest.param(7.0, "7", id="a whole number"),
        pytest.param(11.5, "11.5", id="a decimal"),
        pytest.param(1e-05, "0.00001", id="a small number without an exponent"),
        pytest.param(-0.5, "-0.5", id="a number below zero"),
    ],
)
def test_a_value(value: Value, written: str) -> None:
    assert scalar(value) == written


def test_the_file_is_one_a_clinician_can_read() -> None:
    both = {("slr", side): Answer("negative", {}, HERE) for side in ("left", "right")}
    sprain = {("ankle_sprain", "left"): Answer("yes", {"years_ago": 7.0}, HERE), ("ankle_sprain", "right"): Answer("no", {}, HERE)}
    told = {("age", "none"): Answer(41.0, {}, HERE), ("heel_rise", "unstated"): Answer("low", {}, HERE), **both, **sprain}
    assert case_text(Case("new", told)) == (
        "id: new\n"
        "answers:\n"
        "  age: 41\n"
        "  heel_rise: {unstated_side: low}\n"
        "  slr: {both: negative}\n"
        "  ankle_sprain: {left: {value: yes, years_ago: 7}, right: no}\n"
    )


def test_a_case_without_answers() -> None:
    assert case_text(Case("new", {})) == "id: new\nanswers: {}\n"
