"""A model of answers for tests: chances that a test states, even ones where it does not, and nothing learnt from conclusions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from engine.result import Node
from knowledge.model import Adaptive, KnowledgeBase, Stage

HOW = Adaptive(temperature=0.5, live=6, sure=0.95, follow=0.3, least_gain=0.01, minutes=45)
EXPLORE = Stage("explore", (), "To tell them apart.", "adaptive", HOW)


@dataclass
class PlainAnswers:
    """`stated[finding]` holds a chance for each word; `by_node[finding]` a node and the chances where it surely holds."""

    kb: KnowledgeBase
    stated: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    by_node: Mapping[str, tuple[Node, Mapping[str, float]]] = field(default_factory=dict)

    def words(self, finding_id: str) -> tuple[str, ...]:
        return self.kb.findings[finding_id].words

    def nodes(self, finding_id: str, side: str) -> tuple[Node, ...]:
        assert side
        return (self.by_node[finding_id][0],) if finding_id in self.by_node else ()

    def rate(self, node: Node) -> float:
        assert node
        return 0.2

    def chances(self, finding_id: str, side: str, present: Mapping[Node, np.ndarray]) -> np.ndarray:
        assert side
        words = self.words(finding_id)
        without = np.array([self.stated.get(finding_id, {}).get(word, 1 / len(words)) for word in words])
        if finding_id not in self.by_node:
            return without[None]
        node, there = self.by_node[finding_id]
        held = present[node][:, None]
        return held * np.array([there[word] for word in words]) + (1 - held) * without


def exploring(kb: KnowledgeBase, **how: float) -> KnowledgeBase:
    """The knowledge with an adaptive stage."""
    return replace(kb, stages=(*kb.stages, replace(EXPLORE, adaptive=replace(HOW, **how))))
