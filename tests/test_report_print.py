"""The clinician's report on paper: a first page in short, four A4 pages at the most, printed from the page and set by typst."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import pytest

from reports import render, render_pdf
from tests import shipped
from tests.browser import showing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pypdf = pytest.importorskip("pypdf")
MOST = 4
LONGEST = ("article-ankle", "article-s1-nerve", "article-try-negative", "control-two-drivers", "control-hip-osteoarthritis")
SHORTER = ("article-saddle", "c01_ces_54m", "a21_bikefit_54", "a29_fm_acl_ankle_30m", "control-spondyloarthritis", "empty")
STOPPED = ("article-saddle", "c01_ces_54m")
"""What may explain the pain is kept for after the check, and stands behind the first page."""
LEFT = "Left to the page on a screen:"


@cache
def page(name: str) -> str:
    return render(shipped.inferred(name), shipped.case(name), shipped.reasoner().kb, "html", reasoner=shipped.reasoner())


def read(made: bytes) -> list[str]:
    """The text of each page of a PDF; ligatures as letters."""
    texts = [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(made)).pages]
    return [" ".join(text.replace("\ufb01", "fi").replace("\ufb02", "fl").split()) for text in texts]


def pages_of(title: str, told: list[str]) -> list[int]:
    """The pages, from 0, on which a title stands."""
    return [number for number, text in enumerate(told) if title in text]


def printed(browser: Browser, name: str) -> list[str]:
    with showing(browser, page(name), printed=True) as shown:
        return read(shown.pdf(prefer_css_page_size=True))


@pytest.mark.parametrize("name", [*LONGEST, *SHORTER])
def test_the_page_prints_on_few_sheets(name: str, browser: Browser) -> None:
    told = printed(browser, name)
    assert len(told) <= MOST
    if name != "empty":
        assert pages_of("Why the back hurts", told) == [1 if name in STOPPED else 0]
        assert LEFT in told[-1]


def test_paper_names_the_case_the_knowledge_and_the_place_on_every_sheet(browser: Browser) -> None:
    told = printed(browser, "article-ankle")
    for number, text in enumerate(told, 1):
        assert f"{number} of {len(told)}" in text
        assert "article-ankle, backcause report" in text
        assert f"sha256 {shipped.reasoner().kb.sha256[:12]}" in text


def test_what_matters_clinically_is_on_paper(browser: Browser) -> None:
    told = " ".join(printed(browser, "article-ankle"))
    for wanted in (
        "From driver to pain", "Would change it", "Safety net", "Disuse and pain after a sprain", "contested", "What would change our mind",
        "Instead:", "Pain rule", "Start here:", "Gate.", "Step back:", "Next tests", "Sources", "60 below the best explanation",
    ):
        assert wanted in told


def test_what_is_left_to_the_screen_is_not_on_paper_and_is_on_the_screen(browser: Browser) -> None:
    told = " ".join(printed(browser, "article-ankle"))
    for title in ("All the evidence", "Next questions", "Rules of every ladder"):
        assert title not in told
        assert title in page("article-ankle")
    with showing(browser, page("article-ankle")) as shown:
        assert LEFT not in shown.inner_text("body")


@pytest.mark.parametrize("name", [*LONGEST, *SHORTER])
def test_the_pdf_has_few_pages_and_the_first_is_the_summary(name: str) -> None:
    pytest.importorskip("typst")
    told = read(render_pdf(shipped.inferred(name), shipped.case(name), shipped.reasoner().kb, reasoner=shipped.reasoner()))
    assert len(told) <= MOST
    assert f"1 of {len(told)}" in told[0]
    if name != "empty":
        assert pages_of("Why the back hurts", told) == [1 if name in STOPPED else 0]
