"""The plan: whether it may be given, and the ladder back to each of the person's own activities."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from engine.case import Case, Value
from engine.conditions import leaf_truth, look_up
from engine.origins import OWN
from engine.result import Explanation, Flag, Plan, Reason, Rung, TaskPlan
from engine.valuation import Valuation
from knowledge.model import KnowledgeBase, Ladder, Leaf
from knowledge.placeholders import fill
from knowledge.sides import BODY, NONE


def make_plan(
    case: Case, valuation: Valuation, kb: KnowledgeBase, outcome: str, flags: Sequence[Flag], open_questions: Sequence[str],
    scope: Sequence[Flag], leading: Explanation | None,
) -> Plan:
    """Ready when nothing holds it back; every reason that does is named, and nothing is invented without a goal."""
    goals = _goals(case)
    why = [Reason("referral", (("condition", f.condition), ("rule", f.rule))) for f in flags if f.urgency in ("emergency", "urgent")]
    why += [Reason("out_of_scope", (("condition", flag.condition), ("rule", flag.rule))) for flag in scope]
    why += [Reason("open_red_flag", (("finding", name),)) for name in open_questions]
    if outcome == "undetermined":
        why.append(Reason("undetermined"))
    if not goals:
        why.append(Reason("no_goal"))
    if why:
        return Plan("withheld", tuple(why))
    tasks = [(goal, ladder) for goal in goals if (ladder := ladder_for(goal, kb.ladders))]
    without = tuple(str(goal.get("activity", "")) for goal in goals if not ladder_for(goal, kb.ladders))
    driver = leading.driver[0] if leading and leading.driver else ""
    programme = next((one.driver for one in kb.programmes if one.driver == driver), "")
    return Plan("ready", (), tuple(_task(goal, ladder, valuation) for goal, ladder in tasks), without, programme)


def _goals(case: Case) -> tuple[Mapping[str, Value], ...]:
    listed = case.answer(OWN)
    return listed.items if listed else ()


def ladder_for(goal: Mapping[str, Value], ladders: Sequence[Ladder]) -> Ladder | None:
    """The ladder whose words say most of the activity; without a word the general ladder of its class; None without a class."""
    text = str(goal.get("activity", "")).lower()
    ranked = [(_said(ladder, text), ladder.activity == goal.get("class"), ladder) for ladder in ladders]
    fitting = [row for row in ranked if row[0]]
    if fitting:
        return max(fitting, key=lambda row: (row[0], row[1], row[2].id))[2]
    return next((one for one in ladders if not one.words and one.activity == goal.get("class")), None)


def _said(ladder: Ladder, text: str) -> int:
    return sum(len(word) for word in ladder.words if word in text and re.search(rf"\b{re.escape(word)}(?:s|es)?\b", text))


def _task(goal: Mapping[str, Value], ladder: Ladder, valuation: Valuation) -> TaskPlan:
    gate = ladder.gate
    is_open = gate is None or all(_met(leaf, valuation) for leaf in gate.needs)
    first_blocked = gate.before_step if gate and not is_open else len(ladder.steps) + 1
    rungs = tuple(Rung(n, fill(s.task, goal), s.dose, s.dims, n >= first_blocked) for n, s in enumerate(ladder.steps, start=1))
    details = tuple((name, f"{v:g}" if isinstance(v, float) else str(v)) for name, v in goal.items() if name != "activity")
    return TaskPlan(str(goal.get("activity", "")), ladder.id, rungs, is_open, gate.says if gate else "", details)


def _met(leaf: Leaf, valuation: Valuation) -> bool:
    """A gate opens only on an answer, on both sides where there are sides."""
    sides = BODY if leaf.side == "same" else (NONE,)
    return all(leaf_truth(leaf, side, look_up(valuation)) for side in sides)
