"""Changes of a case: an answer put in the place of another, added, or set aside as if it had not been asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from engine.case import Answer, Case, Key
from knowledge.problems import Place

SUPPOSED = Place("what if")
"""Where an answer stands that nobody gave."""


@dataclass(frozen=True, slots=True)
class Change:
    """A finding on a side gets this answer; None sets its answer aside."""

    key: Key
    answer: Answer | None


@cache
def supposed(word: str) -> Answer:
    """An answer in one word, without details."""
    return Answer(word, MappingProxyType({}), SUPPOSED)


def changed(case: Case, changes: Iterable[Change]) -> Case:
    """The case with these changes, in order; everything else stays."""
    answers = dict(case.answers)
    for one in changes:
        if one.answer is None:
            answers.pop(one.key, None)
        else:
            answers[one.key] = one.answer
    return replace(case, answers=MappingProxyType(answers))
