"""What speaks against an explanation: findings on its nodes, studies on its links, bedside changes that did nothing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from engine.claims import bedside
from engine.field import Field
from engine.result import Against, Node
from engine.spine import Way


def against(cone: Iterable[Node], way: Way, field: Field) -> tuple[Against, ...]:
    """Findings first, then failed bedside changes, then contested links of the spine, each once."""
    nodes = sorted(node for node in cone if node in field.statuses)
    findings = [
        Against("finding", node[0], piece.rule) for node in nodes for piece in field.statuses[node].pieces
        if piece.amount < 0 or piece.kind == "excludes"
    ]
    failed = [Against("bedside", node[0], "same") for node in nodes if bedside(node, field.valuation, field.readers) == "same"]
    studies = [
        Against("study", f"{u[0]} -> {v[0]}", source)
        for u, v in pairwise(way.nodes) for source in field.link(u, v).against
    ]
    return tuple(dict.fromkeys([*findings, *failed, *studies]))
