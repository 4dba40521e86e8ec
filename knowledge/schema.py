"""The shape of every unit an author writes, as pydantic models; only the schema modules and `shape` import pydantic.

The models check shape only. What the words mean, and whether ids exist, is decided when the model is built.
"""

from __future__ import annotations

from knowledge.schema_demands import DemandsSpec
from knowledge.schema_findings import (
    ChoiceAnswer,
    ConclusionSpec,
    DetailSpec,
    FindingSpec,
    InstrumentSpec,
    ListAnswer,
    MustAskSpec,
    NormRowSpec,
    NormSpec,
    NumberAnswer,
)
from knowledge.schema_guide import GuideSpec
from knowledge.schema_instruments import ItemSpec, QuestionnaireSpec, ScoredSpec, ScoreSpec
from knowledge.schema_plans import (
    CodesSpec,
    ExaminedSpec,
    GateSpec,
    LadderSpec,
    PackSpec,
    PositionSpec,
    ProgrammeSpec,
    SourceSpec,
    StageSpec,
    StatementSpec,
    TeachingSpec,
    WordingSpec,
)
from knowledge.schema_rules import ExamplesSpec, LeafSpec, RuleSpec, ThenSpec, WeightSpec, WhenSpec

__all__ = [
    "ChoiceAnswer", "CodesSpec", "ConclusionSpec", "DemandsSpec", "DetailSpec", "ExaminedSpec", "ExamplesSpec", "FindingSpec",
    "GateSpec", "GuideSpec", "InstrumentSpec", "ItemSpec", "LadderSpec", "LeafSpec", "ListAnswer", "MustAskSpec", "NormRowSpec", "NormSpec",
    "NumberAnswer", "PackSpec", "PositionSpec", "ProgrammeSpec", "QuestionnaireSpec", "RuleSpec", "ScoreSpec", "ScoredSpec",
    "SourceSpec", "StageSpec", "StatementSpec", "TeachingSpec", "ThenSpec", "WeightSpec", "WhenSpec", "WordingSpec",
]
