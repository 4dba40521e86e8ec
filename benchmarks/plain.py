"""The floor: which evidence rules fire, by a loop in plain Python over the rules that read anything that is known."""

from __future__ import annotations

from collections.abc import Mapping

from engine.conditions import holds, instance_sides, look_at_all
from engine.evidence import EVIDENCE
from engine.result import Node
from engine.valuation import Valuation
from knowledge.model import KnowledgeBase, Rule


class PlainLoop:
    """Rules by what they read; no matching, no trace, no sums."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.rules = {rule.id: rule for rule in kb.rules_of(*EVIDENCE, "claims")}
        self.by_subject: dict[str, list[str]] = {}
        for rule in self.rules.values():
            for leaf in (*rule.when.all, *rule.when.any, *rule.when.at_least):
                self.by_subject.setdefault(leaf.subject, []).append(rule.id)

    def fired(self, valuation: Valuation, states: Mapping[Node, str]) -> set[tuple[str, str]]:
        """The rules that hold, each with its side, when the states of conclusions are told beforehand."""
        look = look_at_all(valuation, states, {})
        known = {name for name, _ in (*valuation.words, *states)}
        found = {name: self.rules[name] for subject in known for name in self.by_subject.get(subject, ())}
        return {(name, side) for name, rule in found.items() for side in _sides(rule) if holds(rule.when, side, look)}


def _sides(rule: Rule) -> tuple[str, ...]:
    return instance_sides(rule.when)
