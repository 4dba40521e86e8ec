"""Small cases and their reports over the small pack of tests/report_pack, for every test about reports."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from engine.case import Case
from engine.case_reading import read_case
from engine.infer import Reasoner
from engine.result import Inference
from knowledge import load
from reports import render

PACK = Path(__file__).parent / "report_pack"
SMALL = tuple(sorted(path.stem for path in (PACK / "cases").glob("*.yaml")))
WORDY = ("text", "md", "html")


@cache
def reasoner() -> Reasoner:
    """A reasoner over the small pack."""
    return Reasoner(load(base=PACK))


def small(name: str) -> Case:
    """A small case, by its name."""
    return read_case(PACK / "cases" / f"{name}.yaml", reasoner().kb)


@cache
def inferred(name: str) -> Inference:
    """What is concluded about a small case."""
    return reasoner().infer(small(name))


def report(name: str, format_: str) -> str:
    """The report on a small case."""
    return render(inferred(name), small(name), reasoner().kb, format_)


def claimed(levels: tuple[str, str]) -> Inference:
    """The small chain, with these levels for driver to pain and origin to driver."""
    found = inferred("chain")
    best = replace(found.explanations[0], claim=levels[0], origin_claim=levels[1])
    return replace(found, explanations=(best, *found.explanations[1:]))


class Page(HTMLParser):
    """The tags, attributes and text of a page, with whatever is wrongly nested."""

    VOID = frozenset({"meta", "br", "path", "rect"})
    BLOCKS = frozenset({"p", "ul", "ol", "dl", "table", "div", "section", "h1", "h2", "h3", "h4", "figure"})

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()
        self.faults += [f"{tag} is never closed" for tag in self._open]

    @property
    def text(self) -> str:
        return words(" ".join(self.texts))

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in self.BLOCKS and "p" in self._open:
            self.faults.append(f"{tag} inside p")
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"{tag} closed inside {self._open[-1:]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1] != "style":
            self.texts.append(data)


def words(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def plain_text(shown: str, format_: str) -> str:
    """What a reader of a format reads, without its markup and line breaks."""
    if format_ == "html":
        return Page(shown).text
    if format_ == "md":
        return words(unescape(re.sub(r"\\([^\w\s])", r"\1", re.sub(r"(?<!\\)(\*\*|`)", "", shown))))
    return words(shown)
