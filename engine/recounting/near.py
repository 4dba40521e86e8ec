"""Rules that one more answer would make fire: something they look for is there, and one thing is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.conditions import Look, Truth, holds, instance_sides, leaf_truth, look_at_all, sides_read
from engine.result import Inference
from knowledge.model import KnowledgeBase, Leaf, Rule, When

VERBS = ("flags", "out_of_scope", "shows", "excludes", "supports", "against", "claims", "explains_failure", "advises")


@dataclass(frozen=True, slots=True)
class Lack:
    """An answer that would be enough: a subject with one of the words, on one of the sides."""

    subject: str
    sides: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearRule:
    """A rule that did not fire on a side (none when it has none) for want of one answer; any one of `lacks` would do."""

    rule: str
    side: str
    lacks: tuple[Lack, ...]


def near_rules(found: Inference, kb: KnowledgeBase) -> tuple[NearRule, ...]:
    """Every rule of which at least one condition holds, none is contradicted, and exactly one answer is missing; in file order."""
    states = {node: status.state for node, status in found.statuses.items()}
    leading = {found.leading.cause[0], *((found.leading.driver[0],) if found.leading.driver else ())} if found.leading else set()
    look = look_at_all(found.valuation, states, {"outcome": (found.outcome,), "leading": tuple(sorted(leading))})
    return tuple(near for rule in kb.rules_of(*VERBS) for near in _near(rule, look))


def _near(rule: Rule, look: Look) -> Iterator[NearRule]:
    for side in instance_sides(rule.when):
        if holds(rule.when, side, look) is None:
            wanted = _missing(rule.when, side, look)
            if wanted and all(leaf.about == "finding" for leaf in wanted):
                yield NearRule(rule.id, side, tuple(Lack(leaf.subject, sides_read(leaf, side), leaf.words) for leaf in wanted))


def _missing(when: When, side: str, look: Look) -> tuple[Leaf, ...]:
    """The leaves of which one more would make the condition hold; none when it lacks more than one answer, or nothing holds yet."""
    parts = [(leaves, [leaf_truth(leaf, side, look) for leaf in leaves]) for leaves in (when.all, when.any, when.at_least)]
    (_, of_all), (_, of_any), (_, of_count) = parts
    needs = (of_all.count(None), int(bool(of_any) and True not in of_any), max(0, when.count - of_count.count(True)) if of_count else 0)
    if sum(needs) != 1 or not any(truth for _, truths in parts for truth in truths):
        return ()
    return _unknown(*parts[needs.index(1)])


def _unknown(leaves: Sequence[Leaf], truths: Sequence[Truth]) -> tuple[Leaf, ...]:
    return tuple(leaf for leaf, truth in zip(leaves, truths, strict=True) if truth is None)
