"""A second evaluator, plain and slow, written from design.md section 3 and docs/authoring.md: evidence, status, vetoes.

It shares no code with engine.conditions, engine.compile, engine.evidence or engine.valuation, and looks at no stratum: the
status of a conclusion is worked out when a rule asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import log10

from engine.case import Case
from engine.result import Node
from knowledge.model import KnowledgeBase, Leaf, Rule
from tests.oracle_words import OTHER, Words, oracle_words

Piece = tuple[str, str, int]
"""A rule, what it does, and how much in tenths of a deciban."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the oracle says of one conclusion on one side."""

    state: str
    settled: bool
    amount: int
    conflict: bool
    pieces: frozenset[Piece]


class Oracle:
    """Everything about one case, in the world where answers of unstated side are about `world`."""

    def __init__(self, kb: KnowledgeBase, case: Case, world: str = "left") -> None:
        self.kb = kb
        self.words: Words = oracle_words(case, kb, world)
        self._known: dict[Node, Standing] = {}

    @property
    def nodes(self) -> list[Node]:
        """Every conclusion on each side it has."""
        return [(one.id, side) for one in self.kb.conclusions.values() for side in self._sides_of(one.id)]

    def standing(self, node: Node) -> Standing:
        """The status of a node, worked out once."""
        if node not in self._known:
            self._known[node] = self._weigh(frozenset(self._pieces(node)))
        return self._known[node]

    @cached_property
    def claimed(self) -> frozenset[tuple[Node, Node]]:
        """What belongs to which conclusion, because a veto holds and the conclusion is present."""
        found = set()
        for rule in self.kb.rules:
            for side in self._instances(rule) if rule.verb == "claims" else ():
                found |= {
                    (node, by) for node in self._targets(rule, side) for by in self._claimers(rule, side, node) if self._says(rule, side)
                }
        return frozenset(pair for pair in found if self.standing(pair[1]).state == "supported")

    def _claimers(self, rule: Rule, side: str, node: Node) -> list[Node]:
        if not self.kb.conclusions[rule.by].per_side:
            return [(rule.by, "none")]
        return [(rule.by, one) for one in ((side,) if side in OTHER else (node[1],) if node[1] in OTHER else OTHER)]

    def _sides_of(self, conclusion: str) -> tuple[str, ...]:
        return ("left", "right") if self.kb.conclusions[conclusion].per_side else ("none",)

    def _instances(self, rule: Rule) -> tuple[str, ...]:
        parts = (rule.when.all, rule.when.any, rule.when.none, rule.when.at_least)
        return ("left", "right") if any(leaf.side in ("same", "opposite") for part in parts for leaf in part) else ("none",)

    def _targets(self, rule: Rule, side: str) -> list[Node]:
        """On its own side; on both for a rule without one; without side for a conclusion that has none."""
        return [(name, one) for name in rule.targets for one in self._sides_of(name) if side not in OTHER or one in (side, "none")]

    def _pieces(self, node: Node) -> Iterator[Piece]:
        for rule in self.kb.rules:
            if rule.verb in ("shows", "excludes", "supports", "against"):
                for side in self._instances(rule):
                    if node in self._targets(rule, side):
                        yield from self._said(rule, side)

    def _said(self, rule: Rule, side: str) -> Iterator[Piece]:
        gain, loss = self._amounts(rule)
        if self._says(rule, side):
            yield rule.id, rule.verb, gain
        if loss and self._negative(rule, side):
            yield rule.id, rule.verb, loss

    def _amounts(self, rule: Rule) -> tuple[int, int]:
        weight, scale = rule.weight, self.kb.scale
        if weight is None:
            return 0, 0
        grades = {"A": scale.grade_a, "B": scale.grade_b, "C": scale.grade_c, "D": scale.grade_d, "": 0}
        gain = round(100 * log10(weight.lr_positive)) if weight.lr_positive else grades[weight.grade]
        loss = round(100 * log10(weight.lr_negative)) if weight.lr_negative else 0
        way = 1 if rule.verb == "supports" else -1
        return way * min(gain, scale.rule_cap), way * max(loss, -scale.rule_cap)

    def _negative(self, rule: Rule, side: str) -> bool:
        """The one test was answered, and the answer is the negative word."""
        (test,) = rule.when.all
        no = any(rule.weight.negative in self._look(test, one) for one in self._read_on(test, side)) if rule.weight else False
        return no and not any(self._true(leaf, side) for leaf in rule.when.none)

    def _says(self, rule: Rule, side: str) -> bool:
        when = rule.when
        met = all(self._true(leaf, side) for leaf in when.all)
        chosen = not when.any or any(self._true(leaf, side) for leaf in when.any)
        counted = sum(self._true(leaf, side) for leaf in when.at_least) >= (when.count if when.at_least else 0)
        return met and chosen and counted and not any(self._true(leaf, side) for leaf in when.none)

    def _true(self, leaf: Leaf, side: str) -> bool:
        return any(self._look(leaf, one) & set(leaf.words) for one in self._read_on(leaf, side))

    def _read_on(self, leaf: Leaf, side: str) -> tuple[str, ...]:
        return {"same": (side,), "opposite": (OTHER.get(side, ""),), "any": ("left", "right"), "none": ("none",)}[leaf.side]

    def _look(self, leaf: Leaf, side: str) -> frozenset[str]:
        if leaf.about == "conclusion":
            return frozenset({self.standing((leaf.subject, side)).state})
        return self.words.get((leaf.subject, side), frozenset())

    def _weigh(self, pieces: frozenset[Piece]) -> Standing:
        """What defines a conclusion settles it; hints add up, the strongest of a cluster once for and once against."""
        clusters = {rule.id: rule.cluster for rule in self.kb.rules}
        strongest: dict[tuple[str, bool], int] = {}
        for rule, kind, amount in pieces:
            if kind in ("supports", "against"):
                slot = clusters[rule], amount > 0
                strongest[slot] = max(strongest.get(slot, 0), amount, key=abs)
        total, kinds = sum(strongest.values()), {kind for _, kind, _ in pieces}
        shown, excluded = "shows" in kinds, "excludes" in kinds
        by_sum = "supported" if total >= self.kb.scale.supported_at else "refuted" if total <= self.kb.scale.refuted_at else "open"
        state = "open" if shown and excluded else "supported" if shown else "refuted" if excluded else by_sum
        return Standing(state, shown != excluded, total, shown and excluded, pieces)
