"""Predict, then reveal: what is shown when, what counts as a prediction, what is told for it, and how a lesson ends."""

from __future__ import annotations

import io
import re
from functools import cache

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from cli import main
from consult.learning import Learning, Topic, begin, question, step
from consult.learning_terminal import run_lesson
from consult.lesson import NOTHING, lesson
from tests import shipped
from tests.shipped import case, case_path, reasoner

LOOKED_AT = ("article-ankle", "article-s1-nerve", "article-saddle", "fear-and-bracing", "article-try-negative", "empty")


@cache
def begun(name: str) -> tuple[Learning, tuple[str | Topic, ...]]:
    return begin(case(name), reasoner())


def after(name: str, *lines: str) -> tuple[Learning, tuple[str | Topic, ...]]:
    state, told = begun(name)
    for line in lines:
        state, told = step(state, line)
    return state, told


def right(state: Learning) -> str:
    """The number of the choice that agrees with the program."""
    assert state.asked
    return str(1 + [one.key for one in state.asked.choices].index(state.asked.ours))


def wrong(state: Learning) -> str:
    assert state.asked
    return str(1 + next(number for number, one in enumerate(state.asked.choices) if one.key != state.asked.ours))


def to_the_end(name: str, choose: object = right) -> tuple[Learning, list[str | Topic]]:
    state, told = begun(name)
    every = list(told)
    while state.asked:
        state, told = step(state, choose(state))  # type: ignore[operator]  # right or wrong
        every += told
    return state, every


def text(told: object) -> str:
    return "\n".join(one for one in told if isinstance(one, str))  # type: ignore[attr-defined]  # a tuple or list


@pytest.mark.parametrize("name", LOOKED_AT)
def test_every_answer_is_shown_once(name: str) -> None:
    _, told = to_the_end(name)
    kb = reasoner().kb
    for finding in {key[0] for key in case(name).answers}:
        assert len(re.findall(rf"^  {re.escape(kb.findings[finding].title)}: ", text(told), re.MULTILINE)) == 1


@pytest.mark.parametrize("name", LOOKED_AT)
def test_nothing_is_told_before_it_is_predicted(name: str) -> None:
    state, told = begun(name)
    found = shipped.inferred(name)
    shown = text(told)
    while state.asked and state.asked.what != "cause":
        assert "What the program concludes" not in shown
        assert not found.leading or reasoner().kb.conclusions[found.leading.cause[0]].title not in shown
        state, told = step(state, wrong(state))
        shown += text(told)
    assert case(name).title == "" or case(name).title not in shown


def test_the_outcome_gives_the_cause_nothing_away() -> None:
    state, told = after("article-ankle", "5", "1", "3")
    assert state.asked
    assert (state.asked.what, told) == ("cause", ())


@pytest.mark.parametrize("name", LOOKED_AT)
def test_who_agrees_is_told_how_and_is_not_argued_with(name: str) -> None:
    state, told = to_the_end(name)
    topics = [one.what for one in told if isinstance(one, Topic)]
    assert topics == (["decision", "how"] if shipped.inferred(name).leading else ["decision"])
    assert f"{len(state.made)} of {len(state.made)} predictions agreed" in text(told)
    assert "Differed" not in text(told)


def test_who_differs_on_the_cause_is_argued_with() -> None:
    _, told = to_the_end("article-ankle", wrong)
    topics = [one for one in told if isinstance(one, Topic)]
    assert [one.what for one in topics] == ["decision", "how", "argue"]
    assert topics[2].node != shipped.inferred("article-ankle").explanations[0].driver
    assert "0 of 4 predictions agreed" in text(told)


def test_what_is_left_is_told_and_not_counted() -> None:
    _, told = after("article-ankle", "skip")
    assert "The program says: No referral" in text(told)
    state, told = after("article-ankle", "skip", "skip", "skip", "skip")
    assert "0 of 0 predictions agreed" in text(told)
    assert state.finished


