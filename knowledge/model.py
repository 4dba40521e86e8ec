"""The knowledge base as frozen data: what the engine reads and nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.model_demands import Demands
from knowledge.model_findings import Answer, Derived, Detail, Finding, MustAsk, Norm, NormRow, Reliability, detail_words
from knowledge.model_guide import GuideWords
from knowledge.model_instruments import Change, Group, Item, ItemSign, Missing, Questionnaire, ScoreRule
from knowledge.model_plans import (
    Adaptive,
    Codes,
    Examination,
    Gate,
    Ladder,
    LadderStep,
    Position,
    Programme,
    ProgrammeStep,
    Source,
    Stage,
    Statement,
    Teaching,
    Wording,
)
from knowledge.model_rules import Conclusion, Example, Instrument, Leaf, Link, Rule, Weight, When
from knowledge.scale import Scale
from knowledge.simulation import Simulation

__all__ = [
    "ACTIVITIES", "GRADES", "LAYERS", "OUTCOMES", "SEEN", "STATUSES", "STRAINS", "UNKNOWN", "URGENCIES", "Adaptive", "Answer",
    "Change", "Codes", "Conclusion", "Demands", "Derived", "Detail", "Examination", "Example", "Finding", "Gate", "Group", "Instrument",
    "Item", "ItemSign", "KnowledgeBase", "Ladder", "LadderStep", "Leaf", "Link", "Missing", "MustAsk", "Norm", "NormRow",
    "Position", "Programme", "ProgrammeStep", "Questionnaire", "Reliability", "Rule", "ScoreRule", "Source", "Stage",
    "Statement", "Teaching", "Weight", "When", "Wording", "detail_words",
]

LAYERS = ("origin", "impairment", "habit", "overload", "presentation", "modulator", "local_diagnosis", "serious", "none")
STRAINS = ("effort", "endurance", "calf_load", "impact", "lift", "bend_hard", "prone", "end_range")
ACTIVITIES = ("walk", "bend", "lift", "stand", "sit", "run", "rotate", "reach", "any")
GRADES = ("A", "B", "C", "D")
URGENCIES = ("emergency", "urgent", "routine", "watch")
OUTCOMES = ("referral", "chain", "local", "nonmechanical", "undetermined")
STATUSES = ("supported", "refuted", "open")
SEEN = ("full", "abstract", "secondary", "memory")
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Everything that is known, by id, in a fixed order; `sha256` names this exact content."""

    findings: Mapping[str, Finding]
    conclusions: Mapping[str, Conclusion]
    links: tuple[Link, ...]
    rules: tuple[Rule, ...]
    norms: Mapping[str, Norm]
    instruments: Mapping[str, Instrument]
    questionnaires: Mapping[str, Questionnaire]
    sources: Mapping[str, Source]
    ladders: tuple[Ladder, ...]
    programmes: tuple[Programme, ...]
    exposure_rules: tuple[Statement, ...]
    demands: Demands
    guide: GuideWords
    honesty: tuple[Statement, ...]
    teaching: tuple[Teaching, ...]
    stages: tuple[Stage, ...]
    examination: Examination
    scale: Scale
    simulation: Simulation
    wording: Wording
    codes: Mapping[str, Codes]
    version: str
    sha256: str

    def rules_of(self, *verbs: str) -> tuple[Rule, ...]:
        """The active rules with one of the verbs, in file order."""
        return tuple(rule for rule in self.rules if rule.verb in verbs)

    def words_of(self, subject: str) -> tuple[str, ...]:
        """The words a finding, or a detail of one written `finding.detail`, can take."""
        name, _, detail = subject.partition(".")
        if not detail:
            return self.findings[name].words
        return detail_words(self.findings[name].detail(detail))
