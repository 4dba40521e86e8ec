"""What was tried, what to do, and the plan."""

from __future__ import annotations

from dataclasses import dataclass

from reports.escaping import Code
from reports.view.common import CitedText, Cites, Ground, Texts


@dataclass(frozen=True, slots=True)
class TriedView:
    """What was tried, the verdict on it, why, and what to do instead."""

    title: str
    verdict: Code
    verdict_title: str
    ground: Ground
    instead: str
    against: Cites


@dataclass(frozen=True, slots=True)
class AdviceView:
    """Something to do."""

    title: str
    instead: str
    ground: Ground
    against: Cites


@dataclass(frozen=True, slots=True)
class RungView:
    """A step of a ladder."""

    number: int
    task: str
    dose: str
    dims: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class TaskView:
    """The ladder back to one own activity."""

    activity: str
    today: str
    ladder: str
    axis: str
    rungs: tuple[RungView, ...]
    gate: str
    gate_open: bool
    passes: str
    regress: str
    grade: Code
    grade_meaning: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """What trains or calms the driver beside the ladders."""

    driver: str
    steps: Texts
    dose: str
    goal: str
    retest: str
    grade: Code
    grade_meaning: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class PlanView:
    """Ready or withheld, with the reasons; ladders, programme and the rules they obey."""

    state: Code
    title: str
    why: Texts
    tasks: tuple[TaskView, ...]
    without_ladder: Texts
    programme: ProgrammeView | None
    rules: tuple[CitedText, ...]