def test_an_emergency_is_asked_for_first_and_nothing_is_tested_then() -> None:
    state, _ = begun("article-saddle")
    assert state.asked
    assert (state.asked.what, state.asked.ours) == ("urgency", "emergency")
    state, told = step(state, wrong(state))
    assert "Differed" in text(told)
    assert state.asked
    assert state.asked.what == "outcome"
    cause = lesson(case("article-saddle"), reasoner()).stages[-1].predictions[1]
    assert cause.ours == NOTHING


@pytest.mark.parametrize("line", ["", "0", "6", "99999999999999999999", "-1", "1.5", "yes", "²", "٣x", "quit now"])
def test_what_is_no_choice_is_no_prediction(line: str) -> None:
    state, told = after("article-ankle", line)
    assert state.made == ()
    assert text(told) == "Write a number from 1 to 5, or skip."


@given(st.lists(st.text(max_size=6) | st.sampled_from(["1", "2", "skip", "back", "show", "?"]), max_size=8))
@settings(max_examples=40, deadline=None)
def test_no_line_breaks_a_lesson(lines: list[str]) -> None:
    state, _ = after("article-ankle", *lines)
    assert len(state.made) <= 4


def test_back_takes_a_prediction_back() -> None:
    assert after("article-ankle", "1", "back")[0] == begun("article-ankle")[0]
    assert text(after("article-ankle", "<")[1]) == "There is nothing to take back."


def test_show_repeats_what_is_known_and_no_more() -> None:
    told = text(after("article-ankle", "show")[1])
    assert "The complaint" in told
    assert "Seen and tested" not in told


@pytest.mark.parametrize("name", shipped.every_case())
def test_every_case_can_be_learned_from(name: str) -> None:
    for stage in lesson(case(name), reasoner()).stages:
        for one in stage.predictions:
            keys = [choice.key for choice in one.choices]
            assert one.ours in keys
            assert len(set(keys)) == len(keys) >= 2
            assert len({choice.text for choice in one.choices}) == len(keys)


def held(name: str, *lines: str) -> tuple[int, str]:
    stdout = io.StringIO()
    typed = io.StringIO("".join(f"{line}\n" for line in lines))
    code = run_lesson(reasoner(), case(name), lambda topic, _: f"<{topic.what}>", typed, stdout)
    return code, stdout.getvalue()


@pytest.mark.parametrize(
    ("name", "lines", "code"),
    [
        pytest.param("article-ankle", (), 1, id="an end of the input before any prediction"),
        pytest.param("article-ankle", ("5", "1", "2"), 1, id="an end of the input before the last"),
        pytest.param("article-ankle", ("5", "1", "2", "1"), 0, id="a chain"),
        pytest.param("article-ankle", ("quit",), 0, id="left on purpose"),
        pytest.param("article-saddle", ("1", "1", "1"), 3, id="an emergency"),
        pytest.param("article-saddle", ("quit",), 0, id="left before an emergency was told"),
    ],
)
def test_the_exit_code(name: str, lines: tuple[str, ...], code: int) -> None:
    assert held(name, *lines)[0] == code


def test_an_end_of_the_input_is_no_prediction() -> None:
    _, shown = held("article-ankle", "5")
    assert shown.endswith("The input ended before the case did.\n")
    assert "What the program concludes" not in shown


def test_topics_are_written_where_they_stand() -> None:
    _, shown = held("article-ankle", "5", "1", "2", "2")
    assert shown.index("<decision>") < shown.index("<how>") < shown.index("<argue>") < shown.index("predictions agreed")


def test_the_choices_are_numbered() -> None:
    assert question(begun("article-ankle")[0])[2] == "  1. Emergency, today"


def test_the_example_of_the_command_runs() -> None:
    result = CliRunner().invoke(main, ["learn", str(case_path("article-ankle"))], input="5\n1\n2\n2\n")
    assert result.exit_code == 0
    assert "Your cause beside the program" in result.stdout
    assert "Few heel rises show a weak calf" in result.stdout


def test_a_case_from_standard_input_leaves_none_for_predictions() -> None:
    result = CliRunner().invoke(main, ["learn", "-"], input="id: x\n")
    assert result.exit_code == 2
    assert "name the case as a file" in result.stderr
