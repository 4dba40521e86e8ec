"""Sentences that promise more than anyone knows, and words that frighten the person they are said to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.content.framework import NOTE, PROBLEM, Register, Spot, at
from knowledge.model import KnowledgeBase
from knowledge.problems import Place

REGISTER: Register[KnowledgeBase] = Register()
SPOKEN = ("explains_failure", "out_of_scope")
"""What rules of these kinds conclude is told to the person in their plain words."""


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
    for name, text, place in (*told_plainly(kb), *_certainty(kb)):
        yield from (at(place, words=found, name=name) for found in _found(words, text))


@REGISTER.check("KB735", PROBLEM, "no sign in guide.yaml tells when to get help for '{name}'",
                "add '{name}' to the conditions of a sign under 'help', or write a new sign")
def _without_help(kb: KnowledgeBase) -> Iterator[Spot]:
    if kb.guide.place is None:
        return
    named = {name for sign in (*kb.guide.now, *kb.guide.soon) for name in sign.conditions}
    loud = {name for rule in kb.rules if rule.verb == "flags" and rule.urgency in ("emergency", "urgent") for name in rule.targets}
    yield from (at(kb.guide.place, name=name) for name in sorted(loud - named))


@REGISTER.check("KB736", NOTE, "{name} has no plain words, so the person is told nothing of it",
                "write 'plain': one kind sentence or two, without blame")
def _unspoken(kb: KnowledgeBase) -> Iterator[Spot]:
    if kb.guide.place is not None:
        yield from (at(rule.place, name=rule.id) for rule in kb.rules if rule.verb in SPOKEN and not rule.plain)


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
    for name, text, place in plain_texts(kb):
        yield f"the plain words of '{name}'", text, place
    for said in (*kb.exposure_rules, *kb.honesty):
        yield f"the statement {said.id}", said.text, Place("honesty.yaml, programmes.yaml")
    for taught in kb.teaching:
        yield f"the teaching {taught.id}", taught.text, Place("teaching.yaml")
    for driver in kb.programmes:
        yield f"the programme for {driver.driver}", " ".join((*(step.do for step in driver.steps), driver.goal)), Place("programmes.yaml")
    for ladder in kb.ladders:
        texts = (ladder.passes, ladder.regress, ladder.gate.says if ladder.gate else "", *(step.task for step in ladder.steps))
        yield f"ladder {ladder.id}", " ".join(texts), ladder.place


PlainText = tuple[str, str, Place]
"""What it belongs to, the text, and its place."""


def plain_texts(kb: KnowledgeBase) -> Iterator[PlainText]:
    """Everything that is said to the person in their own words, warnings included."""
    yield from told_plainly(kb)
    yield from ((one.id, one.plain, one.place) for one in kb.conclusions.values() if one.layer == "serious")
    if kb.guide.place is not None:
        yield from (("help", sign.text, kb.guide.place) for sign in (*kb.guide.now, *kb.guide.soon))
        yield from ((lights.rule, lights.red, kb.guide.place) for lights in kb.guide.pain)


def told_plainly(kb: KnowledgeBase) -> Iterator[PlainText]:
    """What describes or advises in plain words. Warnings are left out: a sign to watch for has to be named as it is."""
    yield from ((one.id, one.plain, one.place) for one in kb.conclusions.values() if one.layer != "serious")
    yield from ((rule.id, rule.plain, rule.place) for rule in kb.rules if rule.verb == "explains_failure")
    yield from ((one.id, one.plain, one.place) for one in kb.findings.values() if not one.must_ask)
    for driver in kb.programmes:
        yield driver.driver, " ".join((*(step.plain for step in driver.steps), driver.plain)), Place("programmes.yaml")
    yield from _guide_texts(kb)


def _guide_texts(kb: KnowledgeBase) -> Iterator[PlainText]:
    guide = kb.guide
    if guide.place is None:
        return
    yield from ((name, said.text, guide.place) for name, said in guide.sentences.items())
    yield from ((lights.rule, f"{lights.says} {lights.green} {lights.amber}", guide.place) for lights in guide.pain)
    yield "bring", " ".join(guide.bring), guide.place


def _certainty(kb: KnowledgeBase) -> Iterator[PlainText]:
    """How sure each level is; what these may say of a cause depends on the level, and is checked with its verbs."""
    for level, sure in kb.guide.certainty.items():
        yield f"certainty of the level {level}", f"{sure.driver} {sure.origin}", kb.guide.place or Place("guide.yaml")
