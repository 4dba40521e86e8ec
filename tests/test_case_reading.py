"""Reading cases: what is written comes back, what is missing is missing, and what is wrong is told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case import Answer, Case
from engine.case_reading import read_case, read_case_text
from knowledge.model import Detail, detail_words
from knowledge.problems import Place
from tests.budget import examples
from tests.tiny_pack import TINY, case_problems, tiny


def written(case: Case) -> str:
    """The case as a file: every answer on its side, in YAML that needs no library."""
    lines = [f"id: {case.id}", f"title: '{case.title}'", "answers:" if case.answers else "answers: {}"]
    sides: dict[str, list[str]] = {}
    for (finding, side), answer in case.answers.items():
        key = "unstated_side: " if side == "unstated" else "" if side == "none" else f"{side}: "
        sides.setdefault(finding, []).append(f"{key}{_answer(answer)}")
    plain = {finding for (finding, side), _ in case.answers.items() if side == "none"}
    shown = {finding: parts[0] if finding in plain else f"{{{', '.join(parts)}}}" for finding, parts in sides.items()}
    return "\n".join([*lines, *(f"  {finding}: {value}" for finding, value in shown.items())]) + "\n"


def _answer(answer: Answer) -> str:
    if answer.items:
        return f"[{', '.join(_mapping(one) for one in answer.items)}]"
    return _mapping({"value": answer.value, **answer.details}) if answer.details else _value(answer.value)


def _mapping(values: Mapping[str, str | float]) -> str:
    return "{" + ", ".join(f"{key}: {_value(value)}" for key, value in values.items()) + "}"


def _value(value: str | float) -> str:
    return f"{value:.4f}" if isinstance(value, float) else f"'{value}'" if " " in value or not value.isascii() else value


def same(one: Case, other: Case) -> bool:
    """The same answers, wherever they stood."""
    def bare(case: Case) -> dict[tuple[str, str], tuple[object, ...]]:
        return {key: (a.value, dict(a.details), [dict(item) for item in a.items]) for key, a in case.answers.items()}

    return (one.id, one.title, bare(one)) == (other.id, other.title, bare(other))


class TestCases:
    def test_a_case_file_is_read_whole(self) -> None:
        case = read_case(TINY / "cases/chain.yaml", tiny())
        assert (case.id, case.title) == ("tiny-chain", "An old sprain, a weak calf, a tight back")
        assert case.source["read"] == "full"
        assert case.story == ("A man of 40 who sprained his left ankle nine years ago.",)
        assert case.answer("heel_rise", "left") == Answer(8.0, {"quality": "shaky"}, Place(str(TINY / "cases/chain.yaml"), 15, 29))
        assert [case.answer("reflex_ankle", side) is not None for side in ("left", "right", "none")] == [True, True, False]
        assert case.has_unstated
        assert case.expect is not None
        assert (case.expect.outcome, case.expect.urgency, dict(case.expect.checks)) == (("chain",), "none", {"tried": "tried_core=missed"})
        assert [(list(batch.answers), batch.expect is not None) for batch in case.batches] == [([("saddle_numbness", "none")], True)]

    def test_an_empty_case_knows_nothing(self) -> None:
        case = read_case_text("answers: {}\n", "someone.yaml", tiny())
        assert (case.id, dict(case.answers), case.expect, case.batches) == ("someone", {}, None, ())

    @pytest.mark.parametrize(
        ("line", "value"),
        [
            pytest.param("back_tight: no", "no", id="no is an answer"),
            pytest.param("back_tight: unknown", "unknown", id="so is unknown"),
            pytest.param("age: 40", 40.0, id="a number"),
            pytest.param("age: 40.5", 40.5, id="a decimal"),
            pytest.param("age: adult", "adult", id="the word of a band where no number was told"),
            pytest.param("fear_score: 0", 0.0, id="nought is a number"),
            pytest.param("tried_core: {value: yes}", "yes", id="a value in braces"),
        ],
    )
    def test_an_answer_is_read(self, line: str, value: object) -> None:
        case = read_case_text(f"answers: {{{line}}}\n", "case.yaml", tiny())
        assert [answer.value for answer in case.answers.values()] == [value]

    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            pytest.param("\ufeffanswers: {age: 40}\r\n", [], id="a byte order mark and line ends of Windows"),
            pytest.param("id: 12\nanswers: {}\n", [], id="a number as id"),
            pytest.param("answers: {}\nid:\ntitle:\nstory:\nexpect:\nthen:\n", [], id="keys with nothing behind them"),
            pytest.param("", ["CS001"], id="nothing at all"),
            pytest.param("- a\n", ["CS001"], id="a list"),
            pytest.param("a text\n", ["CS001"], id="one text"),
            pytest.param("12\n", ["CS001"], id="one number"),
            pytest.param("answers: 12\n", ["CS001"], id="a number for answers"),
            pytest.param("answers: {1: 2}\n", ["CS102"], id="numbers as keys"),
            pytest.param("answers: {[a]: 2}\n", ["KB006"], id="a list as a key"),
            pytest.param("answers: {age: }\n", ["CS105"], id="nothing behind a colon"),
            pytest.param("answers: {age: '40'}\n", ["CS105"], id="a number in quotes"),
            pytest.param("answers: {age: [[[[]]]]}\n", ["CS105"], id="lists in lists"),
            pytest.param(f"answers: {{{'x' * 1000}: 1}}\n", ["CS102"], id="a very long key"),
        ],
    )
    def test_what_is_told_of_a_text(self, text: str, codes: list[str]) -> None:
        problems = case_problems(text)
        assert [problem.code for problem in problems] == codes
        assert [problem for problem in problems if len(str(problem)) > 400] == []


SPOKEN = st.sampled_from(["small", "left of the spine", "größer", "7"])


def _detail_values(detail: Detail) -> st.SearchStrategy[str | float]:
    if detail.form == "text":
        return SPOKEN
    return st.just(float(detail.low)) if detail.form == "number" else st.sampled_from([*detail_words(detail), "unknown"])


@st.composite
def people(draw: st.DrawFn) -> Case:
    """A case with any answers that the tiny pack allows."""
    answers: dict[tuple[str, str], Answer] = {}
    here = Place("case.yaml")
    for finding in draw(st.lists(st.sampled_from(list(tiny().findings.values())), unique=True, max_size=8)):
        sides = draw(st.sampled_from([("left",), ("right",), ("left", "right"), ("unstated",)])) if finding.per_side else ("none",)
        for side in sides:
            numbers = st.integers(max(-500, int(max(-500, finding.answer.low))), int(min(500, finding.answer.high))).map(float)
            words = st.sampled_from([*finding.words, "unknown"])
            details: dict[str, str | float] = {}
            for detail in finding.details if draw(st.booleans()) else ():
                details[detail.name] = draw(_detail_values(detail))
            if finding.answer.form == "list":
                answers[finding.id, side] = Answer("listed", {}, here, (details,)) if details else Answer("unknown", {}, here)
            else:
                value = draw(st.one_of(numbers, words) if finding.answer.form in ("number", "derived") and finding.words else words)
                answers[finding.id, side] = Answer(value, details, here)
    return Case("someone", answers, "A person")


@given(people())
@examples(200)
def test_a_case_that_is_written_and_read_is_the_same(case: Case) -> None:
    again = read_case_text(written(case), "case.yaml", tiny())
    assert same(case, again), written(case)
