"""What a guide for the person with the pain says, as frozen data read from guide.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.problems import Place


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure the claims of a level are, in plain words: of what goes with the pain, and of what came first."""

    driver: str
    origin: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence or two, with the grade and sources behind them."""

    text: str
    sources: tuple[str, ...]
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Lights:
    """A pain rule as lights; {free} and {most} stand for its numbers, pain of 10. Without amber there are two."""

    rule: str
    says: str
    green: str
    amber: str
    red: str
    grade: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HelpSign:
    """A sign that asks for help, and the serious conditions it can stand for."""

    text: str
    conditions: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuideWords:
    """Everything of guide.yaml; without the file nothing may be told to the person, and `place` is None."""

    certainty: Mapping[str, Certainty] = field(default_factory=dict)
    sentences: Mapping[str, Said] = field(default_factory=dict)
    pain: tuple[Lights, ...] = ()
    call: str = ""
    now: tuple[HelpSign, ...] = ()
    soon: tuple[HelpSign, ...] = ()
    bring: tuple[str, ...] = ()
    place: Place | None = None
