"""Gates: which capacity a rung waits for, by which test, with what it shows today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.conditions import leaf_truth, look_up
from engine.planned import Need, Node
from engine.valuation import Valuation
from knowledge.model import Gate, KnowledgeBase, Leaf
from knowledge.sides import BODY, BOTH, NONE, UNSTATED


def needs(gate: Gate | None, claimed: Iterable[tuple[Node, Node]], valuation: Valuation, kb: KnowledgeBase) -> tuple[Need, ...]:
    """Every capacity that is not there, or that nobody measured, side by side; none when the gate is open.

    `claimed` are nodes that belong to a diagnosis, with that diagnosis.
    """
    return tuple(need for leaf in gate.needs for need in _needs(leaf, tuple(claimed), valuation, kb)) if gate else ()


def first_blocked(indexes: Sequence[int], gate: Gate | None, is_open: bool) -> int:
    """The number of the first rung that waits, counted from 1; the lower half of a ladder never does."""
    if gate is None or is_open:
        return len(indexes) + 1
    behind = next((number for number, index in enumerate(indexes, start=1) if index >= gate.before_step), len(indexes) + 1)
    return max(behind, len(indexes) // 2 + 1)


def _needs(leaf: Leaf, claimed: tuple[tuple[Node, Node], ...], valuation: Valuation, kb: KnowledgeBase) -> Iterator[Need]:
    """A gate opens only on an answer, on both sides where there are sides."""
    for side in BODY if leaf.side == "same" else (NONE,):
        truth = leaf_truth(leaf, side, look_up(valuation))
        shown = valuation.shown(leaf.subject, side)
        if not truth:
            yield Need(leaf.subject, side, shown, leaf.words, truth is not None, _owner(leaf, side, claimed, kb))


def _owner(leaf: Leaf, side: str, claimed: tuple[tuple[Node, Node], ...], kb: KnowledgeBase) -> Node | None:
    """The diagnosis to which what this test measures belongs on this side."""
    for node, by in claimed:
        if leaf.finding in kb.conclusions[node[0]].retest and (node[1] in (side, BOTH, UNSTATED, NONE)):
            return by
    return None
