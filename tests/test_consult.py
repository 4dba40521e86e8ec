"""The dialogue of a consult: what a line answers, what a command does, what is said at once, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.dialogue import start, step
from consult.standing import ending
from consult.state import ENDED, LEAVING, Dialogue
from engine.case import Case, Key
from knowledge.model import Finding
from tests.article_lines import ARTICLE
from tests.budget import examples
from tests.consulting import NEW, after, asked, fresh, held, on, plain_line, said, told
from tests.shipped import case as shipped_case
from tests.shipped import reasoner


def article_line(finding: Finding) -> list[str]:
    return ARTICLE.get(finding.id, [plain_line(finding)])


@cache
def article() -> list[tuple[str, str, Dialogue, str]]:
    return held(article_line)


class TestTheArticlesPatient:
    def test_comes_out_as_a_chain_from_the_ankle(self) -> None:
        *_, (_, _, state, _) = article()
        assert (state.found.outcome, state.found.plan.state) == ("chain", "ready")
        assert state.found.leading is not None
        assert (state.found.leading.cause, state.found.leading.driver) == (("old_ankle_sprain", "left"), ("calf_weakness", "left"))

    def test_is_asked_the_complaint_then_red_flags_then_history_then_what_explanations_need(self) -> None:
        stages = list(dict.fromkeys(stage(state) for _, _, state, _ in article() if state.asked))
        assert stages == ["complaint", "must_ask", "history", "explore"]

    def test_gets_the_answers_of_the_case_file(self) -> None:
        *_, (_, _, state, _) = article()
        want = shipped_case("article-ankle")
        asked_of_it = {finding for finding, *_ in article()} & {name for name, _ in want.answers}
        assert "heel_rise" in asked_of_it
        assert plain_answers(state.case, asked_of_it) == plain_answers(want, asked_of_it)

    def test_ends_with_where_things_stand_and_is_saved(self) -> None:
        *_, (_, _, state, shown) = article()
        assert "\nOutcome: A distant cause fits best\nLeading cause: Old ankle sprain (left)" in shown
        assert "Enough asked. Nothing that is left fits in the time.\nNext would be: " in shown
        assert len(shown.splitlines()) <= 14
        assert state.wants_save

    def test_takes_one_inference_an_answer_and_none_for_a_skip(self) -> None:
        before = fresh()
        assert after("skip").found is before.found
        assert after("low_back").found is not before.found


def plain_answers(case: Case, findings: Set[str]) -> dict[Key, object]:
    """Answers without the place they were written in."""
    return {key: (a.value, dict(a.details), list(map(dict, a.items))) for key, a in case.answers.items() if key[0] in findings}


def stage(state: Dialogue) -> str:
    assert state.asked is not None
    code = state.asked.why.code
    return code if code in ("complaint", "must_ask", "history") else "explore"


class TestAQuestion:
    def test_shows_unit_and_range_of_a_number(self) -> None:
        assert "a number (reps), 0 to 80; or low, borderline or normal   (left N right N; N/N)" in asked(on("heel_rise"))

    def test_shows_the_words_and_what_may_be_added(self) -> None:
        shown = asked(on("onset"))
        assert "  sudden or gradual\n  may add: event=<none|lift|twist|" in shown

    def test_tells_the_stage_and_the_red_flags_to_come(self) -> None:
        assert asked(fresh()).startswith("\n[complaint, 10 to go; red flags, 17 to go]  Main site of the pain\n")

    def test_asks_the_other_side_when_one_is_told_and_takes_a_bare_word_for_it(self) -> None:
        state = after("left yes", state=flags_done("ankle_sprain"))
        assert "so far: left yes\n  right: yes or no" in asked(state)
        assert told(after("no", state=state), "ankle_sprain") == {"left": ("yes", {}), "right": ("no", {})}

    def test_is_not_asked_again_when_unknown_on_both_sides(self) -> None:
        state = after("unknown", state=flags_done("ankle_sprain"))
        assert state.asked is not None
        assert state.asked.finding != "ankle_sprain"


@cache
def flags_done(stop_at: str) -> Dialogue:
    """The article's patient up to the first question about `stop_at`."""
    return next(state for _, _, state, _ in article() if state.asked and state.asked.finding == stop_at)


