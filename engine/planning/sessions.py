"""What comes after a session: up, hold, down or stop, by rules that are data.

A pure function of what was noted. What was not noted holds for nothing: it never moves a person up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.planned import PainChoice, Rung, TaskPlan
from knowledge.model_demands import Demands, Noted, SessionRule

WHOLE, HALF, NOTHING = "whole", "half", "none"
UP, DOWN, STOP, HOLD = "up", "down", "stop", "hold"


@dataclass(frozen=True, slots=True)
class Session:
    """What was noted of a session; None is not noted.

    day: days since the start. rung and small: where it was done, both from 1; rung 0 is half of rung 1. half: whether at half the
    volume. pain 0 to 10 during it, fear 0 to 100, confidence 0 to 10. settled: back to before within 24 h; next_day: the next day went
    as usual; smooth: no breath-holding, no sparing of the driver leg; signs: any new warning sign; flare: a flare followed;
    spreading: it spread further down the leg.
    """

    day: int
    rung: int
    small: int = 1
    half: bool = False
    pain: float | None = None
    settled: bool | None = None
    next_day: bool | None = None
    fear: float | None = None
    confidence: float | None = None
    smooth: bool | None = None
    signs: bool | None = None
    flare: bool | None = None
    spreading: bool | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Where to go on: the rung (0 is half of rung 1), the small step in it, the volume (whole, half, none), and why.

    `code` is the session rule that decided, or once_more, whole_again, not_noted, gate, held, own_activity. `rule` is the exposure
    rule behind it. `also` holds split_step or look_again after setbacks; `missing` what was not noted and is needed to step up.
    """

    rung: int
    small: int
    volume: str
    move: str
    code: str
    rule: str
    also: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def next_rung(history: Sequence[Session], task: TaskPlan, pain: PainChoice, asked: Demands) -> Move:
    """The move after the last of these sessions, which are in the order they happened.

    Raises ValueError without a session or with a rung that the ladder does not have.
    """
    if not history or not 0 <= history[-1].rung <= len(task.rungs):
        raise ValueError("a session on a rung of the ladder is needed")
    last, bounds = history[-1], {"most": pain.most, "free": pain.free}
    for rule in asked.session_rules:
        if rule.move != UP and _holds(rule, last, history, bounds):
            return _stay_or_fall(rule, last, history, task, bounds, asked)
    steps_up = [rule for rule in asked.session_rules if rule.move == UP]
    ready = next((rule for rule in steps_up if _holds(rule, last, history, bounds)), None)
    if ready:
        return _ready(ready, history, task, bounds)
    missing = tuple(dict.fromkeys(one.noted for rule in steps_up for one in rule.all if getattr(last, one.noted) is None))
    return Move(last.rung, last.small, HALF if last.half else WHOLE, HOLD, "not_noted", steps_up[0].rule if steps_up else "", (), missing)


def _stay_or_fall(
    rule: SessionRule, last: Session, history: Sequence[Session], task: TaskPlan, bounds: Mapping[str, float], asked: Demands,
) -> Move:
    if rule.move == STOP:
        return Move(0, 1, NOTHING, STOP, rule.id, rule.rule)
    if rule.move == HOLD:
        return Move(last.rung, last.small, HALF if last.half else WHOLE, HOLD, rule.id, rule.rule)
    lower = max(0, last.rung - 1)
    small = max(1, len(task.rungs[lower - 1].steps)) if lower else 1
    return Move(lower, small, HALF, DOWN, rule.id, rule.rule, tuple(_after_setbacks(history, bounds, asked)))


def _after_setbacks(history: Sequence[Session], bounds: Mapping[str, float], asked: Demands) -> Iterator[str]:
    """What several setbacks within the stated days call for besides."""
    if asked.setbacks is None:
        return
    falls = [rule for rule in asked.session_rules if rule.move == DOWN]
    recent = [n for n, one in enumerate(history) if history[-1].day - one.day < asked.setbacks.within_days]
    count = sum(any(_holds(rule, history[n], history[: n + 1], bounds) for rule in falls) for n in recent)
    if count >= asked.setbacks.look_again_at:
        yield "look_again"
    elif count >= asked.setbacks.split_at:
        yield "split_step"


def _ready(rule: SessionRule, history: Sequence[Session], task: TaskPlan, bounds: Mapping[str, float]) -> Move:
    """Up by a small step, or to the next rung; only after enough good sessions on different days at the same place."""
    last = history[-1]
    here = [one for one in history if (one.rung, one.small, one.half) == (last.rung, last.small, last.half)]
    if len({one.day for one in here if _holds(rule, one, history, bounds)}) < rule.sessions:
        return Move(last.rung, last.small, HALF if last.half else WHOLE, HOLD, "once_more", rule.rule)
    if last.rung and last.half:
        return Move(last.rung, last.small, WHOLE, UP, "whole_again", rule.rule)
    if last.rung and last.small < len(task.rungs[last.rung - 1].steps):
        return Move(last.rung, last.small + 1, WHOLE, UP, rule.id, rule.rule)
    closed = _closed(task.rungs, last.rung)
    if closed:
        return Move(last.rung, last.small, WHOLE, HOLD, closed, rule.rule)
    return Move(last.rung + 1, 1, WHOLE, UP, rule.id, rule.rule)


def _closed(rungs: Sequence[Rung], number: int) -> str:
    """Why the rung after this one may not be entered; empty when it may."""
    if number >= len(rungs):
        return "own_activity"
    return "held" if rungs[number].held else "gate" if rungs[number].blocked else ""


def _holds(rule: SessionRule, session: Session, history: Sequence[Session], bounds: Mapping[str, float]) -> bool:
    def met(one: Noted) -> bool:
        return _met(one, session, bounds, rule.move == UP and _halved(rule.unless_halved, one, session, history))

    if rule.move != UP and any(_halved(rule.unless_halved, one, session, history) for one in rule.any):
        return False
    return any(met(one) for one in rule.any) or (bool(rule.all) and all(met(one) for one in rule.all))


def _halved(name: str, one: Noted, session: Session, history: Sequence[Session]) -> bool:
    """Whether what is noted under that name has fallen to half of what it was at first."""
    if not name or one.noted != name:
        return False
    first = next((value for each in history if (value := getattr(each, name)) is not None), None)
    now = getattr(session, name)
    return first is not None and now is not None and history[0] is not session and now * 2 <= first


def _met(one: Noted, session: Session, bounds: Mapping[str, float], halved: bool) -> bool:
    value = getattr(session, one.noted)
    if value is None:
        return False
    if one.how == "is":
        return bool(value) == (one.bound == "yes")
    bound = bounds[one.bound] if isinstance(one.bound, str) else one.bound
    tests = {"above": value > bound, "up_to": value <= bound, "below": value < bound, "from": value >= bound}
    return halved or tests[one.how]
