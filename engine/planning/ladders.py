"""Which ladder leads back to an own activity, and the rungs a general one lacks for what this activity asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.planned import Demand
from engine.planning.wanted import Goal, says
from knowledge.model import Ladder, LadderStep
from knowledge.model_demands import Demands, Dimension, Level

OWN = ("told", "word")
"""Demands that the person named."""


@dataclass(frozen=True, slots=True)
class Course:
    """A ladder with the steps for one activity, each with its number in the ladder, and the dimensions that got steps of their own."""

    ladder: Ladder
    steps: tuple[tuple[int, LadderStep], ...]
    added: tuple[str, ...]


def ladder_for(goal: Goal, ladders: Sequence[Ladder]) -> Ladder | None:
    """The ladder whose words say most of the activity; without a word the general ladder of its class; None without a class."""
    text = str(goal.get("activity", "")).lower()
    ranked = [(_said(ladder, text), ladder.activity == goal.get("class"), ladder) for ladder in ladders]
    fitting = [row for row in ranked if row[0]]
    if fitting:
        return max(fitting, key=lambda row: (row[0], row[1], row[2].id))[2]
    return next((one for one in ladders if not one.words and one.activity == goal.get("class")), None)


def course(ladder: Ladder, demands: Sequence[Demand], asked: Demands) -> Course:
    """A ladder of its own as it is written; a general one with rungs for what the person named and no rung raises."""
    numbered = tuple(enumerate(ladder.steps, start=1))
    if ladder.words:
        return Course(ladder, numbered, ())
    named = [(one, asked.dimensions[one.dimension]) for one in demands if one.source in OWN]
    missing = [(dimension.id, step) for one, dimension in named for step in _missing(one, ladder, dimension)]
    last = len(ladder.steps)
    extra = tuple((last, step) for _, step in missing)
    return Course(ladder, (*numbered[:-1], *extra, numbered[-1]), tuple(dict.fromkeys(name for name, _ in missing)))


def _said(ladder: Ladder, text: str) -> int:
    return sum(len(word) for word in ladder.words if says(text, word))


def _missing(demand: Demand, ladder: Ladder, dimension: Dimension) -> Iterator[LadderStep]:
    """A rung for each level up to the demand; the highest level of all is left to the last rung, which is the activity in life."""
    raised = [level for step in ladder.steps for level in step.dims if level.dimension == dimension.id]
    if demand.level is None or not dimension.adds:
        return
    if dimension.unit:
        if not raised:
            yield extra_step(demand.level, dimension, ladder.steps[-1])
        return
    before = max((level.rank for step in ladder.steps[:-1] for level in step.dims if level.dimension == dimension.id), default=-1)
    for rank in range(before + 1, min(demand.level.rank, len(dimension.levels) - 2) + 1):
        yield extra_step(Level(dimension.id, dimension.levels[rank], rank=rank), dimension, ladder.steps[-1])


def extra_step(level: Level, dimension: Dimension, last: LadderStep) -> LadderStep:
    """A rung of its own before the last, which strains as much as that one does."""
    return LadderStep(dimension.adds, "", (level,), tuple(dict.fromkeys((*last.strain, *dimension.strain))))
