"""The outcome: who leads, by what margin, and which explanations together cover the complaints."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from engine.result import Explanation
from knowledge.model import KnowledgeBase
from knowledge.scale import Scale


def outcome(explanations: Sequence[Explanation], urgency: str, kb: KnowledgeBase) -> tuple[str, int | None]:
    """The outcome, and the margin of the best explanation over its nearest rival of another kind (None without a rival)."""
    margin = _margin(explanations, kb)
    if urgency in ("emergency", "urgent"):
        return "referral", margin
    return _leader(explanations, margin, kb), margin


def _leader(explanations: Sequence[Explanation], margin: int | None, kb: KnowledgeBase) -> str:
    scale: Scale = kb.scale
    if not explanations or explanations[0].score < scale.lead_min or (margin is not None and margin < scale.lead_margin):
        return "undetermined"
    best = explanations[0]
    return "referral" if kb.conclusions[best.cause[0]].layer == "serious" else best.kind


def _margin(explanations: Sequence[Explanation], kb: KnowledgeBase) -> int | None:
    """The distance to the nearest rival of another kind; a part of the best one and the default diagnosis are no rivals."""
    if not explanations:
        return None
    best, rivals = explanations[0], explanations[1:]
    scores = [one.score for one in rivals if one.kind != best.kind and one.part_of != 0 and not kb.conclusions[one.cause[0]].default]
    return best.score - max(scores) if scores else None


def cover(explanations: Sequence[Explanation], least: int) -> tuple[int, ...]:
    """The smallest set of explanations, the best one first, that accounts for all that the explanations account for.

    Only those with at least the score `least` are counted; sets of equal size go to the one with better explanations.
    """
    fit = [index for index, one in enumerate(explanations) if one.score >= least and one.part_of is None][:6]
    if not fit or fit[0] != 0:
        return ()
    wanted = {name for index in fit for name in explanations[index].explains}
    for size in range(len(fit)):
        for rest in combinations(fit[1:], size):
            if {name for index in (0, *rest) for name in explanations[index].explains} >= wanted:
                return (0, *rest)
    return (0,)
