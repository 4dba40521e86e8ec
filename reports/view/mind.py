"""What would change our mind: answers to check again, and tests with what each of their results would mean."""

from __future__ import annotations

from dataclasses import dataclass

from reports.escaping import Code
from reports.view.common import Texts


@dataclass(frozen=True, slots=True)
class FlipView:
    """An answer that may have been misread: what it is and could be, why, what would stand then, and the test to repeat."""

    title: str
    side: str
    now: str
    other: str
    error: str
    then: str
    repeat: str
    minutes: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """A result of a test and what would stand then; `same` when nothing would change."""

    answer: str
    then: str
    same: bool


@dataclass(frozen=True, slots=True)
class TellingView:
    """A test that would tell: how it is done, the links of this person it tests, and what each result would mean."""

    id: Code
    title: str
    side: str
    ask: str
    how: str
    minutes: str
    links: Texts
    results: tuple[ResultView, ...]


@dataclass(frozen=True, slots=True)
class MindView:
    """`settled` says why nothing would change it now, `firm` how many misreads were tried; `idle` next tests that alone change nothing."""

    settled: str
    firm: str
    flips: tuple[FlipView, ...]
    breaker: TellingView | None
    tests: tuple[TellingView, ...]
    idle: Texts
