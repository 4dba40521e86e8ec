"""A whole trace to step through: answers, words, firings, conclusions, steps, explanations, each with an anchor the others point to."""

from __future__ import annotations

from dataclasses import dataclass

from reports.citing import SourceView
from reports.escaping import Code
from reports.view.common import Cites, Texts


@dataclass(frozen=True, slots=True)
class Pointer:
    """A text that leads to a place of the page; without an anchor it leads nowhere."""

    text: str
    anchor: Code


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What was answered to one finding: its values by side, and what is usual for this person where there is a norm."""

    id: Code
    title: str
    values: Texts
    usual: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Answers of one kind: history, complaint, serious conditions, tests, beliefs."""

    title: str
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word that follows from other answers: what it is, how it follows, and from which."""

    anchor: Code
    title: str
    value: str
    how: str
    reads: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True)
class FiringRow:
    """One firing: what it read, the rule, what it said; `absent` is what had to be absent."""

    seq: int
    rule: Code
    title: str
    reads: tuple[Pointer, ...]
    absent: tuple[Pointer, ...]
    says: tuple[Pointer, ...]
    confirms: tuple[Pointer, ...]
    because: str
    grade: Code
    cites: Cites


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """The firings of a phase, in order."""

    id: Code
    title: str
    firings: tuple[FiringRow, ...]


@dataclass(frozen=True, slots=True)
class SaidRow:
    """What one rule says about a conclusion, and the firings in which it did."""

    rule: Code
    text: str
    amount: str
    counted: bool
    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StationRow:
    """A conclusion that some answer speaks about."""

    anchor: Code
    title: str
    layer: str
    state: Code
    state_word: str
    decibans: str
    said: tuple[SaidRow, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of an explanation, with the firing that made it (0 when none is recorded) and the link it rests on."""

    source: Pointer
    target: Pointer
    how: str
    grade: Code
    grade_meaning: str
    seq: int


@dataclass(frozen=True, slots=True)
class ExplanationRow:
    """An explanation: its way, the terms of its score, and the link that decides how far it may be claimed."""

    place: int
    title: str
    kind: str
    score: int
    level: str
    weakest: Texts
    way: tuple[Pointer, ...]
    terms: Texts
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class StepsPage:
    """The page in the order in which the program reasons."""

    case_id: str
    title: str
    stop: Code
    sentence: str
    decision: str
    answers: tuple[AnswerGroup, ...]
    words: tuple[WordRow, ...]
    phases: tuple[PhaseRow, ...]
    stations: tuple[StationRow, ...]
    explanations: tuple[ExplanationRow, ...]
    count: int
    sources: tuple[SourceView, ...]
    version: str
    sha256: str
