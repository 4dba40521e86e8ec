"""Origins in time: whether a past event may head a chain, and whether it was bad or left something behind."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from engine.case import Case
from engine.conditions import leaf_truth, look_up
from engine.result import Node, Status
from engine.valuation import Valuation
from knowledge.model import Conclusion, KnowledgeBase
from knowledge.sides import BODY, NONE

OWN, AS_BEFORE = "activities", 10
"""The finding that lists own activities, and the rating of one that works as before (patient-specific functional scale)."""
_YEARS_IN = {"years_ago": 1.0, "months_ago": 12.0}


@dataclass(frozen=True, slots=True)
class Moment:
    """When the back pain began and when it first came, in years before today; None when not told."""

    pain: float | None
    first: float | None


def moment_of(case: Case) -> Moment:
    """The dates of this pain and of the first episode ever."""
    months, earlier = case.answer("pain_months"), case.answer("earlier_episodes")
    pain = months.value / 12 if months and isinstance(months.value, float) else None
    first = earlier.details.get("first_years_ago") if earlier else None
    return Moment(pain, first if isinstance(first, float) else None)


def years_ago(status: Status, case: Case) -> float | None:
    """The oldest date told for the findings that show an origin, in years before today."""
    dates = [date for piece in status.pieces for subject, side in piece.findings for date in _dates(subject.partition(".")[0], side, case)]
    return max(dates, default=None)


def _dates(finding: str, side: str, case: Case) -> list[float]:
    answer = case.answer(finding, side)
    values = [(answer.details.get(name), per_year) for name, per_year in _YEARS_IN.items()] if answer else []
    return [value / per_year for value, per_year in values if isinstance(value, float)]


def timing(status: Status, conclusion: Conclusion, case: Case, kb: KnowledgeBase) -> str:
    """before, between (after the first episode, before this pain), together, after, or unknown; `load` for exposures."""
    if conclusion.exposure:
        return "load"
    when, moment, near = years_ago(status, case), moment_of(case), kb.scale.together_months / 12
    if when is None or moment.pain is None:
        return "unknown"
    if when < moment.pain - near:
        return "after"
    if when <= moment.pain + near:
        return "together"
    if moment.first is not None and when <= moment.first + near:
        return "together" if when >= moment.first - near else "between"
    return "before"


def may_head(conclusion: Conclusion, when: str, hurting: Set[str]) -> bool:
    """Whether an origin may head a chain: not a background node, not after the pain, a load only when it hurts."""
    if conclusion.background or when == "after":
        return False
    return bool(set(conclusion.exposure) & hurting) if conclusion.exposure else True


def left_signs(node: Node, conclusion: Conclusion, valuation: Valuation) -> bool:
    """Whether any sign of severity or of something left behind was found."""
    look = look_up(valuation)
    return any(leaf_truth(leaf, node[1], look) for leaf in conclusion.severity)


def hurting_activities(case: Case, valuation: Valuation, kb: KnowledgeBase) -> Mapping[str, tuple[str, ...]]:
    """The kinds of activity that hurt, each with the findings that say so."""
    out: dict[str, tuple[str, ...]] = {}
    for finding in kb.findings.values():
        for side in BODY if finding.per_side else (NONE,):
            if finding.hurts and "yes" in (valuation.look(finding.id, side) or ()):
                for activity in finding.hurts:
                    out[activity] = tuple(dict.fromkeys((*out.get(activity, ()), finding.id)))
    for activity in _own_activities(case):
        out[activity] = tuple(dict.fromkeys((*out.get(activity, ()), OWN)))
    return out


def _own_activities(case: Case) -> list[str]:
    """The kinds of the person's own activities that are rated below 10, which is 'as before'."""
    listed = case.answer(OWN)
    limited = [one for one in (listed.items if listed else ()) if isinstance(rating := one.get("psfs"), float) and rating < AS_BEFORE]
    kinds = [str(one["class"]) for one in limited if "class" in one]
    return ["lift" if kind == "carry" else kind for kind in kinds]
