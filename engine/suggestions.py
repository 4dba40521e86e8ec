"""The next tests for an explanation, and for a past injury that left no trace yet."""

from __future__ import annotations

from collections.abc import Iterable

from engine.field import Field
from engine.questions import is_known
from engine.result import Node
from engine.spine import Way

MOST = 6


def next_tests(way: Way, cone: Iterable[Node], driver: Node, field: Field) -> tuple[str, ...]:
    """Tests that close a gap, then bedside changes on the spine, then the driver's re-test, then what lies around it."""
    gaps = [node for node in way.nodes if node in field.graph and field.graph.nodes[node].get("gap")]
    closing = [name for node in gaps for name in field.readers.unasked(node, field.valuation)[:2]]
    trials = [name for node in way.nodes for name in _trials(node, field)]
    retests = [name for name in field.of(driver).retest if not is_known(name, driver[1], field.valuation, field.kb)]
    around = [name for node in _open_around(set(cone), field) for name in field.readers.unasked(node, field.valuation)[:1]]
    return _safe([*closing, *trials, *retests, *around], field)


def tests_after(origin: Node, field: Field) -> tuple[str, ...]:
    """The tests that would show what a past injury left behind."""
    targets = field.readers.kb.conclusions
    onward = [link.target for link in field.kb.links if link.source == origin[0] and targets[link.target].layer in ("impairment", "habit")]
    nodes = [(target, origin[1] if targets[target].per_side else "none") for target in onward]
    names = [name for node in nodes for name in field.readers.unasked(node, field.valuation)[:1]]
    return _safe(names, field)


def _safe(names: Iterable[str], field: Field) -> tuple[str, ...]:
    """The first few of them, without what must not be tested now."""
    return tuple(name for name in dict.fromkeys(names) if name not in field.unsafe)[:MOST]


def _trials(node: Node, field: Field) -> list[str]:
    trials = field.readers.trials.get(node[0], ())
    return [name for name in trials if not is_known(name, node[1], field.valuation, field.kb)]


def _open_around(cone: set[Node], field: Field) -> list[Node]:
    """Open habits and impairments one link away from the cone, on the side of its nodes."""
    found = []
    for link in field.kb.links:
        target = field.kb.conclusions[link.target]
        for node in sorted(one for one in cone if one[0] == link.source):
            side = node[1] if target.per_side else "none"
            status = field.statuses.get((link.target, side))
            if target.layer in ("impairment", "habit") and status and status.state == "open":
                found.append((link.target, side))
    return list(dict.fromkeys(found))
