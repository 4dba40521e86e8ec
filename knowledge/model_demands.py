"""What own activities ask for and how a plan goes on, as frozen data read from demands.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from knowledge.model_rules import Leaf


@dataclass(frozen=True, slots=True)
class Level:
    """How much of one dimension: a number in its unit, a share (percent) of the own number, or a word by its rank (0 first)."""

    dimension: str
    words: str
    number: float | None = None
    share: int | None = None
    rank: int = -1


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of an activity, with a unit or with ordered words.

    detail: the number of an own activity that sets it; details: numbers that only describe its last level. most_percent: the largest
    stated step up; least: the step allowed where the number is small. begins_percent: the share of the own number anyone may begin
    with. onset: the detail of a finding that tells from where the pain comes. adds: the task of a rung that raises it; small_steps:
    words for its small steps while the own number is not
    known; of_own: words for {share} % of it. strain: what a rung that raises it puts on a person.
    """

    id: str
    title: str
    unit: str = ""
    detail: str = ""
    details: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    most_percent: int = 0
    least: float = 0.0
    begins_percent: int = 0
    onset: str = ""
    adds: str = ""
    small_steps: str = ""
    of_own: str = ""
    strain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """What activities of one kind ask for when nobody said more; the pain of kinds `like` it tells too; days of a week, 0 to 6."""

    numbers: tuple[str, ...]
    levels: tuple[Level, ...]
    like: tuple[str, ...]
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a person that name demands."""

    words: tuple[str, ...]
    raises: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A reason to begin lower: with any of the leaves the share is cut to `percent` of itself."""

    id: str
    any: tuple[Leaf, ...]
    percent: int
    says: str


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What is possible today: percent of the own activity for each point of its rating, and of the amount at which the pain begins."""

    percent_per_point: int
    of_onset_percent: int
    says: str
    cuts: tuple[Cut, ...]
    grade: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PainRule:
    """A pain rule and whom it is for: any of the leaves, or what leads; without either, everybody. Pain of 10; `by` is pain or plan."""

    rule: str
    any: tuple[Leaf, ...]
    leading: tuple[str, ...]
    free: float
    most: float
    by: str
    says: str


@dataclass(frozen=True, slots=True)
class Noted:
    """One condition on what was noted of a session: `how` is is, above, up_to, below or from; `bound` a word, a number, most or free."""

    noted: str
    how: str
    bound: str | float


@dataclass(frozen=True, slots=True)
class SessionRule:
    """What a session decides: the move (stop, down, hold, up) when any of `any` holds, or all of `all` do in so many sessions.

    A bound on what `unless_halved` names does not count once it has fallen to half.
    """

    id: str
    move: str
    any: tuple[Noted, ...]
    all: tuple[Noted, ...]
    unless_halved: str
    sessions: int
    rule: str
    says: str


@dataclass(frozen=True, slots=True)
class Setbacks:
    """How many setbacks within so many days split a step, how many call for a new look, and the sentences for both."""

    within_days: int
    split_at: int
    split_says: str
    look_again_at: int
    look_again_says: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """When what happens, in weeks and days from the start, and what is to be done on the days that question the plan."""

    weeks: int
    programme_days: tuple[int, ...]
    retest_every_days: int
    check_dose_day: int
    check_dose_says: str
    stop_rule_day: int
    stop_rule_says: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demands:
    """Everything of demands.yaml; without the file nothing is known of demands, and plans keep to their ladders."""

    dimensions: Mapping[str, Dimension] = field(default_factory=lambda: MappingProxyType({}))
    kinds: Mapping[str, Kind] = field(default_factory=lambda: MappingProxyType({}))
    cues: tuple[Cue, ...] = ()
    tolerance: Tolerance | None = None
    pain_rules: tuple[PainRule, ...] = ()
    session_rules: tuple[SessionRule, ...] = ()
    setbacks: Setbacks | None = None
    schedule: Schedule | None = None
    claimed_gate: str = ""
