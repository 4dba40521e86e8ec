"""Conditions and what follows from them, as frozen data: leaves, rules with their examples, the nodes and links of the graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.problems import Place


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition: a subject has one of the words, on a side relative to the rule's side.

    `about` is finding (subject may be `finding.detail`), conclusion, outcome or leading. `side` is same, opposite,
    any, or none for a subject without sides.
    """

    about: str
    subject: str
    words: tuple[str, ...]
    side: str
    place: Place

    @property
    def finding(self) -> str:
        """The finding the leaf looks at, without the detail."""
        return self.subject.partition(".")[0]


@dataclass(frozen=True, slots=True)
class When:
    """A condition in four parts; all of them must hold. Empty parts hold."""

    all: tuple[Leaf, ...] = ()
    any: tuple[Leaf, ...] = ()
    none: tuple[Leaf, ...] = ()
    at_least: tuple[Leaf, ...] = ()
    count: int = 0

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every leaf, in the order written."""
        return (*self.all, *self.any, *self.at_least, *self.none)

    @property
    def sided(self) -> bool:
        """Whether the condition is about one side of the body."""
        return any(leaf.side in ("same", "opposite") for leaf in self.leaves)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A node of the compensation graph."""

    id: str
    title: str
    layer: str
    region: str
    per_side: bool
    modifiable: bool
    plain: str
    place: Place
    inferred: bool = False
    background: bool = False
    default: bool = False
    pain_side: bool = False
    exposure: tuple[str, ...] = ()
    severity: tuple[Leaf, ...] = ()
    retest: tuple[str, ...] = ()
    urgency: str = ""
    medical: str = ""
    refer_to: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A directed edge of the compensation graph."""

    source: str
    target: str
    side: str
    activities: tuple[str, ...]
    grade: str
    mechanism: str
    tries: tuple[str, ...]
    sources: tuple[str, ...]
    against: tuple[str, ...]
    feedback: bool
    place: Place

    @property
    def contested(self) -> bool:
        """Whether a study contradicts the link or fails to find it."""
        return bool(self.against)


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a hint moves belief: a grade, or published likelihood ratios.

    The shares behind the ratios, where the source gives them, are kept to check the ratios against.
    """

    grade: str = ""
    lr_positive: float | None = None
    lr_negative: float | None = None
    negative: str = ""
    sensitivity: float | None = None
    specificity: float | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """Answers on which a rule must fire (with what it gives) or stay quiet."""

    answers: Mapping[str, object]
    gives: str
    place: Place


@dataclass(frozen=True, slots=True)
class Rule:
    """One unit of reasoning: when it holds, what it does, why, and when it does not apply.

    `verb` is shows, excludes, supports, against, claims, flags, out_of_scope, withholds,
    explains_failure or advises.
    """

    id: str
    title: str
    status: str
    when: When
    verb: str
    targets: tuple[str, ...]
    because: str
    does_not_apply_when: str
    place: Place
    order: int = 0
    by: str = ""
    both_sides: bool = False
    weight: Weight | None = None
    cluster: str = ""
    sources: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    fires: tuple[Example, ...] = ()
    quiet: tuple[Example, ...] = ()
    urgency: str = ""
    action: str = ""
    safety_net: str = ""
    verdict: str = ""
    instead: str = ""
    plain: str = ""
    grade: str = ""
    stratum: int = 0


@dataclass(frozen=True, slots=True)
class Instrument:
    """A score counted from other findings. Of each group in `either` one finding is enough, and it counts once."""

    id: str
    title: str
    count: tuple[Leaf, ...]
    either: tuple[tuple[Leaf, ...], ...] = ()

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every condition it looks at."""
        return (*self.count, *(leaf for group in self.either for leaf in group))
