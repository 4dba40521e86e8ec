"""The plan by itself, as its users ask for it: formats, dates, the calendar file, and what comes after a session."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from tests.shipped import case_path, inferred, reasoner

ANKLE, SADDLE = str(case_path("article-ankle")), str(case_path("article-saddle"))


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["plan", *args])


@pytest.mark.parametrize("format_", ["text", "md", "html", "json"])
def test_every_format_names_where_to_start(format_: str) -> None:
    result = run(ANKLE, "--format", format_)
    assert result.exit_code == 0
    assert ("Start here" in result.output) == (format_ != "json")
    assert "car seat" in result.output


def test_json_has_the_plan_of_the_contract() -> None:
    told = json.loads(run(ANKLE, "--format", "json").stdout)
    assert (told["plan"]["state"], told["plan"]["tasks"][0]["start"]) == ("ready", inferred("article-ankle").plan.tasks[0].start)


def test_an_emergency_comes_first_and_ends_with_3() -> None:
    result = run(SADDLE)
    assert result.exit_code == 3
    assert "emergency department" in result.output
    assert "Start here" not in result.output


def test_dates_are_told_only_from_a_first_day() -> None:
    assert "2026-11-16" in run(ANKLE, "--start", "2026-11-02").output
    assert "2026-" not in run(ANKLE).output.split("Sources")[0]
    assert "2001" not in run(ANKLE).output.split("Sources")[0]


@pytest.mark.parametrize(
    ("notes", "says"),
    [
        pytest.param("rung=2,pain=2", "Stay: not enough was noted", id="too little noted"),
        pytest.param("rung=2,pain=6", "Step back: pain went above the pain rule. Next: step 1, half the volume", id="too much pain"),
        pytest.param("rung=1,flare=yes", "Next: half of step 1", id="a flare on the first step"),
        pytest.param("rung=3,signs=yes", "Stop, and get medical help", id="a warning sign"),
        pytest.param("rung=4,small=3,flare=yes,task=1", "Step back: a flare followed. Next: step 3", id="a flare on a small step"),
    ],
)
def test_what_comes_after_a_session(notes: str, says: str) -> None:
    assert says in " ".join(run(ANKLE, "--after", notes).output.split())


def test_two_good_sessions_step_up() -> None:
    good = "rung=2,pain=2,settled=yes,next_day=yes,fear=20,confidence=8,smooth=yes"
    assert "Step up: two good sessions. Next: step 3" in " ".join(run(ANKLE, "--after", good, "--after", good).output.split())


@pytest.mark.parametrize(
    ("notes", "says"),
    [
        pytest.param("pain=3", "the rung is missing", id="no rung"),
        pytest.param("rung=2,paine=3", "'paine=3' is not read", id="a name that is not one"),
        pytest.param("rung=2,pain=12", "write a number from 0 to 10", id="a number out of range"),
        pytest.param("rung=2,settled=maybe", "write yes or no", id="neither yes nor no"),
        pytest.param("rung=40", "a session on a rung of the ladder is needed", id="a rung that is not there"),
        pytest.param("rung=1,task=7", "the plan has no such activity", id="an activity that is not there"),
    ],
)
def test_notes_that_cannot_be_read_are_told(notes: str, says: str) -> None:
    result = run(ANKLE, "--after", notes)
    assert (result.exit_code, says in " ".join(result.output.split())) == (2, True)


def test_notes_for_a_withheld_plan_are_told() -> None:
    assert "no such activity" in run(SADDLE, "--after", "rung=1").output


class TestCalendarFile:
    def test_it_needs_a_first_day(self, tmp_path: Path) -> None:
        result = run(ANKLE, "--ics", str(tmp_path / "plan.ics"))
        assert (result.exit_code, "--start" in result.output) == (2, True)

    def test_it_is_read_back_and_the_same_each_time(self, tmp_path: Path) -> None:
        icalendar = pytest.importorskip("icalendar")
        for name in ("one.ics", "two.ics"):
            assert run(ANKLE, "--start", "2026-11-02", "--ics", str(tmp_path / name)).exit_code == 0
        content = (tmp_path / "one.ics").read_bytes()
        assert content == (tmp_path / "two.ics").read_bytes()
        events = icalendar.Calendar.from_ical(content).walk("VEVENT")
        assert len({str(one["uid"]) for one in events}) == len(events) > 80
        assert {one.decoded("dtstamp").isoformat() for one in events} == {"2026-11-02T00:00:00+00:00"}

    def test_nothing_about_the_person_is_in_it_but_the_activities(self, tmp_path: Path) -> None:
        pytest.importorskip("icalendar")
        run(ANKLE, "--start", "2026-11-02", "--ics", str(tmp_path / "plan.ics"))
        text = (tmp_path / "plan.ics").read_text(encoding="utf-8").lower()
        assert "walking uphill" in text
        assert not [word for word in ("calf", "article-ankle", "sprain", "pain", "heel") if word in text]

    def test_another_case_has_other_ids(self) -> None:
        pytest.importorskip("icalendar")
        from datetime import date

        from reports.ics import ics

        plan, first = inferred("article-ankle").plan, date(2026, 11, 2)
        one, two = (ics(plan, reasoner().kb, name, first).splitlines() for name in ("a", "b"))
        assert not {line for line in one if line.startswith(b"UID")} & set(two)

    def test_without_the_library_one_sentence_names_the_extra(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "icalendar", None)
        result = run(ANKLE, "--start", "2026-11-02", "--ics", str(tmp_path / "plan.ics"))
        assert result.exit_code == 1
        assert "pip install 'backcause[calendar]'" in result.output

    def test_a_file_that_cannot_be_written_is_told(self, tmp_path: Path) -> None:
        pytest.importorskip("icalendar")
        result = run(ANKLE, "--start", "2026-11-02", "--ics", str(tmp_path / "no" / "plan.ics"))
        assert (result.exit_code, "cannot be written" in result.output) == (1, True)
