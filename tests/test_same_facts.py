"""Every document states the same facts in every format: each text of its view is found in text, Markdown, HTML and PDF.

What a format leaves out on purpose is told in LEFT_OUT with the reason; anything else that is missing is a fault.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from fnmatch import fnmatch
from functools import cache
from importlib.util import find_spec

import pytest

from reports import DOCUMENTS, render, render_pdf
from reports.escaping import Code, Url, cleaned, plain
from reports.pictures.standing_alone import Drawn
from tests.shipped import case, inferred, reasoner

CASES = ("article-ankle", "article-saddle", "article-s1-nerve", "fear-and-bracing", "weak-back", "b13_l5s1_31m", "empty")
PAGE = "four sheets hold no more; the page and the trace tell it, and the last sheet says so"
SHEET = "one sheet holds no more; the text and the page tell it"
LEFT_OUT: dict[tuple[str, str, str], str] = {
    ("clinician", "*", "chain.branches.activities"): "the activities of a link stand beside the stations of the chain alone",
    ("clinician", "*", "chain.stations.found.because"): "why a rule speaks is told by `how`; the report names the rule",
    ("clinician", "*", "head.outcome_meaning"): "nothing is said of an empty case",
    ("clinician", "*", "head.plan_line"): "nothing is said of an empty case",
    ("clinician", "*", "plan.tasks.rungs.amounts"): "the small steps stand in what a rung raises",
    ("clinician", "*", "plan.tasks.rungs.dims"): "what a rung raises is told, not all of its dimensions again",
    ("clinician", "pdf", "sources.note"): "notes are for authors; `seen` says how far a source was read",
    ("clinician", "*", "unknowns.must_ask.how"): "the exam sheet tells how; the report what is open",
    ("clinician", "*", "unknowns.must_ask.minutes"): "the exam sheet tells the time; the report what is open",
    **{("clinician", "pdf", field): PAGE for field in (
        "chain.branches.mechanism", "chain.caption", "evidence.*", "plan.rules.text", "plan.tasks.axis", "plan.tasks.demands.*",
        "plan.tasks.rungs.changes", "questions.shown.*", "rivals.shown.*", "tests.tests.*", "unknowns.must_ask.*",
    )},
    ("exam", "*", "bouts.tests.field.ask"): "a test is told by how it is done",
    ("exam", "*", "sha256"): "the first twelve letters are enough on paper",
    ("exam", "*", "time"): "no time is told where no test is listed",
    **{("exam", "pdf", field): SHEET for field in ("complaint.ask", "must_ask.*", "questions.how")},
    ("letter", "*", "sha256"): "the first twelve letters are enough on paper",
    ("patient", "*", "bring"): "who is sent on at once has no next visit to bring anything to",
    ("patient", "*", "plan.no_ladder"): "said where an activity has no ladder",
    ("trainee", "*", "source_title"): "the source could tell what the learner is to find",
    ("trainee", "*", "sources.note"): "notes are for authors; `seen` says how far a source was read",
    ("trainee", "*", "steps.seen.title"): "a step gives the reason and the id of a rule; the title is left to `how`",
}
"""(document, format, field) to the reason; `*` stands for anything."""


@cache
def view_of(document: str, name: str) -> object:
    made = DOCUMENTS[document].builder()(inferred(name), case(name), reasoner().kb, reasoner())
    return cleaned(made, plain)


@cache
def shown(document: str, name: str, format_: str) -> str:
    """All that a reader of the format reads, without blanks: line ends, hyphens and cells break texts anywhere."""
    arguments = (inferred(name), case(name), reasoner().kb)
    if format_ == "pdf":
        made = render_pdf(*arguments, document, reasoner())
        read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=made, capture_output=True, check=True).stdout.decode()
        return bare(read)
    text = render(*arguments, format_, document, reasoner())
    if format_ == "html":
        text = html.unescape(re.sub(r"<(style|head)\b.*?</\1>|<[^>]*>", "", text, flags=re.DOTALL))
    if format_ == "md":
        text = html.unescape(re.sub(r"\\(.)", r"\1", text))
    return bare(text)


def bare(text: str) -> str:
    """A text without blanks, hyphens and marks of emphasis, in small letters: headings of plain text are in capitals."""
    return re.sub(r"[\s\u00ad\u2010*_|-]+", "", text).casefold()


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a view with the field it stands in; pictures tell theirs in words beside them."""
    if isinstance(value, (Code, Url, Drawn)):
        return
    if isinstance(value, str):
        if bare(value):
            yield path, value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one, path)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from texts(getattr(value, one.name), f"{path}.{one.name}".strip("."))


def excused(document: str, format_: str, path: str) -> bool:
    return any(document == d and fnmatch(format_, f) and fnmatch(path, p) for d, f, p in LEFT_OUT)


def _formats() -> list[object]:
    ready = bool(find_spec("typst") and shutil.which("pdftotext"))
    skip = pytest.mark.skipif(not ready, reason="needs the extra 'pdf' and pdftotext (poppler-utils)")
    pairs = [(document, one) for document, made in DOCUMENTS.items() for one in made.formats if one != "yaml"]
    return [pytest.param(document, one, marks=skip if one == "pdf" else (), id=f"{document} as {one}") for document, one in pairs]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(("document", "format_"), _formats())
def test_every_text_of_the_view_is_read_in_every_format(document: str, format_: str, name: str) -> None:
    read = shown(document, name, format_)
    told = dict.fromkeys(texts(view_of(document, name)))
    missing = [(path, text) for path, text in told if bare(text) not in read and not excused(document, format_, path)]
    assert missing == []


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("format_", ["text", "md", "html", "pdf"])
def test_the_report_says_what_the_contract_says(format_: str, name: str) -> None:
    """Outcome, urgency, cause, driver, score, claim, red flags, open questions, plan and knowledge, by their titles."""
    kb, found = reasoner().kb, json.loads(render(inferred(name), case(name), reasoner().kb, "json", reasoner=reasoner()))
    said = [kb.wording.outcomes[found["outcome"]]["title"], kb.wording.urgency[found["urgency"]], found["knowledge"]["sha256"]]
    said += [kb.conclusions[one["condition"]].title for one in found["red_flags"] if one["condition"] in kb.conclusions]
    said += [kb.findings[one].title for one in found["open_red_flags"]]
    for one in found["explanations"][:1]:
        said += [kb.conclusions[one["cause"]["id"]].title, str(one["score"]), one["claim"]]
        said += [kb.conclusions[one["driver"]["id"]].title] if one["driver"] else []
    read = shown("clinician", name, format_)
    assert [text for text in said if bare(text) not in read] == []


def test_nothing_is_excused_that_every_format_shows() -> None:
    """A row that no case needs would hide the next fault."""
    needed = {
        row for row in LEFT_OUT for document, made in DOCUMENTS.items() for one in made.formats for name in CASES
        if row[0] == document and fnmatch(one, row[1]) and one in ("text", "md", "html")
        for path, text in texts(view_of(document, name)) if fnmatch(path, row[2]) and bare(text) not in shown(document, name, one)
    }
    assert {row for row in LEFT_OUT if row[1] != "pdf"} - needed == set()
