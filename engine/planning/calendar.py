"""When what happens: exposures, driver programme, tests again, and the days on which the plan itself is questioned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from engine.planned import Plan
from knowledge.model import KnowledgeBase
from knowledge.model_demands import Schedule

WEEK = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """One day's appointment with oneself: `kind` is exposure, programme, retest, check_dose or stop_rule; `about` names, by kind.

    An activity in the person's words, the id of a driver, or the ids of the tests to repeat.
    """

    day: date
    kind: str
    about: tuple[str, ...]


def calendar(plan: Plan, kb: KnowledgeBase, first: date) -> tuple[Entry, ...]:
    """Every entry from the first day on, in order; nothing for a plan that is withheld, or where no schedule is known."""
    schedule = kb.demands.schedule
    if plan.state != "ready" or schedule is None:
        return ()
    order = ("exposure", "programme", "retest", "check_dose", "stop_rule")
    return tuple(sorted(_entries(plan, kb, schedule, first), key=lambda one: (one.day, order.index(one.kind), one.about)))


def _entries(plan: Plan, kb: KnowledgeBase, schedule: Schedule, first: date) -> Iterator[Entry]:
    for task in plan.tasks:
        kind = kb.demands.kinds.get(task.kind)
        if task.start and kind:
            yield from (Entry(day, "exposure", (task.activity,)) for day in _days(kind.days, schedule, first))
    trained = [one for one in plan.programmes if one.state == "ready" and one.start]
    for one in trained:
        yield from (Entry(day, "programme", (one.driver[0],)) for day in _days(schedule.programme_days, schedule, first))
    retests = {one.driver: one.retest for one in kb.programmes}
    tests = tuple(dict.fromkeys(name for one in trained for name in retests[one.driver[0]]))
    if tests:
        every = range(schedule.retest_every_days, schedule.weeks * WEEK + 1, schedule.retest_every_days)
        yield from (Entry(first + timedelta(days=day), "retest", tests) for day in every)
    yield Entry(first + timedelta(days=schedule.check_dose_day), "check_dose", ())
    yield Entry(first + timedelta(days=schedule.stop_rule_day), "stop_rule", ())


def _days(days: tuple[int, ...], schedule: Schedule, first: date) -> Iterator[date]:
    return (first + timedelta(days=week * WEEK + day) for week in range(schedule.weeks) for day in days)
