"""The exam sheet: what goes on it, in which order, how results are judged, and how it is typed back."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from engine.asking.sheet import Bout, Sheet, in_bouts, make_sheet, sheet_minutes
from engine.case_reading import read_case_text
from engine.result import Question, Reason
from reports import render
from reports.exam import ExamSheet, Probe, build_exam
from reports.formats import fill_pdf
from tests.shipped import case, case_path, every_case, inferred, reasoner

LOOKED_AT = ("empty", "article-ankle", "article-bladder-unknown", "fear-and-bracing", "article-saddle", "c04_discitis_57m")


@cache
def sheet(name: str, minutes: float | None = None) -> Sheet:
    ready = reasoner()
    return make_sheet(inferred(name), ready.rank(case(name), inferred(name)), ready.kb, minutes)


@cache
def view(name: str, minutes: float | None = None) -> ExamSheet:
    return build_exam(inferred(name), case(name), reasoner().kb, reasoner(), minutes)


def done_on(one: Sheet) -> list[str]:
    return [test.finding for bout in one.bouts for test in bout.tests]


def probe(name: str, finding: str) -> Probe:
    found = [one for bout in view(name).bouts for one in bout.tests if one.field.id == finding]
    return found[0]




def bouts(*names: str) -> tuple[Bout, ...]:
    return in_bouts([Question(name, "none", Reason("confirms")) for name in names], reasoner().kb)


class TestWhatIsOnIt:
    def test_an_empty_case_gets_complaint_red_flags_and_basic_tests(self) -> None:
        one, kb = sheet("empty"), reasoner().kb
        assert [asked.finding for asked in one.complaint][:2] == ["pain_where", "pain_side"]
        assert {asked.finding for asked in one.must_ask} == set(inferred("empty").open_red_flags)
        assert set(done_on(one)) & set(kb.examination.basic)

    @pytest.mark.parametrize("name", LOOKED_AT)
    def test_every_open_must_ask_question_is_on_it_and_comes_first(self, name: str) -> None:
        assert tuple(one.finding for one in sheet(name).must_ask) == inferred(name).open_red_flags
        text = render(inferred(name), case(name), reasoner().kb, "text", "exam")
        if inferred(name).open_red_flags:
            assert text.index("Ask first") < min([text.index(head) for head in ("The complaint", "Ask as well", "Tests,") if head in text])

    @pytest.mark.parametrize("name", every_case())
    def test_no_test_that_must_wait_is_on_it(self, name: str) -> None:
        found = inferred(name)
        on_it = done_on(sheet(name))
        assert not set(on_it) & set(found.withheld_tests)
        assert len(on_it) == len(set(on_it))
        if found.urgency in ("emergency", "urgent") or found.out_of_scope:
            assert on_it == []

    @pytest.mark.parametrize("minutes", [1, 5, 12, 20])
    def test_the_tests_fit_in_the_minutes(self, minutes: float) -> None:
        one = sheet("article-ankle", minutes)
        took = sum(reasoner().kb.findings[name].minutes for name in done_on(one))
        assert one.minutes == pytest.approx(took)
        assert took <= minutes

    def test_more_minutes_hold_more_tests(self) -> None:
        assert len(done_on(sheet("article-ankle", 60))) > len(done_on(sheet("article-ankle"))) > len(done_on(sheet("article-ankle", 5)))

    def test_nobody_says_how_long_so_the_strategy_does(self) -> None:
        assert sheet_minutes(reasoner().kb) == 20

    def test_nothing_known_on_both_sides_is_tested_again(self) -> None:
        known = {name for name, side in inferred("article-ankle").valuation.words if side == "left"}
        known &= {name for name, side in inferred("article-ankle").valuation.words if side == "right"}
        assert not known & set(done_on(sheet("article-ankle")))


class TestTheOrder:
    @pytest.mark.parametrize("name", every_case())
    def test_a_position_is_taken_up_once_before_what_tires_and_once_then(self, name: str) -> None:
        one, kb = sheet(name), reasoner().kb
        places = list(kb.examination.positions)
        keys = [(bout.last, places.index(bout.position)) for bout in one.bouts]
        assert keys == sorted(set(keys))

    def test_what_tires_comes_last_whatever_the_position(self) -> None:
        assert [(one.position, one.last) for one in bouts("heel_rise", "slr", "lordosis")] == [
            ("standing", False), ("supine", False), ("standing", True)]

    def test_in_a_position_what_brings_pain_on_comes_after_what_does_not(self) -> None:
        assert [test.finding for one in bouts("slr", "sensation_l5", "faber", "babinski") for test in one.tests] == [
            "sensation_l5", "babinski", "slr", "faber"]

    def test_every_test_of_the_knowledge_has_a_place(self) -> None:
        kb = reasoner().kb
        kinds = ("test", "neuro", "observation", "response")
        examined = [one for one in kb.findings.values() if one.kind in kinds and not one.derived]
        assert [one.id for one in examined if one.position not in kb.examination.positions] == []


class TestHowAResultIsJudged:
    def test_a_norm_is_told_in_the_numbers_of_this_age_and_sex(self) -> None:
        kb = reasoner().kb
        text = "id: x\nanswers:\n  age: 44\n  sex: male\n"
        one = read_case_text(text, "x", kb)
        found = reasoner().infer(one)
        made = build_exam(found, one, kb, reasoner(), 60)
        judged = {each.field.id: each.judged for bout in made.bouts for each in bout.tests}
        norm = next(row.value for row in kb.norms["heel_rise_age_sex"].rows if row.sex == "male" and row.age_from <= 44 <= row.age_to)
        assert f"low < {round(norm * 0.6, 1):g}" in judged["heel_rise"]

    def test_without_age_or_sex_it_is_told_in_percent_of_the_norm(self) -> None:
        assert "% of the norm" in probe("empty", "single_leg_stance").judged

    def test_a_published_measurement_error_stands_beside_it(self) -> None:
        assert "1.9 cm" in probe("empty", "lunge_dorsiflexion").error

    def test_words_are_told_with_what_they_mean(self) -> None:
        assert "negative: no familiar leg pain" in probe("empty", "slr").judged


class TestTheFormats:
    @pytest.mark.parametrize("format_", ["text", "md", "html"])
    @pytest.mark.parametrize("name", LOOKED_AT)
    def test_every_format_holds_every_finding_and_every_reason(self, name: str, format_: str) -> None:
        text = unescape(render(inferred(name), case(name), reasoner().kb, format_, "exam"))
        flat = re.sub(r"[\\\s]+", "", text)
        made = view(name)
        fields = [*made.must_ask, *made.complaint, *made.questions, *(one.field for bout in made.bouts for one in bout.tests)]
        said = [*(one.id for one in fields), *(one.title for one in fields), *(one.why for bout in made.bouts for one in bout.tests),
                *(one.because for one in made.not_today), made.so_far, *made.actions]
        assert [one for one in said if re.sub(r"[\\\s]+", "", one) not in flat] == []

    @pytest.mark.parametrize("name", every_case())
    def test_it_is_one_page(self, name: str) -> None:
        made = fill_pdf("exam", view(name))
        assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1

    def test_the_same_case_gives_the_same_bytes(self) -> None:
        assert fill_pdf("exam", view("article-ankle")) == fill_pdf("exam", view("article-ankle"))

    def test_the_skeleton_can_be_typed_back(self) -> None:
        text = render(inferred("article-ankle"), case("article-ankle"), reasoner().kb, "yaml", "exam")
        filled = re.sub(r"(?m)^# (\w+): \{left: , right: \}$", r"  \1: {left: unknown, right: unknown}", text)
        filled = re.sub(r"(?m)^# (\w+):$", r"  \1: unknown", filled)
        read = read_case_text(f"id: x\nanswers:\n{filled}", "x", reasoner().kb)
        asked = {one.finding for bout in sheet("article-ankle").bouts for one in bout.tests}
        assert asked <= {name for name, _ in read.answers}


class TestTheCommand:
    def test_it_writes_a_file_and_leaves_with_the_code_of_the_result(self, tmp_path: Path) -> None:
        out = tmp_path / "sheet.html"
        done = CliRunner().invoke(main, ["exam", str(case_path("article-saddle")), "--format", "html", "-o", str(out)])
        assert done.exit_code == 3
        assert out.read_text(encoding="utf-8").startswith("<!doctype html>")

    def test_no_minutes_at_all_is_refused(self) -> None:
        assert CliRunner().invoke(main, ["exam", str(case_path("empty")), "--minutes", "0"]).exit_code == 2
