"""What a typed line says: answers with sides and details, wrong ones told in the words of the case reader, and lists of activities."""

from __future__ import annotations

import pytest

from consult.state import Dialogue
from tests.consulting import after, asked, on, said, told


@pytest.mark.parametrize(
    ("finding", "line", "want"),
    [
        pytest.param("onset", "sudden", {"none": ("sudden", {})}, id="a word"),
        pytest.param("onset", "Sud", {"none": ("sudden", {})}, id="the first letters of a word, in any case"),
        pytest.param("pain_where", "low back", {"none": ("low_back", {})}, id="a word written with a space"),
        pytest.param("pain_where", "unknown", {"none": ("unknown", {})}, id="nobody knows"),
        pytest.param("pain_months", "2.5", {"none": (2.5, {})}, id="a number"),
        pytest.param("pain_months", "30 months", {"none": (30.0, {})}, id="a number with its unit"),
        pytest.param("pain_months", "1 month", {"none": (1.0, {})}, id="a number with one of its unit"),
        pytest.param("hip_abductor_strength", "98%/97%", {"left": (98.0, {}), "right": (97.0, {})},
                     id="a number with the first word of its unit"),
        pytest.param("pain_months", "chronic", {"none": ("chronic", {})}, id="a band word for a number"),
        pytest.param("onset", "sudden event=lift", {"none": ("sudden", {"event": "lift"})}, id="a detail"),
        pytest.param("onset", "sudden ev=li", {"none": ("sudden", {"event": "lift"})}, id="a detail cut short"),
        pytest.param("onset", "sudden event=unknown", {"none": ("sudden", {"event": "unknown"})}, id="a detail nobody knows"),
        pytest.param("cancer_history", "yes type=breast, left side years_ago=4",
                     {"none": ("yes", {"type": "breast, left side", "years_ago": 4.0})}, id="free text goes on to the next detail"),
        pytest.param("cancer_history", 'yes type="a=b"', {"none": ("yes", {"type": "a=b"})}, id="free text in quotes may hold anything"),
        pytest.param("cancer_history", "yes type=4", {"none": ("yes", {"type": "4"})}, id="a number as free text stays text"),
        pytest.param("heel_rise", "left 8 right 24", {"left": (8.0, {}), "right": (24.0, {})}, id="both sides"),
        pytest.param("heel_rise", "right: 24, left: 8", {"left": (8.0, {}), "right": (24.0, {})}, id="both sides, punctuated, right first"),
        pytest.param("heel_rise", "8/24", {"left": (8.0, {}), "right": (24.0, {})}, id="left/right"),
        pytest.param("heel_rise", "left=8 r 24", {"left": (8.0, {}), "right": (24.0, {})}, id="sides in other spellings"),
        pytest.param("heel_rise", "8/unknown", {"left": (8.0, {}), "right": ("unknown", {})}, id="one side known"),
        pytest.param("heel_rise", "both low", {"left": ("low", {}), "right": ("low", {})}, id="both sides the same"),
        pytest.param("heel_rise", "left 8", {"left": (8.0, {})}, id="one side"),
        pytest.param("heel_rise", "unstated low", {"unstated": ("low", {})}, id="one side, not told which"),
        pytest.param("heel_rise", "unknown", {"left": ("unknown", {}), "right": ("unknown", {})}, id="unknown on both sides"),
        pytest.param("ankle_sprain", "no", {"left": ("no", {}), "right": ("no", {})}, id="no is no on both sides"),
        pytest.param("ankle_sprain", "left yes years_ago=7 still_bothers=no right no",
                     {"left": ("yes", {"years_ago": 7.0, "still_bothers": "no"}), "right": ("no", {})}, id="details belong to their side"),
    ],
)
def test_an_answer(finding: str, line: str, want: dict[str, object]) -> None:
    state, shown = said(line, after=on(finding))
    assert told(state, finding) == want
    assert shown.startswith("noted: "), "the clinician sees how it was understood"