class TestWhy:
    @pytest.mark.parametrize(
        ("finding", "says"),
        [
            pytest.param("pain_where", "First the person's own words", id="the complaint"),
            pytest.param("saddle_numbness", "Serious causes come before any explanation", id="a red flag"),
            pytest.param("ankle_sprain", "what came first is the cheapest way", id="history"),
        ],
    )
    def test_tells_the_reason(self, finding: str, says: str) -> None:
        state = fresh() if finding == "pain_where" else flags_done(finding)
        after_why, shown = said("why", after=state)
        assert says in shown
        assert after_why == state

    @pytest.mark.parametrize(
        ("code", "says"),
        [
            pytest.param("looks_for", "would show whether 'Weak or quickly tired calf' is behind", id="what nothing spoke for yet"),
            pytest.param("separates", "'Old ankle sprain (left)' from 'Strong back muscles that do not let go'", id="two explanations"),
            pytest.param("closes_gap", "close the gap at '", id="a gap"),
            pytest.param("tests_link", "Changing this at the bedside tests whether 'Strong back muscles", id="a bedside change"),
        ],
    )
    def test_tells_what_an_explanation_needs(self, code: str, says: str) -> None:
        reasons = [said("why", after=state)[1] for _, _, state, _ in article() if state.asked and state.asked.why.code == code]
        assert any(says in shown for shown in reasons)

    def test_tells_how_it_is_done(self) -> None:
        assert "How: Thirty per minute" in said("why", after=on("heel_rise"))[1]


class TestBack:
    @pytest.mark.parametrize("line", ["low_back", "unknown", "skip", "change activities", "no_pain"])
    def test_restores_what_was_before(self, line: str) -> None:
        assert after(line, "back") == fresh()

    def test_takes_back_both_sides_of_one_line(self) -> None:
        state = on("heel_rise")
        assert after("8/24", "back", state=state) == state

    def test_goes_back_as_far_as_the_first_line(self) -> None:
        assert after("low_back", "middle", "skip", "back", "<", "back") == fresh()

    def test_has_nothing_to_take_back_at_first(self) -> None:
        state, shown = said("back")
        assert "nothing to take back" in shown
        assert state == fresh()

    def test_brings_an_earlier_answer_back(self) -> None:
        state = after("low_back", "change pain_where", "hip", "back")
        assert told(state, "pain_where") == {"none": ("low_back", {})}
        assert "so far: low_back" in asked(state)


class TestUnknownAndSkip:
    def test_unknown_keeps_a_must_ask_question_open_and_goes_on(self) -> None:
        state = after("low_back", "change saddle_numbness", "unknown")
        assert told(state, "saddle_numbness") == {"none": ("unknown", {})}
        assert "saddle_numbness" in state.found.open_red_flags
        assert state.asked is not None
        assert state.asked.finding != "saddle_numbness"
        assert "1 red flag left open" in asked(state)
        left = "Open must-ask, left unanswered: Changed feeling between the legs; 'change saddle_numbness' asks again"
        assert left in said("report", after=state)[1]

    def test_skip_leaves_the_finding_unasked(self) -> None:
        state = after("skip")
        assert not state.case.answers
        assert state.asked is not None
        assert state.asked.finding == "pain_side"
        assert "skipped: pain_where" in said("list", after=state)[1]

    def test_a_consult_of_unknowns_ends_without_a_plan(self) -> None:
        *_, (_, _, state, shown) = held(lambda _: ["unknown"])
        assert "Plan: withheld, because must-ask questions are open" in shown
        assert len(state.found.open_red_flags) == 17

    def test_a_consult_of_skips_knows_nothing(self) -> None:
        *_, (_, _, state, shown) = held(lambda _: ["skip"])
        assert "Nothing is known yet." in shown
        assert not state.wants_save


