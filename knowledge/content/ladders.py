"""Ladders keep the rules of graded exposure: they begin low, raise one dimension at a time by one step, and end with the activity."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.content.framework import PROBLEM, Register, Spot, at
from knowledge.model import KnowledgeBase, Ladder, LadderStep
from knowledge.model_demands import Level

REGISTER: Register[KnowledgeBase] = Register()
Walked = tuple[int, LadderStep, dict[str, Level]]
"""The number of a step, the step, and the level of every dimension before it."""
OWN_WORDS = "{activity}"


@REGISTER.check("KB761", PROBLEM, "step {number} of ladder {name} lowers {dimension} from {before} to {now}",
                "no demand falls on the way up: put the step further down, or keep the level")
def _falls(kb: KnowledgeBase) -> Iterator[Spot]:
    for ladder, number, before, level in _changes(kb):
        if _size(level) < _size(before) and _alike(before, level):
            yield _spot(ladder, number, level, before=before.words, now=level.words)


@REGISTER.check("KB762", PROBLEM, "step {number} of ladder {name} raises {dimension} by {levels} levels, from {before} to {now}",
                "raise one level at a time: {between}")
def _jumps(kb: KnowledgeBase) -> Iterator[Spot]:
    for ladder in kb.ladders:
        for number, step, state in list(_walk(ladder))[1:-1]:
            for level in step.dims:
                before, dimension = state.get(level.dimension), kb.demands.dimensions[level.dimension]
                gap = level.rank - (before.rank if before else -1)
                if dimension.levels and gap > 1:
                    was = before.words if before else "none"
                    between = f"put a step with {dimension.title} {dimension.levels[level.rank - 1]} before it"
                    yield _spot(ladder, number, level, levels=gap, before=was, now=level.words, between=between)


@REGISTER.check("KB763", PROBLEM, "step {number} of ladder {name} raises {dimensions} at once", "raise one of them in a step of its own")
def _several(kb: KnowledgeBase) -> Iterator[Spot]:
    for ladder in kb.ladders:
        for number, step, state in list(_walk(ladder))[1:-1]:
            raised = [level.dimension for level in step.dims if _differs(level, state)]
            if len(raised) > 1:
                yield at(ladder.place, name=ladder.id, number=number, dimensions=" and ".join(raised))
        counted = [level.dimension for level in ladder.steps[-1].dims if level.rank < 0]
        if len(counted) > 1:  # the activity in life raises several words at once, and only one number
            yield at(ladder.place, name=ladder.id, number=len(ladder.steps), dimensions=" and ".join(counted))


@REGISTER.check("KB764", PROBLEM, "ladder {name} does not end with the person's own activity", "write {{activity}} into its last step")
def _ends_elsewhere(kb: KnowledgeBase) -> Iterator[Spot]:
    yield from (at(one.place, name=one.id) for one in kb.ladders if OWN_WORDS not in one.steps[-1].task)


@REGISTER.check("KB765", PROBLEM, "ladder {name} begins with {dimension} {now}, which is too much for some",
                "begin with {first}, or below it with no {dimension} at all")
def _begins_high(kb: KnowledgeBase) -> Iterator[Spot]:
    for ladder in kb.ladders:
        for level in ladder.steps[0].dims:
            dimension = kb.demands.dimensions[level.dimension]
            if level.rank > 0 or (dimension.unit and not dimension.begins_percent):
                first = dimension.levels[0] if dimension.levels else "another dimension"
                yield at(ladder.place, name=ladder.id, dimension=level.dimension, now=level.words, first=first)


@REGISTER.check("KB766", PROBLEM, "the gate of ladder {name} stands before step {number} and blocks its lower half",
                "let it stand before step {least} or later; what is below needs no gate")
def _blocks_low(kb: KnowledgeBase) -> Iterator[Spot]:
    for ladder in kb.ladders:
        least = len(ladder.steps) // 2 + 1
        if ladder.gate and ladder.gate.before_step < least:
            yield at(ladder.place, name=ladder.id, number=ladder.gate.before_step, least=least)


@REGISTER.check("KB767", PROBLEM, "step {number} of ladder {name} raises nothing", "let it raise a dimension under 'dims', or take it out")
def _raises_nothing(kb: KnowledgeBase) -> Iterator[Spot]:
    for ladder in kb.ladders:
        for number, step, state in _walk(ladder):
            if kb.demands.dimensions and not any(_differs(level, state) for level in step.dims):
                yield at(ladder.place, name=ladder.id, number=number)


@REGISTER.check("KB768", PROBLEM, "step {number} of ladder {name} tells {dimension} in another way than a step before it",
                "write shares ('30 % {detail}|words') in all steps, or numbers in all")
def _mixes(kb: KnowledgeBase) -> Iterator[Spot]:
    for ladder, number, before, level in _changes(kb):
        if not _alike(before, level):
            yield _spot(ladder, number, level, detail=kb.demands.dimensions[level.dimension].detail)


def _walk(ladder: Ladder) -> Iterator[Walked]:
    state: dict[str, Level] = {}
    for number, step in enumerate(ladder.steps, start=1):
        yield number, step, dict(state)
        state.update({level.dimension: level for level in step.dims})


def _changes(kb: KnowledgeBase) -> Iterator[tuple[Ladder, int, Level, Level]]:
    """Every level that follows another of the same dimension."""
    for ladder in kb.ladders:
        for number, step, state in _walk(ladder):
            yield from ((ladder, number, state[one.dimension], one) for one in step.dims if one.dimension in state)


def _differs(level: Level, state: dict[str, Level]) -> bool:
    before = state.get(level.dimension)
    return before is None or _size(before) != _size(level)


def _size(level: Level) -> float:
    return level.rank if level.rank >= 0 else level.share if level.share is not None else level.number or 0.0


def _alike(one: Level, other: Level) -> bool:
    return (one.share is None) == (other.share is None)


def _spot(ladder: Ladder, number: int, level: Level, **words: object) -> Spot:
    return at(ladder.place, name=ladder.id, number=number, dimension=level.dimension, **words)
