"""How likely each answer is, given what is believed of this person now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.asking.belief import entropy
from engine.asking.nodes import Chance, NodeChances
from engine.result import Node

Floats = NDArray[np.float64]
TOGETHER = 6
"""So many conclusions behind an answer are thought through in every combination."""


class Answers(Protocol):
    """A model of answers; `engine.answer_model.AnswerModel` is the one that is shipped."""

    def words(self, finding_id: str) -> tuple[str, ...]:
        """The words of a finding."""
        ...

    def nodes(self, finding_id: str, side: str) -> tuple[Node, ...]:
        """The conclusions that change the answer on this side."""
        ...

    def rate(self, node: Node) -> float:
        """How often a conclusion holds when nothing is known."""
        ...

    def chances(self, finding_id: str, side: str, present: Mapping[Node, Floats]) -> Floats:
        """The chance of each word, (n, words); `present[node]` holds the chance of the node for each of n."""
        ...


@dataclass(frozen=True, slots=True)
class Table:
    """Which nodes hold in each combination (combinations, nodes, 1), the chances of the words there, and their uncertainty in bits."""

    held: NDArray[np.bool_]
    chances: Floats
    bits: Floats


class Tables:
    """The chances of answers for every combination of the conclusions that change them; kept, since no person changes them."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self._known: dict[tuple[str, str, tuple[Node, ...]], Table] = {}

    def of(self, finding: str, side: str, nodes: tuple[Node, ...]) -> Table:
        """The table of an answer over these nodes; other nodes hold as often as is common."""
        key = (finding, side, nodes)
        if key not in self._known:
            held = np.array(list(product((False, True), repeat=len(nodes))), np.bool_).reshape(2 ** len(nodes), len(nodes))
            present = {node: held[:, place].astype(np.float64) for place, node in enumerate(nodes)}
            chances = self.answers.chances(finding, side, present)
            self._known[key] = Table(held[:, :, None], chances, entropy(chances))
        return self._known[key]


class Chances:
    """The chances of answers in the first rows of a batch: one row for each world of sides that is thought through."""

    def __init__(self, answers: Answers, nodes: NodeChances, tables: Tables, trials: frozenset[str] = frozenset()) -> None:
        self.answers, self.nodes, self.tables, self.trials = answers, nodes, tables, trials
        self._words: dict[tuple[str, str], dict[str, Floats]] = {}
        self._joint: dict[tuple[str, str], tuple[Floats, Table]] = {}

    def of(self, finding: str, side: str, words: tuple[str, ...]) -> Floats:
        """The chance that one of the words is answered on a side, for each world."""
        if (finding, side) not in self._words:
            rows = self._rows(finding, side)
            self._words[finding, side] = {word: rows[:, place] for place, word in enumerate(self.answers.words(finding))}
        told = self._words[finding, side]
        return np.asarray(sum((told[word] for word in words), np.zeros(self.nodes.worlds)))

    def most(self, finding: str, side: str) -> Floats:
        """The bits that the answer on a side tells about the conclusions that change it, for each world: it can tell no more about
        causes. Without such conclusions there is no bound, nor for bedside changes (`trials`): they tell whether something that is known to
        be there matters. Of many conclusions the most uncertain count."""
        if finding in self.trials or not self._nodes(finding, side):
            return np.full(self.nodes.worlds, np.inf)
        weights, table = self._combined(finding, side)
        return np.asarray(np.maximum(entropy(weights @ table.chances) - weights @ table.bits, 0.0))

    def _rows(self, finding: str, side: str) -> Floats:
        """The chances of the words in each world; where more conclusions are behind them than are combined, all as they are believed."""
        nodes = self._nodes(finding, side)
        if len(nodes) <= TOGETHER:
            weights, table = self._combined(finding, side)
            return np.asarray(weights @ table.chances)
        return self.answers.chances(finding, side, {node: np.array(self.nodes.of(node)) for node in nodes})

    def _combined(self, finding: str, side: str) -> tuple[Floats, Table]:
        """How likely each combination of the conclusions is in each world, and what is answered in each combination."""
        if (finding, side) not in self._joint:
            nodes = _least_sure({node: self.nodes.of(node) for node in self._nodes(finding, side)})
            sure = np.array([self.nodes.of(node) for node in nodes]).reshape(len(nodes), self.nodes.worlds)
            table = self.tables.of(finding, side, nodes)
            self._joint[finding, side] = np.where(table.held, sure, 1 - sure).prod(axis=1).T, table
        return self._joint[finding, side]

    def _nodes(self, finding: str, side: str) -> tuple[Node, ...]:
        return self.answers.nodes(finding, side)


def _least_sure(chances: Mapping[Node, Chance]) -> tuple[Node, ...]:
    """The nodes whose chances are nearest to even, as many as are combined, in the order given."""
    if len(chances) <= TOGETHER:
        return tuple(chances)
    nearest = sorted(chances, key=lambda node: abs(sum(chances[node]) / len(chances[node]) - 0.5))[:TOGETHER]
    return tuple(node for node in chances if node in nearest)
