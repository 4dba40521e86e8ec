"""What a plan holds: frozen, complete in itself, never pointing back."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model_demands import Level

Node = tuple[str, str]
"""A conclusion and a side: left, right, both, unstated, or none."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A typed reason with its parameters; templates turn it into a sentence."""

    code: str
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """How much of a dimension an own activity asks for.

    `source` is told (a number of the person), word (a word of the person), kind (taken for granted for activities of the kind) or
    not_told (the kind has such a number and the person gave none: `level` is None). `about` is the detail, word or kind.
    """

    dimension: str
    level: Level | None
    source: str
    about: str


@dataclass(frozen=True, slots=True)
class Today:
    """What is possible today: percent of the own activity (None when not rated), the most of each dimension with a unit, what cut it."""

    share: int | None
    limits: tuple[tuple[str, float], ...]
    cuts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """A capacity that a gate waits for: the test on a side, what it shows today, and the words that would open it.

    `known` is False when nobody measured it. `claimed_by` is the diagnosis to which a lack of it belongs in this person.
    """

    finding: str
    side: str
    shown: str
    wanted: tuple[str, ...]
    known: bool
    claimed_by: Node | None


@dataclass(frozen=True, slots=True)
class Held:
    """A strain that must not be put on this person now, and the caution rules that say so; a pending referral has no rule."""

    strain: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the person's own ladder.

    `changes` are the dimensions it raises, `state` the level of every dimension raised so far, `dims` the same in words. `amounts` are
    the small steps inside it, `blocked` says that it waits for the gate, `held` which strains hold it back.
    """

    number: int
    task: str
    dose: str
    dims: tuple[tuple[str, str], ...]
    blocked: bool
    changes: tuple[str, ...] = ()
    state: tuple[Level, ...] = ()
    amounts: tuple[str, ...] = ()
    steps: tuple[float, ...] = ()
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """The way back to one own activity; `start` is the rung to begin with today, 0 when every rung is held back.

    `added` are dimensions for which the general ladder got rungs of its own.
    """

    activity: str
    ladder: str
    rungs: tuple[Rung, ...]
    gate_open: bool
    gate_says: str
    details: tuple[tuple[str, str], ...]
    kind: str = ""
    demands: tuple[Demand, ...] = ()
    today: Today = Today(None, (), ())
    start: int = 1
    needs: tuple[Need, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """The programme of a driver: the step to start with (0: none may be done), and what holds steps back, by their numbers.

    `state` is ready, or none where the knowledge has no programme. `claimed` are steps that train what belongs to another conclusion.
    """

    driver: Node
    state: str
    start: int = 0
    held: tuple[tuple[int, tuple[Held, ...]], ...] = ()
    claimed: tuple[tuple[int, Node], ...] = ()


@dataclass(frozen=True, slots=True)
class PainChoice:
    """The pain rule that holds for this person: the exposure rule, why, free and most pain of 10, and whether pain or plan leads."""

    rule: str
    says: str
    free: float
    most: float
    by: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Ready or withheld, with every reason; ladders for own activities, programmes for the drivers, the leading one first."""

    state: str
    why: tuple[Reason, ...]
    tasks: tuple[TaskPlan, ...] = ()
    without_ladder: tuple[str, ...] = ()
    programme: str = ""
    programmes: tuple[ProgrammePlan, ...] = ()
    pain: PainChoice | None = None
