"""Small random sets of findings of every answer form, and random answers to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from random import Random

from engine.case import Answer as Given
from engine.case import Case, Value
from knowledge.model import Answer, Detail, Finding, Instrument, Norm, NormRow, detail_words
from knowledge.sides import BODY
from tests.making import bands, choice, finding, given, leaf, number

NUMBERS = (0, 1, 2, 2.5, 3, 4, 5, 6, 7, 10, 15, 30, 50)
"""Answers that hit the ends of the bands below and what lies between."""
LADDERS = (
    bands(low="< 3", normal=">= 3"),
    bands(low="<= 2.5", borderline=">2.5..<6", normal=">= 6"),
    bands(high="> 5", some="2..5", little="< 2"),
)
OF_NORM = bands(low="< 60% norm", borderline="60..80% norm", normal="> 80% norm")
NORM = Norm("strength", "reps", "author", (NormRow("male", 20, 39, 10), NormRow("female", 20, 39, 5), NormRow("", 40, 60, 4)))
RATIO, GAP = bands(less="< 80", even="80..120", more="> 120"), bands(under="< -1", level="-1..1", over="> 1")
YEARS, COUNT = bands(after="< 0", before="0..5", long_before="> 5"), bands(negative="< 2", positive=">= 2")
DETAILS = (
    Detail("bothers", "yes_no"),
    Detail("kind", "words", words=("dull", "sharp")),
    Detail("note", "text"),
    Detail("years_ago", "number", "years", 0, 100, bands=bands(recent="<= 2", old="> 2")),
)
OWN = (
    Detail("activity", "text"),
    Detail("class", "words", words=("lift", "walk", "sit")),
    Detail("rating", "number", bands=bands(bad="< 5", good=">= 5")),
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Findings with the norm table and the score they refer to."""

    findings: tuple[Finding, ...]
    instruments: Mapping[str, Instrument]
    norms: Mapping[str, Norm]


FIXED = (
    finding("age", number(), bands=bands(young="< 40", old=">= 40")),
    finding("sex", choice("male", "female", "other")),
    finding("pain_months", number(), bands=LADDERS[0]),
    finding("pain_side", choice("left", "right", "both", "middle")),
    finding("own", Answer("list"), details=OWN),
)


def vocabulary(chance: Random) -> Vocabulary:
    """The fixed findings, a handful of others, and findings derived from them in each way there is."""
    free = tuple(_free(f"f{index}", chance) for index in range(chance.randint(2, 5)))
    derived = tuple(one for base in free for one in _derived_from(base) if chance.random() < 0.6)
    parts, instrument, score = _score(chance)
    return Vocabulary((*FIXED, *free, *parts, *derived, score), {"parts": instrument}, {NORM.id: NORM})


def _score(chance: Random) -> tuple[tuple[Finding, ...], Instrument, Finding]:
    """Tests that are counted: on one side, without sides, or on either side for the person as a whole."""
    how = chance.choice(("same", "none", "any"))
    parts = tuple(finding(f"part{i}", choice("negative", "positive"), sided=how != "none") for i in range(3))
    first, *others = (leaf(f"part{i} {how} is positive") for i in range(3))
    together = chance.random() < 0.4
    instrument = Instrument("parts", "parts", (first,) if together else (first, *others), (tuple(others),) if together else ())
    return parts, instrument, finding("score", sided=how == "same", derived="score parts", bands=COUNT)


def _free(name: str, chance: Random) -> Finding:
    sided, form = chance.random() < 0.6, chance.choice(("yes_no", "number", "normed", "choice", "words"))
    details = chance.sample(DETAILS, chance.randint(0, 2))
    match form:
        case "number":
            return finding(name, number(), sided=sided, details=details, bands=chance.choice(LADDERS))
        case "normed":
            return finding(name, number(), sided=sided, details=details, bands=OF_NORM, norm=NORM.id)
        case "words":
            return finding(name, Answer("words"), sided=sided, details=details, bands=bands(weak="gives way", strong="holds"))
        case "choice":
            return finding(name, choice("none", "some", "much"), sided=sided, details=details)
        case _:
            return finding(name, sided=sided, details=details)


def _derived_from(one: Finding) -> tuple[Finding, ...]:
    """What can be derived from a finding of this form."""
    more = []
    if one.norm:
        more.append(finding(f"{one.id}_share", sided=one.per_side, derived=f"percent_of_norm {one.id}", bands=RATIO))
    if one.answer.form == "number":
        more.append(finding(f"{one.id}_again", sided=one.per_side, derived=f"same_as {one.id}", bands=LADDERS[2]))
        if one.per_side:
            more.append(finding(f"{one.id}_ratio", sided=True, derived=f"side_ratio {one.id}", bands=RATIO))
            more.append(finding(f"{one.id}_mean", derived=f"side_mean {one.id}", bands=LADDERS[1]))
            more.append(finding(f"{one.id}_gap", sided=True, derived=f"side_difference {one.id}", bands=GAP))
    if one.detail("years_ago"):
        more.append(finding(f"{one.id}_before", sided=one.per_side, derived=f"years_before_pain {one.id}", bands=YEARS))
    return tuple(more)


def random_case(findings: Iterable[Finding], chance: Random) -> Case:
    """Answers to some findings: known and unknown, on one side, both, or one side that was not told."""
    answers = {}
    for one in findings:
        for side in _sides(one, chance) if chance.random() < (0.2 if one.derived else 0.7) else ():
            answers[one.id, side] = _answer(one, chance)
    return Case("small", answers)


def _sides(one: Finding, chance: Random) -> tuple[str, ...]:
    return chance.choice((BODY, BODY, BODY, BODY[:1], BODY[1:], ("unstated",), ("unstated", "left"))) if one.per_side else ("none",)


def _answer(one: Finding, chance: Random) -> Given:
    if chance.random() < 0.1:
        return given("unknown")
    if one.answer.form == "list":
        return given("listed", [_told(one, chance) for _ in range(chance.randint(1, 3))])
    return replace(given(_value(one.answer.form in ("number", "derived"), one.words, chance)), details=_told(one, chance))


def _told(one: Finding, chance: Random) -> dict[str, Value]:
    return {detail.name: _detail_value(detail, chance) for detail in one.details if chance.random() < 0.7}


def _detail_value(detail: Detail, chance: Random) -> Value:
    if detail.form == "text":
        return "free text"
    return _value(detail.form == "number", (*detail_words(detail), "unknown"), chance)


def _value(numeric: bool, words: tuple[str, ...], chance: Random) -> Value:
    """A number more often than a word, where both may be told."""
    return float(chance.choice(NUMBERS)) if numeric and chance.random() < 0.75 else chance.choice(words)
