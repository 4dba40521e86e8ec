"""The constants of the inference, read from scale.yaml; all whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Scale:
    """Belief is counted in tenths of a deciban (100 x log10 of a likelihood ratio), scores in the same unit.

    grade_*: what a hint of that grade adds. rule_cap: the most one rule moves belief. supported_at, refuted_at: the
    sums at which a conclusion counts as present or absent. node: a supported impairment or habit on the spine, of
    which nodes_counted count. link_*: what a link of that grade costs; contested and gap come on top. activity: a
    hurting activity met by a habit, of which activities_counted count. before_pain, residual: an origin that came
    first, or left signs. try_*: a bedside change. head_cap: the most that evidence
    for a diagnosis or modulator counts in its score, head_settled the least once it is settled, routine_flag the worth of
    a routine red flag. lead_min, lead_margin: what the best explanation needs to lead. together_months: within this two
    dates count as the same. misread_percent: how far, in percent of its value, a measured number may be misread where no
    detectable change is published; misread_agreement: the agreement, in hundredths, below which a word may be misread.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    grade_a: int
    grade_b: int
    grade_c: int
    grade_d: int
    rule_cap: int
    supported_at: int
    refuted_at: int
    node: int
    nodes_counted: int
    link_a: int
    link_b: int
    link_c: int
    link_d: int
    contested: int
    gap: int
    activity: int
    activities_counted: int
    before_pain: int
    residual: int
    try_better: int
    try_same: int
    head_cap: int
    head_settled: int
    routine_flag: int
    lead_min: int
    lead_margin: int
    together_months: int
    misread_percent: int
    misread_agreement: int

    def grade(self, grade: str) -> int:
        """What a hint of this grade adds."""
        return int(getattr(self, f"grade_{grade.lower()}"))

    def link(self, grade: str, contested: bool) -> int:
        """What following a link costs."""
        return int(getattr(self, f"link_{grade.lower()}")) + (self.contested if contested else 0)
