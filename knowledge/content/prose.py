"""Sentences that promise more than anyone knows, and words that frighten the person they are said to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.content.framework import NOTE, PROBLEM, Register, Spot, at
from knowledge.model import KnowledgeBase
from knowledge.problems import Place

REGISTER: Register[KnowledgeBase] = Register()


@REGISTER.check("KB731", PROBLEM, "'{words}' in {where} promises more than a test in this person could show",
                "say 'can', 'fits' or 'goes with'; wording.yaml lists what may not be said")
def _promises(kb: KnowledgeBase) -> Iterator[Spot]:
    verbs = pattern_of(kb.wording.forbidden_verbs)
    for where, text, place in sentences(kb):
        yield from (at(place, words=found, where=where) for found in _found(verbs, text))


@REGISTER.check("KB732", NOTE, "'{words}' in the plain words of '{name}' can frighten",
                "say what the part can do again instead of what it looks like")
def _frightens(kb: KnowledgeBase) -> Iterator[Spot]:
    words = pattern_of(kb.wording.alarming)
    for one in kb.conclusions.values():
        yield from (at(one.place, words=found, name=one.id) for found in _found(words, one.plain))


def pattern_of(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """The phrases as whole words, in any case; one that ends in * may go on."""
    listed = [re.escape(one.removesuffix("*")) + (r"\w*" if one.endswith("*") else "") for one in phrases]
    return re.compile(rf"\b(?:{'|'.join(listed)})\b", re.IGNORECASE) if listed else None


def _found(pattern: re.Pattern[str] | None, text: str) -> list[str]:
    return sorted({match[0].lower() for match in pattern.finditer(" ".join(text.split()))}) if pattern else []


def sentences(kb: KnowledgeBase) -> Iterator[tuple[str, str, Place]]:
    """Everything that explains, advises or describes. `does_not_apply_when` may name what is proven, so it is left out."""
    for rule in kb.rules:
        yield f"'because' of {rule.id}", rule.because, rule.place
        yield f"'instead' of {rule.id}", rule.instead, rule.place
    for link in kb.links:
        yield f"the mechanism of {link.source} -> {link.target}", link.mechanism, link.place
    for one in kb.conclusions.values():
        yield f"the plain words of '{one.id}'", one.plain, one.place
    for said in (*kb.exposure_rules, *kb.honesty):
        yield f"the statement {said.id}", said.text, Place("honesty.yaml, programmes.yaml")
    for taught in kb.teaching:
        yield f"the teaching {taught.id}", taught.text, Place("teaching.yaml")
    for driver in kb.programmes:
        yield f"the programme for {driver.driver}", " ".join((*(step.do for step in driver.steps), driver.goal)), Place("programmes.yaml")
    for ladder in kb.ladders:
        texts = (ladder.passes, ladder.regress, ladder.gate.says if ladder.gate else "", *(step.task for step in ladder.steps))
        yield f"ladder {ladder.id}", " ".join(texts), ladder.place
