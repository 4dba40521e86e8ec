"""Laws of the adaptive interview, on random knowledge: its ranking is what the traced engine gives, what-if by what-if.

BACKCAUSE_EXAMPLES=2000 makes a long run of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import log2
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.asking.adaptive import Explorer
from engine.asking.ranking import Ranking
from engine.case import Answer, Case
from engine.cohort.run import ArrayEvaluator
from engine.infer import Reasoner
from engine.outcome import outcome
from engine.result import Inference, Node
from knowledge.model import Conclusion, Finding, KnowledgeBase
from knowledge.sides import BODY, NONE
from tests.budget import examples
from tests.making import HERE, finding
from tests.plain_answers import HOW, PlainAnswers, exploring
from tests.shipped import case as shipped
from tests.shipped import inferred, reasoner
from tests.small_worlds import World, random_world
from tests.smallest import check_or_shrink

SEEDS = st.integers(0, 2**40)
Belief = Mapping[tuple[Node, Node], float]
OTHER = ("other", NONE), ("other", NONE)


def uneven(kb: KnowledgeBase) -> PlainAnswers:
    """Later words are likelier: no two answers of a finding have the same chance."""
    shares = {one.id: [1.0 + place for place in range(len(one.words))] for one in kb.findings.values()}
    return PlainAnswers(kb, {one.id: dict(zip(one.words, (s / sum(shares[one.id]) for s in shares[one.id]), strict=True))
                             for one in kb.findings.values() if one.words})


def ranked(kb: KnowledgeBase, case: Case, pruned: bool = True) -> Ranking:
    one = Reasoner(kb)
    return Explorer(ArrayEvaluator(kb, one.readers), uneven(kb), pruned).rank(case, one.infer(case))


def summary(ranking: Ranking) -> list[tuple[str, float, bool]]:
    return [(one.question.finding, round(one.gain, 6), one.turns) for one in ranking.weighed]


@dataclass(frozen=True)
class BruteForce:
    """Every answer to every finding through the traced engine, weighed with nothing shared with the program but the scores."""

    kb: KnowledgeBase
    reasoner: Reasoner
    answers: PlainAnswers

    def gains(self, case: Case) -> dict[str, tuple[float, bool]]:
        """What each finding tells, and whether an answer turns the lead; those that move nothing are left out."""
        worlds = [case.in_world(side) for side in BODY] if case.has_unstated else [case]
        now = [self.reasoner.infer(world) for world in worlds]
        withheld = self.reasoner.infer(case).withheld_tests
        asked = [one for one in self.kb.findings.values() if one.words and not one.derived and one.id not in withheld]
        weighed = {one.id: self._weigh(one, self._open(one, case), worlds, now) for one in asked if self._open(one, case)}
        return {name: (gain, turns) for name, (gain, turns, moves) in weighed.items() if moves}

    def _open(self, one: Finding, case: Case) -> tuple[str, ...]:
        if not one.per_side:
            return () if (one.id, NONE) in case.answers else (NONE,)
        return () if (one.id, "unstated") in case.answers else tuple(side for side in BODY if (one.id, side) not in case.answers)

    def _weigh(self, one: Finding, sides: Sequence[str], worlds: list[Case], now: list[Inference]) -> tuple[float, bool, bool]:
        gain, turns, moves = 0.0, False, False
        for world, before in zip(worlds, now, strict=True):
            mixed: dict[tuple[Node, Node], float] = {}
            left = 0.0
            for words in product(one.words, repeat=len(sides)):
                told = {(one.id, side): Answer(word, {}, HERE) for side, word in zip(sides, words, strict=True)}
                after = self.reasoner.infer(world.with_answers(told))
                belief, chance = self._belief(after), self._chance(one, words)
                left += chance * bits(belief)
                mixed = {key: mixed.get(key, 0.0) + chance * belief.get(key, 0.0) for key in {*mixed, *belief}}
                turns |= self._lead(after) != self._lead(before)
                moves |= self._lead(after) != self._lead(before) or differ(belief, self._belief(before))
            gain += bits(mixed) - left
        return gain / len(worlds), turns, moves

    def _chance(self, one: Finding, words: Sequence[str]) -> float:
        out = 1.0
        for word in words:
            out *= self.answers.stated[one.id][word]
        return out

    def _lead(self, found: Inference) -> object:
        leads = outcome(found.explanations, "none", self.kb)[0]
        first = found.explanations[0] if found.explanations else None
        return (first.cause, first.driver or first.cause, first.claim, leads) if first else leads

    def _belief(self, found: Inference) -> Belief:
        weights = {OTHER: 1.0}
        for one in found.explanations[: HOW.live]:
            power = 10 ** ((one.score - self.kb.scale.lead_min) / (100 * HOW.temperature))
            key = (one.cause, one.driver or one.cause)
            weights[key] = max(weights.get(key, 0.0), power)
        return {key: weight / sum(weights.values()) for key, weight in weights.items()}


def bits(belief: Belief) -> float:
    return -sum(chance * log2(chance) for chance in belief.values() if chance)


def differ(one: Belief, other: Belief) -> bool:
    return any(abs(one.get(key, 0.0) - other.get(key, 0.0)) > 1e-9 for key in {*one, *other})


def open_world(seed: int) -> World:
    """A random world in which much is left to ask: fewer answers, and half of what no rule claims explains pain by itself."""
    chance = Random(seed)
    world = random_world(chance)
    claimed = {target for one in world.kb.rules_of("claims") for target in one.targets}
    nodes = {name: _heading(one, name in claimed, chance) for name, one in world.kb.conclusions.items()}
    answers = {key: one for key, one in world.case.answers.items() if chance.random() < 0.4}
    return World(exploring(replace(world.kb, conclusions=nodes)), replace(world.case, answers=answers))


def _heading(one: Conclusion, claimed: bool, chance: Random) -> Conclusion:
    free = not claimed and one.layer != "presentation"
    return replace(one, retest=("sex",), inferred=False, layer="local_diagnosis" if free and chance.random() < 0.5 else one.layer)


@examples(8)
@given(SEEDS)
def test_the_ranking_is_that_of_the_traced_engine(seed: int) -> None:
    def check(world: World) -> None:
        one = Reasoner(world.kb)
        wanted = BruteForce(world.kb, one, uneven(world.kb)).gains(world.case)
        got = {name: (gain, turns) for name, gain, turns in summary(ranked(world.kb, world.case))}
        assert set(got) == set(wanted)
        for name, (gain, turns) in wanted.items():
            assert got[name] == (pytest.approx(gain, abs=1e-5), turns), name

    check_or_shrink(open_world(seed), check)


@examples(8)
@given(SEEDS)
def test_leaving_out_what_cannot_matter_changes_nothing(seed: int) -> None:
    world = open_world(seed)
    assert summary(ranked(world.kb, world.case)) == summary(ranked(world.kb, world.case, pruned=False))


@pytest.mark.parametrize("name", ["empty", "a01_ankle_44m", "article-try-negative", "control-stenosis"])
def test_on_the_shipped_knowledge_too(name: str) -> None:
    evaluator, about, found = ArrayEvaluator(reasoner().kb, reasoner().readers), shipped(name), inferred(name)
    one, other = (Explorer(evaluator, uneven(reasoner().kb), pruned).rank(about, found) for pruned in (True, False))
    assert summary(one) == summary(other)
    assert len(one.weighed) > 10


@examples(8)
@given(SEEDS)
def test_the_order_of_answers_changes_nothing(seed: int) -> None:
    world = open_world(seed)
    told = list(world.case.answers.items())
    Random(seed).shuffle(told)
    assert ranked(world.kb, world.case) == ranked(world.kb, replace(world.case, answers=dict(told)))


@examples(8)
@given(SEEDS)
def test_an_answer_that_no_rule_reads_changes_nothing(seed: int) -> None:
    world = open_world(seed)
    kb = replace(world.kb, findings={**world.kb.findings, "idle": finding("idle")})
    more = world.case.with_answers({("idle", NONE): Answer("yes", {}, HERE)})
    assert ranked(kb, world.case) == ranked(kb, more)


@examples(8)
@given(SEEDS)
def test_no_question_is_worth_less_than_nothing(seed: int) -> None:
    world = open_world(seed)
    assert all(one.gain >= 0 for one in ranked(world.kb, world.case).weighed)
