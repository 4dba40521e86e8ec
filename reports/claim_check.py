"""The weakest link in words: no report says more about a cause than the claim it stands for allows.

Two checks together. What templates and phrases say by themselves is read as it stands in their files: nothing above a guess may
be there, for verbs of claims come from wording.yaml. And what they are filled with is traced: every verb of every level is
exchanged for a mark that no text holds, reports are made at every level, and each mark must be one that its claim allows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import product
from pathlib import Path

from engine.case import Case
from engine.result import LEVELS, Explanation, Inference
from knowledge.claim_phrases import above, phrases_of
from knowledge.model import KnowledgeBase
from knowledge.model_guide import Certainty
from reports.contract import to_json
from reports.documents import documents_of
from reports.formats import TEMPLATED, fill
from reports.steps_page import steps_page

SLOTS: Mapping[str, str] = {"verb_driver": "driver", "verb_origin": "origin", "adverb": "either"}
"""What each word of a level is said of: the claim from driver to pain, the claim from origin to driver, or either."""
_MARK = re.compile(r"claimmark(driver|origin|either)(tested|supported|possible|speculative)")
_COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
_CODE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Overclaim:
    """Words above their level: where they stand, and what is wrong with them."""

    where: str
    says: str

    def __str__(self) -> str:
        return f"{self.where}: {self.says}"


def fixed_words(kb: KnowledgeBase, templates: Mapping[str, str] | None = None) -> Iterator[Overclaim]:
    """Causal phrases that templates hold themselves, by file and line; `templates` are our own unless given."""
    phrases = phrases_of(kb.wording)
    for name, source in sorted((own_templates() if templates is None else templates).items()):
        for number, line in enumerate(_without_comments(source).splitlines(), start=1):
            for said in _said(line):
                for one in phrases.above(said, "speculative"):
                    says = f"'{one.phrase}' stands here at every level, and is a verb of the level {one.level}"
                    yield Overclaim(f"{name}:{number}", says)


def own_templates() -> Mapping[str, str]:
    """Every template of the reports by its file name."""
    folder = Path(str(files("reports")), "templates")
    return {f"reports/{one.relative_to(folder.parent).as_posix()}": one.read_text(encoding="utf-8") for one in sorted(folder.rglob("*.j2"))}


def _without_comments(source: str) -> str:
    """The template with its comments blanked, so that lines keep their numbers."""
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source)


def _said(line: str) -> list[str]:
    """What a line of a template says: its text with ' X ' for what is filled in, and the texts quoted in its code."""
    return [_CODE.sub(" X ", line), *(text for code in _CODE.findall(line) for text in _QUOTED.findall(code))]


def overclaims(found: Inference, case: Case, kb: KnowledgeBase) -> Iterator[Overclaim]:
    """Reports on a case at every level of both claims, in every format: each verb that its claim does not allow."""
    marked = _marked(kb)
    for driver, origin in _pairs(found):
        leveled = at_levels(found, driver, origin)
        allowed = _allowed(leveled, driver, origin)
        for name, text in _in_every_format(leveled, case, marked):
            yield from _in_text(text, allowed, f"{case.id}, {name}, claim {driver}, origin {origin}")


def _in_every_format(found: Inference, case: Case, kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """As `reports.render` does, with the view of each document made once for all formats; and the trace."""
    for audience, document in documents_of(kb).items():
        view = document.builder()(found, case, kb)
        yield from ((f"{name} for the {audience}", fill(name, document.stem, view)) for name in TEMPLATED if name in document.formats)
    steps = steps_page(found, case, kb)
    yield from ((f"{name} of the trace", fill(name, "trace", steps)) for name in ("md", "html"))
    yield "json", json.dumps(to_json(found, case, kb), indent=1)


def _pairs(found: Inference) -> list[tuple[str, str]]:
    """Each level for each claim, alike and unlike; one pair where nothing leads and so nothing is claimed."""
    if found.leading is None:
        return [("tested", "tested")]
    return [(one, other) for one, other in product(LEVELS, LEVELS) if one == other or {one, other} == {LEVELS[0], LEVELS[-1]}]


def at_levels(found: Inference, driver: str, origin: str) -> Inference:
    """The inference with every explanation claimed at these levels; a claim about an origin is made only where there is one."""
    return replace(found, explanations=tuple(_at(one, driver, origin) for one in found.explanations))


def _at(one: Explanation, driver: str, origin: str) -> Explanation:
    return replace(one, claim=driver, origin_claim=origin if one.origin_claim else "")


def _allowed(found: Inference, driver: str, origin: str) -> Mapping[str, str]:
    """The most that may be said of each claim: a guess while nothing leads or the person is to be seen elsewhere first."""
    if found.leading is None or found.out_of_scope:
        return dict.fromkeys(SLOTS.values(), "speculative")
    return {"driver": driver, "origin": origin, "either": max(driver, origin, key=LEVELS.index)}


def _marked(kb: KnowledgeBase) -> KnowledgeBase:
    """The knowledge with a mark in place of every verb of every level, and of every sentence on how sure a level is."""
    levels = {level: {**words, **{slot: f"claimmark{said_of}{level}" for slot, said_of in SLOTS.items()}}
              for level, words in kb.wording.levels.items()}
    sure = {level: Certainty(f"claimmarkdriver{level}", f"claimmarkorigin{level}") for level in kb.guide.certainty}
    return replace(kb, wording=replace(kb.wording, levels=levels), guide=replace(kb.guide, certainty=sure))


def _in_text(text: str, allowed: Mapping[str, str], where: str) -> Iterator[Overclaim]:
    for number, line in enumerate(text.splitlines(), start=1):
        for said_of, level in _MARK.findall(line):
            if above(level, allowed[said_of]):
                says = f"a verb of the level {level} stands where {allowed[said_of]} is the most: {' '.join(line.split())[:160]}"
                yield Overclaim(f"{where}, line {number}", says)
