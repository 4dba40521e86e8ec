"""Every smallest set of answers that would make a goal true, or the proof that no set of that size does.

Sets of one change are tried first, then of two, then of three, each in the array evaluator. What is left out cannot be a
repair: answers outside the cone of the goal; words that nothing tells apart from the first of their class; sets that
contain a smaller repair; and, for a conclusion that is to lead and is not present, sets that do not make it present, which
its own, smaller cone decides. When the sets of a size would be more than the bound, the search says up to where it is complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb

from engine.case import Case
from engine.cohort.run import ArrayEvaluator
from engine.questioning.changes import Change
from engine.questioning.goals import Goal
from engine.questioning.judging import who_reaches
from engine.questioning.options import Option, options
from engine.questioning.relevance import cone_of
from engine.questioning.rows import Set, variants

MOST_CHANGES, MOST_ROWS, AT_ONCE = 3, 20_000, 4000
"""The largest set that is tried, the most sets in all, and how many go through the evaluator together."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes that together make the goal true, and of which none can be spared."""

    changes: tuple[Option, ...]

    @property
    def cost(self) -> tuple[object, ...]:
        """Fewer changes first, then additions before changes of given answers, then minutes, then ids."""
        minutes = {one.key[0]: one.minutes for one in self.changes}
        given = sum(one.given for one in self.changes)
        return len(self.changes), given, round(sum(minutes.values()), 3), tuple((one.key, one.words) for one in self.changes)


@dataclass(frozen=True, slots=True)
class Search:
    """What was found: repairs, cheapest first; `complete_to` is the size up to which every set was tried, `most` the size wanted.

    `tried` counts the sets that went through the evaluator, `changes` the single changes that could matter.
    """

    goal: Goal
    repairs: tuple[Repair, ...]
    most: int
    complete_to: int
    changes: int
    tried: int

    @property
    def complete(self) -> bool:
        """Whether every set up to the wanted size was tried, or cannot matter."""
        return self.complete_to == self.most


def repairs(goal: Goal, case: Case, evaluator: ArrayEvaluator, most: int = MOST_CHANGES, most_rows: int = MOST_ROWS) -> Search:
    """All smallest sets of at most `most` changes that make the goal true of the case, which it is not now."""
    run = _Search(goal, case, evaluator, most_rows)
    size = 0
    while size < most and run.try_size(size + 1):
        size += 1
    found = sorted((Repair(tuple(run.options[number] for number in one)) for one in run.found), key=lambda one: one.cost)
    return Search(goal, tuple(found), most, size, len(run.options), run.tried)


@dataclass
class _Search:
    goal: Goal
    case: Case
    evaluator: ArrayEvaluator
    most_rows: int
    options: tuple[Option, ...] = ()
    changes: tuple[Change, ...] = ()
    first: Goal | None = None
    inner: tuple[int, ...] = ()
    outer: tuple[int, ...] = ()
    able: list[list[Set]] = field(default_factory=list)
    found: list[Set] = field(default_factory=list)
    tried: int = 0

    def __post_init__(self) -> None:
        self.options = options(cone_of(self.goal, self.case, self.evaluator), self.case, self.evaluator)
        self.changes, self.outer = tuple(one.change for one in self.options), tuple(range(len(self.options)))
        needed = self._needed()
        if needed and not who_reaches([needed], variants(self.case, [], [()], self.evaluator.layout), self.evaluator)[0][0]:
            self._split(needed)

    def _needed(self) -> Goal | None:
        """Only what is present leads; a serious condition leads by its flag, and a side that was not told may turn out either way."""
        layer = self.evaluator.kb.conclusions[self.goal.name].layer if self.goal.kind in ("leads", "claim") else "serious"
        sided = self.goal.node in self.evaluator.evidence.about
        return Goal("supported", *self.goal.node) if layer != "serious" and sided and not self.case.has_unstated else None

    def _split(self, needed: Goal) -> None:
        """Changes inside the cone of what is needed, and those outside of it."""
        inside = cone_of(needed, self.case, self.evaluator).tests
        self.first, self.able = needed, [[]]
        self.inner = tuple(number for number, one in enumerate(self.options) if one.key in inside)
        self.outer = tuple(number for number, one in enumerate(self.options) if one.key not in inside)

    def try_size(self, size: int) -> bool:
        """Try every set of this size that may be a repair; False when they are too many, and then none of them was tried."""
        if self.tried + self._count(size) > self.most_rows:
            return False
        if self.first is None:
            self._try([one for one in self._sets(self.outer, size) if self._fresh(one)], [self.goal])
            return True
        inner = list(self._sets(self.inner, size))
        self.able.append(self._try(inner, [self.goal, self.first]))
        larger = ((*some, *more) for few in range(1, size) for some in self.able[few] for more in self._sets(self.outer, size - few))
        self._try([one for one in larger if self._fresh(one)], [self.goal])
        return True

    def _count(self, size: int) -> int:
        """How many sets of this size there may be at most."""
        if self.first is None:
            return comb(len(self.outer), size)
        known = sum(len(self.able[few]) * comb(len(self.outer), size - few) for few in range(1, size))
        return comb(len(self.inner), size) + known

    def _sets(self, numbers: Sequence[int], size: int) -> Iterator[Set]:
        """Sets that change no answer twice."""
        for one in combinations(numbers, size):
            if size == 1 or len({self.options[number].key for number in one}) == size:
                yield one

    def _fresh(self, one: Set) -> bool:
        """Whether no smaller repair is a part of it."""
        here = set(one)
        return not any(here.issuperset(found) for found in self.found)

    def _try(self, sets: Sequence[Set], goals: Sequence[Goal]) -> list[Set]:
        """Add the sets that reach the first goal to what was found; gives those that reach the last."""
        able: list[Set] = []
        for start in range(0, len(sets), AT_ONCE):
            some = sets[start : start + AT_ONCE]
            held = who_reaches(goals, variants(self.case, self.changes, some, self.evaluator.layout), self.evaluator)
            self.found += [one for one, reached in zip(some, held[0], strict=True) if reached and self._fresh(one)]
            able += [one for one, reached in zip(some, held[-1], strict=True) if reached]
        self.tried += len(sets)
        return able
