"""Bars of evidence and scores, and ladders as stairs: to scale, in view, and with the same facts as the tables beside them."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from reports.building import build_report
from reports.pictures.bars import Amount, Bars, Threshold, draw_bars
from reports.pictures.fitting import text_width
from reports.pictures.labels import Area
from reports.pictures.stairs import Rise, Stairs, StairWords, draw_stairs
from reports.pictures.standing_alone import standalone
from reports.view import Report
from tests.shipped import case, every_case, inferred, reasoner

ABSENT, PRESENT = Threshold(-30, "absent from 3.0 below", True), Threshold(20, "present from +2.0", False)
WORDS = StairWords("Steps", "Described", "“gardening”", "start here", "")


def page(name: str) -> Report:
    return build_report(inferred(name), case(name), reasoner().kb)


def bars(*amounts: Amount) -> Bars:
    return draw_bars("Evidence", "Described", amounts, (ABSENT, PRESENT), "b")


def amount(for_it: int = 0, against: int = 0, settled: str = "") -> Amount:
    return Amount("Weak calf (left)", "numbers", for_it, against, settled, lead=True)


def rises(count: int, blocked_from: int = 99, today: int = 1) -> list[Rise]:
    long = "goes on " * 12
    return [Rise(number, f"Task {number} {long}", "2 x 8", number == today, number >= blocked_from) for number in range(1, count + 1)]


def stairs(steps: list[Rise], gate: str = "") -> Stairs:
    words = StairWords(WORDS.title, WORDS.description, WORDS.top, WORDS.today, gate)
    return draw_stairs(steps, words, [f"Step {one.number}" for one in steps])


class TestBars:
    @pytest.mark.parametrize(
        ("row", "styles"),
        [
            pytest.param(amount(), [], id="nothing said, no bar"),
            pytest.param(amount(for_it=30), ["for"], id="what speaks for it goes to the right"),
            pytest.param(amount(against=30), ["against"], id="what speaks against it goes to the left"),
            pytest.param(amount(for_it=20, against=10), ["for", "against"], id="both go their way"),
            pytest.param(amount(settled="shown"), ["shown"], id="shown directly reaches the edge"),
            pytest.param(amount(against=10, settled="excluded"), ["excluded"], id="ruled out directly reaches the other edge"),
        ],
    )
    def test_a_row(self, row: Amount, styles: list[str]) -> None:
        picture = bars(row)
        (drawn,) = picture.rows
        assert [bar.style for bar in drawn.bars] == styles
        for bar in drawn.bars:
            right = bar.style in ("for", "shown")
            assert (bar.area.x == picture.zero) == right
            assert (round(bar.area.x + bar.area.width, 6) == round(picture.zero, 6)) == (not right)
        assert (drawn.sum_at is None) == bool(row.settled)

    def test_all_rows_and_lines_share_one_scale(self) -> None:
        picture = bars(amount(for_it=20), amount(for_it=40), amount(against=30))
        half, whole, left = (one.bars[0].area for one in picture.rows)
        assert half.width * 2 == pytest.approx(whole.width)
        assert left.width == pytest.approx(half.width * 1.5)
        assert [mark.x for mark in picture.marks] == pytest.approx([left.x, half.x + half.width])

    @pytest.mark.parametrize("name", every_case())
    def test_everything_is_in_view_in_every_shipped_case(self, name: str) -> None:
        view = page(name).bars
        for picture in (one for one in (view.evidence, view.scores) if one):
            inside = Area(0, 0, picture.width, picture.height)
            assert all(bar.area.inside(inside) for row in picture.rows for bar in row.bars)
            assert all(text_width(line.text, 13) < picture.width for row in picture.rows for line in row.lines)
            for mark in picture.marks:
                end = text_width(mark.words, 13) * (-1 if mark.anchor == "end" else 1)
                assert 0 <= mark.text_x + end <= picture.width
            depth = [y for row in picture.rows for y in (*(line.y for line in row.lines), row.middle)]
            assert depth == sorted(depth)
            assert depth[-1] < picture.height

    @pytest.mark.parametrize("name", every_case())
    def test_the_sums_are_those_of_the_table(self, name: str) -> None:
        report = page(name)
        listed = {(f"{row.title} ({row.side})" if row.side else row.title): row for row in report.evidence}
        for row in report.bars.evidence.rows if report.bars.evidence else ():
            title, _, numbers = row.aria.partition(": ")
            assert listed[title].state_word in numbers
            shown = "+0.0" if "for" not in numbers and "against" not in numbers else numbers
            assert listed[title].decibans in shown

    def test_scores_are_those_of_the_table(self) -> None:
        report = page("article-ankle")
        assert report.bars.scores
        assert len(report.rivals.shown) == 2
        assert all(f"score {one.score} ·" in row.aria for one, row in zip(report.rivals.shown, report.bars.scores.rows, strict=True))


class TestStairs:
    @pytest.mark.parametrize("count", [1, 2, 7, 9])
    def test_every_step_stands_higher_and_further_right(self, count: int) -> None:
        picture = stairs(rises(count))
        areas = [one.area for one in picture.stairs]
        assert all(low.y >= high.y + high.height - 0.01 and low.x < high.x for low, high in pairwise(areas))
        assert all(one.inside(Area(0, 0, picture.width, picture.height)) for one in areas)

    def test_lines_stay_inside_their_step(self) -> None:
        for one in stairs(rises(8)).stairs:
            assert all(one.area.y < line.y < one.area.y + one.area.height for line in one.lines)
            assert all(one.area.x + 34 + text_width(line.text, 13) <= 400 for line in one.lines)

    @pytest.mark.parametrize(
        ("blocked_from", "gate", "hatched"),
        [
            pytest.param(99, "", [], id="an open way has no gate"),
            pytest.param(4, "Train the calf", [4, 5], id="a gate stands before the first step that waits"),
            pytest.param(1, "Train the calf", [1, 2, 3, 4, 5], id="all steps may wait"),
        ],
    )
    def test_gate(self, blocked_from: int, gate: str, hatched: list[int]) -> None:
        picture = stairs(rises(5, blocked_from), gate)
        assert [one.number for one in picture.stairs if "blocked" in one.style] == hatched
        assert bool(picture.gate) == bool(hatched)
        if picture.gate:
            tops = {one.number: one.area for one in picture.stairs}
            assert picture.gate.area.y == pytest.approx(tops[blocked_from].y + tops[blocked_from].height)
            assert not [one for one in tops.values() if one.meets(picture.gate.area)]

    def test_a_step_held_back_for_another_reason_says_so(self) -> None:
        picture = stairs([*rises(2), Rise(3, "Lift", "", False, False, "lifting is held back")])
        assert picture.gate is None
        assert "blocked" in picture.stairs[2].style
        assert picture.stairs[2].lines[-1].text == "lifting is held back"

    def test_only_the_step_of_today_is_marked(self) -> None:
        assert [one.number for one in stairs(rises(5, today=2)).stairs if one.badge] == [2]

    def test_the_last_step_is_the_activity_in_the_words_of_the_person(self) -> None:
        *below, last = stairs(rises(3)).stairs
        assert last.lines[0].text == "“gardening”"
        assert last.top
        assert not any(one.top for one in below)

    @pytest.mark.parametrize("name", every_case())
    def test_steps_are_those_of_the_list(self, name: str) -> None:
        report = page(name)
        assert len(report.stairs) == len(report.plan.tasks)
        for task, picture in zip(report.plan.tasks, report.stairs, strict=True):
            assert [one.number for one in picture.stairs] == [rung.number for rung in task.rungs]
            assert all(rung.task in one.aria for rung, one in zip(task.rungs, picture.stairs, strict=True))
            assert ["blocked" in one.style for one in picture.stairs] == [rung.blocked or bool(rung.held) for rung in task.rungs]
            assert [one.number for one in picture.stairs if one.badge] == [rung.number for rung in task.rungs if rung.today]


@pytest.mark.parametrize("name", ["article-ankle", "weak-back", "d09_mixed_glute_fabq_f"])
def test_each_stands_alone_and_names_its_parts(name: str) -> None:
    report = page(name)
    pictures = [one for one in (report.bars.evidence, report.bars.scores, *report.stairs) if one]
    ids: list[str] = []
    for picture in pictures:
        root = ElementTree.fromstring(standalone(picture))
        ids += [one.attrib["id"] for one in root.iter() if "id" in one.attrib]
        assert root.find("{http://www.w3.org/2000/svg}title") is not None
        named = [one.attrib["aria-label"] for one in root.iter() if one.attrib.get("tabindex") == "0"]
        assert named
        assert all(named)
        assert "var(" not in standalone(picture)
    assert len(ids) == len(set(ids))
