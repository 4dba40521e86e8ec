"""How likely each answer is in a person with these conclusions: a leaky noisy-or model read from the rules.

Each finding has a quiet word (nothing found). Every other word can be answered by chance, or because a conclusion that holds
makes it; causes act on their own, so that the chance that none of them does is the product over the causes. A conclusion can
also hinder a word. Where several words compete, each counts by its odds, and the quiet word and the words that no rule
reads share what is left. A single rule with published ratios so gets exactly these ratios. Nothing clinical is concluded from
this model: it makes synthetic people, and tells the interview which question may tell most. (Pearl 1988, noisy-or;
Henrion 1989, leak.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.answer_causes import Cause, causes
from engine.result import Node
from knowledge.model import KnowledgeBase
from knowledge.sides import BODY, NONE
from knowledge.simulation import keyed

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
RARE = 1e-3
"""What a word counts that is never answered by chance, where a cause makes it or others like it."""
Slot = tuple[str, str]
"""A finding, or `finding.detail`, and a side."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one conclusion does to the words of a slot: `makes` and `hinders` are chances, one for each word."""

    node: Node
    makes: Floats
    hinders: Floats


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """How the words of one slot are answered: `loud` words have causes and a chance `alone` of their own, the others share
    what is left by `shares`."""

    words: tuple[str, ...]
    loud: Mask
    alone: Floats
    shares: Floats
    effects: tuple[Effect, ...]

    def chances(self, held: Mapping[Node, Floats], rates: Mapping[Node, float], n: int) -> Floats:
        """Rows of chances; `held` tells how surely each conclusion holds, `rates` does where it does not."""
        silent = np.tile(1 - self.alone, (n, 1))
        open_ = np.ones((n, len(self.words)))
        for effect in self.effects:
            surely = np.asarray(held[effect.node], np.float64).reshape(-1, 1) if effect.node in held else rates[effect.node]
            silent *= 1 - surely * effect.makes
            open_ *= 1 - surely * effect.hinders
        return self.normalised(silent, open_)

    def normalised(self, silent: Floats, open_: Floats) -> Floats:
        """Chances from the chance that nothing makes each word, and from how open each word is left."""
        weights = np.where(self.loud, (1 - silent) / silent, self.shares) * open_
        return np.asarray(weights / weights.sum(axis=1, keepdims=True))


