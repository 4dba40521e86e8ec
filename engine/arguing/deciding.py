"""Which single open finding would decide between two causes: the one whose answers move the difference of their scores most.

Every finding that is safe, has words and was not asked is tried with every way it may come out, both sides of the body together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.arguing.accounts import World
from engine.arguing.answers import ways_to_answer
from engine.arguing.variants import Change, Variants
from engine.asking.what_if import may_be_asked
from engine.case import Case
from engine.result import Inference, Node
from knowledge.model import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Answered:
    """One way in which a finding may come out: the answers by side, and the scores of both causes then."""

    answers: tuple[tuple[str, str], ...]
    theirs: int
    ours: int


@dataclass(frozen=True, slots=True)
class Decider:
    """A finding, how far its answers spread the difference of the scores, and every way it may come out."""

    finding: str
    spread: int
    minutes: float
    answers: tuple[Answered, ...]

    @property
    def order(self) -> tuple[int, float, str]:
        """Best first: the widest spread, then the shorter, then by name."""
        return (-self.spread, self.minutes, self.finding)


def decider(theirs: Node, ours: Node, now: World, found: Inference, case: Case, variants: Variants) -> Decider | None:
    """The finding that would decide; None when no single finding moves the difference."""
    open_ = [(one.id, ways_to_answer(one, case)) for one in may_be_asked(case, variants.kb, frozenset(found.withheld_tests))]
    worlds = variants.worlds(case, [change for _, ways in open_ for change in ways])
    now_told, *told = scores([now, *worlds], theirs, ours)
    left = iter(told)
    each = [(name, ways, [next(left) for _ in ways]) for name, ways in open_]
    best = min(each, key=lambda one: (-spread(one[2], now_told), variants.kb.findings[one[0]].minutes, one[0]), default=None)
    return decided(*best, now_told, variants.kb) if best and spread(best[2], now_told) else None


def scores(worlds: Sequence[World], theirs: Node, ours: Node) -> list[tuple[int, int]]:
    """The scores of both in each world; worlds that are one and the same are looked at once."""
    each = {id(world): (world.score(theirs, ours), world.score(ours, theirs)) for world in {id(one): one for one in worlds}.values()}
    return [each[id(world)] for world in worlds]


def decided(name: str, ways: Sequence[Change], told: Sequence[tuple[int, int]], now: tuple[int, int], kb: KnowledgeBase) -> Decider:
    """A finding with what its answers would lead to."""
    answers = tuple(
        Answered(tuple((side, str(answer.value)) for (_, side), answer in sorted(change.items())), *pair)
        for change, pair in zip(ways, told, strict=True)
    )
    return Decider(name, spread(told, now), kb.findings[name].minutes, answers)


def spread(told: Sequence[tuple[int, int]], now: tuple[int, int]) -> int:
    """How far the difference of both scores goes; that of today counts, since a finding may stay unanswered."""
    differences = {theirs - ours for theirs, ours in (*told, now)}
    return max(differences) - min(differences)
