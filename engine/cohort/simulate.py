"""Synthetic people with a known cause, as the columns of a table: drawn from the knowledge, so that the engine can be tried on them.

People come in blocks of BLOCK with a generator of their own, keyed by seed and block: a person is the same whatever else is drawn.
They are drawn from the same rules and links that find the cause; how well it is found says nothing about real people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.answer_model import Slot
from engine.cohort.synthetic_lives import MOST, OWN, LifeDrawer
from engine.cohort.synthetic_numbers import NO_STEP, Grid, NumberDrawer, encoded, joined_codes
from engine.cohort.synthetic_truth import SIDES, Floats, Ints, Truth, TruthDrawer
from engine.cohort.synthetic_words import Codes, WordDrawer
from engine.cohort.table import Encoded
from knowledge.model import KnowledgeBase
from knowledge.sides import NONE

BLOCK = 8192
MONTHS = 12.0
Columns = dict[str, Encoded]


@dataclass(frozen=True, slots=True)
class People:
    """Drawn people: their truth, and for each slot codes of words and steps of numbers; dates and own activities as numbers."""

    truth: Truth
    words: Mapping[Slot, Codes]
    steps: Mapping[Slot, Ints]
    dates: Mapping[tuple[Slot, str], Floats]
    own: tuple[Ints, Ints]


class Simulator:
    """Draws people; build it once for a knowledge base."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.truths, self.words, self.numbers = TruthDrawer(kb), WordDrawer(kb), NumberDrawer(kb)
        self.lives = LifeDrawer(kb, self.words.model)

    def people(self, n: int, seed: int, start: int = 0) -> Columns:
        """The people `start` to `start + n - 1` of this seed, as columns that `read_columns` and `read_block` read."""
        first, last = start // BLOCK, (start + max(n, 1) - 1) // BLOCK
        blocks = [self._block(seed, index) for index in range(first, last + 1)]
        return self._columns(blocks, start - first * BLOCK, n, start)

    def portions(self, n: int, seed: int) -> Iterator[Columns]:
        """The first `n` people of a seed, a block at a time: memory does not grow with their number."""
        for start in range(0, n, BLOCK):
            yield self.people(min(BLOCK, n - start), seed, start)

    def _block(self, seed: int, index: int) -> People:
        rng = np.random.Generator(np.random.Philox(key=np.array([seed, index], np.uint64)))
        truth = self.truths.draw(rng, BLOCK)
        sexes = [truth.sexes[one] for one in truth.sex]
        known = {name: self._true_number(rng, name, truth) for name in ("age", "pain_months") if name in self.numbers.grids}
        ages = self._values("age", known["age"][1]) if "age" in known else np.full(BLOCK, 40.0)
        months = self._values("pain_months", known["pain_months"][1]) if "pain_months" in known else np.full(BLOCK, 6.0)
        words = self.words.draw(rng, truth)
        steps = {
            (one.id, side): self.numbers.draw(rng, one, words[one.id, side], ages, sexes)
            for one in self.numbers.findings for side in SIDES if (one.id, side) in words
        }
        for name, (codes, own) in known.items():
            told = words[name, NONE] > 0
            words[name, NONE] = np.where(told, codes, words[name, NONE])
            steps[name, NONE] = np.where(told, own, NO_STEP)
        dates = self.lives.dates(rng, months / MONTHS, ages)
        return People(truth, words, steps, self.lives.told_dates(rng, truth, dates, words, ages), self.lives.own(rng, truth))

    def _true_number(self, rng: np.random.Generator, name: str, truth: Truth) -> tuple[Codes, Ints]:
        """A number that is true of everyone, asked or not: other answers hang on it."""
        codes = self.words.true_words(rng, name, truth)
        return codes, self.numbers.draw(rng, self.kb.findings[name], codes, np.zeros(truth.n), ())

    def _values(self, name: str, steps: Ints) -> Floats:
        grid = self.numbers.grids[name]
        return np.where(steps == NO_STEP, grid.low, steps * grid.step)

    def _columns(self, blocks: Sequence[People], offset: int, n: int, start: int) -> Columns:
        rows = slice(offset, offset + n)
        out = self._truth_columns([one.truth for one in blocks], rows, n, start)
        words = joined_codes([one.words for one in blocks])
        for slot, codes in words.items():
            steps, grid = self._number_parts(slot, blocks, rows)
            out[column_name(*slot)] = encoded(self.kb.words_of(slot[0]), codes[rows], steps, grid)
        for slot, name in blocks[0].dates:
            told = np.concatenate([one.dates[slot, name] for one in blocks])[rows]
            out[column_name(f"{slot[0]}.{name}", slot[1])] = _of_numbers(told)
        out.update(self._own_columns(blocks, rows))
        return out

    def _number_parts(self, slot: Slot, blocks: Sequence[People], rows: slice) -> tuple[Ints | None, Grid | None]:
        if slot not in blocks[0].steps:
            return None, None
        return np.concatenate([one.steps[slot] for one in blocks])[rows], self.numbers.grids[slot[0]]

    def _truth_columns(self, truths: Sequence[Truth], rows: slice, n: int, start: int) -> Columns:
        kind, cause, side = (np.concatenate([getattr(one, name) for one in truths])[rows] for name in ("kind", "cause", "side"))
        return {
            "case": Encoded([f"p{number:08d}" for number in range(start, start + n)], np.arange(n)),
            "true_cause": Encoded(truths[0].causes, cause), "true_side": Encoded(SIDES, side), "true_kind": Encoded(truths[0].kinds, kind),
        }

    def _own_columns(self, blocks: Sequence[People], rows: slice) -> Iterator[tuple[str, Encoded]]:
        kinds, ratings = (np.concatenate([one.own[part] for one in blocks], axis=1)[:, rows] for part in (0, 1))
        for place in range(MOST if self.lives.classes else 0):
            there = kinds[place] >= 0
            yield f"{OWN}.{place + 1}.class", Encoded([None, *self.lives.classes], kinds[place] + 1)
            yield f"{OWN}.{place + 1}.psfs", Encoded([None, *range(11)], np.where(there, ratings[place] + 1, 0))


def simulate(kb: KnowledgeBase, n: int, seed: int, start: int = 0) -> Columns:
    """`n` synthetic people from number `start` on, as columns by name; the truth stands in the columns `case` and `true_*`.

    Everything is drawn from `seed`: the same call gives the same bytes, in whatever portions the people are drawn.
    """
    return Simulator(kb).people(n, seed, start)


def column_name(subject: str, side: str) -> str:
    """The name of a column as tables write it: the side stands behind the finding."""
    finding, _, detail = subject.partition(".")
    return ".".join(one for one in (finding, side if side != NONE else "", detail) if one)


def _of_numbers(values: Floats) -> Encoded:
    distinct, index = np.unique(values, return_inverse=True, equal_nan=True)
    return Encoded([None if np.isnan(one) else float(one) for one in distinct.tolist()], index.astype(np.int64))
