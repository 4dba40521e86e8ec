"""The page on synthetic people: says what it is not, keeps every figure in both formats, needs nothing from elsewhere."""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree

import pytest

from engine.cohort.summary import Summary
from reports.cohort_page import cohort_page
from reports.pictures.charts import Measured, bars, points
from tests.shipped import reasoner
from tests.test_cohort_summary import columns, row

SHARES = [Measured("a", 40, 25.0, 14.0, 40.0, 50.0), Measured("b <b>", 3, 100.0, 44.0, 100.0), Measured("c", 10, 0.0, 0.0, 28.0, 10.0)]


@cache
def summary() -> Summary:
    told = {"cause1": "old_ankle_sprain", "side1": "left", "score1": 55.0, "claim": "possible", "margin": 25.0}
    found = [row(true_cause="old_ankle_sprain", outcome="chain", **told) for _ in range(40)]
    missed = [row(true_cause="gtps", true_kind="local", outcome="chain", **told) for _ in range(7)]
    serious = [row(true_cause="malignancy", true_kind="referral", outcome=outcome) for outcome in ("referral", "referral", "local")]
    return Summary().add(columns([*found, *missed, *serious, row(error="age: 440 is out of range")]))


def page(form: str) -> str:
    return cohort_page(summary(), reasoner().kb, form)


@pytest.mark.parametrize("form", ["text", "html"])
@pytest.mark.parametrize(
    "says",
    [
        pytest.param("No clinical accuracy", id="that it is no clinical accuracy"),
        pytest.param("synthetic", id="that people are synthetic"),
        pytest.param("same rules and links", id="that they come from the same knowledge"),
        pytest.param("1 row could not be read", id="how many rows were not read"),
        pytest.param("85 %", id="how often the cause was named first"),
        pytest.param("33 %", id="how many serious conditions were not referred"),
        pytest.param("40 to 59", id="a bin of the score"),
        pytest.param("Old ankle sprain", id="a cause by its title"),
    ],
)
def test_both_formats_say(says: str, form: str) -> None:
    assert says in " ".join(page(form).split())


def test_another_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="known are text, html"):
        cohort_page(summary(), reasoner().kb, "pdf")


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    html = page("html")
    assert not re.search(r"<script|<link|<img|@import|url\((?!#)|\bon\w+=", html)
    assert set(re.findall(r'https?://[^"\s]+', html)) == {"http://www.w3.org/2000/svg"}


def test_every_chart_has_title_description_and_well_formed_marks() -> None:
    charts = re.findall(r"<svg.*?</svg>", page("html"), re.DOTALL)
    assert len(charts) == 4
    for text in charts:
        svg = ElementTree.fromstring(text)
        names = [child.attrib["id"] for child in svg if child.tag.endswith(("title", "desc"))]
        assert svg.attrib["aria-labelledby"].split() == names
        assert all(child.text for child in svg if child.tag.endswith(("title", "desc")))


def test_ids_stand_once() -> None:
    ids = re.findall(r'\bid="([^"]+)"', page("html"))
    assert sorted(ids) == sorted(set(ids))


def test_marks_stand_inside_the_chart_in_the_order_of_their_shares() -> None:
    for chart, along in ((points("p", "t", "d", SHARES), "y"), (bars("b", "t", "d", SHARES), "x")):
        values = [(mark.one.value, getattr(mark, along)) for mark in chart.marks]
        rising = sorted(values)
        assert [at for _, at in rising] == sorted((at for _, at in values), reverse=along == "y")
        assert all(0 <= mark.x <= chart.width and 0 <= mark.y <= chart.height for mark in chart.marks)
        assert all(min(mark.low, mark.high) >= 0 for mark in chart.marks)


def test_nobody_at_all_still_makes_a_page() -> None:
    for form in ("text", "html"):
        assert "No clinical accuracy" in cohort_page(Summary(), reasoner().kb, form)
