"""Evidence, statuses and vetoes for a whole batch; the same sums as `engine.evidence`, as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from engine.cohort.batch import Bools
from engine.cohort.conditions import Condition, Looks
from engine.cohort.masks import anybody
from engine.cohort.truths import Truths, target_nodes
from engine.compile import claimer_sides, negative_leaf, tenths
from engine.conditions import instance_sides
from engine.evidence import EVIDENCE
from engine.result import Node
from knowledge.model import KnowledgeBase, Rule
from knowledge.sides import BODY, NONE

Sums = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule would say about a node on one side of evaluation, and when; `no` is its answered negative, `key` names its firing."""

    rule: Rule
    when: Condition
    side: str
    amount: int
    no: bool
    key: tuple[str, str]


@dataclass
class States:
    """Per node: who has it supported, refuted, settled, and the sums; and who has it claimed by which node.

    `present` holds the supported nodes that anybody has.
    """

    supported: dict[Node, Bools]
    refuted: dict[Node, Bools]
    settled: dict[Node, Bools]
    amount: dict[Node, Sums]
    claimed: dict[tuple[Node, Node], Bools]
    fired: dict[tuple[str, str], Bools]
    present: dict[Node, Bools] = field(default_factory=dict)

    def open(self, node: Node) -> Bools:
        """Who has the node neither supported nor refuted."""
        return ~(self.supported[node] | self.refuted[node])


def conditions_of(rules: Iterable[Rule], looks: Looks) -> list[tuple[Rule, str, Condition]]:
    """Each rule on each side on which it is evaluated."""
    return [(rule, side, looks.condition(rule.when, side)) for rule in rules for side in instance_sides(rule.when)]


class EvidenceArrays:
    """The evidence rules of a knowledge base, grouped by the node they speak about."""

    def __init__(self, kb: KnowledgeBase, looks: Looks) -> None:
        self.kb, self.looks = kb, looks
        self.rules = kb.rules_of(*EVIDENCE)
        self.vetoes = conditions_of(kb.rules_of("claims"), looks)
        self._zero: Sums = np.zeros(0, np.int16)
        self.nodes = tuple((c.id, side) for c in kb.conclusions.values() for side in (BODY if c.per_side else (NONE,)))
        self.about = {node: tuple(said) for node, said in self._grouped().items()}
        ready = {name: max([rule.stratum for rule in self.rules if name in rule.targets], default=0) for name in kb.conclusions}
        self.strata = [[n for n in self.nodes if ready[n[0]] == level] for level in range(max(ready.values(), default=0) + 1)]

    def _grouped(self) -> Mapping[Node, list[Said]]:
        out: dict[Node, list[Said]] = {node: [] for node in self.nodes}
        for rule in self.rules:
            for side in instance_sides(rule.when):
                for said in self._says(rule, side):
                    for target in rule.targets:
                        for node in target_nodes(target, side, self.kb.conclusions[target].per_side):
                            out[node].append(said)
        return out

    def _says(self, rule: Rule, side: str) -> Iterator[Said]:
        positive, negative = tenths(rule, self.kb)
        yield Said(rule, self.looks.condition(rule.when, side), side, positive, False, (rule.id, side))
        if negative:
            answered = replace(rule.when, all=(negative_leaf(rule),))
            yield Said(rule, self.looks.condition(answered, side), side, negative, True, (f"{rule.id}/no", side))

    def run(self, truths: Truths) -> States:
        """Statuses stratum by stratum, then vetoes."""
        states = States({}, {}, {}, {}, {}, {})
        for nodes in self.strata:
            for node in nodes:
                self._weigh(node, truths, states)
            truths.states.update({node: (states.supported[node], states.refuted[node]) for node in nodes})
        states.present = {node: held for node, held in states.supported.items() if held is not truths.never and anybody(held)}
        self._claim(truths, states)
        return states

    def _weigh(self, node: Node, truths: Truths, states: States) -> None:
        scale, n = self.kb.scale, truths.batch.n
        shown, excluded = truths.never, truths.never
        best: dict[tuple[str, bool], Sums] = {}
        for said in self.about[node]:
            held = self._held(said, truths, states)
            if held is truths.never:
                continue
            if said.rule.verb == "shows":
                shown = shown | held
            elif said.rule.verb == "excludes":
                excluded = excluded | held
            else:
                slot = (said.rule.cluster, said.amount > 0)
                added = held.astype(np.int16) * np.int16(said.amount)
                stronger = np.maximum if said.amount > 0 else np.minimum
                best[slot] = stronger(best[slot], added) if slot in best else added
        if shown is excluded and not best:  # nothing speaks about it in anybody
            states.supported[node] = truths.always if scale.supported_at <= 0 else truths.never
            states.refuted[node] = truths.always if scale.refuted_at >= 0 else truths.never
            states.amount[node], states.settled[node] = self._nothing(n), truths.never
            return
        total = sum(best.values(), self._nothing(n))
        settled = shown ^ excluded
        unsettled = ~(shown | excluded)
        states.amount[node], states.settled[node] = total, settled
        states.supported[node] = (shown & ~excluded) | (unsettled & (total >= scale.supported_at))
        states.refuted[node] = (excluded & ~shown) | (unsettled & (total <= scale.refuted_at))

    def _nothing(self, n: int) -> Sums:
        if len(self._zero) != n:
            self._zero = np.zeros(n, np.int16)
        return self._zero

    def _held(self, said: Said, truths: Truths, states: States) -> Bools:
        if said.key not in states.fired:
            states.fired[said.key] = truths.holds(said.when)
        return states.fired[said.key]

    def _claim(self, truths: Truths, states: States) -> None:
        for rule, side, when in self.vetoes:
            held = truths.holds(when)
            states.fired[rule.id, side] = held
            by_sided = self.kb.conclusions[rule.by].per_side
            for target in rule.targets if held is not truths.never else ():
                for node in target_nodes(target, side, self.kb.conclusions[target].per_side):
                    for by_side in claimer_sides(by_sided, side, node[1]):
                        by = (rule.by, by_side)
                        claims = held & states.supported.get(by, truths.never)
                        if anybody(claims):
                            states.claimed[node, by] = states.claimed.get((node, by), truths.never) | claims
