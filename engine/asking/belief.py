"""What is believed of each row of a batch: the chances of its explanations, what leads, and how uncertain that is.

A score counts in tenths of a deciban, so scores are odds: 10^(score / (100 x temperature)). Beside the named explanations there
is always another, unnamed one, which stands at `lead_min`: a lead that is no more than the least that may lead is an even bet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.cohort.ranking import Ranked, outcomes
from engine.cohort.run import ArrayEvaluator, Results
from engine.result import Node
from knowledge.model import Adaptive, KnowledgeBase
from knowledge.sides import NONE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Account = tuple[Node, Node]
"""An explanation by its cause and its driver."""
OTHER: Account = (("other", NONE), ("other", NONE))
"""Whatever explains this pain and was not named."""
SAME = 1e-12
"""Chances that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class Beliefs:
    """Rows of chances over `accounts` (the last is OTHER), each summing to 1; and what leads in each row.

    `lead` tells rows apart in which another explanation stands first, may lead or no longer may, or may be claimed otherwise. That a
    red flag would refer this person does not count: red flags have a stage of their own.
    """

    accounts: tuple[Account, ...]
    chances: Floats
    lead: Ints

    def differ(self, row: int, rows: slice) -> NDArray[np.bool_]:
        """Which of the rows are believed otherwise than this one."""
        moved = np.abs(self.chances[rows] - self.chances[row]).max(axis=1) > SAME
        return np.asarray(moved | (self.lead[rows] != self.lead[row]))

    def of(self, rows: Ints) -> Beliefs:
        """These rows only."""
        return Beliefs(self.accounts, self.chances[rows], self.lead[rows])


def beliefs(found: Results, evaluator: ArrayEvaluator, how: Adaptive) -> Beliefs:
    """The beliefs of every row of a batch."""
    ranked, n = found.ranked, len(found.outcome)
    accounts, codes = _accounts(ranked)
    first = np.full(n, len(accounts), np.int64)
    has = ranked.start[:-1] < ranked.start[1:]
    first[has] = codes[ranked.start[:-1][has]] if len(codes) else len(accounts)
    leading = outcomes(ranked, np.zeros(n, np.bool_), n)
    lead = np.stack([first, leading, evaluator.claims(found)], axis=1)
    lead_codes = np.unique(lead, axis=0, return_inverse=True)[1].reshape(-1)
    return Beliefs((*accounts, OTHER), _chances(ranked, codes, len(accounts), n, evaluator.kb, how), lead_codes)


def _accounts(ranked: Ranked) -> tuple[tuple[Account, ...], Ints]:
    """The explanations that occur in the batch, in order, and which of them each entry is."""
    many = len(ranked.nodes)
    whole = (ranked.cause * many + ranked.driver) * 2 + ranked.both
    kinds, first, codes = np.unique(whole, return_index=True, return_inverse=True)
    accounts = [(ranked.named(int(entry)), ranked.named(int(entry), driver=True)) for entry in first]
    return tuple(accounts), codes.reshape(len(ranked.row)) if len(kinds) else np.zeros(0, np.int64)


def _chances(ranked: Ranked, codes: Ints, accounts: int, n: int, kb: KnowledgeBase, how: Adaptive) -> Floats:
    """Softmax over the first few explanations of each row and the unnamed one; a diagnosis of exclusion is part of the unnamed."""
    default = np.array([kb.conclusions[node[0]].default for node in ranked.nodes] or [False], np.bool_)
    place = np.arange(len(ranked.row)) - ranked.start[ranked.row]
    counts = (place < how.live) & ~default[ranked.cause]
    weights = np.zeros((n, accounts + 1))
    weights[:, accounts] = 1.0
    powers = np.clip((ranked.score - kb.scale.lead_min) / (100 * how.temperature), -200, 200)
    np.maximum.at(weights, (ranked.row[counts], codes[counts]), 10.0 ** powers[counts])
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def entropy(chances: Floats) -> Floats:
    """Uncertainty in bits, of each row of chances."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(-np.sum(np.where(chances > 0, chances * np.log2(chances), 0.0), axis=-1))
