"""How far the leading explanation of each person may be claimed; as `engine.claims`, once for each spine and bedside pattern."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.claims import presence_level, stretch_level
from engine.cohort.evidence import States
from engine.cohort.origins import BEDSIDE, OriginArrays
from engine.cohort.ranking import Ranked
from engine.cohort.ways import Spine
from engine.drivers import KIND_OF_LAYER
from engine.result import LEVELS, Node, Status
from knowledge.model import KnowledgeBase, Link

NO_CLAIM = len(LEVELS)


class ClaimArrays:
    """Claim levels of the links of each spine, known once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.links: dict[tuple[str, str], Link] = {(one.source, one.target): one for one in kb.links}
        self._chain: dict[tuple[Spine, Node, tuple[str, ...]], str] = {}

    def leading(self, ranked: Ranked, spines: list[Spine], states: States, origins: OriginArrays, n: int) -> NDArray[np.int64]:
        """The index in LEVELS for the first explanation of each person; NO_CLAIM where there is none."""
        out = np.full(n, NO_CLAIM, np.int64)
        for row in np.flatnonzero(ranked.start[1:] > ranked.start[:-1]).tolist():
            entry = int(ranked.start[row])
            cause, driver = ranked.nodes[ranked.cause[entry]], ranked.nodes[ranked.driver[entry]]
            if KIND_OF_LAYER[self.kb.conclusions[cause[0]].layer] == "chain":
                level = self._stretch(spines[ranked.spine[entry]], driver, row, origins)
            else:
                level = self._presence(driver, row, states, origins)
            out[row] = LEVELS.index(level)
        return out

    def _stretch(self, spine: Spine, driver: Node, row: int, origins: OriginArrays) -> str:
        nodes = spine.nodes[spine.nodes.index(driver):]
        tried = tuple(BEDSIDE[origins.bedside(node)[row]] if node[0] in origins.readers.trials else "" for node in nodes)
        key = (spine, driver, tried)
        if key not in self._chain:
            gaps = dict(zip(spine.nodes, spine.gaps, strict=True))
            pairs = [(self.links[u[0], v[0]], gaps[u] or gaps[v]) for u, v in pairwise(nodes)]
            self._chain[key] = stretch_level(pairs, tried)
        return self._chain[key]

    def _presence(self, node: Node, row: int, states: States, origins: OriginArrays) -> str:
        status = Status(node, "supported", bool(states.settled[node][row]), int(states.amount[node][row]), ())
        return presence_level(status, BEDSIDE[origins.bedside(node)[row]], self.kb.scale.supported_at)
