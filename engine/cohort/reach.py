"""Which nodes each person reaches from which, as sets of bits; kept only for people who can step on from a node."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from engine.cohort.batch import Bools
from engine.cohort.masks import rows_of
from engine.cohort.net import Edge, Ints, Net, Words, has, put

Onward = tuple[tuple[tuple[int, Bools], ...], ...]
"""For each node, where steps lead (in the order of ids) and who takes them."""


def onward_of(steps: Mapping[Edge, Bools], net: Net) -> Onward:
    """Steps that anybody takes, by the node they leave."""
    out: list[list[tuple[int, Bools]]] = [[] for _ in net.nodes]
    for (source, target), held in steps.items():
        out[net.index[source]].append((net.index[target], held))
    return tuple(tuple(sorted(edges, key=lambda edge: net.rank[edge[0]])) for edges in out)


class Reach:
    """For each node and person the nodes that lie downstream. `leaving` are the nodes from which anybody can step on."""

    def __init__(self, onward: Onward, net: Net, n: int) -> None:
        self.net, self.onward = net, onward
        self.place: NDArray[np.int32] = np.zeros((len(net.nodes), n), np.int32)
        sources = [rows_of(reduce(np.logical_or, [held for _, held in edges])) if edges else None for edges in onward]
        self.sets: Words = net.empty(1 + sum(len(rows) for rows in sources if rows is not None))
        start = 1  # the first set is the empty one of everybody who has no place
        self.leaving = [number for number, rows in enumerate(sources) if rows is not None]
        for number in reversed(self.leaving):
            rows = sources[number]
            if rows is not None:
                self.place[number, rows] = np.arange(start, start + len(rows))
                start += len(rows)
                for target, held in onward[number]:
                    self._join(number, target, rows_of(held))

    def _join(self, number: int, target: int, rows: Ints) -> None:
        here = self.place[number].take(rows)
        joined = self.sets.take(here, axis=0)
        joined |= self.sets.take(self.place[target].take(rows), axis=0)
        put(joined, target)
        self.sets[here] = joined

    def after(self, number: int, rows: Ints) -> Words:
        """What these people reach from a node."""
        found: Words = self.sets.take(self.place[number].take(rows), axis=0)
        return found

    def after_each(self, numbers: Ints, rows: Ints) -> Words:
        """What each of these people reaches from the node of the same place."""
        found: Words = self.sets.take(self.place.ravel().take(numbers * self.place.shape[1] + rows), axis=0)
        return found

    def leading_to(self, goals: Mapping[int, Bools]) -> dict[int, Bools]:
        """For each node from which anybody can, who can reach a goal of theirs; `goals` tells who has which node as one."""
        leads: dict[int, Bools] = {}
        for number in reversed(self.leaving):  # targets come behind their sources, so they are known already
            for target, held in self.onward[number]:
                there = [table[target] for table in (goals, leads) if target in table]
                if there:
                    here = held & reduce(np.logical_or, there)
                    leads[number] = leads[number] | here if number in leads else here
        return leads

    def without_way(self, source: int, target: int, held: Bools) -> Bools:
        """Those of `held` who cannot go from one node to the other."""
        rows, out = rows_of(held), np.zeros(len(held), np.bool_)
        out[rows[~has(self.after(source, rows), target)]] = True
        return out
