"""The sheet of a trainee: a case as it was told with tasks, and behind a fold the reasoning, the rivals, the doubts, and the answers."""

from __future__ import annotations

from dataclasses import dataclass

from reports.citing import SourceView
from reports.escaping import Code, Url
from reports.pictures.body import BodyMap
from reports.view.common import CitedText, Cites, Ground, Texts
from reports.view.steps import AnswerGroup


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do before turning the page. `kind` is lines (so many to write on), table or body; `answer` stands behind the fold."""

    number: int
    kind: Code
    lines: int
    text: str
    answer: Texts


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen and the rule that reads it; `grade` is empty where the rule settles the matter or uses a published ratio."""

    values: Texts
    title: str
    ground: Ground
    grade: Code
    speaks_for: bool


@dataclass(frozen=True, slots=True)
class Onward:
    """The link to the next station: why it should lead there, how strong that is, and which studies speak against it."""

    target: str
    mechanism: str
    how: str
    grade: Code
    grade_meaning: str
    cites: Cites
    against: Cites


@dataclass(frozen=True, slots=True)
class ReasoningStep:
    """A step of the reasoning: a station, how it was found, and the link that leads on."""

    number: int
    title: str
    status: str
    seen: tuple[Seen, ...]
    onward: Onward | None


@dataclass(frozen=True, slots=True)
class Loser:
    """A rival: what it has less than the best one, and what speaks against it."""

    place: int
    title: str
    score: int
    why: Texts
    against: Texts


@dataclass(frozen=True, slots=True)
class Trainee:
    """The whole sheet, in the order in which it is read."""

    case_id: str
    title: str
    story: Texts
    source_title: str
    source_url: Url
    groups: tuple[AnswerGroup, ...]
    tasks: tuple[Task, ...]
    blank_body: BodyMap
    state: Code
    outcome: str
    urgency: str
    sentence: str
    decision: str
    safety: Texts
    flags: tuple[Ground, ...]
    steps: tuple[ReasoningStep, ...]
    rivals: tuple[Loser, ...]
    unsure: Texts
    slips: tuple[CitedText, ...]
    commands: tuple[Code, ...]
    sources: tuple[SourceView, ...]
    grades: tuple[tuple[str, str], ...]
    version: str
    sha256: str
