"""Rows in, columns out: a block of a table through the array evaluator, answers of unstated side in both worlds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.cohort.batch import Batch
from engine.cohort.masks import rows_of
from engine.cohort.ranking import OUTCOMES
from engine.cohort.run import ArrayEvaluator, Results
from engine.cohort.table import PLAIN, Column, Encoded, TableBatch, read_block
from engine.result import LEVELS
from engine.worlds import turned
from knowledge.model import URGENCIES
from knowledge.sides import BODY, BOTH, LEFT, RIGHT, UNSTATED, mirror

Rows = NDArray[np.int64]
Words = NDArray[Any]
Columns = dict[str, Words]
CAUSES = 3
RESULT_COLUMNS = (
    "outcome", "urgency", *(f"{what}{n}" for n in range(1, CAUSES + 1) for what in ("cause", "side", "score")),
    "driver", "driver_side", "claim", "margin", "red_flags", "error",
)
"""Columns of a result, in order; `cause1` to `cause3` are the first three explanations, `claim` the level of the first.

Scores and margins are whole numbers as floats, NaN where there is none; words are None where there is none.
"""
_WIDE = 2**20
NUMBERS = ("margin", *(f"score{n}" for n in range(1, CAUSES + 1)))


def conclude(evaluator: ArrayEvaluator, columns: Sequence[Column], cells: Mapping[str, Encoded], n: int) -> Columns:
    """The result columns for a block of rows; a row that cannot be read carries its reasons and nothing else."""
    block = read_block(columns, cells, n, evaluator.layout, evaluator.memory)
    out = {name: np.full(n, np.nan) if name in NUMBERS else np.full(n, None, object) for name in RESULT_COLUMNS}
    for row, reasons in block.errors.items():
        out["error"][row] = "; ".join(reasons)
    good = np.setdiff1d(np.arange(n), np.fromiter(block.errors, np.int64, len(block.errors)))
    moved = _moved_rows(block.unstated)
    plain, open_ = good[~moved[good]], good[moved[good]]
    if len(plain):
        _put(out, plain, columns_of(evaluator, evaluator.run(block.stated if len(plain) == n else block.stated.take(plain))))
    if len(open_):
        left, right = (evaluator.run(in_world(block, open_, side)) for side in (LEFT, RIGHT))
        _put(out, open_, better(evaluator, left, right))
    return {**{name: cells[name].values() for name in PLAIN if name in cells}, **out}


def _put(out: Columns, rows: Rows, found: Columns) -> None:
    for name, values in found.items():
        if len(rows) == len(out[name]):
            out[name] = values
        else:
            out[name][rows] = values


def columns_of(evaluator: ArrayEvaluator, found: Results) -> Columns:
    """The conclusions of a batch as columns, without errors."""
    n, ranked = len(found.outcome), found.ranked
    out: Columns = {
        "outcome": np.array(OUTCOMES, object)[found.outcome], "urgency": np.array((*URGENCIES, "none"), object)[found.urgency],
        "claim": np.array((*LEVELS, None), object)[evaluator.claims(found)], "margin": ranked.margin, "red_flags": _flags(found, n),
    }
    names = np.array([node[0] for node in ranked.nodes], object)
    sides = np.array([(side, BOTH if side in BODY else side) for _, side in ranked.nodes], object).reshape(-1, 2)
    for place in range(CAUSES):
        entries = ranked.start[:-1] + place
        has = entries < ranked.start[1:]
        for what, values in zip(("cause", "side", "score"), _cause(found, entries[has], names, sides), strict=True):
            column = np.full(n, np.nan) if what == "score" else np.full(n, None, object)
            column[has] = values
            out[f"{what}{place + 1}"] = column
    has = ranked.start[:-1] < ranked.start[1:]
    first = ranked.start[:-1][has]
    for name in ("driver", "driver_side"):
        out[name] = np.full(n, None, object)
    driver = ranked.driver[first]
    out["driver"][has], out["driver_side"][has] = names[driver], sides[driver, ranked.both[first].astype(np.int64)]
    return out


def _cause(found: Results, entries: Rows, names: Words, sides: Words) -> tuple[Words, Words, Words]:
    ranked, cause = found.ranked, found.ranked.cause[entries]
    return names[cause], sides[cause, ranked.both[entries].astype(np.int64)], ranked.score[entries].astype(np.float64)


def _flags(found: Results, n: int) -> Words:
    """The red flags of each person in one text; people with the same flags share it."""
    texts: list[str | None] = [None]
    which = np.zeros(n, np.int64)
    for rule in sorted({rule for rule, _ in found.flags}):
        rows = rows_of(np.logical_or.reduce([held for (name, _), held in found.flags.items() if name == rule]))
        before, each = np.unique(which[rows], return_inverse=True)
        which[rows] = len(texts) + each
        texts += [f"{texts[one]} {rule}" if one else rule for one in before.tolist()]
    return np.array(texts, object)[which]


def _moved_rows(unstated: Batch) -> NDArray[np.bool_]:
    moved = np.zeros(unstated.n, np.bool_)
    for codes in unstated.codes.values():
        moved |= codes != 0
    for numbers in unstated.numbers.values():
        moved |= ~np.isnan(numbers)
    return moved


def in_world(block: TableBatch, rows: Rows, side: str) -> Batch:
    """These rows with every answer of unstated side on this side, where nothing is stated there."""
    world, loose = block.stated.take(rows), block.unstated.take(rows)
    answered = {name: _answered(world, name, side) for name in {slot[0].partition(".")[0] for slot in (*loose.codes, *loose.numbers)}}
    for (subject, _), codes in loose.codes.items():
        free = (codes != 0) & ~answered[subject.partition(".")[0]]
        world.code((subject, side))[free] = codes[free]
    for (subject, _), numbers in loose.numbers.items():
        free = ~np.isnan(numbers) & ~answered[subject.partition(".")[0]]
        world.number((subject, side))[free] = numbers[free]
    return world


def _answered(batch: Batch, name: str, side: str) -> NDArray[np.bool_]:
    out = np.zeros(batch.n, np.bool_)
    codes, numbers = batch.codes.get((name, side)), batch.numbers.get((name, side))
    if codes is not None:
        out |= codes != 0
    if numbers is not None:
        out |= ~np.isnan(numbers)
    return out


@dataclass(frozen=True, slots=True)
class Choice:
    """Of two worlds the one that is kept: whether it is the right one, in which rows they tie, and in which of those they are alike."""

    right: NDArray[np.bool_]
    tied: Rows
    alike: frozenset[int]


def choose(left: Results, right: Results) -> Choice:
    """As `engine.worlds.better_world`: the world with the higher best score, and on a tie an order that knows no side by name."""
    scores = [_best_score(found) for found in (left, right)]
    tied = rows_of(scores[0] == scores[1])
    take_right = scores[1] > scores[0]
    order = _compare(_key(right, RIGHT, tied), _key(left, LEFT, tied))
    take_right[tied] = order < 0
    return Choice(take_right, tied, frozenset(tied[order == 0].tolist()))


def better(evaluator: ArrayEvaluator, left: Results, right: Results) -> Columns:
    """As `engine.worlds.better_world`: the higher best score; on a tie the sides that differ are unstated."""
    one, other, kept = columns_of(evaluator, left), columns_of(evaluator, right), choose(left, right)
    out = {name: np.where(kept.right, other[name], values) for name, values in one.items()}
    for row in kept.tied.tolist():
        _relabel(out, row, *((right, left, RIGHT) if kept.right[row] else (left, right, LEFT)))
        if row in kept.alike:
            _without_sides(out, row, left, right)
    _join_safety(out, one, other, left, right)
    return out


def _join_safety(out: Columns, one: Columns, other: Columns, left: Results, right: Results) -> None:
    """Flags of either world stand, and the higher urgency; as `engine.safety.of_both_worlds`."""
    urgency = np.minimum(left.urgency, right.urgency)
    out["urgency"] = np.array((*URGENCIES, "none"), object)[urgency]
    out["outcome"][urgency < URGENCIES.index("routine")] = "referral"
    for row, (here, there) in enumerate(zip(one["red_flags"], other["red_flags"], strict=True)):
        rules = sorted({*(here or "").split(), *(there or "").split()})
        out["red_flags"][row] = " ".join(rules) or None


def _key(found: Results, side: str, rows: Rows) -> Rows:
    """How these rows stand in one world, a row each: fewer present first, then state and sum of every node, this side by the other."""
    states = found.states
    roles = {(name, own): (name, "this" if own == side else "other" if own in BODY else own) for name, own in states.supported}
    columns, present = [], np.zeros(len(rows), np.int64)
    for node in sorted(roles, key=roles.__getitem__):
        supported, refuted = states.supported[node][rows], states.refuted[node][rows]
        present += supported
        columns.append((2 * supported + (refuted & ~supported)) * _WIDE + states.amount[node][rows])
    return np.stack([-present, *columns], axis=1)


def _compare(one: Rows, other: Rows) -> Rows:
    """Below zero where a row of `one` comes before that of `other`, zero where they are equal."""
    first = np.argmax(one != other, axis=1)
    rows = np.arange(len(one))
    return np.asarray(np.sign(one[rows, first] - other[rows, first]))


def _best_score(found: Results) -> NDArray[np.int64]:
    n = len(found.outcome)
    best = np.full(n, np.iinfo(np.int64).min)
    np.maximum.at(best, found.ranked.row, found.ranked.score)
    best[found.ranked.start[:-1] == found.ranked.start[1:]] = 0
    return best


def _relabel(out: Columns, row: int, kept: Results, gone: Results, own: str) -> None:
    pairs = [*((f"cause{place}", f"side{place}") for place in range(1, CAUSES + 1)), ("driver", "driver_side")]
    other_side = turned(_heads(kept, row), _heads(gone, row))
    for name, side in pairs:
        differs = out[side][row] == own and _differs(out[name][row], row, kept, gone, own)
        if differs or (out[name][row], out[side][row]) in other_side:
            out[side][row] = UNSTATED


def _without_sides(out: Columns, row: int, left: Results, right: Results) -> None:
    """As `engine.worlds`: in mirror images, an explanation that only one world has is on no side that is known."""
    there = set(_spines(right, row))
    for place, spine in enumerate(_spines(left, row)[:CAUSES], start=1):
        columns = [f"side{place}", *(["driver_side"] if place == 1 else [])]
        for column in columns if spine not in there else ():
            out[column][row] = UNSTATED if out[column][row] in BODY else out[column][row]


def _spines(found: Results, row: int) -> list[tuple[int, ...]]:
    paths = found.ranked.drafts.path[found.ranked.start[row]:found.ranked.start[row + 1]]
    return [tuple(number for number in path if number >= 0) for path in paths.tolist()]


def _heads(found: Results, row: int) -> set[tuple[str, str]]:
    entries = range(int(found.ranked.start[row]), int(found.ranked.start[row + 1]))
    return {found.ranked.named(entry, driver) for entry in entries for driver in (False, True)}


def _differs(name: str, row: int, kept: Results, gone: Results, own: str) -> bool:
    here = _state(kept, (name, own), row)
    return here == _state(gone, (name, mirror(own)), row) and here != _state(gone, (name, own), row)


def _state(found: Results, node: tuple[str, str], row: int) -> tuple[bool, bool, int]:
    states = found.states
    return bool(states.supported[node][row]), bool(states.refuted[node][row]), int(states.amount[node][row])
