"""What is wrong with a ladder that was made for a person; nothing, for ladders that keep the rules of graded exposure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from engine.planned import Rung, TaskPlan
from engine.planning.amounts import CLOSE, stated_step
from engine.planning.today import within
from knowledge.model_demands import Demands, Level


def faults(task: TaskPlan, asked: Demands) -> Iterator[tuple[str, int, str]]:
    """Each fault: its code, the number of the rung, and the dimension, demand or finding it is about."""
    if not task.rungs:
        yield "empty", 0, ""
        return
    yield from _closed(task)
    yield from _first(task, asked)
    yield from _last(task)
    for before, after in pairwise(task.rungs):
        yield from _between(before, after, after is task.rungs[-1], asked)


def _closed(task: TaskPlan) -> Iterator[tuple[str, int, str]]:
    """The lower half never waits for a gate; what waits is named; where to start is free and possible today."""
    for rung in task.rungs:
        if rung.blocked and rung.number <= max(1, len(task.rungs) // 2):
            yield "lower_half_blocked", rung.number, ""
    if any(one.blocked for one in task.rungs) and not task.needs:
        yield "gate_without_a_name", 0, ""
    if not task.start and not task.rungs[0].held:
        yield "no_start", 0, ""
    for rung in task.rungs[: task.start]:
        if rung.blocked or rung.held:
            yield "starts_on_a_closed_rung", rung.number, ""


def _first(task: TaskPlan, asked: Demands) -> Iterator[tuple[str, int, str]]:
    """Nothing of the first rung, and nothing up to today's, is beyond what is possible today."""
    limits = dict(task.today.limits)
    for level in task.rungs[0].state:
        if level.rank > 0:
            yield "begins_beyond_today", 1, level.dimension
        if level.number is not None and level.number > limits.get(level.dimension, level.number) + CLOSE:
            yield "begins_beyond_today", 1, level.dimension
    for rung in task.rungs[1 : task.start]:
        for level in rung.state:
            if not within(level, task.today, asked.dimensions[level.dimension]):
                yield "starts_beyond_today", rung.number, level.dimension


def _last(task: TaskPlan) -> Iterator[tuple[str, int, str]]:
    """The last rung is the activity: in the person's words, with every demand in full."""
    last = task.rungs[-1]
    reached = {one.dimension: one for one in last.state}
    if task.activity not in last.task:
        yield "ends_elsewhere", last.number, ""
    for one in task.demands:
        if one.level and one.level != reached.get(one.dimension) and not _covers(reached.get(one.dimension), one.level):
            yield "ends_short", last.number, one.dimension


def _covers(reached: Level | None, wanted: Level) -> bool:
    if reached is None:
        return False
    return reached.rank >= wanted.rank if wanted.rank >= 0 else reached.number == wanted.number


def _between(before: Rung, after: Rung, last: bool, asked: Demands) -> Iterator[tuple[str, int, str]]:
    """From one rung to the next nothing falls, one dimension rises, by one level or in small steps."""
    was = {one.dimension: one for one in before.state}
    raised = [one for one in after.state if one != was.get(one.dimension)]
    now = {one.dimension for one in after.state}
    yield from (("falls", after.number, name) for name in was if name not in now)
    if len(raised) > 1 and not last:
        yield "several_at_once", after.number, raised[1].dimension
    for level in raised:
        yield from _rise(was.get(level.dimension), level, after, last, asked)


def _rise(was: Level | None, level: Level, after: Rung, last: bool, asked: Demands) -> Iterator[tuple[str, int, str]]:
    dimension = asked.dimensions[level.dimension]
    if dimension.levels:
        before = was.rank if was else -1
        if level.rank < before:
            yield "falls", after.number, level.dimension
        if level.rank > before + 1 and not last:
            yield "jumps", after.number, level.dimension
        return
    if was and was.number is not None and level.number is not None and level.number < was.number - CLOSE:
        yield "falls", after.number, level.dimension
    if level.number is None or (was is not None and was.number is None):
        return
    low = was.number if was and was.number is not None else 0.0
    steps = after.steps if level.number == (after.steps or (None,))[-1] else (level.number,)
    for one, two in pairwise((low, *steps)):
        if two - one > stated_step(dimension, one) + CLOSE:
            yield "jumps", after.number, level.dimension
