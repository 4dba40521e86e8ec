"""The best way on from every node, for many people at once: `engine.spine` from the far end, in arrays.

An entry is a person with a goal. All terms add over nodes and links, so the best of all ways is found from the end: a node's
best rest of the way depends only on how many nodes have counted and whether the gap is used. Ties go to fewer nodes, then
to the first in the order of ids: a rest differs from another at its first node, so targets are tried in that order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.cohort.batch import Bools
from engine.cohort.masks import rows_of
from engine.cohort.net import Ints, Net
from engine.cohort.reach import Onward
from knowledge.scale import Scale

Keys = NDArray[np.int32]
"""Score and shortness in one number: KEY x score - nodes. A row for each place, a column for each state."""
KEY = 64
NEVER = -(2**28)
POSSIBLE = NEVER // 2
"""Keys above it belong to ways; what has none stays far below, whatever is added."""
STOP = -1


@dataclass(frozen=True, slots=True)
class States:
    """States are 2 x (nodes counted) + (gap used); `after[gap, counts]` is the state after a step, or -1, `adds` what it adds.

    A step that neither opens a gap nor counts leaves the state as it is.
    """

    many: int
    after: NDArray[np.int64]
    adds: Keys


def make_states(scale: Scale) -> States:
    """The states of a way under the prices of a knowledge base."""
    many = 2 * (scale.nodes_counted + 1)
    after = np.full((2, 2, many), STOP, np.int64)
    adds = np.full((2, 2, many), NEVER, np.int32)
    for gap in (0, 1):
        for counts in (0, 1):
            for state in range(many):
                counted, used = divmod(state, 2)
                if not (gap and used):
                    earns = bool(counts) and counted < scale.nodes_counted
                    after[gap, counts, state] = 2 * (counted + earns) + (gap or used)
                    adds[gap, counts, state] = KEY * (scale.node * earns + scale.gap * gap) - 1
    return States(many, after, adds)


@dataclass(frozen=True, slots=True)
class Ground:
    """What ways lead over: steps onward, which of them open a gap, who has which node as a bridge."""

    net: Net
    states: States
    onward: Onward
    gaps: dict[tuple[int, int], Bools]
    bridges: dict[int, Bools]


Base = Mapping[int, tuple[Ints, Keys]]
"""For each node where ways may end, the entries that may end there and what each has then."""


class Suffixes:
    """The best rest of a way for each entry, node and state; `people[entry]` is the person of an entry.

    With `among`, only these nodes are looked at: enough when all that they lead to are among them.
    """

    def __init__(self, ground: Ground, people: Ints, base: Base, among: frozenset[int] | None = None) -> None:
        self.ground, self.people = ground, people
        net, many = ground.net, ground.states.many
        self.place: NDArray[np.int32] = np.zeros((len(net.nodes), len(people)), np.int32)
        self._keys: list[Keys] = [np.full((1, many), NEVER, np.int32)]
        self._narrow = np.int16 if len(net.nodes) * many < 2**15 else np.int32
        self._choices: list[NDArray[Any]] = [np.full((1, many), STOP, self._narrow)]
        self._start = 1
        self._at: dict[int, tuple[int, Ints, Ints, Keys]] = {}
        leaving = {number for number, edges in enumerate(ground.onward) if edges}
        for number in sorted({*base, *(leaving if among is None else leaving & among)}, reverse=True):
            self._settle(number, base.get(number))
        self.keys, self.choices = np.concatenate(self._keys), np.concatenate(self._choices)

    def _settle(self, number: int, base: tuple[Ints, Keys] | None) -> None:
        edges = list(self._edges(number))
        if not edges and base is None:
            return
        here = np.zeros(len(self.people), np.bool_)
        for entries in (*(entries for _, entries in edges), *([base[0]] if base else [])):
            here[entries] = True
        local = self._open(number, rows_of(here))
        fresh = base is None
        if base is not None:
            self._keys[-1][local[base[0]]] = base[1]
        for target, held in edges:
            self._try(number, target, held, local, fresh)
            fresh = False

    def _open(self, number: int, entries: Ints) -> NDArray[np.int32]:
        """Room for the node: the place of each entry in it."""
        many = self.ground.states.many
        keys, choices = np.full((len(entries), many), NEVER, np.int32), np.full((len(entries), many), STOP, self._narrow)
        local = np.zeros(len(self.people), np.int32)
        local[entries] = np.arange(len(entries))
        self.place[number, entries] = local[entries] + self._start
        self._at[number] = (self._start, entries, self.people.take(entries), keys)
        self._keys.append(keys)
        self._choices.append(choices)
        self._start += len(entries)
        return local

    def _edges(self, number: int) -> Iterator[tuple[int, Ints]]:
        for target, held in self.ground.onward[number]:
            if target in self._at:
                entries, people = self._at[target][1:3]
                entries = entries[held.take(people)]
                if len(entries):
                    yield target, entries

    def _try(self, number: int, target: int, entries: Ints, local: NDArray[np.int32], fresh: bool) -> None:
        for kind, chosen in self._kinds(number, target, entries):
            if len(chosen):
                found = self._by_way_of(number, target, chosen, kind)
                self._better(found, local.take(chosen), target * self.ground.states.many + self.ground.states.after[kind], fresh)

    def _kinds(self, number: int, target: int, entries: Ints) -> Iterator[tuple[tuple[int, int], Ints]]:
        """The entries by whether the step opens a gap, and whether its target counts."""
        ground, people = self.ground, self.people[entries]
        gap, bridged = ground.gaps.get((number, target)), ground.bridges.get(target)
        earns = bool(ground.net.earns[target])
        if gap is None and bridged is None:
            yield (0, int(earns)), entries
            return
        none = np.zeros(len(entries), np.bool_)
        opens = none if gap is None else gap[people] & ~ground.bridges[number][people] if number in ground.bridges else gap[people]
        counts = none if not earns else ~bridged[people] if bridged is not None else ~none
        for kind in ((0, 0), (0, 1), (1, 0), (1, 1)):
            yield kind, entries[(opens == bool(kind[0])) & (counts == bool(kind[1]))]

    def _by_way_of(self, number: int, target: int, entries: Ints, kind: tuple[int, int]) -> Keys:
        """What each entry has in each state of the node when it goes on to the target."""
        states, (start, _, _, beyond) = self.ground.states, self._at[target]
        rest = beyond.take(self.place[target].take(entries) - start, axis=0)
        found = rest if kind == (0, 0) else rest.take(states.after[kind], axis=1)
        found += states.adds[kind] + np.int32(KEY * self.ground.net.cost(number, target))
        kept: Keys = np.maximum(found, NEVER, out=found)
        return kept

    def _better(self, found: Keys, at: NDArray[np.int32], choice: Ints, fresh: bool) -> None:
        """Keep what is better than what the node that is being settled has so far; nothing yet, when it is `fresh`."""
        keys, choices = self._keys[-1], self._choices[-1]
        if fresh:
            keys[at], choices[at] = found, choice
            return
        before = keys.take(at, axis=0)
        choices[at] = np.where(found > before, choice.astype(choices.dtype), choices.take(at, axis=0))
        keys[at] = np.maximum(found, before, out=found)

    def best(self, numbers: Ints, entries: Ints, states: Ints) -> Keys:
        """The key of the best rest from each node, not above POSSIBLE where there is none."""
        return self.keys.ravel().take(self._cells(numbers, entries, states))

    def _cells(self, numbers: Ints, entries: Ints, states: Ints) -> Ints:
        """Where each state of an entry at a node stands in the tables, read as one row."""
        place = self.place.ravel().take(numbers * self.place.shape[1] + entries)
        return np.asarray(place.astype(np.int64) * self.ground.states.many + states)

    def follow(self, numbers: Ints, entries: Ints, states: Ints) -> tuple[list[Ints], Ints, Ints]:
        """The nodes after each node, column by column (-1 behind the end); the last node and its state."""
        last, state, columns = numbers.copy(), states.copy(), []
        going = np.arange(len(numbers))
        while len(going):
            choice = self.choices.ravel().take(self._cells(last[going], entries[going], state[going]))
            on = rows_of(choice >= 0)
            going, choice = going.take(on), choice.take(on).astype(np.int64)
            if len(going):
                column = np.full(len(numbers), STOP, np.int64)
                column[going], state[going] = np.divmod(choice, self.ground.states.many)
                last[going] = column[going]
                columns.append(column)
        return columns, last, state
