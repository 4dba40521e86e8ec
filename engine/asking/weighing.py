"""What each question is worth: the uncertainty its answers are expected to take away, from one batch of what-ifs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.asking.belief import Beliefs, entropy
from engine.asking.chances import Chances
from engine.asking.what_if import WhatIf

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Board:
    """Every what-if of a case weighed. `names` are the findings in order, `starts` where the options of each begin.

    `chances` holds those of the options, `most` the bits that each finding can tell at the most, both for each world thought through.
    """

    options: tuple[WhatIf, ...]
    names: tuple[str, ...]
    starts: Ints
    beliefs: Beliefs
    worlds: int
    chances: Floats
    most: Floats

    def rows(self, world: int) -> slice:
        """The rows of the options in a world."""
        return slice(self.worlds + world * len(self.options), self.worlds + (world + 1) * len(self.options))

    def summed(self, values: Floats) -> Floats:
        """The sums over the options of each finding."""
        return np.asarray(np.add.reduceat(values, self.starts, axis=0)) if len(self.starts) else np.zeros((0, *values.shape[1:]))

    def expected(self, values: Floats, world: int) -> Floats:
        """The expectation of a value of the options, for each finding."""
        weights = self.chances[world] if values.ndim == 1 else self.chances[world][:, None]
        return self.summed(values * weights)


def that_move(options: Sequence[WhatIf], found: Beliefs, worlds: int) -> tuple[tuple[WhatIf, ...], Beliefs]:
    """The options of those findings of which some answer changes what is believed, in any world; and the rows that are left."""
    moved = np.zeros(len(options), np.bool_)
    for world in range(worlds):
        moved |= found.differ(world, slice(worlds + world * len(options), worlds + (world + 1) * len(options)))
    names = {options[place].finding for place in np.flatnonzero(moved).tolist()}
    kept = np.array([place for place, one in enumerate(options) if one.finding in names], np.int64)
    rows = np.concatenate([np.arange(worlds), *(worlds + world * len(options) + kept for world in range(worlds))])
    return tuple(options[place] for place in kept.tolist()), found.of(rows)


def board(options: tuple[WhatIf, ...], found: Beliefs, chances: Chances, worlds: int) -> Board:
    """The board of beliefs whose rows are the worlds, then every option in each world."""
    first = {one.finding: place for place, one in reversed(list(enumerate(options)))}
    starts = np.array(sorted(first.values()), np.int64)
    spans = pairwise([*starts.tolist(), len(options)])
    each = [_chances(options[start:end], chances, worlds) for start, end in spans]
    names = tuple(options[start].finding for start in starts.tolist())
    sides = [options[start].sides for start in starts.tolist()]
    told = [[chances.most(name, side) for side in own] for name, own in zip(names, sides, strict=True)]
    most = np.array([np.sum(one, axis=0) for one in told]).reshape(len(names), worlds).T
    return Board(options, names, starts, found, worlds, np.concatenate(each, axis=1) if each else np.zeros((worlds, 0)), most)


def _chances(options: Sequence[WhatIf], chances: Chances, worlds: int) -> Floats:
    """The chances of the answers to one finding; the sides are taken to be independent, given what is believed now."""
    out = np.ones((worlds, len(options)))
    for place, side in enumerate(options[0].sides):
        own = {words: chances.of(options[0].finding, side, words) for words in {one.words[place] for one in options}}
        out *= np.stack([own[one.words[place]] for one in options], axis=1)
    return out


def gains(board: Board) -> Floats:
    """The bits of uncertainty each finding is expected to take away, the mean of the worlds.

    The uncertainty before an answer is that of what its answers lead to, weighed by their chances; so a gain is never below 0, whether
    or not scores and answers agree on how likely things are. Nor is it above what the answers tell about the conclusions behind them:
    a sign that is seen as often without its conclusion tells nothing, whatever the rules make of it (data processing inequality).
    """
    total = np.zeros(len(board.names))
    for world in range(board.worlds):
        after = board.beliefs.chances[board.rows(world)]
        told = entropy(board.expected(after, world)) - board.expected(entropy(after), world)
        total += np.clip(told, 0.0, board.most[world])
    return np.asarray(total / board.worlds)


def turning(board: Board) -> NDArray[np.bool_]:
    """Whether some answer to a finding changes what stands first, whether it leads, or how far it may be claimed, in any world."""
    out = np.zeros(len(board.names), np.bool_)
    for world in range(board.worlds):
        differs = board.beliefs.lead[board.rows(world)] != board.beliefs.lead[world]
        out |= board.summed(differs.astype(np.float64)) > 0
    return out


def shifts(board: Board, world: int) -> Floats:
    """How far the answers to each finding are expected to move the chance of each account, (findings, accounts)."""
    return board.expected(np.abs(board.beliefs.chances[board.rows(world)] - board.beliefs.chances[world]), world)


def odds_shift(board: Board, world: int, pair: Sequence[int]) -> Floats:
    """How far the answers to each finding are expected to move the odds between two accounts, in natural logarithms."""
    one, other = (np.log(board.beliefs.chances[:, account] + 0.01) for account in pair)
    odds = one - other
    return board.expected(np.abs(odds[board.rows(world)] - odds[world]), world)
