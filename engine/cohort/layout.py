"""Where everything stands in the arrays: slots for subjects and sides, codes for words, ranks for nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.model import Finding, KnowledgeBase, detail_words
from knowledge.sides import BODY, NONE, OTHER_SIDE, THIS_SIDE

Slot = tuple[str, str]
"""A subject (a finding or `finding.detail`) and a side."""
NOT_ASKED, ASKED_UNKNOWN = 0, -1
"""Codes of a slot without a known word; the words themselves count from 1."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Slots in a fixed order, the words of each subject, and the slots that hold several words at once."""

    kb: KnowledgeBase
    slots: Mapping[Slot, int]
    words: Mapping[str, tuple[str, ...]]
    several: frozenset[str]

    def code(self, subject: str, word: str) -> int:
        """The code of a word; 0 when the subject does not have it."""
        words = self.words[subject]
        return words.index(word) + 1 if word in words else NOT_ASKED


def make_layout(kb: KnowledgeBase) -> Layout:
    """The layout of a knowledge base."""
    words: dict[str, tuple[str, ...]] = {}
    slots: dict[Slot, int] = {}
    several = set()
    for finding in kb.findings.values():
        for subject, own, many in _subjects(finding):
            words[subject] = own
            if many:
                several.add(subject)
            for side in slot_sides(finding, subject):
                slots[subject, side] = len(slots)
    return Layout(kb, slots, words, frozenset(several))


def _subjects(finding: Finding) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    relative = (THIS_SIDE, OTHER_SIDE) if is_relative(finding) else ()
    many = finding.answer.form == "list"
    if not many:
        yield finding.id, (*finding.words, *relative), False
    for detail in finding.details:
        yield f"{finding.id}.{detail.name}", detail_words(detail), many


def is_relative(finding: Finding) -> bool:
    """Whether the answer is itself a side, and so is read relative to the side of a rule."""
    return {"left", "right"} <= set(finding.answer.choices)


def slot_sides(finding: Finding, subject: str) -> tuple[str, ...]:
    """The sides on which a subject has a slot; an answer that is a side has one for each, too."""
    if finding.per_side:
        return BODY
    return (NONE, *BODY) if is_relative(finding) and subject == finding.id else (NONE,)
