"""The compensation graph over nodes, by number: upstream first, with what each step costs and which nodes earn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.cohort.batch import Bools
from engine.result import Node
from engine.score import may_earn
from knowledge.model import Conclusion, KnowledgeBase
from knowledge.sides import mirror

Ints = NDArray[np.int64]
Edge = tuple[Node, Node]
Path = NDArray[Any]
"""The nodes of a way in each row, -1 behind its end; narrow integers, since there are very many."""
Words = NDArray[np.uint64]
"""Sets of nodes as bits, a row for each person or entry: node i is bit i % 64 of word i // 64."""


@dataclass(frozen=True)
class Net:
    """Nodes in an order in which every step leads forward; `rank` is their place in the order of ids, which breaks ties."""

    kb: KnowledgeBase
    nodes: tuple[Node, ...]
    index: Mapping[Node, int]
    rank: Ints
    mirrored: Ints
    costs: Mapping[tuple[str, str], int]
    earns: Bools

    @property
    def words(self) -> int:
        """How many words a set of nodes takes."""
        return (len(self.nodes) + 63) // 64

    def of(self, number: int) -> Conclusion:
        """The conclusion of a node."""
        return self.kb.conclusions[self.nodes[number][0]]

    @cached_property
    def numbers(self) -> Mapping[str, tuple[int, ...]]:
        """The nodes of each conclusion."""
        found: dict[str, tuple[int, ...]] = {}
        for number, (name, _) in enumerate(self.nodes):
            found[name] = (*found.get(name, ()), number)
        return found

    def where(self, *layers: str) -> Iterator[int]:
        """The nodes of these layers."""
        return (number for layer in layers for number in self._layers.get(layer, ()))

    @cached_property
    def _layers(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for number in range(len(self.nodes)):
            found[self.of(number).layer] = (*found.get(self.of(number).layer, ()), number)
        return found

    def cost(self, source: int, target: int) -> int:
        """What following a link costs."""
        return self.costs[self.nodes[source][0], self.nodes[target][0]]

    def empty(self, rows: int) -> Words:
        """So many empty sets."""
        return np.zeros((rows, self.words), np.uint64)


def make_net(kb: KnowledgeBase, order: Mapping[str, int], nodes: Iterable[Node]) -> Net:
    """The net of these nodes; conclusions without a place in `order` have no links and come last."""
    placed = tuple(sorted(set(nodes), key=lambda node: (order.get(node[0], len(order)), node)))
    index = {node: number for number, node in enumerate(placed)}
    rank = np.empty(len(placed), np.int64)
    rank[[index[node] for node in sorted(placed)]] = np.arange(len(placed))
    mirrored = np.array([index[node[0], mirror(node[1])] for node in placed], np.int64)
    costs = {(one.source, one.target): kb.scale.link(one.grade, one.contested) for one in kb.links}
    earns = np.array([may_earn(kb.conclusions[name]) and not kb.conclusions[name].inferred for name, _ in placed], np.bool_)
    return Net(kb, placed, index, rank, mirrored, costs, earns)


def put(sets: Words, number: int, rows: Ints | Bools | slice = slice(None)) -> None:
    """Put a node into the sets of these rows, of all without them."""
    sets[rows, number // 64] |= np.uint64(1 << (number % 64))


def put_held(sets: Words, number: int, held: Bools) -> None:
    """Put a node into the sets of those who hold it: a shift of all, quicker than picking rows when many hold."""
    sets[:, number // 64] |= held.astype(np.uint64) << np.uint64(number % 64)


def put_each(sets: Words, rows: Ints, numbers: Ints) -> None:
    """Put one node into the set of each row; no row may stand twice."""
    sets[rows, numbers // 64] |= np.uint64(1) << (numbers % 64).astype(np.uint64)


def has(sets: Words, number: int) -> Bools:
    """Which sets hold the node."""
    return np.asarray(sets[:, number // 64] & np.uint64(1 << (number % 64)) != 0)


def has_each(sets: Words, numbers: Ints) -> Bools:
    """Which sets hold the node of the same row."""
    words = sets.ravel().take(np.arange(len(sets)) * sets.shape[1] + numbers // 64)
    return np.asarray(words >> (numbers % 64).astype(np.uint64) & np.uint64(1) != 0)


def grouped(numbers: Ints) -> Iterator[tuple[int, Ints]]:
    """Each number that occurs, with the places where it does."""
    order = np.argsort(numbers, kind="stable")
    found, starts = np.unique(numbers[order], return_index=True)
    yield from zip(found.tolist(), np.split(order, starts[1:]), strict=False)


def sorting(keys: Sequence[Ints | Bools]) -> Ints:
    """The order by the first key, then the second and so on: one number for all keys where they fit into it, which sorts far quicker."""
    spans = [(int(key.min()), int(key.max()) - int(key.min()) + 1) if len(key) else (0, 1) for key in keys]
    if prod(span for _, span in spans) > 2**62:
        return np.lexsort(tuple(reversed(keys)))
    joined = np.zeros(len(keys[0]), np.int64)
    for key, (least, span) in zip(keys, spans, strict=True):
        joined = joined * span + (key - least)
    return np.argsort(joined, kind="stable")


def meet(one: Words, other: Words) -> Bools:
    """Which pairs of sets have a node in common."""
    return np.asarray(np.any(one & other, axis=1))
