"""Whether leaves and conditions hold, for a whole batch. Only `holds` is needed here: what is unknown does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import numpy as np

from engine.cohort.batch import Batch, Bools
from engine.cohort.layout import Layout
from engine.conditions import sides_read
from knowledge.model import Leaf, When
from knowledge.sides import BODY, NONE

States = Mapping[tuple[str, str], Mapping[str, Bools]]
"""For a node, who has it supported, refuted or open."""


class Truths:
    """The truths of one batch, each computed once."""

    def __init__(self, batch: Batch, layout: Layout) -> None:
        self.batch, self.layout = batch, layout
        self.states: dict[tuple[str, str], dict[str, Bools]] = {}
        self.results: dict[tuple[str, str], Bools] = {}
        self.never = np.zeros(batch.n, np.bool_)
        self.always = np.ones(batch.n, np.bool_)
        self._leaves: dict[tuple[str, str, tuple[str, ...], str], Bools] = {}

    def leaf(self, leaf: Leaf, side: str) -> Bools:
        """Who has the leaf true, for a condition evaluated on `side`."""
        return reduce(np.logical_or, [self.on(leaf, one) for one in sides_read(leaf, side)])

    def on(self, leaf: Leaf, side: str) -> Bools:
        """Who has the leaf true on one side of the body."""
        key = (leaf.about, leaf.subject, leaf.words, side)
        if key not in self._leaves:
            self._leaves[key] = self._look(leaf, side)
        return self._leaves[key]

    def _look(self, leaf: Leaf, side: str) -> Bools:
        if leaf.about == "conclusion":
            states = self.states.get((leaf.subject, side), {})
            return reduce(np.logical_or, [states[word] for word in leaf.words if word in states], self.never)
        if leaf.about in ("outcome", "leading"):
            return self.results.get((leaf.about, leaf.words[0]), self.never)
        if leaf.subject in self.layout.several:
            return reduce(np.logical_or, [self.batch.listed.get((leaf.subject, word), self.never) for word in leaf.words], self.never)
        codes = self.batch.codes.get((leaf.subject, side))
        if codes is None:
            return self.never
        wanted = [self.layout.code(leaf.subject, word) for word in leaf.words]
        return codes == wanted[0] if len(wanted) == 1 else np.isin(codes, wanted)

    def holds(self, when: When, side: str) -> Bools:
        """Who has the condition true on a side."""
        found = reduce(np.logical_and, [self.leaf(one, side) for one in when.all], self.always)
        if when.any:
            found = found & reduce(np.logical_or, [self.leaf(one, side) for one in when.any])
        if when.at_least:
            found = found & (np.sum([self.leaf(one, side) for one in when.at_least], axis=0) >= when.count)
        for one in when.none:
            found = found & ~self.leaf(one, side)
        return np.asarray(found)


def target_nodes(target: str, side: str, per_side: bool) -> tuple[tuple[str, str], ...]:
    """The nodes a rule evaluated on `side` speaks about."""
    if not per_side:
        return ((target, NONE),)
    return ((target, side),) if side in BODY else tuple((target, one) for one in BODY)