class TestChange:
    @pytest.mark.parametrize(
        ("name", "finding"),
        [
            pytest.param("pain_where", "pain_where", id="by id"),
            pytest.param("Pain Where", "pain_where", id="by id, written freely"),
            pytest.param("main site of the pain", "pain_where", id="by title"),
            pytest.param("body chart", "pain_where", id="by a synonym"),
            pytest.param("heel_rise", "heel_rise", id="one that was not asked"),
            pytest.param("saddle", "saddle_numbness", id="by its beginning"),
            pytest.param("lunge", "lunge_dorsiflexion", id="the measured one before one that follows from it"),
        ],
    )
    def test_asks_the_finding_again(self, name: str, finding: str) -> None:
        state = after("low_back", f"change {name}")
        assert state.asked is not None
        assert state.asked.finding == finding

    def test_means_an_answered_finding_before_one_not_asked(self) -> None:
        state = after("low_back", "middle", "30", "change pain_mo")
        assert state.asked is not None
        assert state.asked.finding == "pain_months"

    @pytest.mark.parametrize(
        ("line", "says"),
        [
            pytest.param("change", "which finding is meant?", id="no name"),
            pytest.param("change zebra", "unknown finding 'zebra'", id="no finding of that name"),
            pytest.param("change heel_rize", "did you mean 'heel_rise'", id="a slip of the keys"),
            pytest.param("change tried", "'tried' can be more than one finding\n  hint: write one of: tried_core, ", id="more than one"),
        ],
    )
    def test_tells_what_it_cannot_find(self, line: str, says: str) -> None:
        state, shown = said(line)
        assert says in shown
        assert state == fresh()

    def test_keeps_the_old_answer_until_there_is_a_new_one(self) -> None:
        assert told(after("low_back", "change pain_where", "skip"), "pain_where") == {"none": ("low_back", {})}
        assert told(after("low_back", "change pain_where", "hip"), "pain_where") == {"none": ("hip", {})}

    def test_keeps_the_side_that_is_not_told_again(self) -> None:
        state = after("change heel_rise", "8/24", "change heel_rise", "left 12")
        assert told(state, "heel_rise") == {"left": (12.0, {}), "right": (24.0, {})}

    def test_a_stated_side_takes_the_place_of_an_unstated_one(self) -> None:
        state = after("change heel_rise", "unstated low", "change heel_rise", "left 12")
        assert told(state, "heel_rise") == {"left": (12.0, {})}


class TestSafety:
    def test_a_red_flag_interrupts_at_once(self) -> None:
        _, shown = said("change saddle_numbness", "yes")
        lines = shown.splitlines()
        assert lines[1] == "!! EMERGENCY, TODAY: Cauda equina syndrome"
        assert lines[3].startswith("   To do: Send to the emergency department now")
        assert lines[4].startswith("   Tell the person: Go now")
        assert lines[5] == "   The plan is withheld. You may go on; 'report' keeps saying this first."

    def test_the_consult_goes_on_and_keeps_saying_so(self) -> None:
        state = after("change saddle_numbness", "yes", "low_back")
        assert asked(state).startswith("\n[EMERGENCY, TODAY; complaint, 9 to go")
        assert said("report", after=state)[1].startswith("!! EMERGENCY, TODAY: Cauda equina syndrome. Send to")

    def test_is_said_once_and_its_correction_too(self) -> None:
        state, shown = said("change saddle_numbness", "yes", "low_back")
        assert "!!" not in shown
        assert "No longer flagged: Cauda equina syndrome" in said("change saddle_numbness", "no", after=state)[1]
        assert "No longer flagged: Cauda equina syndrome" in said("change saddle_numbness", "yes", "back")[1]

    def test_a_case_that_is_gone_on_with_says_so_first(self) -> None:
        _, shown = start(shipped_case("article-saddle"), "x.yaml", reasoner())
        assert [line for line in shown if line.startswith("!! EMERGENCY")]

    def test_out_of_scope_is_said_at_once(self) -> None:
        state, shown = said("change age", "13")
        assert "!! OUTSIDE WHAT THIS PROGRAM IS FOR: Younger than 16" in shown
        assert "OUT OF SCOPE" in asked(state)
        assert said("report", after=state)[1].startswith("!! OUTSIDE")


class TestTheEnd:
    def test_quit_ends_when_nothing_was_told(self) -> None:
        assert after("quit").mode == ENDED
        assert after("quit", "low_back").case == NEW

    def test_quit_asks_to_save(self) -> None:
        state = after("low_back", "quit")
        assert state.mode == LEAVING
        assert "Save them to new.yaml?  yes, no, or back" in asked(state)

    @pytest.mark.parametrize("line", ["", "maybe", "quit", "why", "low_back"])
    def test_anything_else_is_asked_again(self, line: str) -> None:
        before = after("low_back", "quit")
        assert after(line, state=before) == before

    def test_yes_wants_the_case_written(self) -> None:
        assert after("low_back", "quit", "yes").wants_save

    def test_no_ends_without(self) -> None:
        state, shown = said("low_back", "quit", "no")
        assert (state.mode, state.wants_save) == (ENDED, False)
        assert shown == "The answers were not saved."

    def test_back_stays(self) -> None:
        assert after("low_back", "quit", "back") == after("low_back")

    def test_save_can_name_another_file(self) -> None:
        state = after("low_back", "save elsewhere.yaml")
        assert (state.wants_save, state.output) == (True, "elsewhere.yaml")

    def test_after_the_last_question_an_answer_can_still_be_changed(self) -> None:
        *_, (_, _, state, _) = article()
        assert "No question is open" in asked(state)
        assert "Nothing is asked now" in said("yes", after=state)[1]
        changed, shown = said("change heel_rise", "left 24 right 25", after=state)
        assert told(changed, "heel_rise")["left"] == (24.0, {})
        assert "Old ankle sprain (left)" not in shown or changed.found.leading is None


