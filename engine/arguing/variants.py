"""What would be concluded with other answers: whole batches of variants of one case, by the array evaluator.

`world_of(Reasoner(kb).infer(case.with_answers(change)))` gives the same for each; tests keep the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.arguing.accounts import Account, World
from engine.case import Answer, Case, Key
from engine.cohort.batch import Batch, batch_of, varied
from engine.cohort.derive import derive
from engine.cohort.ranking import OUTCOMES, Ranked
from engine.cohort.run import ArrayEvaluator, Results
from engine.cohort.truths import Truths
from engine.questions import Readers
from engine.result import LEVELS, Node
from knowledge.model import URGENCIES
from knowledge.sides import BODY, BOTH, LEFT, RIGHT, mirror

Change = Mapping[Key, Answer]
WIDE = 2**20
"""More than any sum of evidence."""


class Variants:
    """Variants of cases under one knowledge base; compiled when first asked."""

    def __init__(self, readers: Readers) -> None:
        self.readers, self.kb = readers, readers.kb

    @cached_property
    def arrays(self) -> ArrayEvaluator:
        """The knowledge as arrays."""
        return ArrayEvaluator(self.kb, self.readers)

    def worlds(self, case: Case, changes: Sequence[Change]) -> tuple[World, ...]:
        """What is concluded with each of the changes; answers in a change are added to the case, or stand in the place of its own."""
        if not changes:
            return ()
        if not case.has_unstated:
            return tuple(self._told(self._run(case, changes), False))
        left, right = (self._run(case.in_world(side), changes) for side in (LEFT, RIGHT))
        return tuple(map(_better, self._told(left, True), self._told(right, True), _fuller(left, right)))

    def _run(self, case: Case, changes: Sequence[Change]) -> Results:
        return self.arrays.run(self._batch(case, changes))

    def _batch(self, case: Case, changes: Sequence[Change]) -> Batch:
        if any(key in case.answers for change in changes for key in change):
            return batch_of([case.with_answers(change) for change in changes], self.arrays.layout)
        return varied(case, changes, self.arrays.layout)

    def supported(self, case: Case, changes: Sequence[Change], node: Node) -> list[bool]:
        """Whether a conclusion is present with each of the changes; with a side not told, whether it is in either world."""
        worlds = [case.in_world(side) for side in BODY] if case.has_unstated else [case]
        batches = [self._batch(world, changes) for world in worlds] if changes else []
        held = [self.arrays.evidence.run(Truths(derive(one, self.arrays.layout), self.arrays.looks)).supported[node] for one in batches]
        return [any(one[row] for one in held) for row in range(len(changes))]

    def _told(self, found: Results, sideless: bool) -> list[World]:
        """A world for each row; rows that conclude the same share one, for most supposed answers change nothing."""
        claims, starts = self.arrays.claims(found).tolist(), found.ranked.start.tolist()
        accounts, outcomes, urgencies = _accounts(found.ranked), found.outcome.tolist(), found.urgency.tolist()
        shared: dict[tuple[object, ...], World] = {}
        out = []
        for row, (outcome, urgency, claim) in enumerate(zip(outcomes, urgencies, claims, strict=True)):
            own = tuple(accounts[starts[row]:starts[row + 1]])
            key = (outcome, urgency, claim, *map(id, own))
            if key not in shared:
                shared[key] = World(OUTCOMES[outcome], (*URGENCIES, "none")[urgency], (*LEVELS, "")[claim], own, sideless)
            out.append(shared[key])
        return out


def _accounts(ranked: Ranked) -> list[Account]:
    """An account for each entry; equal ones are one and the same."""
    columns = (ranked.drafts.path, ranked.driver[:, None], ranked.score[:, None], ranked.both[:, None])
    rows = np.concatenate([column.astype(np.int64) for column in columns], axis=1)
    known: dict[bytes, Account] = {}
    return [known.get(key) or known.setdefault(key, _account(row.tolist(), ranked.nodes)) for row in rows for key in [row.tobytes()]]


def _account(row: Sequence[int], nodes: Sequence[Node]) -> Account:
    *numbers, driven, score, both = row
    path, driver = tuple(nodes[number] for number in numbers if number >= 0), nodes[driven]
    if both:
        path, driver = tuple(_on_both(node, path) for node in path), _on_both(driver, path)
    return Account(path[0], driver, path, score)


def _on_both(node: Node, path: Sequence[Node]) -> Node:
    """A node of two mirror images is on both sides, unless each of them has it on either; as `engine.twins`."""
    return (node[0], BOTH) if node[1] in BODY and (node[0], mirror(node[1])) not in path else node


def _better(left: World, right: World, fuller: bool) -> World:
    """The world that is told, as `engine.worlds.better_world`; a red flag of either counts. `fuller`: the left one is told on a tie."""
    scores = [max((one.score for one in world.accounts), default=0) for world in (left, right)]
    first = scores[0] > scores[1] if scores[0] != scores[1] else fuller
    urgency = min((left.urgency, right.urgency), key=(*URGENCIES, "none").index)
    told = left if first else right
    outcome = "referral" if urgency in ("emergency", "urgent") else told.outcome
    return World(outcome, urgency, told.claim, told.accounts, True)


def _fuller(left: Results, right: Results) -> list[bool]:
    """Per row, whether the left world comes first in the order that knows only this side and the other."""
    (present, one), (present_there, other) = _keys(left, LEFT), _keys(right, RIGHT)
    rows, differ = np.arange(len(one)), one != other
    at = np.argmax(differ, axis=1)
    before = ~differ.any(axis=1) | (one[rows, at] < other[rows, at])
    return [bool(each) for each in np.where(present != present_there, present > present_there, before)]


def _keys(found: Results, side: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many conclusions are present, and the states and sums of all in that order, as numbers that sort alike."""
    states = found.states
    nodes = sorted(states.supported, key=lambda node: (node[0], "this" if node[1] == side else "other" if node[1] in BODY else node[1]))
    words = [np.where(states.supported[node], 2, states.refuted[node].astype(np.int64)) for node in nodes]  # open, refuted, supported
    both = [word * WIDE + states.amount[node] for node, word in zip(nodes, words, strict=True)]
    return sum((word == 2 for word in words), start=np.zeros(len(found.outcome), np.int64)), np.stack(both, axis=1)
