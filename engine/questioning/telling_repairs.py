"""What would have to change, and why nothing would, as typed statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.case import Case
from engine.cohort.run import ArrayEvaluator
from engine.questioning.goals import Goal
from engine.questioning.measured import hold_measured
from engine.questioning.options import Option
from engine.questioning.repairs import Repair, Search
from engine.questioning.spans import span_of
from engine.result import Inference
from engine.statement import Statement, state
from knowledge.bands import Interval
from knowledge.model import KnowledgeBase
from knowledge.sides import BODY, UNSTATED

SHOWN = 6


def repairs_told(search: Search, case: Case, inference: Inference, evaluator: ArrayEvaluator, shown: int = SHOWN) -> Statement:
    """What stands in the way now, the cheapest repairs if there are any, and how far the search went."""
    goal, found, kb = search.goal, search.repairs, evaluator.kb
    measured = hold_measured(goal, found[:shown], case, evaluator)
    about = {"goal": goal.kind, "level": goal.level, **_named(goal), "count": str(len(found)), "shown": str(min(shown, len(found)))}
    children = [*blocks(goal, inference), *(repair_told(one, case, inference, kb, yes) for one, yes in zip(found, measured, strict=False))]
    size = {"most": str(search.most), "complete_to": str(search.complete_to), "complete": _yes(search.complete)}
    counts = {"changes": str(search.changes), "tried": str(search.tried)}
    return state("repairs" if found else "no-repairs", [*children, state("searched", [], **size, **counts)], **about, **size)


def _named(goal: Goal) -> dict[str, str]:
    return {"rule": goal.name} if goal.kind == "fires" else {"conclusion": goal.name, "side": goal.side}


def repair_told(repair: Repair, case: Case, inference: Inference, kb: KnowledgeBase, measured: bool) -> Statement:
    """One change as itself, several as a group; with a remark when a measured number would tell more and not do it."""
    told = [option_told(one, case, inference, kb) for one in repair.changes]
    whole = told[0] if len(told) == 1 else state("together", told, count=str(len(told)))
    return whole if measured else replace(whole, children=(*whole.children, state("by-word-only", [])))


def option_told(one: Option, case: Case, inference: Inference, kb: KnowledgeBase) -> Statement:
    """A change with the words, their numbers in this person, what is known now, and whether it is safe to test now."""
    finding, minutes = kb.findings[one.key[0]], f"{one.minutes:g}"
    about = {"subject": finding.id, "side": one.key[1], "wanted": " or ".join(one.words), "seen": seen(one, inference)}
    unsafe = _yes(finding.id in inference.withheld_tests)
    return state("alter", [], **about, given=_yes(one.given), minutes=minutes, unsafe=unsafe, **ends(span_of(one.words, finding, case, kb)))


def seen(one: Option, inference: Inference) -> str:
    """What is known now; an answer of unstated side is looked up on the side it is reasoned through."""
    name, side = one.key
    sides = BODY if side == UNSTATED else (side,)
    shown = [inference.valuation.shown(name, each) for each in sides]
    return next((text for text in shown if text != "not asked"), "not asked")


def ends(interval: Interval | None) -> dict[str, str]:
    """The ends of a stretch of numbers; '' for an end at infinity, and for both without numbers."""
    if interval is None:
        return dict.fromkeys(("low", "high", "low_in", "high_in"), "")
    low, high = (f"{end:g}" if abs(end) != float("inf") else "" for end in (interval.low, interval.high))
    return {"low": low, "high": high, "low_in": _yes(interval.low_closed), "high_in": _yes(interval.high_closed)}


def blocks(goal: Goal, inference: Inference) -> list[Statement]:
    """What stands in the way now: an urgent red flag before anything can lead, a claim on the conclusion, a rule that rules it out."""
    if goal.kind == "fires":
        return []
    urgent = [one for one in inference.red_flags if one.urgency in ("emergency", "urgent")] if goal.kind != "supported" else []
    flags = [state("stopped-by-flag", [], rule=one.rule, conclusion=one.condition, side=one.side) for one in urgent]
    claims = [state("claimed", [], by=one.by[0], by_side=one.by[1], rule=one.rule) for one in inference.claimed if one.node == goal.node]
    status = inference.statuses.get(goal.node)
    excluding = [piece.rule for piece in status.pieces if piece.kind == "excludes"] if status else []
    return [*flags, *_unless_supported(goal, claims), *(state("ruled-out", [], rule=one) for one in excluding)]


def _unless_supported(goal: Goal, claims: Sequence[Statement]) -> Sequence[Statement]:
    """What is claimed may well be present; it cannot lead."""
    return claims if goal.kind != "supported" else ()


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"
