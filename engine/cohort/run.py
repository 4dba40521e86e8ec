"""The array evaluator: a batch of cases in, outcome, urgency, explanations and flags out, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.case import Case
from engine.cohort.batch import Batch, Bools, batch_of
from engine.cohort.claims import ClaimArrays
from engine.cohort.conditions import Looks
from engine.cohort.derive import derive
from engine.cohort.evidence import EvidenceArrays, States, conditions_of
from engine.cohort.explain import ExplanationArrays
from engine.cohort.layout import make_layout
from engine.cohort.masks import anybody
from engine.cohort.origins import OriginArrays
from engine.cohort.ranking import Ranked, outcomes, rank
from engine.cohort.steps import StepArrays, Steps, pain_sides
from engine.cohort.table import CellMemory
from engine.cohort.truths import Truths
from engine.questions import Readers, readers_of
from engine.result import Node
from knowledge.model import URGENCIES, KnowledgeBase
from knowledge.sides import BODY, NONE


@dataclass
class Results:
    """What is concluded about a batch. `urgency` is an index in URGENCIES, or their number for none."""

    truths: Truths
    states: States
    steps: Steps
    ranked: Ranked
    origins: OriginArrays
    outcome: NDArray[np.int64]
    urgency: NDArray[np.int64]
    flags: dict[tuple[str, str], Bools]


def rows_at_once(kb: KnowledgeBase) -> int:
    """How many cases to evaluate in one batch: larger ones are hardly quicker, and memory grows with them and with the knowledge."""
    nodes = sum(len(BODY) if one.per_side else 1 for one in kb.conclusions.values())
    return max(512, min(32_768, 6_000_000 // max(1, nodes)))


class ArrayEvaluator:
    """A knowledge base compiled to arrays once; evaluates batches of any size."""

    def __init__(self, kb: KnowledgeBase, readers: Readers | None = None) -> None:
        self.kb = kb
        self.readers = readers or readers_of(kb)
        self.layout = make_layout(kb)
        self.memory = CellMemory()
        self.looks = Looks(self.layout)
        self.evidence = EvidenceArrays(kb, self.looks)
        self.flags = conditions_of(kb.rules_of("flags"), self.looks)
        self.steps = StepArrays(self.readers)
        self.claim = ClaimArrays(self.steps.net)
        self.explain = ExplanationArrays(self.steps.net)

    def of_cases(self, cases: Sequence[Case]) -> Results:
        """Cases whose answers all have a stated side."""
        return self.run(batch_of(cases, self.layout))

    def run(self, batch: Batch) -> Results:
        """Raw answers to conclusions."""
        truths = Truths(derive(batch, self.layout), self.looks)
        flags, urgency = self._safety(truths)
        states = self.evidence.run(truths)
        steps = self.steps.run(truths, states, pain_sides(states, truths))
        origins = OriginArrays(self.evidence, self.readers, truths, states)
        drafts = self.explain.run(states, steps, origins, self._routine(flags, truths))
        ranked = rank(drafts, batch.n, self.steps.net)
        outcome = outcomes(ranked, urgency < URGENCIES.index("routine"), batch.n)
        return Results(truths, states, steps, ranked, origins, outcome, urgency, flags)

    def claims(self, found: Results) -> NDArray[np.int64]:
        """The claim level of each person's first explanation, as an index in LEVELS (their number for none)."""
        return self.claim.leading(found.ranked, found.states, found.origins, found.steps.bridges)

    def _safety(self, truths: Truths) -> tuple[dict[tuple[str, str], Bools], NDArray[np.int64]]:
        urgency = np.full(truths.batch.n, len(URGENCIES), np.int64)
        flags = {}
        for rule, side, when in self.flags:
            held = truths.holds(when)
            if held is not truths.never and anybody(held):
                flags[rule.id, side] = held
                level = URGENCIES.index(rule.urgency or "watch")
                urgency[held] = np.minimum(urgency[held], level)
        return flags, urgency

    def _routine(self, flags: dict[tuple[str, str], Bools], truths: Truths) -> dict[Node, Bools]:
        """Who has a routine flag of a condition that competes as an explanation."""
        rules = {rule.id: rule for rule in self.kb.rules_of("flags")}
        out: dict[Node, Bools] = {}
        for (name, _), held in flags.items():
            condition = self.kb.conclusions[rules[name].targets[0]]
            if rules[name].urgency == "routine" and condition.urgency == "routine" and not condition.per_side:
                node = (condition.id, NONE)
                out[node] = out.get(node, truths.never) | held
        return out
