"""How firmly a result stands: every single answer that may have been misread, and, on demand, every two of them.

Each misread is a row of a batch; what counts is whether the first explanation, the outcome or the claim becomes another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from engine.case import Case
from engine.cohort.people import Columns
from engine.cohort.run import ArrayEvaluator
from engine.questioning.judging import conclusions
from engine.questioning.misreads import Misread, misreads
from engine.questioning.rows import Set, variants
from engine.result import Node

MOST_ROWS, AT_ONCE = 20_000, 4000
TOLD = ("outcome", "cause1", "side1", "driver", "driver_side", "claim")


@dataclass(frozen=True, slots=True)
class Standing:
    """What hangs on the answers: the outcome, the first explanation and its claim; None and '' where there is none."""

    outcome: str
    cause: Node | None
    driver: Node | None
    claim: str


@dataclass(frozen=True, slots=True)
class Flip:
    """Misreads, one or two, that together change what stands; of two, neither does alone."""

    misreads: tuple[Misread, ...]
    then: Standing


@dataclass(frozen=True, slots=True)
class Fragile:
    """What stands now, how many misreads there could be, and those that would change it; `pairs` is False when two were not tried."""

    now: Standing
    possible: int
    flips: tuple[Flip, ...]
    pairs: bool


def fragile(case: Case, evaluator: ArrayEvaluator, pairs: bool = False) -> Fragile:
    """Every misread that changes what stands, what changes most first; then the pairs of those that do not."""
    every = misreads(case, evaluator.kb)
    now, *ones = _standings([(), *((number,) for number in range(len(every)))], every, case, evaluator)
    flips = [Flip((every[number],), then) for number, then in enumerate(ones) if then != now]
    steady = [number for number, then in enumerate(ones) if then == now]
    both = pairs and comb(len(steady), 2) <= MOST_ROWS
    sets = [two for two in combinations(steady, 2) if every[two[0]].key != every[two[1]].key] if both else []
    for two, then in zip(sets, _standings(sets, every, case, evaluator), strict=True):
        if then != now:
            flips.append(Flip(tuple(every[number] for number in two), then))
    return Fragile(now, len(every), tuple(sorted(flips, key=lambda one: _order(one, now, evaluator))), both)


def _order(one: Flip, now: Standing, evaluator: ArrayEvaluator) -> tuple[object, ...]:
    """A single misread before two, another outcome before another leader before another claim, then the quicker test."""
    same = (one.then.outcome == now.outcome, (one.then.cause, one.then.driver) == (now.cause, now.driver))
    minutes = sum(evaluator.kb.findings[each.key[0]].minutes for each in one.misreads)
    return len(one.misreads), *same, round(minutes, 3), tuple((each.key, each.word) for each in one.misreads)


def _standings(sets: Sequence[Set], every: Sequence[Misread], case: Case, evaluator: ArrayEvaluator) -> list[Standing]:
    out = []
    for start in range(0, len(sets), AT_ONCE):
        batches = variants(case, [one.change for one in every], sets[start : start + AT_ONCE], evaluator.layout)
        columns = conclusions([evaluator.run(batch) for batch in batches], evaluator)
        out += [_standing(columns, row) for row in range(len(columns["outcome"]))]
    return out


def _standing(columns: Columns, row: int) -> Standing:
    outcome, cause, side, driver, driver_side, claim = (columns[name][row] for name in TOLD)
    return Standing(outcome, (cause, side) if cause else None, (driver, driver_side) if driver else None, claim or "")
