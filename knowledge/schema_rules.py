"""The shape of a rule of any kind, and of the conditions every unit uses."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from knowledge.schema_base import Grade, Unit, Urgency, Words


class LeafSpec(Unit):
    """One condition."""

    finding: str = ""
    conclusion: str = ""
    outcome: str = ""
    leading: str = ""
    words: Words = Field(default=(), alias="is")
    side: Literal["same", "opposite", "any", ""] = ""


class CountSpec(Unit):
    """At least `n` of these."""

    n: int
    of: tuple[LeafSpec, ...]


class WhenSpec(Unit):
    """A condition in its four parts."""

    all: tuple[LeafSpec, ...] = ()
    any: tuple[LeafSpec, ...] = ()
    none: tuple[LeafSpec, ...] = ()
    at_least: CountSpec | None = None


class ThenSpec(Unit):
    """What a rule does; exactly one of the verbs."""

    shows: str = ""
    excludes: str = ""
    supports: str = ""
    against: str = ""
    claims: Words = ()
    by: str = ""
    flags: str = ""
    out_of_scope: str = ""
    withholds: Words = ()
    explains_failure: str = ""
    advises: str = ""
    side: Literal["both", ""] = ""


class WeightSpec(Unit):
    """How much a hint counts."""

    grade: Literal[Grade, ""] = ""
    lr_positive: float | None = Field(default=None, gt=0)
    lr_negative: float | None = Field(default=None, gt=0)
    negative: str = ""
    sensitivity: float | None = Field(default=None, ge=0, le=1)
    specificity: float | None = Field(default=None, ge=0, le=1)


class ExamplesSpec(Unit):
    """Answers on which the rule fires, and on which it stays quiet."""

    fires: tuple[dict[str, Any], ...] = ()
    quiet: tuple[dict[str, Any], ...] = ()


class RuleSpec(Unit):
    """A rule, red flag, scope rule, tried rule or advice."""

    id: str
    title: str
    status: Literal["draft", "reviewed", "stable", "retired"]
    when: WhenSpec
    then: ThenSpec
    because: str
    does_not_apply_when: str
    sources: tuple[str, ...]
    examples: ExamplesSpec = ExamplesSpec()
    weight: WeightSpec | None = None
    cluster: str = ""
    urgency: Literal[Urgency, ""] = ""
    action: str = ""
    safety_net: str = ""
    verdict: Literal["missed", "overloads", "underdosed", "overdosed", "not_done", "right", ""] = ""
    instead: str = ""
    plain: str = ""
    against: tuple[str, ...] = ()
    grade: Literal[Grade, ""] = ""
    replaced_by: str = ""
