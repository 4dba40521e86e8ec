"""How people answer and how often conditions hold, read from simulation.yaml: the constants of synthetic people and of the interview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from knowledge.schema_base import Share, Urgency
from knowledge.schema_findings import Kind, Layer

_CLOSED: dict[str, str] = {"extra": "forbid"}


def keyed(chances: Mapping[Any, float], key: str) -> float:
    """The chance that stands under a key, 0 when none does; for mappings whose keys may only be certain words."""
    return chances.get(key, 0.0)


@dataclass(frozen=True, slots=True)
class Grades:
    """A chance for each grade of evidence."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED

    A: Share
    B: Share
    C: Share
    D: Share

    def of(self, grade: str) -> float:
        """The chance for a grade."""
        return float(getattr(self, grade))


@dataclass(frozen=True, slots=True)
class Answering:
    """How answers follow from what is true.

    shows: how often the condition of a rule that shows a conclusion holds where the conclusion does; excludes: how seldom, as one
    minus the chance, that of a rule that excludes it; supports, against: the same for hints without a published ratio, by grade;
    flags: for red flags, by urgency. lr_sensitivity: what is taken where only the positive ratio is published. most: no
    chance goes beyond it. quiet: words that mean that nothing was found, the first that a finding has is its own.
    by_chance: how often a word that is not quiet is answered without any cause, by kind of finding; words: the same for
    single words of a finding (or `finding.detail`).
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED

    shows: Share
    excludes: Share
    supports: Grades
    against: Grades
    flags: Mapping[Urgency, Share]
    lr_sensitivity: Share
    most: Share
    quiet: tuple[str, ...]
    by_chance: Mapping[Kind, Share]
    words: Mapping[str, Mapping[str, Share]]


@dataclass(frozen=True, slots=True)
class Holding:
    """How often a conclusion holds on a side in people with back pain: by layer, and for single conclusions."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED

    layers: Mapping[Layer, Share]
    conclusions: Mapping[str, Share]

    def of(self, name: str, layer: str) -> float:
        """The base rate of a conclusion."""
        return self.conclusions.get(name, keyed(self.layers, layer))


@dataclass(frozen=True, slots=True)
class Simulation:
    """Every constant of the answer model. All are proposals of the authors of this knowledge base."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED

    answering: Answering
    holding: Holding
