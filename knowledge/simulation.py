"""How people answer and how often conditions hold, read from simulation.yaml: the constants of synthetic people and of the interview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

Share = float
"""A chance, from 0 to 1."""
Kind: TypeAlias = str
Layer: TypeAlias = str
Urgency: TypeAlias = str
Sex: TypeAlias = str
CauseKind: TypeAlias = str
"""Words that may stand as keys; simulation_checks knows them. This module is read at every start, so it imports no schema."""
CAUSE_KINDS = ("chain", "local", "nonmechanical", "referral", "undetermined")
SEXES = ("female", "male")
_CLOSED: dict[str, str] = {"extra": "forbid"}


def keyed(chances: Mapping[Any, float], key: str, otherwise: float = 0.0) -> float:
    """The chance that stands under a key, else `otherwise`; for mappings whose keys may only be certain words."""
    return chances.get(key, otherwise)


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
    flags: for red flags, by urgency. lr_sensitivity: what is taken where only the positive ratio is published. responds: how
    often a bedside change of something that holds changes the pain. most: no
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
    responds: Share
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
class Drawing:
    """How synthetic people come about.

    kinds: shares of the kinds of cause. without_origin: chains that begin in the body itself. causes: weights within a kind (1 where
    nothing stands). history: kinds of finding that tell what was before, which origins alone make. only: conclusions of one sex.
    follow: how often a link is taken, by grade; contested: how much rarer one that studies contradict. meets: how often an activity
    of a taken link hurts; hurts, severe, changes: how often this is told when asked, an origin was severe or left signs, and a
    bedside change on a node of the chain helps. own: weights of own activities, own_limited and own_mild the ratings of a task that
    fails and of others. gap_years: from an origin to the first pain; first_years: from that to this pain; bystander_years: how long
    ago an injury was that does not matter.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED

    kinds: Mapping[CauseKind, Share]
    without_origin: Share
    causes: Mapping[str, float]
    history: tuple[Kind, ...]
    only: Mapping[Sex, tuple[str, ...]]
    follow: Grades
    contested: Share
    meets: Share
    hurts: Share
    severe: Share
    changes: Share
    own: Mapping[str, float]
    own_limited: tuple[int, int]
    own_mild: tuple[int, int]
    gap_years: tuple[float, float]
    first_years: tuple[float, float]
    bystander_years: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of synthetic people and how well it is read.

    kinds: how often a finding is asked, by kind; listed: those that the strategy names; must: red flags that must be asked; findings:
    single ones; only: findings asked of one sex. unknown: how often the answer is not known. kappa: agreement of words where none is
    published; icc: that of numbers, both by kind, 1 where nothing stands; spread: the standard deviation of numbers in people as a share
    of their range. ranges: usual numbers of a finding, decimals: digits of a unit.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED

    kinds: Mapping[Kind, Share]
    listed: Share
    must: Share
    findings: Mapping[str, Share]
    only: Mapping[Sex, tuple[str, ...]]
    unknown: Mapping[Kind, Share]
    kappa: Mapping[Kind, Share]
    icc: Mapping[Kind, Share]
    spread: Share
    ranges: Mapping[str, tuple[float, float]]
    decimals: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Simulation:
    """Every constant of the answer model and of synthetic people. All are proposals of the authors of this knowledge base."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED

    answering: Answering
    holding: Holding
    drawing: Drawing
    asking: Asking
