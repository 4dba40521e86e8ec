"""Answers of synthetic people in words: who is asked what, what is true of the answer, and how it is misread."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from engine.answer_model import AnswerModel, AnswerTable, Slot
from engine.cohort.layout import ASKED_UNKNOWN, NOT_ASKED
from engine.cohort.masks import rows_of
from engine.cohort.synthetic_truth import Bools, Floats, Ints, Truth
from engine.result import Node
from knowledge.model import Finding, KnowledgeBase
from knowledge.sides import BODY, NONE
from knowledge.simulation import keyed

Codes = NDArray[np.int8]
SEX = "sex"
ROWS, BITS = 20, 40
"""Patterns are told apart by whole numbers: up to 2 to the ROWS patterns so far, and BITS further columns at a time."""
_NUMBER = re.compile(r"-?\d*\.\d+|-?\d+")


@dataclass(frozen=True, slots=True)
class Extra:
    """A word that is answered with this chance where something of the walk is so: `what` (met, walked, caused) of `names`, which are
    nodes, or activities with an empty side."""

    word: int
    chance: float
    what: str
    names: tuple[Node, ...]

    def holders(self, truth: Truth) -> Bools:
        """Who it is so for."""
        out = np.zeros(truth.n, np.bool_)
        for name in self.names:
            if self.what == "met":
                out |= truth.met.get(name[0], False)
            else:
                out |= truth.walked.get(name, False) if self.what == "walked" else truth.caused(name)
        return out


class WordDrawer:
    """Draws answers in words; what depends on the knowledge alone is prepared once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb, self.how, self.model = kb, kb.simulation.asking, AnswerModel(kb, in_time=True)
        self.asked = {one.id: self._asked(one) for one in kb.findings.values()}
        self.only = {name: sex for sex, names in self.how.only.items() for name in names}
        self.extras = _extras(kb)
        self.details = _details_used(kb)
        self.guesses = {one.id: misread(one, kb) for one in kb.findings.values()}
        self.general = {slot: self.model.chances(*slot, {})[0] for slot in self.model.slots}

    def _asked(self, finding: Finding) -> float:
        listed = any(finding.id in stage.findings for stage in self.kb.stages)
        by_kind = self.how.must if finding.must_ask else self.how.listed if listed else keyed(self.how.kinds, finding.kind)
        return self.how.findings.get(finding.id, by_kind)

    def draw(self, rng: np.random.Generator, truth: Truth) -> dict[Slot, Codes]:
        """The code of the word for each slot: words from 1, 0 not asked, -1 asked and not known."""
        out: dict[Slot, Codes] = {}
        for finding in self.kb.findings.values():
            if finding.derived is None and finding.words:
                rows = rows_of((rng.random(truth.n) < self.asked[finding.id]) & self._fits(finding.id, truth))
                for side in BODY if finding.per_side else (NONE,):
                    out[finding.id, side] = self._answers(rng, finding, side, rows, truth)
                    self._details(rng, finding, side, out, truth)
        return out

    def true_words(self, rng: np.random.Generator, subject: str, truth: Truth) -> Codes:
        """What is true of a subject without sides, for everyone, read without error."""
        return self._drawn(rng, (subject, NONE), np.arange(truth.n), truth, 0.0)

    def _fits(self, name: str, truth: Truth) -> Bools:
        only = self.only.get(name)
        return truth.sex == truth.sexes.index(only) if only in truth.sexes else np.ones(truth.n, np.bool_)

    def _answers(self, rng: np.random.Generator, finding: Finding, side: str, rows: Ints, truth: Truth) -> Codes:
        out = np.full(truth.n, NOT_ASKED, np.int8)
        if finding.id == SEX:
            out[rows] = truth.sex[rows] + 1
            return out
        told = rng.random(len(rows)) >= keyed(self.how.unknown, finding.kind)
        out[rows[~told]] = ASKED_UNKNOWN
        known = rows[told]
        out[known] = self._drawn(rng, (finding.id, side), known, truth, self.guesses[finding.id])
        return out

    def _details(self, rng: np.random.Generator, finding: Finding, side: str, out: dict[Slot, Codes], truth: Truth) -> None:
        own = out[finding.id, side]
        asked = own == 1 if finding.answer.form == "yes_no" else own > 0
        rows = rows_of(asked) if self.details.get(finding.id) else np.zeros(0, np.int64)
        for name in self.details.get(finding.id, ()):
            codes = np.full(truth.n, NOT_ASKED, np.int8)
            codes[rows] = self._drawn(rng, (f"{finding.id}.{name}", side), rows, truth, 0.0)
            out[f"{finding.id}.{name}", side] = codes

    def _drawn(self, rng: np.random.Generator, slot: Slot, rows: Ints, truth: Truth, guessed: float) -> Codes:
        """A code for each of the rows. Causes hold or do not, so few patterns of them occur; each pattern is reckoned once."""
        draws, table, extras = rng.random(len(rows)), self.model.table(*slot), self.extras.get(slot, ())
        holders = [*(truth.held[effect.node][rows] for effect in table.effects), *(extra.holders(truth)[rows] for extra in extras)]
        patterns, place = _patterns(holders, len(rows))
        chances = _chances(table, extras, patterns)
        ends = np.cumsum((1 - guessed) * chances + guessed * self.general[slot], axis=1)[:, :-1]
        codes = np.ones(len(rows), np.int8)
        for end in ends.T:
            codes += draws > end[place]
        return codes


