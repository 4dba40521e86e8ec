"""What an own activity asks for: from its numbers, from its words, and from what is taken for granted for its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from engine.case import Value
from engine.planned import Demand
from knowledge.model_demands import Demands, Dimension, Level

Goal = Mapping[str, Value]
"""An own activity as answered: activity, class, psfs, kg, height_cm, reach_cm, minutes."""


def demands_of(goal: Goal, kind: str, asked: Demands) -> tuple[Demand, ...]:
    """Every demand, in the order of the dimensions: a number told, else a word of the person, else what the kind has."""
    found = [one for dimension in asked.dimensions.values() for one in _demand(dimension, goal, kind, asked)]
    return tuple(found)


def own_number(goal: Goal, dimension: Dimension) -> float | None:
    """The number of the own activity that sets the dimension."""
    value = goal.get(dimension.detail) if dimension.detail else None
    return value if isinstance(value, float) and value > 0 else None


def says(text: str, word: str) -> bool:
    """Whether a text has the word as a word of its own, also in the plural."""
    return word in text and bool(re.search(rf"\b{re.escape(word)}(?:s|es)?\b", text))


def _demand(dimension: Dimension, goal: Goal, kind: str, asked: Demands) -> Iterator[Demand]:
    number = own_number(goal, dimension)
    if number is not None:
        yield Demand(dimension.id, Level(dimension.id, f"{number:g} {dimension.unit}", number, 100), "told", dimension.detail)
        return
    cued = _cued(dimension, str(goal.get("activity", "")).lower(), asked)
    if cued:
        yield cued
        return
    of_kind = asked.kinds.get(kind)
    if of_kind and dimension.id in of_kind.numbers:
        yield Demand(dimension.id, None, "not_told", dimension.detail)
    level = next((one for one in of_kind.levels if one.dimension == dimension.id), None) if of_kind else None
    if level:
        yield Demand(dimension.id, level, "kind", kind)


def _cued(dimension: Dimension, text: str, asked: Demands) -> Demand | None:
    """The highest level that a word of the person names."""
    found = [
        (level.rank, word, level) for cue in asked.cues for level in cue.raises if level.dimension == dimension.id
        for word in cue.words if says(text, word)
    ]
    if not found:
        return None
    best = max(found, key=lambda one: (one[0], len(one[1]), one[1]))
    return Demand(dimension.id, best[2], "word", best[1])
