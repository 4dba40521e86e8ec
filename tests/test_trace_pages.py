"""The trace to read: every format tells the same firings and conclusions, every link of the page leads somewhere, nothing is fetched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from cli import main
from engine.case import Case
from engine.result import Inference
from reports.steps_page import steps_page
from reports.traces import FORMATS, render_trace
from tests import shipped
from tests.reporting import SMALL, Page, inferred, plain_text, reasoner, small
from tests.test_report_escaping import ALLOWED, HOSTILE, hostile_case, unwanted

WORDY = ("md", "html")
REAL = ("article-ankle", "article-s1-nerve", "article-saddle", "fear-and-bracing", "empty", "control-two-drivers")


def shown(name: str, format_: str) -> str:
    return render_trace(inferred(name), small(name), reasoner().kb, format_)


@pytest.mark.parametrize("format_", WORDY)
@pytest.mark.parametrize("name", SMALL)
def test_every_firing_that_says_something_is_told(name: str, format_: str) -> None:
    told = plain_text(shown(name, format_), format_)
    for fired in inferred(name).trace:
        if fired.phase != "chain":
            rule = next(rule for rule in reasoner().kb.rules if rule.id == fired.rule.partition("/")[0])
            assert fired.rule in told
            assert " ".join(rule.because.split()) in told


@pytest.mark.parametrize("name", SMALL)
def test_both_formats_state_the_same_facts(name: str) -> None:
    page = steps_page(inferred(name), small(name), reasoner().kb)
    facts = [page.sentence, page.decision, page.sha256, *(row.title for group in page.answers for row in group.rows)]
    facts += [value for group in page.answers for row in group.rows for value in row.values]
    facts += [text for row in page.stations for text in (row.title, row.state_word, row.decibans)]
    facts += [text for one in page.explanations for text in (one.title, *one.terms, *one.weakest)]
    for format_ in WORDY:
        told = plain_text(shown(name, format_), format_)
        assert [fact for fact in facts if " ".join(fact.split()) not in told] == []


def _page(found: Inference, case: Case) -> Page:
    return Page(render_trace(found, case, shipped.reasoner().kb, "html"))


@pytest.mark.parametrize("name", REAL)
def test_every_link_leads_to_a_place_of_the_page_or_to_a_source(name: str) -> None:
    page = _page(shipped.inferred(name), shipped.case(name))
    places = page.values("id")
    assert page.faults == []
    assert len(places) == len(set(places))
    assert [to for to in page.values("href") if to.startswith("#") and to[1:] not in places] == []
    assert [to for to in page.values("href") if not to.startswith(("#", "http://", "https://"))] == []


@pytest.mark.parametrize("name", REAL)
def test_the_page_fetches_nothing_and_runs_nothing(name: str) -> None:
    page = _page(shipped.inferred(name), shipped.case(name))
    assert {tag for tag, _ in page.tags} <= {*ALLOWED, "nav", "article", "details", "summary"}
    assert not page.values("src")
    assert "default-src 'none'" in "".join(page.values("content"))


def test_a_conclusion_leads_to_the_firings_that_made_it() -> None:
    page = steps_page(inferred("chain"), small("chain"), reasoner().kb)
    calf = next(one for one in page.stations if one.anchor == "station-calf_weakness-left")
    made = {seq for said in calf.said for seq in said.seqs}
    trace = {fired.seq: fired for fired in inferred("chain").trace}
    said = [seq for seq, one in trace.items() if one.phase == "evidence" and any(" calf_weakness.left " in text for text in one.asserted)]
    assert made == set(said)
    firings = {one.seq: one for phase in page.phases for one in phase.firings}
    assert all("station-calf_weakness-left" in {pointer.anchor for pointer in (*firings[seq].says, *firings[seq].confirms)} for seq in made)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_case_brings_stays_text(text: str) -> None:
    case = hostile_case(text)
    found = reasoner().infer(case)
    html = render_trace(found, case, reasoner().kb, "html")
    assert unwanted(html) == []
    assert Page(html).faults == []
    assert not [name for _, attributes in Page(html).tags for name in attributes if name.startswith("on")]
    told = render_trace(found, case, reasoner().kb, "md")
    rendered = Page("<body>" + MarkdownIt("commonmark").enable("table").render(told) + "</body>")
    assert not [value for value in rendered.values("href") if "evil" in value or value.startswith("javascript")]
    assert unwanted(render_trace(found, case, reasoner().kb, "json")) == []


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_case_gives_the_same_bytes(format_: str) -> None:
    fresh = reasoner().infer(small("chain"))
    assert render_trace(fresh, small("chain"), reasoner().kb, format_) == shown("chain", format_)


def test_a_format_nobody_made_is_refused() -> None:
    with pytest.raises(ValueError, match="known are text, md, html, json"):
        shown("chain", "pdf")


def test_an_emergency_stands_before_everything() -> None:
    told = Page(shown("stop", "html")).text
    assert told.index("First of all") < told.index("1. Answers")
    assert re.search(r"An emergency or urgent red flag decides before anything else", told)


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["trace", str(shipped.case_path("article-ankle")), *args])
    return result.exit_code, result.stdout, result.stderr


def test_html_file_is_a_short_way_to_the_page(tmp_path: Path) -> None:
    code, out, said = run("--html", str(tmp_path / "a.html"))
    assert (code, out) == (0, "")
    assert "a.html" in said
    run("--format", "html", "-o", str(tmp_path / "b.html"))
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_two_files_at_once_are_a_mistake(tmp_path: Path) -> None:
    code, _, said = run("--html", str(tmp_path / "a.html"), "-o", str(tmp_path / "b.html"))
    assert code == 2
    assert "leave --format and -o away" in said
    assert run("--html", str(tmp_path / "a.html"), "--format", "json")[0] == 2


def test_json_goes_to_the_terminal_when_no_file_is_named() -> None:
    code, out, _ = run("--format", "json")
    assert code == 0
    assert out.startswith('{\n  "schema": "backcause.trace/1"')
