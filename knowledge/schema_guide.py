"""The shape of guide.yaml."""

from __future__ import annotations

from typing import Literal

from knowledge.schema_base import Grade, Text, Unit


class CertaintySpec(Unit):
    """How sure the claims of one level are."""

    driver: Text
    origin: Text


class CertaintiesSpec(Unit):
    """Every claim level."""

    tested: CertaintySpec
    supported: CertaintySpec
    possible: CertaintySpec
    speculative: CertaintySpec


class SaidSpec(Unit):
    """A sentence or two."""

    text: Text
    sources: tuple[str, ...]
    grade: Literal[Grade, ""] = ""


class SentencesSpec(Unit):
    """Every sentence that a guide may need."""

    start_elsewhere: SaidSpec
    starts_here: SaidSpec
    whole_system: SaidSpec
    not_known: SaidSpec
    several: SaidSpec
    studies_disagree: SaidSpec
    no_whole_chain: SaidSpec
    measure_again: SaidSpec
    side_not_told: SaidSpec
    tried: SaidSpec
    stay_active: SaidSpec
    no_exercises: SaidSpec
    check_first: SaidSpec
    emergency: SaidSpec
    urgent: SaidSpec
    routine: SaidSpec
    show_this: SaidSpec
    scope: SaidSpec
    questions_first: SaidSpec
    no_goal: SaidSpec
    nothing_told: SaidSpec
    tell_us: SaidSpec
    no_ladder: SaidSpec
    no_programme: SaidSpec
    all_held: SaidSpec
    often: SaidSpec
    ladder: SaidSpec
    waits: SaidSpec
    go_up: SaidSpec
    stay: SaidSpec
    go_down: SaidSpec
    closing: SaidSpec


class LightsSpec(Unit):
    """A pain rule as lights."""

    rule: str
    says: Text
    green: Text
    amber: str = ""
    red: Text
    grade: Literal[Grade, ""] = ""
    sources: tuple[str, ...]


class HelpSignSpec(Unit):
    """A sign that asks for help."""

    text: Text
    conditions: tuple[str, ...]
    sources: tuple[str, ...]


class HelpSpec(Unit):
    """When to get help, and whom to call."""

    call: Text
    now: tuple[HelpSignSpec, ...]
    soon: tuple[HelpSignSpec, ...]


class GuideSpec(Unit):
    """All of guide.yaml."""

    certainty: CertaintiesSpec
    sentences: SentencesSpec
    pain: tuple[LightsSpec, ...]
    help: HelpSpec
    bring: tuple[Text, ...] = ()
