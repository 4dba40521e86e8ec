"""Sentences keep to the weakest link: a level speaks in its own verbs, and general texts claim nothing about this person's pain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.claim_phrases import Claimed, Phrases, phrases_of
from knowledge.content.framework import PROBLEM, Register, Spot, at
from knowledge.content.prose import pattern_of, sentences
from knowledge.model import KnowledgeBase
from knowledge.problems import Place

REGISTER: Register[KnowledgeBase] = Register()
SLOTS = ("verb_driver", "verb_origin", "adverb")
MOST_IN_PLAIN = "possible"
"""Plain words speak to the person about the person, so each of them counts as being about this pain."""
_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+")


@REGISTER.check("KB733", PROBLEM, "'{words}' in {slot} of the level {level} is a verb of the level {above}",
                "say no more than the level allows; 'causal' of wording.yaml lists what each level may say")
def _above_its_level(kb: KnowledgeBase) -> Iterator[Spot]:
    phrases = phrases_of(kb.wording)
    for level, words in kb.wording.levels.items():
        for slot in SLOTS:
            for one in phrases.above(words[slot], level):
                yield at(Place("wording.yaml"), words=one.phrase, slot=slot, level=level, above=one.level)
    for level, sure in kb.guide.certainty.items():
        for slot, text in (("driver", sure.driver), ("origin", sure.origin)):
            for one in phrases.above(text, level):
                yield at(kb.guide.place or Place("guide.yaml"), words=one.phrase, slot=slot, level=level, above=one.level)


@REGISTER.check("KB734", PROBLEM, "'{words}' in {where} claims a cause of this person's pain at the level {level}",
                "say what is so in general; what causes this pain is said by the report, in the verb of its level")
def _claims_for_this_person(kb: KnowledgeBase) -> Iterator[Spot]:
    phrases, person = phrases_of(kb.wording), pattern_of(kb.wording.about_person)
    for where, text, place in sentences(kb):
        told = " ".join(text.split())
        is_plain = where.startswith("the plain words")
        for one in phrases.above(told, MOST_IN_PLAIN) if is_plain else _about(told, phrases, person):
            yield at(place, words=one.phrase, where=where, level=one.level)


def _about(text: str, phrases: Phrases, person: re.Pattern[str] | None) -> Iterator[Claimed]:
    """Claims in the sentences that speak of this person's own pain."""
    for sentence in _SENTENCE_ENDS.split(text):
        if person and person.search(sentence):
            yield from phrases.above(sentence, "speculative")
