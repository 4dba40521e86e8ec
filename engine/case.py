"""A case: what is known of one person at one visit, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from knowledge.model import UNKNOWN
from knowledge.problems import Place
from knowledge.sides import BODY, UNSTATED, mirror

Value = str | float
Key = tuple[str, str]
"""A finding and a side: left, right, unstated, or none for a finding without sides."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A word, a number or `unknown`, with its details; `items` only for a list of own activities."""

    value: Value
    details: Mapping[str, Value]
    place: Place
    items: tuple[Mapping[str, Value], ...] = ()

    @property
    def known(self) -> bool:
        """False when it was asked and nobody knows."""
        return self.value != UNKNOWN


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a case used as a test says must come out; empty means not said."""

    outcome: tuple[str, ...] = ()
    cause_any_of: tuple[str, ...] = ()
    driver_any_of: tuple[str, ...] = ()
    also_ok: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    urgency: str = ""
    confidence: str = ""
    too_thin: bool = False
    note: str = ""
    checks: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """Answers that arrived later, and what must come out then."""

    answers: Mapping[Key, Answer]
    expect: Expectation | None


@dataclass(frozen=True, slots=True)
class Case:
    """One person, one visit."""

    id: str
    answers: Mapping[Key, Answer]
    title: str = ""
    story: tuple[str, ...] = ()
    source: Mapping[str, str] = field(default_factory=dict)
    expect: Expectation | None = None
    batches: tuple[Batch, ...] = ()

    def answer(self, finding: str, side: str = "none") -> Answer | None:
        """The answer to a finding on a side, if it was asked."""
        return self.answers.get((finding, side))

    def with_answers(self, more: Mapping[Key, Answer]) -> Case:
        """The same case with these answers added or replaced."""
        return replace(self, answers=MappingProxyType({**self.answers, **more}))

    @property
    def has_unstated(self) -> bool:
        """Whether some answer is about one side without telling which."""
        return any(side == UNSTATED for _, side in self.answers)

    def in_world(self, side: str) -> Case:
        """The case in which every answer of unstated side is about this one; a stated answer stays."""
        moved = {(f, side): a for (f, s), a in self.answers.items() if s == UNSTATED}
        kept = {key: a for key, a in self.answers.items() if key[1] != UNSTATED}
        return replace(self, answers=MappingProxyType({**moved, **kept}))


def mirrored(case: Case, sided_words: frozenset[str]) -> Case:
    """The same person with left and right exchanged; `sided_words` are findings whose answer is itself a side."""
    swapped: dict[Key, Answer] = {}
    for (finding, side), answer in case.answers.items():
        one = replace(answer, value=mirror(answer.value)) if finding in sided_words and answer.value in BODY else answer
        swapped[finding, mirror(side)] = replace(one, details=MappingProxyType({k: _mirror_value(v) for k, v in one.details.items()}))
    return replace(case, id=f"{case.id}-mirrored", answers=MappingProxyType(swapped))


def _mirror_value(value: Value) -> Value:
    return mirror(value) if value in BODY else value