class TestEnough:
    """The time there is, counted in the minutes of what was answered; red flags are asked whatever the time."""

    @staticmethod
    def timed(minutes: float) -> Dialogue:
        """A consult in which all that is asked is answered plainly, with so many minutes."""
        state = start(Case("new", {}), "new.yaml", reasoner(), minutes)[0]
        while state.asked:
            state = after(plain_line(reasoner().kb.findings[state.asked.finding]), state=state)
            if state.folded.listing:
                state = after("skip", state=state)
        return state

    def test_with_no_time_the_complaint_and_red_flags_are_asked_all_the_same(self) -> None:
        state = self.timed(0)
        asked_of_it = {name for name, _ in state.case.answers} | state.folded.skipped
        assert {"pain_where", "bladder_change"} <= asked_of_it
        assert "ankle_sprain" not in asked_of_it
        assert state.agenda.stop is not None
        assert state.agenda.stop.code == "no_time"

    def test_it_tells_why_and_what_would_come_and_more_goes_on(self) -> None:
        state = self.timed(0)
        ended = "\n".join(ending(state, reasoner().kb))
        assert ended.startswith("Enough asked. Nothing that is left fits in the time.\nNext would be: ")
        state, _ = said("more", after=state)
        assert state.asked is not None
        assert state.asked.finding == "earlier_episodes"
        assert said("back", after=state)[0].asked is None

    def test_while_questions_come_more_says_so(self) -> None:
        assert said("more")[1] == "The questions go on."

    def test_a_longer_consult_asks_what_a_shorter_one_asked_and_goes_on(self) -> None:
        short, long = ([name for name, _ in self.timed(minutes).case.answers] for minutes in (20, 24))
        assert len(short) < len(long)
        assert long[: len(short)] == short


class TestViews:
    def test_list_shows_answers_under_the_names_that_change_takes(self) -> None:
        shown = said("low_back", "change heel_rise", "8/24", "change ankle_sprain", "no", "list")[1]
        assert shown.splitlines() == ["  pain_where    low_back", "  heel_rise     left 8 reps, right 24 reps", "  ankle_sprain  both no"]

    def test_list_of_nothing(self) -> None:
        assert said("list")[1] == "Nothing is answered yet."

    @pytest.mark.parametrize("command", ["?", "help", "HELP"])
    def test_help(self, command: str) -> None:
        shown = said(command)[1]
        assert max(map(len, shown.splitlines())) <= 79
        assert "never taken as a no" in shown

    @pytest.mark.parametrize("command", ["?", "why", "report", "list"])
    def test_change_nothing(self, command: str) -> None:
        state = after("low_back", "change activities", "rowing")
        assert after(command, state=state) == state


COMMAND_LINES = [
    "why", "back", "<", "unknown", "skip", "?", "report", "list", "save", "save x.yaml", "change", "change activities", "change heel_rise",
    "change ankle_sprain", "change saddle_numbness", "quit", "yes", "no", "",
]
ANSWER_LINES = [
    "low_back", "8/24", "left 8", "right yes years_ago=7", "both no", "unstated yes", "left yes right unknown", "both", "left",
    "3 kg=11", "walk", "rowing", "13", "41", "female", "=", "a=", "/", "left=8", '"', 'yes type="x', "left left right", "yes value=no",
    "both 1 left 2",
]
LINES = st.one_of(st.sampled_from(COMMAND_LINES), st.sampled_from(ANSWER_LINES), st.text(max_size=30))


@given(st.lists(LINES, max_size=20))
@examples(150)
def test_no_line_raises_and_back_undoes_what_an_answer_did(lines: list[str]) -> None:
    state = fresh()
    for line in lines:
        before = state
        state, shown = step(state, line, reasoner())
        assert all("\n" not in one for one in shown)
        assert state.mode == ENDED or asked(state)
        if len(state.events) > len(before.events):
            assert undone(state) == undone_view(before)


def undone(state: Dialogue) -> tuple[object, ...]:
    return undone_view(step(state, "back", reasoner())[0])


def undone_view(state: Dialogue) -> tuple[object, ...]:
    return state.events, state.asked, Case("", dict(state.case.answers)), state.folded.parts, state.folded.items
