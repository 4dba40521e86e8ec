"""What comes after a session: tables first, then the laws of flares and of what was not noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.planned import Held, PainChoice, TaskPlan
from engine.planning.calendar import calendar
from engine.planning.sessions import Session, next_rung
from tests.shipped import inferred, reasoner

KB = reasoner().kb
TASK = inferred("article-ankle").plan.tasks[0]
OPEN = replace(TASK, rungs=tuple(replace(one, blocked=False) for one in TASK.rungs))
BY_PAIN = PainChoice("pain_rule", "", 3.0, 5.0, "pain")
NERVE = PainChoice("pain_rule_nerve", "", 3.0, 3.0, "pain")
BY_PLAN = PainChoice("by_plan_not_by_pain", "", 5.0, 7.0, "plan")
GOOD = Session(0, 3, pain=2, settled=True, next_day=True, fear=20, confidence=8, smooth=True)


def again(*days: int, **changes: object) -> list[Session]:
    return [replace(GOOD, day=day, **changes) for day in days]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("history", "task", "pain", "rung", "small", "volume", "code"),
    [
        pytest.param(again(0), OPEN, BY_PAIN, 3, 1, "whole", "once_more", id="one good session is not enough"),
        pytest.param(again(0, 0), OPEN, BY_PAIN, 3, 1, "whole", "once_more", id="two on one day count once"),
        pytest.param(again(0, 2, confidence=None), OPEN, BY_PAIN, 3, 1, "whole", "not_noted", id="what was not noted moves nobody up"),
        pytest.param(again(0, 2), OPEN, BY_PAIN, 4, 1, "whole", "ready", id="two good sessions step up"),
        pytest.param(again(0, 2, rung=4), OPEN, BY_PAIN, 4, 2, "whole", "ready", id="a small step comes before the next rung"),
        pytest.param(again(0, 2, rung=4, small=5), OPEN, BY_PAIN, 5, 1, "whole", "ready", id="after the last small step the next rung"),
        pytest.param(again(0, 2, rung=4, small=5), TASK, BY_PAIN, 4, 5, "whole", "gate", id="a gate holds"),
        pytest.param(again(0, 2, rung=9), OPEN, BY_PAIN, 9, 1, "whole", "own_activity", id="after the last rung there is none"),
        pytest.param(again(0, 2, half=True), OPEN, BY_PAIN, 3, 1, "whole", "whole_again", id="half comes back to the whole"),
        pytest.param(again(0, pain=5), OPEN, BY_PAIN, 3, 1, "whole", "once_more", id="pain of 5 is still allowed"),
        pytest.param(again(0, pain=6), OPEN, BY_PAIN, 2, 1, "half", "pain_too_high", id="pain of 6 goes back a rung"),
        pytest.param(again(0, pain=4), OPEN, NERVE, 2, 1, "half", "pain_too_high", id="with a nerve root 4 is too much"),
        pytest.param(again(0, 2, pain=6), OPEN, BY_PLAN, 4, 1, "whole", "ready", id="by plan, pain below the limit does not hold"),
        pytest.param(again(0, spreading=True), OPEN, NERVE, 2, 1, "half", "spreads", id="spreading down the leg goes back a rung"),
        pytest.param(again(0, settled=False), OPEN, BY_PAIN, 2, 1, "half", "not_settled", id="not settled goes back a rung"),
        pytest.param(again(0, next_day=False), OPEN, BY_PAIN, 2, 1, "half", "next_day_lost", id="a lost day goes back a rung"),
        pytest.param(again(0, rung=5, flare=True), OPEN, BY_PAIN, 4, 5, "half", "flare", id="a flare goes back to what was reached below"),
        pytest.param(again(0, rung=1, flare=True), OPEN, BY_PAIN, 0, 1, "half", "flare", id="below rung 1 is half of it"),
        pytest.param(again(0, 2, rung=0, half=True), OPEN, BY_PAIN, 1, 1, "whole", "ready", id="from half of rung 1 to rung 1"),
        pytest.param(again(0, fear=60), OPEN, BY_PAIN, 3, 1, "whole", "fear_high", id="high fear holds"),
        pytest.param([*again(0, fear=90), *again(2, 4, fear=45)], OPEN, BY_PAIN, 4, 1, "whole", "ready", id="fear that halved does not"),
        pytest.param(again(0, confidence=6), OPEN, BY_PAIN, 3, 1, "whole", "not_confident", id="low confidence holds"),
        pytest.param(again(0, smooth=False), OPEN, BY_PAIN, 3, 1, "whole", "not_smooth", id="a movement that is not smooth holds"),
        pytest.param(again(0, signs=True, flare=True), OPEN, BY_PAIN, 0, 1, "none", "new_signs", id="a warning sign stops everything"),
    ],
)
def test_what_comes_next(
    history: list[Session], task: TaskPlan, pain: PainChoice, rung: int, small: int, volume: str, code: str,
) -> None:
    move = next_rung(history, task, pain, KB.demands)
    assert (move.rung, move.small, move.volume, move.code) == (rung, small, volume, code)


def test_what_is_missing_is_named() -> None:
    assert next_rung([Session(0, 2, pain=2)], OPEN, BY_PAIN, KB.demands).missing == ("settled", "next_day", "fear", "confidence", "smooth")


def test_a_held_rung_is_not_entered() -> None:
    held = replace(OPEN, rungs=tuple(replace(one, held=(Held("lift", ("CAU008",)),)) for one in OPEN.rungs))
    assert next_rung(again(0, 2), held, BY_PAIN, KB.demands).code == "held"


@pytest.mark.parametrize(
    ("days", "also"),
    [
        pytest.param([0], (), id="one setback changes nothing else"),
        pytest.param([0, 14], (), id="two, two weeks apart, neither"),
        pytest.param([0, 13], ("split_step",), id="two within two weeks split the step"),
        pytest.param([0, 5, 13], ("look_again",), id="three call for a new look, red flags included"),
    ],
)
def test_several_setbacks(days: list[int], also: tuple[str, ...]) -> None:
    assert next_rung([replace(GOOD, day=day, flare=True) for day in days], OPEN, BY_PAIN, KB.demands).also == also


@pytest.mark.parametrize("history", [pytest.param([], id="no session"), pytest.param(again(0, rung=10), id="a rung that is not there")])
def test_what_cannot_be_answered_is_refused(history: list[Session]) -> None:
    with pytest.raises(ValueError, match="a session on a rung"):
        next_rung(history, OPEN, BY_PAIN, KB.demands)


yes_or_no = st.none() | st.booleans()
sessions = st.builds(
    Session, st.integers(0, 60), st.integers(0, 9), st.integers(1, 5), st.booleans(), st.none() | st.floats(0, 10), yes_or_no, yes_or_no,
    st.none() | st.floats(0, 100), st.none() | st.floats(0, 10), yes_or_no, yes_or_no, yes_or_no, yes_or_no,
)
histories = st.lists(sessions, min_size=1, max_size=6).map(lambda listed: sorted(listed, key=lambda one: one.day))
rules = st.sampled_from([BY_PAIN, NERVE, BY_PLAN])


class TestLaws:
    @settings(max_examples=500, deadline=None)
    @given(histories, rules)
    def test_a_flare_always_lands_lower_at_half_the_volume(self, history: list[Session], pain: PainChoice) -> None:
        history[-1] = replace(history[-1], flare=True, signs=None)
        move = next_rung(history, OPEN, pain, KB.demands)
        assert move.rung < history[-1].rung or move.rung == history[-1].rung == 0
        assert move.volume == "half"

    @settings(max_examples=500, deadline=None)
    @given(histories, rules)
    def test_a_warning_sign_always_stops(self, history: list[Session], pain: PainChoice) -> None:
        history[-1] = replace(history[-1], signs=True)
        assert next_rung(history, OPEN, pain, KB.demands).move == "stop"

    @settings(max_examples=500, deadline=None)
    @given(histories, rules, st.sampled_from([OPEN, TASK]))
    def test_nobody_moves_up_by_more_than_one_step_or_into_what_is_closed(
        self, history: list[Session], pain: PainChoice, task: TaskPlan,
    ) -> None:
        last, move = history[-1], next_rung(history, task, pain, KB.demands)
        assert move.rung <= last.rung + 1
        if move.rung > last.rung:
            assert not task.rungs[move.rung - 1].blocked
        if move.rung > last.rung or (move.rung == last.rung and move.small > last.small):
            assert (move.move, last.settled, last.next_day, last.smooth) == ("up", True, True, True)


class TestCalendar:
    FIRST = date(2026, 11, 2)

    def test_a_withheld_plan_has_no_calendar(self) -> None:
        assert calendar(inferred("article-saddle").plan, KB, self.FIRST) == ()

    def test_what_happens_how_often(self) -> None:
        entries = calendar(inferred("article-ankle").plan, KB, self.FIRST)
        week = [one.kind for one in entries if (one.day - self.FIRST).days < 7]
        assert (week.count("exposure"), week.count("programme")) == (8, 3)
        assert [(one.day - self.FIRST).days for one in entries if one.kind == "retest"] == [14, 28, 42, 56]
        assert [(one.kind, (one.day - self.FIRST).days) for one in entries if one.kind in ("check_dose", "stop_rule")] == [
            ("check_dose", 42), ("stop_rule", 56),
        ]

    def test_running_rests_two_days_between(self) -> None:
        assert KB.demands.kinds["run"].days == (0, 2, 4)

    def test_it_is_in_the_order_of_days(self) -> None:
        days = [one.day for one in calendar(inferred("article-ankle").plan, KB, self.FIRST)]
        assert days == sorted(days)
