"""The shape of findings, conclusions and what they rest on: details, norm tables, instruments."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from knowledge.schema_base import Text, Unit, Urgency
from knowledge.schema_rules import LeafSpec


class NumberAnswer(Unit):
    """A number with its unit and range."""

    number: Text
    min: float
    max: float


class ChoiceAnswer(Unit):
    """One word of a fixed list."""

    choice: tuple[str, ...]


def _attribute_kind(value: Any) -> str:
    return "?words" if isinstance(value, list) else "?number" if isinstance(value, dict) else "?plain"


Attribute = Annotated[
    Annotated[tuple[str, ...], Tag("?words")]
    | Annotated[NumberAnswer, Tag("?number")]
    | Annotated[Literal["text", "number"], Tag("?plain")],
    Discriminator(_attribute_kind),
]


class ListAnswer(Unit):
    """A list of things, each with attributes."""

    list: dict[str, Attribute]


def _answer_kind(value: Any) -> str:
    named = [key for key in ("number", "choice", "list") if isinstance(value, dict) and key in value]
    return f"?{named[0]}" if named else "?plain"


AnswerSpec = Annotated[
    Annotated[NumberAnswer, Tag("?number")]
    | Annotated[ChoiceAnswer, Tag("?choice")]
    | Annotated[ListAnswer, Tag("?list")]
    | Annotated[Literal["yes_no", "words"], Tag("?plain")],
    Discriminator(_answer_kind),
]
"""What an answer may be. Tags begin with ? so that no key of an author is one."""


class MustAskSpec(Unit):
    """Whom the question must be asked."""

    sex: Literal["male", "female", ""] = ""
    age_from: float | None = None
    age_to: float | None = None
    any_of: tuple[str, ...] = ()


def _asked_kind(value: Any) -> str:
    return "?some" if isinstance(value, dict) else "?plain"


AskedSpec = Annotated[Annotated[MustAskSpec, Tag("?some")] | Annotated[Literal["always"], Tag("?plain")], Discriminator(_asked_kind)]


class ReliabilitySpec(Unit):
    """Measurement error as published."""

    mdc: float | None = None
    icc: str = ""
    kappa: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()


Derivation = Literal["side_ratio", "side_difference", "side_mean", "percent_of_norm", "years_before_pain", "score", "same_as"]
Kind = Literal[
    "about", "injury", "exposure", "symptom", "worse", "eased", "tried", "red_flag", "neuro", "test", "observation", "score", "belief",
    "imaging", "response",
]
Layer = Literal["origin", "impairment", "habit", "overload", "presentation", "modulator", "local_diagnosis", "serious", "none"]


class FindingSpec(Unit):
    """A finding."""

    id: str
    title: Text
    plain: str = ""
    kind: Kind
    answer: AnswerSpec | None = None
    derived: dict[Derivation, str] | None = None
    per_side: bool
    ask: str | None = ""
    how: str = ""
    minutes: float = Field(default=0.3, ge=0)
    bands: dict[str, str] = Field(default_factory=dict)
    band_source: str = ""
    norm: str = ""
    detail: tuple[str, ...] = ()
    detail_bands: dict[str, dict[str, str]] = Field(default_factory=dict)
    hurts: tuple[str, ...] = ()
    strain: tuple[str, ...] = ()
    position: str = ""
    provokes: bool = False
    medical: dict[str, Text] = Field(default_factory=dict)
    must_ask: AskedSpec | None = None
    tests_node: tuple[str, ...] = ()
    reliability: ReliabilitySpec | None = None
    sources: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    for_reader: bool = False
    reason: str = ""


class ConclusionSpec(Unit):
    """A node of the graph."""

    id: str
    title: Text
    layer: Layer
    region: Text
    per_side: bool
    modifiable: bool
    plain: Text
    inferred: bool = False
    role: Literal["background", "default", "pain_side", ""] = ""
    exposure: tuple[str, ...] = ()
    severity: tuple[LeafSpec, ...] = ()
    retest: tuple[str, ...] = ()
    urgency: Literal[Urgency, ""] = ""
    medical: str = ""
    refer_to: str = ""
    old_id: str = ""


class NormRowSpec(Unit):
    """A row of a norm table."""

    sex: Literal["male", "female", ""] = ""
    age_from: float
    age_to: float
    value: float = Field(gt=0)


class NormSpec(Unit):
    """A norm table."""

    id: str
    unit: Text
    source: str
    rows: tuple[NormRowSpec, ...]
    title: str = ""
    note: str = ""


class InstrumentSpec(Unit):
    """A score counted from findings."""

    id: str
    title: Text
    count: tuple[LeafSpec, ...] = Field(min_length=1)
    either: tuple[tuple[LeafSpec, ...], ...] = ()
    sources: tuple[str, ...] = ()
    note: str = ""


class DetailSpec(Unit):
    """The type of a detail."""

    type: Literal["yes_no", "number", "words", "text"]
    unit: str = ""
    min: float = -1e9
    max: float = 1e9
    note: str = ""
