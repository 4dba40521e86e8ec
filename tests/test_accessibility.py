"""Every HTML page in a real browser: held against the rules of axe, wide and narrow, light and dark.

A new page is one row of PAGES.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import pytest

from reports import render
from tests.browser import showing, violations
from tests.shipped import case, inferred, reasoner

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


@cache
def clinician(name: str, audience: str = "clinician") -> str:
    """The report for a clinician, or another document, on a shipped case."""
    shown = render(inferred(name), case(name), reasoner().kb, "html", audience)
    assert isinstance(shown, str)
    return shown


@cache
def patient(name: str, large: bool = False) -> str:
    """The guide for the person of a shipped case."""
    return render(inferred(name), case(name), reasoner().kb, "html", "patient", large_print=large)


PAGES: dict[str, Callable[[], str]] = {
    "an empty report": lambda: clinician("empty"),
    "a referral": lambda: clinician("article-saddle"),
    "a chain": lambda: clinician("article-ankle"),
    "two drivers": lambda: clinician("control-two-drivers"),
    "fear first": lambda: clinician("fear-and-bracing"),
    "nothing that stands out": lambda: clinician("a13_hips_42m"),
    "an exam sheet": lambda: clinician("article-ankle", "exam"),
    "an exam sheet with nothing known": lambda: clinician("empty", "exam"),
    "a referral letter": lambda: clinician("c01_ces_54m", "letter"),
    "a letter for information": lambda: clinician("article-ankle", "letter"),
    "an empty guide": lambda: patient("empty"),
    "a guide to get help": lambda: patient("article-saddle"),
    "a guide along a chain": lambda: patient("article-ankle"),
    "a guide with two drivers": lambda: patient("control-two-drivers"),
    "a guide in large print": lambda: patient("article-s1-nerve", large=True),
    "a guide with open questions": lambda: patient("a13_hips_42m"),
}
SMALLEST = 11
"""Pixels that the smallest letter of a picture may have on a phone."""


@pytest.mark.parametrize(("width", "dark"), [(1200, False), (1200, True), (390, False)], ids=["wide", "wide and dark", "narrow"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(browser: Browser, page: str, width: int, dark: bool) -> None:
    assert violations(browser, PAGES[page](), width, dark) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_need_not_scroll_sideways(browser: Browser, page: str) -> None:
    with showing(browser, PAGES[page](), 360) as shown:
        assert shown.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("page", PAGES)
def test_pictures_can_be_read_on_a_phone(browser: Browser, page: str) -> None:
    measure = """[...document.querySelectorAll('svg.drawn')].map(svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width *
        Math.min(...[...svg.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize))))"""
    with showing(browser, PAGES[page](), 360) as shown:
        assert all(size >= SMALLEST for size in shown.evaluate(measure))


@pytest.mark.parametrize("page", PAGES)
def test_words_stay_inside_their_picture(browser: Browser, page: str) -> None:
    """Asked of the browser, since only it knows how wide a text really is."""
    measure = """[...document.querySelectorAll('svg.drawn text')].filter(text => {
        const box = text.getBBox(), view = text.ownerSVGElement.viewBox.baseVal;
        return box.x < -1 || box.x + box.width > view.width + 1 || box.y + box.height > view.height + 2}).map(text => text.textContent)"""
    with showing(browser, PAGES[page](), 1200) as shown:
        assert shown.evaluate(measure) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_id_stands_once(browser: Browser, page: str) -> None:
    with showing(browser, PAGES[page]()) as shown:
        ids = shown.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))
