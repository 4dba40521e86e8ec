"""The numbers that a word stands for in this person: the bands of a finding, taken times the norm of age and sex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.case import Case
from engine.valuation import norm_factors
from knowledge.bands import Interval
from knowledge.model import Finding, KnowledgeBase


@dataclass(frozen=True, slots=True)
class Span:
    """A word and the numbers it stands for, in the unit of the finding."""

    word: str
    interval: Interval


def spans(finding: Finding, case: Case, kb: KnowledgeBase) -> tuple[Span, ...]:
    """Every word with its numbers, from the lowest; nothing where it depends on an age or sex that is not known."""
    factors = norm_factors(case, kb).get(finding.norm, ()) if finding.norm else (100.0,)
    if len(factors) != 1:
        return ()
    told = [Span(band.word, scaled(band.interval, factors[0] / 100 if band.of_norm else 1)) for band in finding.bands if band.interval]
    return tuple(sorted(told, key=lambda one: (one.interval.low, not one.interval.low_closed)))


def scaled(interval: Interval, factor: float) -> Interval:
    """The interval times a factor above zero."""
    return replace(interval, low=interval.low * factor, high=interval.high * factor)


def span_of(words: Sequence[str], finding: Finding, case: Case, kb: KnowledgeBase) -> Interval | None:
    """The numbers of some words together; None when they are not one stretch, or when no number belongs to them."""
    every = spans(finding, case, kb)
    places = [index for index, one in enumerate(every) if one.word in words]
    if not places or len(places) < len(words) or places != list(range(places[0], places[-1] + 1)):
        return None
    first, last = every[places[0]].interval, every[places[-1]].interval
    return Interval(first.low, first.low_closed, last.high, last.high_closed)
