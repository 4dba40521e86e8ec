"""How far the leading explanation of each person may be claimed; as `engine.claims`, for all of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.claims import link_level
from engine.cohort.batch import Bools
from engine.cohort.cones import tried_nodes
from engine.cohort.evidence import States
from engine.cohort.explain import Drafts
from engine.cohort.masks import anybody, rows_of
from engine.cohort.net import Ints, Net, grouped
from engine.cohort.origins import BEDSIDE, OriginArrays
from engine.cohort.ranking import KIND_OF, Ranked
from engine.result import LEVELS, Node

NO_CLAIM = len(LEVELS)
SPECULATIVE, POSSIBLE, SUPPORTED, TESTED = range(len(LEVELS))
BETTER, LASTING, SAME = (BEDSIDE.index(word) for word in ("better", "lasting", "same"))


class ClaimArrays:
    """Claim levels of the links, known once."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.level = np.full((len(net.nodes), len(net.nodes)), NO_CLAIM, np.int8)
        for link in net.kb.links:
            sources, targets = (np.array(net.numbers.get(end, ()), np.int64) for end in (link.source, link.target))
            self.level[np.ix_(sources, targets)] = LEVELS.index(link_level(link, False))

    def leading(self, ranked: Ranked, states: States, origins: OriginArrays, bridges: Mapping[Node, Bools]) -> Ints:
        """The index in LEVELS for the first explanation of each person, NO_CLAIM where there is none. `bridges`: who has a node open."""
        out = np.full(len(ranked.start) - 1, NO_CLAIM, np.int64)
        has = rows_of(ranked.start[1:] > ranked.start[:-1])
        first = ranked.drafts.take(ranked.start[:-1][has])
        tried = self._tried(first, origins)
        chain = np.array([KIND_OF[self.net.of(number).layer] == "chain" for number in range(len(self.net.nodes))] or [False])[first.cause]
        out[has] = np.where(chain, self._stretches(first, tried, self._open(first, bridges)), self._presences(first, tried, states))
        return out

    def _tried(self, first: Drafts, origins: OriginArrays) -> NDArray[np.int8]:
        """What a bedside change of each node of a spine did."""
        return self._along(first, {number: codes for number, codes in tried_nodes(self.net, origins) if anybody(codes)}, np.int8)

    def _open(self, first: Drafts, bridges: Mapping[Node, Bools]) -> Bools:
        """Which nodes of a spine bridge a gap."""
        return self._along(first, {self.net.index[node]: held for node, held in bridges.items()}, np.bool_)

    def _along(self, first: Drafts, columns: Mapping[int, NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
        """For each node of a spine what its column says of the person; nothing for nodes without a column."""
        n = int(first.person.max(initial=-1)) + 1
        table = np.zeros((1 + len(columns), n), kind)
        line = np.zeros(len(self.net.nodes) + 1, np.int64)  # the last place is that of -1, behind the end of a spine
        for place, (number, column) in enumerate(columns.items(), start=1):
            table[place], line[number] = column[:n], place
        return table.ravel().take(line.take(first.path) * n + first.person[:, None])

    def _stretches(self, first: Drafts, tried: NDArray[np.int8], gaps: Bools) -> Ints:
        """The weakest link from driver to pain; a lasting change tests all from its node on, one that did nothing makes it a guess."""
        path, rows = first.path, np.arange(len(first.path))
        onward = np.cumsum(path == first.driver[:, None], axis=1) > 0
        seen = np.where(onward & (path >= 0), tried, 0)
        linked = onward[:, :-1] & (path[:, 1:] >= 0)
        open_ = gaps[:, :-1] | gaps[:, 1:]
        level = np.where(open_, SPECULATIVE, self.level[path[:, :-1], path[:, 1:]])
        lasting = np.cumsum(seen == LASTING, axis=1) > 0
        weakest = np.min(np.where(linked & ~lasting[:, :-1], level, NO_CLAIM), axis=1, initial=NO_CLAIM)
        bare = np.where(lasting[rows, -1] if path.shape[1] else False, TESTED, SUPPORTED)
        found = np.where(weakest == NO_CLAIM, bare, weakest)
        return np.where(np.any(seen == SAME, axis=1), SPECULATIVE, found)

    def _presences(self, first: Drafts, tried: NDArray[np.int8], states: States) -> Ints:
        """By how firmly a diagnosis was found, or by what its bedside change did."""
        firm = self._firm(first, states)
        at = np.argmax(first.path == first.driver[:, None], axis=1) if first.path.size else np.zeros(len(firm), np.int64)
        did = tried[np.arange(len(firm)), at] if first.path.size else np.zeros(len(firm), np.int8)
        plain = np.where(firm, SUPPORTED, POSSIBLE)
        return np.select([did == LASTING, did == BETTER, did == SAME], [TESTED, SUPPORTED, SPECULATIVE], plain)

    def _firm(self, first: Drafts, states: States) -> Bools:
        firm = np.zeros(len(first.person), np.bool_)
        for number, here in grouped(first.driver):
            node = self.net.nodes[number]
            if node in states.settled:
                rows = first.person[here]
                firm[here] = states.settled[node][rows] | (states.amount[node][rows] >= 2 * self.net.kb.scale.supported_at)
        return firm
