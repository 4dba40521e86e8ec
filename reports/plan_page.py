"""The plan alone, for the hand: pain rule, ladders, programmes, schedule, and what comes after a session."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engine.case import Case
from engine.planned import TaskPlan
from engine.planning.sessions import Move, Session, next_rung
from engine.result import Inference
from knowledge.model import KnowledgeBase
from reports.citing import Citations, SourceView
from reports.contract_plan import plan_json
from reports.escaping import Code
from reports.formats import fill
from reports.naming import Names
from reports.parts.course import plan
from reports.parts.dossier import Dossier
from reports.parts.schedule import schedule
from reports.phrases import say, word
from reports.view import PlanView, Texts

FORMATS = ("text", "md", "html", "json")


@dataclass(frozen=True, slots=True)
class NextView:
    """What comes after the last session of one activity: the move, why, and what else it calls for."""

    activity: str
    move: Code
    sentence: str
    rule: str
    more: Texts


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything the page says; `refer` stands first where a referral or a limit of the program comes before any plan."""

    id: str
    title: str
    refer: Texts
    plan: PlanView
    next: NextView | None
    schedule: Texts
    sources: tuple[SourceView, ...]
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class After:
    """The sessions done so far on one activity, counted from 1 in the order of the plan."""

    task: int
    sessions: tuple[Session, ...]


def render_plan(found: Inference, case: Case, kb: KnowledgeBase, format: str, first: date | None = None, after: After | None = None) -> str:
    """The plan of a case in one of FORMATS, ending in a newline; `first` is the day on which it begins.

    Raises ValueError for sessions of an activity or rung that the plan does not have.
    """
    move = moved(found, kb, after) if after else None
    if format == "json":
        told = {"case": case.id, "plan": plan_json(found.plan), "next": _move_json(move) if move else None}
        return json.dumps(told, indent=2) + "\n"
    return fill(format, "plan_page", _page(found, case, kb, first, after, move))


def moved(found: Inference, kb: KnowledgeBase, after: After) -> Move:
    """The move after the sessions."""
    made = found.plan
    if made.state != "ready" or made.pain is None or not 1 <= after.task <= len(made.tasks):
        raise ValueError("the plan has no such activity")
    return next_rung(after.sessions, made.tasks[after.task - 1], made.pain, kb.demands)


def _page(found: Inference, case: Case, kb: KnowledgeBase, first: date | None, after: After | None, move: Move | None) -> PlanPage:
    dossier = Dossier(found, case, kb, Names(kb, case=case, inference=found), Citations(kb))
    view = plan(dossier)
    coming = _next(found.plan.tasks[after.task - 1], move, dossier) if after and move else None
    days, sources = schedule(dossier, first), dossier.citations.listed()
    return PlanPage(case.id, case.title, _refer(dossier), view, coming, days, sources, found.version, found.sha256)


def _refer(dossier: Dossier) -> Texts:
    found = dossier.inference
    flags = [one for one in (*found.red_flags, *found.out_of_scope) if one.urgency in ("emergency", "urgent") or one in found.out_of_scope]
    return tuple(dict.fromkeys(one.action or one.because for one in flags))


def _next(task: TaskPlan, move: Move, dossier: Dossier) -> NextView:
    steps = task.rungs[move.rung - 1].amounts if move.rung else ()
    amount = steps[move.small - 1] if 0 < move.small <= len(steps) and len(steps) > 1 else ""
    told = task.rungs[move.rung - 1].task if move.rung else ""
    rule = next((one.text for one in dossier.kb.exposure_rules if one.id == move.rule), "")
    missing = [word("noted", one) for one in move.missing]
    more = [*_after_setbacks(move, dossier), *([say("missing", parts=missing)] if missing else [])]
    why = next((one.says for one in dossier.kb.demands.session_rules if one.id == move.code), "") or word("move_reasons", move.code)
    sentence = say("next", move=move.move, rung=move.rung, task=told, amount=amount, volume=move.volume, why=why)
    return NextView(task.activity, Code(move.move), sentence, rule, tuple(more))


def _after_setbacks(move: Move, dossier: Dossier) -> Texts:
    known = dossier.kb.demands.setbacks
    says = {"split_step": known.split_says, "look_again": known.look_again_says} if known else {}
    return tuple(says[one] for one in move.also)


def _move_json(move: Move) -> dict[str, object]:
    return {"rung": move.rung, "small": move.small, "volume": move.volume, "move": move.move, "code": move.code, "rule": move.rule,
            "also": list(move.also), "missing": list(move.missing)}


def parse_session(text: str, index: int) -> tuple[int, Session]:
    """A session written `rung=3,pain=6,settled=no`, with the activity it is of (1 unless `task=2` stands there).

    Raises ValueError with a sentence that says what is wrong and what to write.
    """
    told: dict[str, str] = {}
    for part in text.split(","):
        name, sign, value = (one.strip() for one in part.partition("="))
        if not sign or name not in _FIELDS:
            raise ValueError(f"'{part.strip()}' is not read; write one of {', '.join(f'{one}=...' for one in _FIELDS)}")
        told[name] = value
    if "rung" not in told:
        raise ValueError("the rung is missing; write rung=3 and what was noted")
    values = {name: _FIELDS[name](name, value) for name, value in told.items() if name != "task"}
    values.setdefault("day", float(2 * index))
    whole = {name: int(value) if name in ("day", "rung", "small") else value for name, value in values.items()}
    return int(_number("task", told.get("task", "1"))), Session(**whole)  # type: ignore[arg-type]  # the table below gives each its type


def _number(name: str, value: str) -> float:
    low, high = _LIMITS.get(name, (0.0, 1000.0))
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not low <= number <= high:
        raise ValueError(f"{name}={value} is not read; write a number from {low:g} to {high:g}")
    return number


def _yes(name: str, value: str) -> bool:
    if value not in ("yes", "no"):
        raise ValueError(f"{name}={value} is not read; write yes or no")
    return value == "yes"


_LIMITS = {"pain": (0.0, 10.0), "confidence": (0.0, 10.0), "fear": (0.0, 100.0), "task": (1.0, 50.0), "small": (1.0, 100.0)}
_FIELDS = {
    "rung": _number, "pain": _number, "settled": _yes, "next_day": _yes, "fear": _number, "confidence": _number, "smooth": _yes,
    "signs": _yes, "flare": _yes, "spreading": _yes, "small": _number, "half": _yes, "day": _number, "task": _number,
}


def after_sessions(texts: Sequence[str]) -> After | None:
    """The sessions told, all of one activity; None when none are. Raises ValueError as `parse_session` does."""
    read = [parse_session(text, index) for index, text in enumerate(texts)]
    if len({task for task, _ in read}) > 1:
        raise ValueError("these sessions are of several activities; ask about one at a time")
    return After(read[0][0], tuple(session for _, session in read)) if read else None
