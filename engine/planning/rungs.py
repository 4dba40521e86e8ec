"""The rungs of a ladder for one person: amounts in place of shares, one dimension at a time, small steps within the stated one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.planned import Demand, Held, Rung, Today
from engine.planning.amounts import CLOSE, rounded, rounded_down, steps_between, told
from engine.planning.ladders import Course, extra_step
from engine.planning.today import WHOLE, within
from engine.planning.wanted import Goal, own_number
from knowledge.model import LadderStep
from knowledge.model_demands import Demands, Dimension, Level
from knowledge.placeholders import fill

State = dict[str, Level]
"""The level of every dimension raised so far."""


def rungs(course: Course, goal: Goal, wanted: Sequence[Demand], now: Today, asked: Demands) -> tuple[tuple[int, LadderStep, Rung], ...]:
    """Each rung with its step of the ladder; a step that changes nothing for this person is left out."""
    state: State = {}
    made: list[tuple[int, LadderStep, Rung]] = []
    steps = [*course.steps[:-1], *_numbers_still_to_reach(course, wanted, asked), course.steps[-1]]
    for place, (index, step) in enumerate(steps):
        first, last = place == 0, place == len(steps) - 1
        levels = [_own(level, goal, asked.dimensions[level.dimension]) for level in step.dims]
        if first:
            levels = [_within_today(level, now, asked.dimensions[level.dimension]) for level in levels]
        if last:
            levels = [*levels, *_activity_itself(wanted, levels)]
        raised = {one.dimension: one for one in levels if _raises(one, state.get(one.dimension))}
        if raised or first or last:
            before = dict(state)
            state.update(raised)
            made.append((index, step, _rung(len(made) + 1, step, goal, before, state, tuple(raised), asked.dimensions)))
    return tuple(made)


def _numbers_still_to_reach(course: Course, wanted: Sequence[Demand], asked: Demands) -> Iterator[tuple[int, LadderStep]]:
    """A step for each number of the person that the last step does not write itself; one that the ladder has reached changes nothing."""
    index, last = course.steps[-1]
    written = {one.dimension for one in last.dims}
    for one in wanted:
        dimension = asked.dimensions[one.dimension]
        if one.source == "told" and one.level and dimension.adds and dimension.id not in written:
            yield index, extra_step(one.level, dimension, last)


def start(made: Sequence[Rung], now: Today, asked: Demands) -> int:
    """The highest rung that is free and within today's tolerance, with all below it; 0 when the first is held back."""
    reached = 0
    for rung in made:
        if rung.blocked or rung.held:
            break
        if rung.number > 1 and not (now.share is not None and all(within(one, now, asked.dimensions[one.dimension]) for one in rung.state)):
            break
        reached = rung.number
    return reached


def held_back(step: LadderStep, cautions: Mapping[str, tuple[str, ...]]) -> tuple[Held, ...]:
    """What forbids a step now; `cautions` are the withheld strains with the rules that withhold them."""
    return tuple(Held(strain, cautions[strain]) for strain in step.strain if strain in cautions)


def _own(level: Level, goal: Goal, dimension: Dimension) -> Level:
    """The level in this person's amounts: never above the own number, which the author of a ladder cannot know."""
    own = own_number(goal, dimension)
    if dimension.levels or own is None:
        return level
    amount = own if level.share == WHOLE else min(own, rounded(own * level.share / WHOLE) if level.share else level.number or own)
    return replace(level, number=amount, words=told(amount, dimension))


def _within_today(level: Level, now: Today, dimension: Dimension) -> Level:
    """The first rung never asks for more than is possible today."""
    limit = dict(now.limits).get(dimension.id)
    if dimension.levels:
        return level
    if limit is not None and (level.number is None or level.number > limit):
        amount = rounded_down(limit)
        return replace(level, number=amount, words=told(amount, dimension))
    share = None if now.share is None else max(now.share, dimension.begins_percent)
    if level.number is None and level.share and share is not None and level.share > share and dimension.of_own:
        return replace(level, share=share, words=dimension.of_own.format(share=share))
    return level


def _activity_itself(wanted: Sequence[Demand], levels: Sequence[Level]) -> Iterator[Level]:
    """What the last rung asks for besides: every demand of the activity, in full."""
    written = {one.dimension for one in levels}
    yield from (one.level for one in wanted if one.level and (one.dimension not in written or one.level.number is not None))


def _raises(level: Level, before: Level | None) -> bool:
    if before is None:
        return True
    if level.rank >= 0:
        return level.rank > before.rank
    if level.number is not None and before.number is not None:
        return level.number > before.number + CLOSE
    return (level.share or 0) > (before.share or 0) or before.number is not None or level.number is not None


def _rung(
    number: int, step: LadderStep, goal: Goal, before: State, state: State, raised: tuple[str, ...], dimensions: Mapping[str, Dimension],
) -> Rung:
    words = {name: level.words for name, level in state.items()}
    listed = tuple(state[name] for name in dimensions if name in state)
    amounts, steps = _small_steps(number, before, state, raised, dimensions)
    dims = tuple((one.dimension, one.words) for one in listed)
    return Rung(number, fill(step.task, goal, words), step.dose, dims, False, raised, listed, amounts, steps)


def _small_steps(
    number: int, before: State, state: State, raised: tuple[str, ...], dimensions: Mapping[str, Dimension],
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The small steps of the dimension with a unit that a rung raises; the first rung is one amount."""
    for name in raised:
        dimension, level = dimensions[name], state[name]
        if dimension.levels:
            continue
        if level.number is None:
            return (dimension.small_steps,) if dimension.small_steps and number > 1 else (), ()
        low = before[name].number if name in before else 0.0
        if number == 1 or low is None:
            return (told(level.number, dimension),), (level.number,)
        ups = tuple(steps_between(low, level.number, dimension))
        return tuple(told(one, dimension) for one in ups), ups
    return (), ()
