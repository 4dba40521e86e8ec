"""Whether a repair also holds when its word is measured: a number tells more, such as the ratio to the other side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isinf

from engine.case import Case
from engine.cohort.run import ArrayEvaluator
from engine.questioning.changes import Change
from engine.questioning.goals import Goal
from engine.questioning.judging import who_reaches
from engine.questioning.options import Option
from engine.questioning.repairs import Repair
from engine.questioning.rows import Set, variants
from engine.questioning.spans import span_of
from knowledge.bands import Interval
from knowledge.model import Finding, KnowledgeBase
from knowledge.sides import mirror


def hold_measured(goal: Goal, repairs: Sequence[Repair], case: Case, evaluator: ArrayEvaluator) -> list[bool]:
    """For each repair whether it makes the goal true with a number of each band in place of the word; True where there is none."""
    changes: list[Change] = []
    sets: list[Set] = []
    plain: list[bool] = []
    for repair in repairs:
        told = [measured(one, case, evaluator.kb) for one in repair.changes]
        sets.append(tuple(range(len(changes), len(changes) + len(told))))
        plain.append(all(number == one.change for number, one in zip(told, repair.changes, strict=True)))
        changes += told
    if all(plain):
        return plain
    held = who_reaches([goal], variants(case, changes, sets, evaluator.layout), evaluator)[0]
    return [by_word or bool(yes) for by_word, yes in zip(plain, held, strict=True)]


def measured(one: Option, case: Case, kb: KnowledgeBase) -> Change:
    """The change with a number of its band: that of the other side where it fits, else a plain one; a word stays where none is measured."""
    finding = kb.findings[one.key[0]]
    interval = span_of(one.words, finding, case, kb) if finding.answer.form == "number" else None
    if interval is None:
        return one.change
    other = case.answers.get((finding.id, mirror(one.key[1])))
    number = other.value if other and isinstance(other.value, float) and other.value in interval else plain_number(interval, finding)
    return Change(one.key, replace(one.change.answer, value=number)) if number is not None and one.change.answer else one.change


def plain_number(interval: Interval, finding: Finding) -> float | None:
    """The middle of a stretch of numbers, within the range of the answer; None when the stretch lies outside of it."""
    low = finding.answer.low if isinf(interval.low) else max(interval.low, finding.answer.low)
    high = finding.answer.high if isinf(interval.high) else min(interval.high, finding.answer.high)
    middle = (low + high) / 2
    return middle if middle in interval else None