class AnswerModel:
    """Chances of answers for every finding with words; built once for a knowledge base.

    With `in_time` what came before (`drawing.history`: old injuries, loads) is made by origins alone, as in a life; without it a
    weakness also makes the injury behind it likely, as in reasoning.
    """

    def __init__(self, kb: KnowledgeBase, in_time: bool = False) -> None:
        self.kb = kb
        self._most = kb.simulation.answering.most
        by_slot: dict[Slot, list[Cause]] = {}
        for cause in causes(kb):
            if in_time and self._backwards(cause):
                continue
            by_slot.setdefault((cause.subject, cause.side), []).append(cause)
        self._tables = {slot: self._table(slot[0], by_slot.get(slot, [])) for slot in _slots(kb)}
        self._rates = {node: self.rate(node) for table in self._tables.values() for node in (one.node for one in table.effects)}

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every finding (and `finding.detail`) with words, with its sides."""
        return tuple(self._tables)

    def words(self, finding_id: str) -> tuple[str, ...]:
        """The words of a finding (or `finding.detail`), in the order of the knowledge base; empty for a bare number or free text."""
        return self.kb.words_of(finding_id)

    def quiet(self, finding_id: str) -> str:
        """The word that means that nothing was found; '' when there are no words."""
        words, how = self.words(finding_id), self.kb.simulation.answering
        listed = [word for word in how.quiet if word in words]
        shares = how.words.get(finding_id, {})
        return listed[0] if listed else max(words, key=lambda word: shares.get(word, 0.0), default="")

    def nodes(self, finding_id: str, side: str) -> tuple[Node, ...]:
        """The conclusions, each with its side, whose presence changes the answer on this side (none for a finding without sides)."""
        return tuple(one.node for one in self.table(finding_id, side).effects)

    def rate(self, node: Node) -> float:
        """How often a conclusion holds on a side when nothing is known."""
        return self.kb.simulation.holding.of(node[0], self.kb.conclusions[node[0]].layer)

    def table(self, finding_id: str, side: str) -> AnswerTable:
        """How the answer on a side comes about. Raises KeyError when the finding has no words or no such side."""
        return self._tables[finding_id, side]

    def chances(self, finding_id: str, side: str, present: Mapping[Node, Floats]) -> Floats:
        """The chance of each word, shape (n, words), rows summing to 1.

        `present[node]` is the probability, from 0 to 1 and for each of n people, that the node holds; a node that is missing holds
        at its base rate. With nothing given there is one row.
        """
        return self.table(finding_id, side).chances(present, self._rates, max((len(one) for one in present.values()), default=1))

    def _backwards(self, cause: Cause) -> bool:
        """Whether the answer tells of something earlier than the conclusion."""
        kind = self.kb.findings[cause.subject.partition(".")[0]].kind
        return kind in self.kb.simulation.drawing.history and self.kb.conclusions[cause.node[0]].layer != "origin"

    def _table(self, subject: str, found: list[Cause]) -> AnswerTable:
        words, quiet = self.words(subject), self.quiet(subject)
        best = _best_known(found)
        read = {word for one in best if not one.hinders for word in one.words}
        loud = np.array([word in read and word != quiet for word in words], np.bool_)
        base = self._by_chance(subject, words, quiet)
        alone = np.where(loud, self._alone(subject, words, loud, base, best), 0.0)
        rest = np.where(loud, 0.0, base)
        effects = _effects(best, words, loud, base, alone, self._most)
        return AnswerTable(words, loud, alone, rest / rest.sum() if rest.sum() else rest, effects)

    def _by_chance(self, subject: str, words: tuple[str, ...], quiet: str) -> Floats:
        """How often each word is answered without a cause; the quiet word takes what is left."""
        how, kind = self.kb.simulation.answering, self.kb.findings[subject.partition(".")[0]].kind
        given = how.words.get(subject, {})
        common = keyed(how.by_chance, kind) / max(1, len(words) - 1)
        out = np.array([0.0 if word == quiet else given.get(word, 0.0 if given else common) for word in words])
        out[words.index(quiet)] = max(1e-6, 1 - out.sum())
        return out

    def _alone(self, subject: str, words: tuple[str, ...], loud: Mask, base: Floats, best: list[Cause]) -> Floats:
        """The chance of each loud word without a cause: as published for those who do not have the conclusion, else by kind.

        What is stated for the word goes before a share that rests on an assumed sensitivity.
        """
        out, stated = base.copy(), self.kb.simulation.answering.words.get(subject, {})
        for index in np.flatnonzero(loud).tolist():
            told = [
                _odds_share(min(one.alone, self._most), float(_weights(one, words, loud, base)[index]))
                for one in best
                if one.alone is not None and words[index] in one.words and not (one.assumed and words[index] in stated)
            ]
            if told:
                out[index] = sum(told) / len(told)
        return np.clip(out, 1e-6, self._most)


def _slots(kb: KnowledgeBase) -> Iterable[Slot]:
    for finding in kb.findings.values():
        details = [] if finding.answer.form == "list" else [f"{finding.id}.{one.name}" for one in finding.details]
        for subject in (finding.id, *details):
            if kb.words_of(subject):
                yield from ((subject, side) for side in (BODY if finding.per_side else (NONE,)))


def _best_known(found: list[Cause]) -> list[Cause]:
    """For each conclusion, words and direction the best known cause, the strongest of these; weaker ones say the same again."""
    best: dict[tuple[Node, frozenset[str], bool], Cause] = {}
    for one in found:
        key = (one.node, one.words, one.hinders)
        if key not in best or (one.known, -one.strength) < (best[key].known, -best[key].strength):
            best[key] = one
    return list(best.values())


def _weights(one: Cause, words: tuple[str, ...], loud: Mask, base: Floats) -> Floats:
    """How a chance for several words is divided among those that can be made: as they are by chance."""
    own = np.where(np.array([word in one.words for word in words]) & loud, np.maximum(base, RARE), 0.0)
    return np.asarray(own / max(RARE, own.sum()))


def _odds_share(chance: float, share: float) -> float:
    """The chance of one of several words that together have `chance`, of whose odds it has this share."""
    odds = chance / (1 - chance) * share
    return odds / (1 + odds)


def _effects(
    best: list[Cause], words: tuple[str, ...], loud: Mask, base: Floats, alone: Floats, most: float
) -> tuple[Effect, ...]:
    makes: dict[Node, Floats] = {}
    hinders: dict[Node, Floats] = {}
    for one in best:
        own = np.array([word in one.words for word in words])
        held = makes.setdefault(one.node, np.zeros(len(words)))
        less = hinders.setdefault(one.node, np.zeros(len(words)))
        if one.hinders:
            np.maximum(less, np.where(own, min(one.strength, most), 0.0), out=less)
        elif np.all(loud[own]):
            np.maximum(held, _made(min(one.strength, most), _weights(one, words, loud, base), alone), out=held)
        else:  # the quiet word is among those that speak for it: the others get rarer
            np.maximum(less, np.where(own, 0.0, min(one.strength, most)), out=less)
    return tuple(Effect(node, makes[node], hinders[node]) for node in makes)


def _made(strength: float, parts: Floats, alone: Floats) -> Floats:
    """What a cause adds to what is answered by chance, so that both together give its words with the chance `strength`."""
    whole = np.array([_odds_share(strength, part) for part in parts])
    return np.asarray(np.maximum(0.0, 1 - (1 - whole) / (1 - alone)))