def _patterns(holders: Sequence[Bools], n: int) -> tuple[Bools, Ints]:
    """The different rows of these columns, shape (patterns, columns), and which of them each row is."""
    place = np.zeros(n, np.int64)
    first = np.zeros(min(n, 1), np.int64)
    for start in range(0, len(holders), BITS):
        for bit, has in enumerate(holders[start : start + BITS]):
            place += has.astype(np.int64) << (bit + ROWS)
        _, first, place = np.unique(place, return_index=True, return_inverse=True)
    return np.array([has[first] for has in holders], np.bool_).reshape(len(holders), len(first)).T, place


def _chances(table: AnswerTable, extras: Sequence[Extra], patterns: Bools) -> Floats:
    """As `AnswerTable.chances`, for conclusions that hold for certain or not at all, and with what the walk adds."""
    silent, open_ = np.tile(1 - table.alone, (len(patterns), 1)), np.ones((len(patterns), len(table.words)))
    for place, effect in enumerate(table.effects):
        has = patterns[:, place]
        silent[has] *= 1 - effect.makes
        open_[has] *= 1 - effect.hinders
    chances = table.normalised(silent, open_)
    for place, extra in enumerate(extras, start=len(table.effects)):
        has = patterns[:, place]
        chances[has] *= 1 - extra.chance
        chances[has, extra.word] += extra.chance
    return chances


def misread(finding: Finding, kb: KnowledgeBase) -> float:
    """How often an answer is a guess: drawn from what is answered in general, whatever is true of this person.

    Two readers who each see the truth with chance r, and guess else, agree beyond chance by k = r squared, however rare a word is; so
    the guesses are 1 - sqrt(k). k is the published kappa, the middle of its range, or what simulation.yaml states for words.
    """
    kappa = published_agreement(finding, "kappa")
    if kappa is None:
        kappa = 1.0 if finding.answer.form == "number" else keyed(kb.simulation.asking.kappa, finding.kind, 1.0)
    return 1 - sqrt(min(1.0, max(0.0, kappa)))


def published_agreement(finding: Finding, what: str) -> float | None:
    """The published kappa or ICC of a finding, the mean of the numbers told; None when there is none."""
    text = finding.reliability.agreement if finding.reliability else ""
    numbers = [float(one) for one in _NUMBER.findall(text)]
    return sum(numbers) / len(numbers) if numbers and text.casefold().startswith(what.casefold()) else None


def _extras(kb: KnowledgeBase) -> Mapping[Slot, tuple[Extra, ...]]:
    """What the walk adds to the answers: activities that hurt, bedside changes on its nodes, signs that an origin was severe."""
    out: dict[Slot, tuple[Extra, ...]] = {}
    how = kb.simulation.drawing
    for finding in kb.findings.values():
        for side in BODY if finding.per_side else (NONE,):
            slot = (finding.id, side)
            if finding.hurts and "yes" in finding.words:
                met = tuple((one, "") for one in finding.hurts)
                out[slot] = (*out.get(slot, ()), Extra(finding.words.index("yes"), how.hurts, "met", met))
            if finding.tests_node and "better" in finding.words:
                nodes = tuple(node for name in finding.tests_node for node in _seen_from(name, side, kb))
                out[slot] = (*out.get(slot, ()), Extra(finding.words.index("better"), how.changes, "walked", nodes))
    for conclusion in kb.conclusions.values():
        for leaf in conclusion.severity:
            for node in _seen_from(conclusion.id, NONE, kb):
                slot, words = (leaf.subject, node[1] if kb.findings[leaf.finding].per_side else NONE), kb.words_of(leaf.subject)
                out[slot] = (*out.get(slot, ()), Extra(words.index(leaf.words[0]), how.severe, "caused", (node,)))
    return out


def _seen_from(name: str, side: str, kb: KnowledgeBase) -> tuple[Node, ...]:
    if not kb.conclusions[name].per_side:
        return ((name, NONE),)
    return ((name, side),) if side in BODY else tuple((name, one) for one in BODY)


def _details_used(kb: KnowledgeBase) -> Mapping[str, tuple[str, ...]]:
    """The details in words that some rule or sign of severity reads, by finding."""
    leaves = [leaf for rule in kb.rules for leaf in rule.when.leaves]
    leaves += [leaf for one in kb.conclusions.values() for leaf in one.severity]
    read = {leaf.subject for leaf in leaves if leaf.about == "finding" and "." in leaf.subject}
    findings = [one for one in kb.findings.values() if one.answer.form != "list"]
    return {
        one.id: tuple(d.name for d in one.details if f"{one.id}.{d.name}" in read and not d.name.endswith(("years_ago", "months_ago")))
        for one in findings
    }
