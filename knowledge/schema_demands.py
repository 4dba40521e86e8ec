"""The shape of demands.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from knowledge.schema_base import Grade, Text, Unit
from knowledge.schema_rules import LeafSpec

Percent = Annotated[int, Field(ge=0, le=100)]
Day = Annotated[int, Field(ge=0)]
Weekday = Annotated[int, Field(ge=0, le=6)]
Pain = Annotated[float, Field(ge=0, le=10)]
Word = Literal["yes", "no"]
Answer = Literal["pain", "settled", "next_day", "fear", "confidence", "smooth", "signs", "flare", "spreading"]


class DimensionSpec(Unit):
    """A dimension."""

    title: Text
    unit: str = ""
    detail: str = ""
    details: tuple[str, ...] = ()
    levels: tuple[Text, ...] = ()
    most_percent: Percent = 0
    least: float = Field(default=0.0, ge=0)
    begins_percent: Percent = 0
    onset: str = ""
    adds: str = ""
    small_steps: str = ""
    of_own: str = ""
    strain: tuple[str, ...] = ()


class KindSpec(Unit):
    """What a kind of activity asks for."""

    numbers: tuple[str, ...] = ()
    levels: dict[str, str] = Field(default_factory=dict)
    like: tuple[str, ...] = ()
    days: tuple[Weekday, ...]


class CueSpec(Unit):
    """Words that name demands."""

    words: tuple[Text, ...]
    raises: dict[str, str]


class CutSpec(Unit):
    """A reason to begin lower."""

    id: str
    any: tuple[LeafSpec, ...]
    percent: Percent
    says: Text


class ToleranceSpec(Unit):
    """What is possible today."""

    percent_per_point: Percent
    of_onset_percent: Percent
    says: Text
    cuts: tuple[CutSpec, ...] = ()
    grade: Grade
    sources: tuple[str, ...]


class PainRuleSpec(Unit):
    """A pain rule and whom it is for."""

    rule: str
    any: tuple[LeafSpec, ...] = ()
    leading: tuple[str, ...] = ()
    free: Pain
    most: Pain
    by: Literal["pain", "plan"]
    says: Text


class NotedSpec(Unit):
    """One condition on a session."""

    noted: Answer
    word: Word | None = Field(default=None, alias="is")
    above: float | Literal["most", "free"] | None = None
    up_to: float | Literal["most", "free"] | None = None
    below: float | None = None
    least: float | None = Field(default=None, alias="from")


class SessionRuleSpec(Unit):
    """What a session decides."""

    id: str
    move: Literal["stop", "down", "hold", "up"]
    any: tuple[NotedSpec, ...] = ()
    all: tuple[NotedSpec, ...] = ()
    unless_halved: Answer | Literal[""] = ""
    sessions: int = Field(default=1, ge=1)
    rule: str
    says: Text


class SetbacksSpec(Unit):
    """What setbacks lead to."""

    within_days: Day
    split_at: int = Field(ge=1)
    split_says: Text
    look_again_at: int = Field(ge=1)
    look_again_says: Text


class ScheduleSpec(Unit):
    """When what happens."""

    weeks: int = Field(ge=1, le=52)
    programme_days: tuple[Weekday, ...]
    retest_every_days: int = Field(ge=1)
    check_dose_day: Day
    check_dose_says: Text
    stop_rule_day: Day
    stop_rule_says: Text
    rules: tuple[str, ...] = ()


class DemandsSpec(Unit):
    """All of demands.yaml."""

    dimensions: dict[str, DimensionSpec]
    classes: dict[str, KindSpec] = Field(default_factory=dict)
    cues: tuple[CueSpec, ...] = ()
    tolerance: ToleranceSpec | None = None
    pain_rules: tuple[PainRuleSpec, ...] = ()
    session_rules: tuple[SessionRuleSpec, ...] = ()
    setbacks: SetbacksSpec | None = None
    schedule: ScheduleSpec | None = None
    claimed_gate: str = ""
