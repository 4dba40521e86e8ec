"""What every part of a report is made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.case import Case
from engine.result import Explanation, Inference
from knowledge.model import KnowledgeBase, Link
from reports.citing import Citations
from reports.escaping import Code
from reports.naming import Names
from reports.phrases import word
from reports.view import Ground

if TYPE_CHECKING:
    from engine.infer import Reasoner

NEAREST = 3
"""How many explanations are named when none stands out."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """An inference with its case, its knowledge base, the names of things, the sources cited so far, and who reasoned, if at hand."""

    inference: Inference
    case: Case
    kb: KnowledgeBase
    names: Names
    citations: Citations
    reasoner: Reasoner | None = None

    @property
    def state(self) -> str:
        """empty: nothing is known; stop: refer now or out of scope; refer: a condition of less urgency leads; led; open."""
        found = self.inference
        if not self.case.answers:
            return "empty"
        if found.out_of_scope or found.urgency in ("emergency", "urgent"):
            return "stop"
        if found.outcome == "referral":
            return "refer"
        return "led" if found.leading else "open"

    @property
    def nearest(self) -> tuple[Explanation, ...]:
        """The explanations that lead or come nearest, without those that are part of a better one."""
        return tuple(one for one in self.inference.explanations if one.part_of is None)[:NEAREST]

    @property
    def guess(self) -> bool:
        """Whether nothing may be claimed beyond a guess, because no explanation leads."""
        return self.inference.leading is None or self.state == "stop"

    def level(self, claim: str) -> str:
        """The level that sentences may use: that of the claim, or a guess while nothing leads."""
        return "speculative" if self.guess else claim

    def verb(self, claim: str, which: str) -> str:
        """The verb of a claim; `which` is verb_driver or verb_origin."""
        return self.kb.wording.levels[self.level(claim)][which]

    def link(self, source: str, target: str) -> Link | None:
        """The link between two conclusions."""
        return next((one for one in self.kb.links if (one.source, one.target) == (source, target)), None)

    def ground(self, rule: str, text: str) -> Ground:
        """A rule that spoke, with its sources."""
        known = self.names.rule(rule)
        return Ground(Code(rule), text, self.citations.cite(known.sources if known else ()))

    def findings(self, names: Iterable[str]) -> tuple[str, ...]:
        """Titles of findings, each once."""
        return tuple(dict.fromkeys(self.names.finding(name) for name in names))

    def grade_meaning(self, grade: str) -> str:
        """What a grade stands for."""
        return self.kb.wording.grades.get(grade, "")

    def outcome_title(self, outcome: str) -> str:
        """The title of an outcome, or of the kind of an explanation."""
        return self.kb.wording.outcomes[outcome]["title"]

    def urgency_title(self, urgency: str) -> str:
        """The words for an urgency."""
        return self.kb.wording.urgency.get(urgency, word("urgency", urgency))
