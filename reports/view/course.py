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
class DemandView:
    """One demand of an own activity: its dimension, how much of it, and where that is known from."""

    name: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class RungView:
    """A step of a ladder: `today` where to start, `changes` the dimension it raises, `amounts` its small steps, each with its unit.

    `held` says which strain holds it back now; empty when nothing does.
    """

    number: int
    task: str
    dose: str
    dims: str
    blocked: bool
    today: bool = False
    changes: str = ""
    amounts: Texts = ()
    held: str = ""


@dataclass(frozen=True, slots=True)
class TaskView:
    """The ladder back to one own activity; `start` is the number of today's rung, 0 when there is none to start on.

    `tolerance` is today's, `needs` the capacities the gate waits for, `held` why rungs are held back.
    """

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
    start: int = 0
    demands: tuple[DemandView, ...] = ()
    tolerance: str = ""
    needs: Texts = ()
    held: Texts = ()


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """What trains or calms a driver beside the ladders; `start` is today's step, 0 when none may be done."""

    driver: str
    steps: Texts
    dose: str
    goal: str
    retest: str
    grade: Code
    grade_meaning: str
    cites: Cites
    id: Code
    side: str
    start: int
    held: Texts


@dataclass(frozen=True, slots=True)
class PlanView:
    """Ready or withheld, with the reasons; ladders, programme, the rules they obey, and the pain rule of this person with its reason."""

    state: Code
    title: str
    why: Texts
    tasks: tuple[TaskView, ...]
    without_ladder: Texts
    programme: ProgrammeView | None
    rules: tuple[CitedText, ...]
    pain_rule: CitedText | None = None
    pain_rule_why: str = ""
    programmes: tuple[ProgrammeView, ...] = ()
    without_programme: Texts = ()
