"""A whole report."""

from __future__ import annotations

from dataclasses import dataclass

from reports.citing import SourceView
from reports.pictures.bars import Bars
from reports.pictures.body import BodyMap
from reports.pictures.stairs import Stairs
from reports.view.chain import ChainView, Rivals
from reports.view.common import AskView, CitedText
from reports.view.course import AdviceView, PlanView, TriedView
from reports.view.evidence import BystanderView, ClaimedView, EvidenceRow
from reports.view.head import Head, Person, ReasonView
from reports.view.mind import MindView
from reports.view.safety import FlagView, Unknowns
from reports.view.summary import InShort


@dataclass(frozen=True, slots=True)
class TestsView:
    """Tests that would tell about one explanation."""

    title: str
    tests: tuple[AskView, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """The next questions, as many as a visit can take, and how many wait behind them."""

    shown: tuple[AskView, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class BarViews:
    """Evidence and scores as bars."""

    evidence: Bars | None
    scores: Bars | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report for a clinician says, in the order in which it is said."""

    person: Person
    head: Head
    in_short: tuple[InShort, ...]
    stops: tuple[FlagView, ...]
    flags: tuple[FlagView, ...]
    unknowns: Unknowns
    reasons: tuple[ReasonView, ...]
    body: BodyMap | None
    chain: ChainView | None
    rivals: Rivals
    mind: MindView
    bars: BarViews
    bystanders: tuple[BystanderView, ...]
    claimed: tuple[ClaimedView, ...]
    tried: tuple[TriedView, ...]
    advice: tuple[AdviceView, ...]
    plan: PlanView
    stairs: tuple[Stairs, ...]
    tests: tuple[TestsView, ...]
    questions: Questions
    evidence: tuple[EvidenceRow, ...]
    honesty: tuple[CitedText, ...]
    sources: tuple[SourceView, ...]
    grades: tuple[tuple[str, str], ...]
    version: str
    sha256: str
