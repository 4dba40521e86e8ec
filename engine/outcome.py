"""The outcome: who leads, by what margin, and which explanations together cover the complaints."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import combinations
from operator import or_

from engine.result import Explanation
from knowledge.model import KnowledgeBase
from knowledge.scale import Scale


def outcome(explanations: Sequence[Explanation], urgency: str, kb: KnowledgeBase) -> tuple[str, int | None]:
    """The outcome, and the margin of the best explanation over its nearest rival of another kind (None without a rival)."""
    margin = _margin(explanations, kb)
    if urgency in ("emergency", "urgent"):
        return "referral", margin
    return _leader(explanations, margin, kb), margin


def leads_by(explanations: Sequence[Explanation], urgency: str, kb: KnowledgeBase) -> dict[str, str | int | None]:
    """Why the outcome is what it is: the reason as a word, what the best explanation has, and what it would need.

    `reason` is referral_first (an emergency or urgent red flag), nothing_found, below_lead_min, below_lead_margin, or leads.
    """
    margin, best = _margin(explanations, kb), explanations[0].score if explanations else None
    least, ahead = kb.scale.lead_min, kb.scale.lead_margin
    reason = (
        "referral_first" if urgency in ("emergency", "urgent") else "nothing_found" if best is None else "below_lead_min" if best < least
        else "below_lead_margin" if margin is not None and margin < ahead else "leads"
    )
    return {"reason": reason, "best": best, "lead_min": least, "margin": margin, "lead_margin": ahead}


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
    return next(iter(covers(explanations, least)), ())


def covers(explanations: Sequence[Explanation], least: int) -> tuple[tuple[int, ...], ...]:
    """Every smallest set with the best explanation in it, the one with better explanations first; none when the best falls short."""
    fit = _fit(explanations, least)
    return _smallest([explanations[index].explains for index in fit], fit, True) if fit and fit[0] == 0 else ()


def covers_without(explanations: Sequence[Explanation], least: int) -> tuple[tuple[int, ...], ...]:
    """Every smallest set that accounts for as much and does without the best explanation, when some set does."""
    fit = _fit(explanations, least)
    return _smallest([explanations[index].explains for index in fit], fit, False) if fit and fit[0] == 0 else ()


def unaccounted(explanations: Sequence[Explanation]) -> tuple[str, ...]:
    """The findings of what hurts that no explanation accounts for."""
    explained = {name for one in explanations for name in one.explains}
    named = dict.fromkeys(name for one in explanations for name in (*one.explains, *one.unexplained))
    return tuple(name for name in named if name not in explained)


def _fit(explanations: Sequence[Explanation], least: int) -> list[int]:
    return [index for index, one in enumerate(explanations) if one.score >= least and one.part_of is None]


def _smallest(explains: Sequence[Sequence[str]], fit: Sequence[int], with_best: bool) -> tuple[tuple[int, ...], ...]:
    """Exact: by size, over what adds anything at all, so that no smallest set is missed."""
    names = sorted({name for each in explains for name in each})
    bits = [sum(1 << names.index(name) for name in set(each)) for each in explains]
    base = bits[0] if with_best else 0
    wanted, useful = (1 << len(names)) - 1, [index for index in range(1, len(fit)) if bits[index] & ~base]
    for size in range(len(useful) + 1):
        sets = [rest for rest in combinations(useful, size) if reduce(or_, (bits[index] for index in rest), base) == wanted]
        if sets:
            return tuple(tuple(fit[index] for index in ((0, *rest) if with_best else rest)) for rest in sets)
    return ()
