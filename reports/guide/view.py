"""A guide for the person with the pain, as frozen data: whole sentences, in the order in which they are read.

Texts that come from the person are `activity` and what a rung quotes of it. Every format shows this same view.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.escaping import Code
from reports.pictures.body import BodyMap

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Now:
    """What has to be done before anything else. `urgency` is emergency, urgent or scope; `told` are answers to show there."""

    urgency: Code
    title: str
    lead: str
    texts: Texts
    no_exercises: str
    show: str
    told: Texts


@dataclass(frozen=True, slots=True)
class Line:
    """A station in plain words: its mark on the picture, its place in the body, and a sentence or two."""

    mark: str
    place: str
    texts: Texts


@dataclass(frozen=True, slots=True)
class Thought:
    """One account of the pain: how sure it is, its stations from the first to the pain, and how sure the first one is."""

    sure: str
    lines: tuple[Line, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class Think:
    """What we think: `lead` before it, the accounts, and why a back can hurt for it. `kind` is led, open, refer or empty."""

    kind: Code
    lead: Texts
    thoughts: tuple[Thought, ...]
    why: Texts
    picture: BodyMap | None


@dataclass(frozen=True, slots=True)
class Unsure:
    """What is not certain, and how it is found out: `tests` are named as in the practice."""

    texts: Texts
    tests: Texts


@dataclass(frozen=True, slots=True)
class TriedLine:
    """Something that was tried, and one kind sentence on it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a ladder; `today` where to begin, `waits` when it is not open yet."""

    number: int
    task: str
    dose: str
    today: bool
    waits: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Climb:
    """The ladder back to one own activity, in the person's words; `note` says why there is no step for today."""

    activity: str
    steps: tuple[Step, ...]
    today: Step | None
    note: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """What trains or calms one part: where it is, the step for now, how often."""

    place: str
    do: str
    often: str


@dataclass(frozen=True, slots=True)
class Light:
    """A light of the pain rule. `colour` is green, amber or red; `word` says it without colour."""

    colour: Code
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: the ladders, the exercises, how often, the pain rule, and when to go up, stay or go down."""

    climbs: tuple[Climb, ...]
    exercises: tuple[Exercise, ...]
    without: Texts
    no_ladder: str
    often: str
    ladder: str
    waits: str
    pain: str
    lights: tuple[Light, ...]
    up: str
    stay: str
    down: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What has to be known before there is a plan; `questions` with room for yes and no."""

    lead: str
    questions: Texts


@dataclass(frozen=True, slots=True)
class Help:
    """When to get help: whom to call, the signs of the same day, those of the next days, and those of this person."""

    call: str
    now: Texts
    soon: Texts
    yours: Texts


@dataclass(frozen=True, slots=True)
class Guide:
    """All of a guide. `state` is stop, refer, led, open or empty; `doctor` what a doctor should look at beside the plan."""

    id: str
    state: Code
    large_print: bool
    now: Now | None
    doctor: Texts
    think: Think | None
    unsure: Unsure | None
    tried_lead: str
    tried: tuple[TriedLine, ...]
    plan: Plan | None
    until: Texts
    ask: Ask | None
    goal: str
    help: Help
    bring: Texts
    closing: str
    version: str
