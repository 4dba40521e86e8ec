"""The first lines of a report, and the three reasons."""

from __future__ import annotations

from dataclasses import dataclass

from reports.escaping import Code, Url
from reports.view.common import CitedText, Texts


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One of the two claims, in the verb of its level."""

    about: str
    sentence: str
    level: Code
    level_word: str
    adverb: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Head:
    """The first lines of a report. `state` is empty, stop, refer, led or open."""

    state: Code
    outcome: Code
    outcome_title: str
    outcome_meaning: str
    urgency: Code
    urgency_title: str
    sentence: str
    not_now: str
    claims: tuple[ClaimView, ...]
    contested: tuple[CitedText, ...]
    also: str
    plan_line: str


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One of the three reasons why back exercises fail, answered for this person. `found` is yes, no or open."""

    number: int
    title: str
    found: Code
    sentence: str
    items: Texts


@dataclass(frozen=True, slots=True)
class Person:
    """What the case tells about itself."""

    id: str
    title: str
    story: Texts
    source_title: str
    source_url: Url
