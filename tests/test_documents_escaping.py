"""What a case brings stays text in every document and format: the report, the guide, the sheets, the letter, and their PDFs."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from importlib.util import find_spec
from types import MappingProxyType

import pytest
from markdown_it import MarkdownIt

from engine.case import Case
from reports import DOCUMENTS, render, render_pdf
from tests.shipped import case, reasoner

WORDS = (
    "<script>alert(1)</script>", "{{ 7*7 }}", "{% include 'x' %}", "#$@*_[]<>", "#import \"x\"", "$sum$", "`code`", "](javascript:x)",
    "\u202eturned\u202c", "مرحبا", "שלום", "😀 👩‍⚕️", "日本語", "\\n \\u{41}", "</svg><img src=x onerror=alert(1)>", "\x07bell",
)
HOSTILE = " ".join(WORDS)
READ = ("alert(1)", "7*7", "include", "#$@", "#import", "$sum$", "code", "turned")
"""What must be read as it stands in every format, blanks apart."""
PDF = find_spec("typst") and shutil.which("pdftotext")
CASES = ("article-ankle", "article-saddle", "article-bladder-unknown")


@cache
def hostile(name: str) -> Case:
    """A shipped case whose every free text is hostile."""
    own = case(name)
    listed = own.answers["activities", "none"]
    items = tuple(MappingProxyType({**item, "activity": f"{item['activity']} {HOSTILE}"}) for item in listed.items)
    answers = MappingProxyType({**own.answers, ("activities", "none"): replace(listed, items=items)})
    source = MappingProxyType({"title": HOSTILE, "url": "javascript:alert(1)"})
    return replace(own, id=f"x {HOSTILE}", title=HOSTILE, story=(HOSTILE,), source=source, answers=answers)


def made(document: str, name: str, format_: str) -> str:
    own = hostile(name)
    return render(reasoner().infer(own), own, reasoner().kb, format_, document, reasoner())


class Tags(HTMLParser):
    """Every element and attribute of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.dangerous: list[str] = []
        self.read = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.dangerous += [f"{tag} {name}={value}" for name, value in attrs if name.startswith("on")]
        self.dangerous += [f"{tag} {name}={value}" for name, value in attrs if name in ("href", "src") and "javascript:" in (value or "")]

    def handle_data(self, data: str) -> None:
        self.read += data


def bare(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010]+", "", text)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("document", DOCUMENTS)
class TestHostileTexts:
    def test_make_no_element_and_no_link_of_a_page(self, document: str, name: str) -> None:
        page = Tags(made(document, name, "html"))
        assert page.seen & {"script", "img", "iframe", "object", "embed", "form", "input"} == set()
        assert page.dangerous == []

    def test_make_no_element_and_no_link_of_markdown(self, document: str, name: str) -> None:
        page = Tags(MarkdownIt("commonmark", {"html": True}).enable("table").render(made(document, name, "md")))
        assert page.seen & {"script", "img", "iframe", "svg"} == set()
        assert page.dangerous == []

    @pytest.mark.parametrize("format_", ["text", "md", "html"])
    def test_are_read_as_they_stand(self, document: str, name: str, format_: str) -> None:
        text = made(document, name, format_)
        assert not {"\u202e", "\u202c", "\x07"} & set(text)
        read = Tags(text).read if format_ == "html" else re.sub(r"\\(.)", r"\1", text) if format_ == "md" else text
        assert [word for word in READ if bare(word) not in bare(read)] == []

    @pytest.mark.skipif(not PDF, reason="needs the extra 'pdf' and pdftotext (poppler-utils)")
    def test_are_read_in_the_pdf_as_they_stand(self, document: str, name: str) -> None:
        own = hostile(name)
        twice = [render_pdf(reasoner().infer(own), own, reasoner().kb, document, reasoner()) for _ in range(2)]
        assert twice[0] == twice[1]
        read = bare(subprocess.run(["pdftotext", "-raw", "-", "-"], input=twice[0], capture_output=True, check=True).stdout.decode())
        assert [word for word in READ if bare(word) not in read] == []