@pytest.mark.parametrize(
    ("finding", "line", "says"),
    [
        pytest.param("onset", "", "Nothing was written. 'skip' leaves this question", id="an empty line is no answer"),
        pytest.param("onset", "sudde n", "'sudde n' is no answer to 'onset'", id="an unknown word"),
        pytest.param("onset", "gradaul", "did you mean 'gradual'?", id="a slip of the keys"),
        pytest.param("pain_course", "s t", "write one of: improving, stable, progressive, rapidly_worse", id="the choices are listed"),
        pytest.param("back_muscle_tone", "both n o", "is no answer", id="letters with gaps"),
        pytest.param("trauma", "no", "did you mean 'none'?", id="no is not taken for none"),
        pytest.param("trauma", "m", "'m' can be more than one answer\n  hint: write one of: minor, major", id="too few letters"),
        pytest.param("pain_months", "9999", "9999 is out of range for 'pain_months' (0 to 900)", id="a number out of range"),
        pytest.param("pain_months", "1e3", "'1e3' is no answer", id="a number in another notation"),
        pytest.param("pain_months", "3 years", "'3 years' is no answer", id="a number with another unit"),
        pytest.param("onset", "left sudden", "'left sudden' is no answer", id="a side where there is none"),
        pytest.param("onset", "event=lift", "is given details and no answer", id="details without an answer"),
        pytest.param("onset", "sudden evnt=lift", "did you mean 'event'?", id="a detail misspelt"),
        pytest.param("onset", "sudden event=flying", "'flying' is no answer to 'onset.event'", id="a wrong detail"),
        pytest.param("onset", "sudden event=lift event=fall", "'event' is told twice", id="a detail told twice"),
        pytest.param("onset", "sudden value=gradual", "'value' is told twice", id="the answer told twice"),
        pytest.param("heel_rise", "8", "write 'left 8', 'right 8' or 'both 8'", id="no side where there are two"),
        pytest.param("heel_rise", "8 24", "'heel_rise' has sides and none is given", id="two numbers without sides"),
        pytest.param("ankle_sprain", "yes", "write 'left yes', 'right yes' or 'both yes'", id="yes does not tell the side"),
        pytest.param("heel_rise", "left right 8", "'heel_rise' is given nothing", id="a side without a value"),
        pytest.param("heel_rise", "left 8 left 9", "'left' is given twice", id="a side given twice"),
        pytest.param("heel_rise", "both 8 left 9", "'both' is told, and a side too", id="both and one"),
        pytest.param("heel_rise", "left 8 unstated 9", "'unstated' is told, and a side too", id="a side told and not told"),
        pytest.param("heel_rise", "left 8 right many", "'many' is no answer", id="one side wrong, nothing is taken"),
    ],
)
def test_a_wrong_answer_is_told_and_asked_again(finding: str, line: str, says: str) -> None:
    before = on(finding)
    state, shown = said(line, after=before)
    assert says in shown
    assert (state.events, state.asked, state.case) == (before.events, before.asked, before.case)


class TestActivities:
    one = ("change activities", "walking uphill", "walk", "6 minutes=20")

    def items(self, state: Dialogue) -> list[dict[str, object]]:
        answer = state.case.answer("activities")
        return [dict(item) for item in answer.items] if answer else []

    def test_are_asked_one_at_a_time_until_an_empty_line(self) -> None:
        state = after(*self.one, "lifting the cot", "li", "3", "")
        walking = {"activity": "walking uphill", "class": "walk", "psfs": 6.0, "minutes": 20.0}
        assert self.items(state) == [walking, {"activity": "lifting the cot", "class": "lift", "psfs": 3.0}]
        assert state.asked is not None
        assert state.asked.finding == "pain_where"

    def test_show_what_is_told_so_far(self) -> None:
        shown = asked(after(*self.one, "lifting the cot", "lift"))
        assert "now: lifting the cot (class lift)\n  psfs: a number (points), 0 to 10\n  may add: kg=" in shown

    def test_an_empty_line_before_the_first_is_no_answer(self) -> None:
        state, shown = said("change activities", "")
        assert "'skip' leaves it out" in shown
        assert not state.case.answers

    @pytest.mark.parametrize("line", ["11", "many", "6 weight=3", "6 psfs=7", ""])
    def test_a_wrong_rating_asks_again(self, line: str) -> None:
        before = after(*self.one[:3])
        assert after(line, state=before) == before

    def test_skip_leaves_out_a_part(self) -> None:
        assert self.items(after("change activities", "rowing", "skip", "skip", "")) == [{"activity": "rowing"}]

    def test_unknown_is_known_to_be_unknown(self) -> None:
        state = after("change activities", "rowing", "unknown", "unknown", "")
        assert self.items(state) == [{"activity": "rowing", "class": "unknown", "psfs": "unknown"}]
        assert told(after("change activities", "unknown"), "activities") == {"none": ("unknown", {})}

    def test_back_takes_one_part_back(self) -> None:
        assert after(*self.one[:3], "back") == after(*self.one[:2])
        assert after(*self.one, "back") == after(*self.one[:3])

    def test_are_gone_on_with_when_asked_again(self) -> None:
        state = after(*self.one, "", "change activities")
        assert self.items(after("", state=state)) == self.items(state)
        assert [item["activity"] for item in self.items(after("rowing", "lift", "2", "", state=state))] == ["walking uphill", "rowing"]

    def test_a_number_takes_one_out(self) -> None:
        state = after(*self.one, "rowing", "lift", "2", "1")
        assert [item["activity"] for item in self.items(state)] == ["rowing"]
        assert self.items(after("1", "", state=state)) == []
        assert len(self.items(after("2", "walk", "3", state=state))) == 2, "there is no second one, so it is an activity"

    def test_a_command_word_can_begin_an_activity(self) -> None:
        assert "now: change the tyres" in asked(after("change activities", "change the tyres"))
        assert "now: report" in asked(after("change activities", '"report"'))
