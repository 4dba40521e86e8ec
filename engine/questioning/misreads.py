"""Which answers may have been misread, and as what: a number by its detectable change, a word by its published agreement.

A number may be off by the published detectable change, or, measured at the bedside without one, by a share of its value
(`misread_percent` of the scale); it is misread when that reaches a neighbouring band. A word may be its neighbour when its
published agreement is below `misread_agreement`, or when nobody has published any for what an observer judges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.case import Answer, Case, Key
from engine.questioning.changes import Change
from engine.questioning.spans import Span, spans
from knowledge.model import Finding, KnowledgeBase
from knowledge.sides import BODY, UNSTATED

OBSERVED = ("test", "observation", "neuro")
"""Kinds of findings that an observer measures or judges; the others the person tells."""


@dataclass(frozen=True, slots=True)
class Misread:
    """An answer that may have been another: the finding, the word now and the other one, and why.

    `why` is mdc, share, agreement or none; `figure` the published or supposed error that allows it.
    """

    change: Change
    now: str
    word: str
    why: str
    figure: float | None

    @property
    def key(self) -> Key:
        """The finding and its side."""
        return self.change.key


def misreads(case: Case, kb: KnowledgeBase) -> tuple[Misread, ...]:
    """Every answer of the case with every word that it may have been instead, in the order of the findings."""
    return tuple(
        one
        for finding in kb.findings.values()
        for side in ("none", *BODY, UNSTATED)
        if (answer := case.answers.get((finding.id, side))) and answer.known
        for one in _of_answer(finding, (finding.id, side), answer, case, kb)
    )


def _of_answer(finding: Finding, key: Key, answer: Answer, case: Case, kb: KnowledgeBase) -> Iterator[Misread]:
    if finding.derived or finding.answer.form == "list":
        return
    if isinstance(answer.value, float):
        yield from _numbers(finding, key, answer, answer.value, case, kb)
    elif finding.kind in OBSERVED and answer.value in finding.words:
        yield from _words(finding, key, answer, answer.value, kb)


def _words(finding: Finding, key: Key, answer: Answer, now: str, kb: KnowledgeBase) -> Iterator[Misread]:
    least = finding.reliability.least if finding.reliability else None
    if least is not None and least * 100 >= kb.scale.misread_agreement:
        return
    place = finding.words.index(now)
    for word in (*finding.words[max(0, place - 1) : place], *finding.words[place + 1 : place + 2]):
        yield Misread(Change(key, replace(answer, value=word)), now, word, "none" if least is None else "agreement", least)


def _numbers(finding: Finding, key: Key, answer: Answer, value: float, case: Case, kb: KnowledgeBase) -> Iterator[Misread]:
    mdc = finding.reliability.mdc if finding.reliability else None
    if mdc is None and finding.kind not in OBSERVED:
        return
    margin = mdc if mdc is not None else abs(value) * kb.scale.misread_percent / 100
    every = spans(finding, case, kb)
    here = next((index for index, one in enumerate(every) if value in one.interval), None)
    if here is None:
        return
    for other in every[max(0, here - 1) : here] + every[here + 1 : here + 2]:
        number = reading(value, margin, other, finding.answer.low, finding.answer.high)
        if number is not None:
            change = Change(key, replace(answer, value=number))
            yield Misread(change, every[here].word, other.word, "share" if mdc is None else "mdc", margin)


def reading(value: float, margin: float, other: Span, low: float, high: float) -> float | None:
    """The nearest number of another band within the margin and the range of the answer; None when there is none.

    Of a band whose end does not belong to it there is no nearest number; then it is the one half way to the margin.
    """
    interval, below = other.interval, other.interval.high <= value
    edge, closed = (interval.high, interval.high_closed) if below else (interval.low, interval.low_closed)
    far = max(value - margin, interval.low, low) if below else min(value + margin, interval.high, high)
    number = edge if closed else (edge + far) / 2
    within = abs(number - value) <= margin and low <= number <= high and number in interval
    return number if within else None
