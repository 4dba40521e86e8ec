"""What a case brings stays text in every format: no markup, no template, no control character gets through."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from engine.case import Case
from reports import render
from reports.escaping import Code, Url, cleaned, css_text, link_target, markdown, plain
from reports.trace_view import trace_text
from tests.reporting import WORDY, Page, plain_text, reasoner, small

HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ 7*7 }}", "{% include 'x' %}", "{# gone #}", "${7*7}",
    "[click](javascript:alert(1))", "![pic](http://evil.example/p.png)", "<http://evil.example>", "http://evil.example www.evil.example",
    "# heading", "**bold** _it_ `code` ~~old~~", "| a | b |", "> quote", "1. one", "- item", "&lt;b&gt; &#60;", "@someone #12 $x$",
    "\u202edesrever\u202c", "\x1b[31mred\x1b[0m \x1b]0;title\x07", "\x07bell\x00nul\x7f", "a\r\nb\u2028c\x85d",
    "\U0001f9b6\U0001f3fd 家", "'\"><svg/onload=x>", "\\", "</style><b>", "]]>",
)
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "h4", "strong", "main", "section", "p", "span",
    "div", "dl", "dt", "dd", "ul", "ol", "li", "figure", "figcaption", "svg", "desc", "defs", "marker", "path", "g", "rect", "text",
    "circle", "pattern", "tspan", "table", "caption", "thead", "tbody", "tr", "th", "td", "footer",
}
MARKED = {"h1", "h2", "h3", "p", "strong", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "code", "a", "hr"}


def hostile_case(text: str) -> Case:
    """A case whose every free text is this one."""
    case = small("chain")
    listed = case.answers["activities", "none"]
    items = tuple(MappingProxyType({**item, "activity": f"{text} lifting a box"}) for item in listed.items)
    answers = MappingProxyType({**case.answers, ("activities", "none"): replace(listed, items=items)})
    source = MappingProxyType({"title": text, "url": "javascript:alert(1)"})
    return replace(case, id=f"x{text}", title=text, story=(text, f"told: {text}"), source=source, answers=answers)


def shown(text: str, format_: str) -> str:
    case = hostile_case(text)
    return render(reasoner().infer(case), case, reasoner().kb, format_)


def unwanted(text: str) -> list[str]:
    """Characters that command a terminal or turn the direction of text."""
    return [char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") and char not in "\u200c\u200d"]


@pytest.mark.parametrize("text", HOSTILE)
class TestHostileText:
    @pytest.mark.parametrize("format_", [*WORDY, "json"])
    def test_brings_no_control_character(self, text: str, format_: str) -> None:
        assert unwanted(shown(text, format_)) == []

    @pytest.mark.parametrize("format_", WORDY)
    def test_is_still_there_as_text(self, text: str, format_: str) -> None:
        wanted = plain(text)
        if format_ == "md":
            rendered = MarkdownIt("commonmark").enable("table").render(shown(text, "md"))
            assert wanted in Page(f"<body>{rendered}</body>").text
        else:
            assert wanted in plain_text(shown(text, format_), format_)

    def test_stays_text_in_html(self, text: str) -> None:
        page = Page(shown(text, "html"))
        assert page.faults == []
        assert {tag for tag, _ in page.tags} <= ALLOWED
        assert [value for value in page.values("href") if not value.startswith(("#", "https://", "http://"))] == []
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]

    def test_stays_text_in_markdown(self, text: str) -> None:
        told = shown(text, "md")
        page = Page("<body>" + MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(told) + "</body>")
        assert {tag for tag, _ in page.tags} - {"body"} <= MARKED
        assert not [value for value in page.values("href") if "evil" in value or value.startswith("javascript")]
        assert not [one for one in ("http://evil", "www.evil") if one in told]

    @pytest.mark.parametrize("format_", WORDY)
    def test_is_no_template(self, text: str, format_: str) -> None:
        assert "49" not in plain_text(shown(text, format_), format_).replace(reasoner().kb.sha256, "") or "49" in text

    def test_comes_back_from_json_unchanged(self, text: str) -> None:
        told = json.loads(shown(text, "json"))
        assert told["case"] == f"x{text}"
        assert told["plan"]["tasks"][0]["activity"] == f"{text} lifting a box"

    def test_stays_text_in_a_trace(self, text: str) -> None:
        case = hostile_case(text)
        assert unwanted(trace_text(reasoner().infer(case), case, reasoner().kb)) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("plain words", "plain words", id="plain words stay"),
        pytest.param("two  spaces\tand\na line", "two spaces and a line", id="white space becomes one space"),
        pytest.param("\x1b[1;31mred\x1b[0m", "red", id="colour goes"),
        pytest.param("\x9b31mred", "red", id="colour by a single control character goes"),
        pytest.param("a\u202eb\u2066c\u200fd", "abcd", id="direction marks go"),
        pytest.param("tag\U000e0041s", "tags", id="invisible tags go"),
        pytest.param("\U0001f468\u200d\U0001f467", "\U0001f468\u200d\U0001f467", id="joined emoji stay together"),
        pytest.param("lone \ud800", "lone \ufffd", id="half a character is marked"),
    ],
)
def test_plain_text(text: str, kept: str) -> None:
    assert plain(text) == kept


@pytest.mark.parametrize(
    ("address", "target"),
    [
        pytest.param("https://example.org/a", "https://example.org/a", id="https stays"),
        pytest.param("https://example.org/a(1)", "https://example.org/a%281%29", id="brackets are written so that Markdown copes"),
        pytest.param("javascript:alert(1)", "", id="a script is no address"),
        pytest.param("data:text/html,x", "", id="data are no address"),
        pytest.param("HTTPS://example.org", "", id="only the plain spelling"),
        pytest.param("https://example.org/ a", "", id="no white space"),
        pytest.param('https://example.org/"onclick=x', "", id="no quotes"),
        pytest.param("https://example.org/\u202ea", "", id="no turned direction"),
        pytest.param("//example.org", "", id="no address without its scheme"),
    ],
)
def test_link_target(address: str, target: str) -> None:
    assert link_target(address) == target


@pytest.mark.parametrize(
    ("text", "string"),
    [
        pytest.param("case 7", '"case 7"', id="letters, numbers and spaces as they are"),
        pytest.param('a"}</style>', '"a\\000022 \\00007d \\00003c \\00002f style\\00003e "', id="what ends a string or style, as codes"),
        pytest.param("家\\", '"\\005bb6 \\00005c "', id="other scripts and backslashes, as codes"),
    ],
)
def test_text_in_a_style_sheet(text: str, string: str) -> None:
    assert css_text(text) == string


@given(st.text(max_size=40))
def test_any_text_in_markdown_reads_as_itself(text: str) -> None:
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(f"x {markdown(text)} x")
    page = Page(f"<body>{html}</body>")
    assert {tag for tag, _ in page.tags} == {"body", "p"}
    assert page.text == " ".join(f"x {plain(text)} x".split())


def test_codes_and_addresses_are_left_alone() -> None:
    assert cleaned((Code("a_b"), Url("https://e.org/a_b"), "a_b", 3), markdown) == ("a_b", "https://e.org/a_b", "a\\_b", 3)


@given(st.text())
def test_a_text_is_cleaned_the_same_whether_or_not_all_of_it_can_be_seen(text: str) -> None:
    assert plain(text) == plain(f"{text}\x00")
