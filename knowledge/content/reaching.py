"""Every conclusion can be reached from answers, and a link tells of the studies that disagree with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from math import log10

from knowledge.content.framework import NOTE, PROBLEM, Register, Spot, at
from knowledge.model import KnowledgeBase, Leaf, Rule

REGISTER: Register[KnowledgeBase] = Register()
NEEDS_NOTHING = "none"
"""The layer of the honest answer that no cause is clear."""
DISAGREEING = ("no difference", "not linked", "no link", "disagree", "no clear link", "saw no", "was not found", "found none")


@REGISTER.check("KB711", PROBLEM, "no answers can make '{name}' present", "write a rule that shows it, or hints that together weigh enough")
def _out_of_reach(kb: KnowledgeBase) -> Iterator[Spot]:
    reached = conclusions_reached(kb)
    yield from (at(one.place, name=one.id) for one in kb.conclusions.values() if one.id not in reached and one.layer != NEEDS_NOTHING)


@REGISTER.check("KB713", NOTE, "the mechanism of {source} -> {target} tells of a study that disagrees, and 'against' is empty",
                "name the study under 'against'")
def _silent_about_studies(kb: KnowledgeBase) -> Iterator[Spot]:
    for link in kb.links:
        if not link.against and any(words in link.mechanism for words in DISAGREEING):
            yield at(link.place, source=link.source, target=link.target)


def conclusions_reached(kb: KnowledgeBase) -> frozenset[str]:
    """The conclusions that some answers make present: shown, flagged, supported enough, or inferred from one that is."""
    reached: frozenset[str] = frozenset()
    while True:
        more = frozenset({*_by_rules(kb, reached), *_by_links(kb, reached)})
        if more == reached:
            return reached
        reached = more


def _by_rules(kb: KnowledgeBase, reached: Set[str]) -> Iterator[str]:
    hints: dict[str, dict[str, int]] = {}
    for rule in kb.rules_of("shows", "flags", "supports"):
        if not _can_hold(rule, reached):
            continue
        for target in rule.targets:
            if rule.verb != "supports":
                yield target
                continue
            best = hints.setdefault(target, {})
            best[rule.cluster] = max(best.get(rule.cluster, 0), hint_worth(rule, kb))
    yield from (target for target, best in hints.items() if sum(best.values()) >= kb.scale.supported_at)


def hint_worth(rule: Rule, kb: KnowledgeBase) -> int:
    """What a hint adds when it holds, in tenths of a deciban."""
    weight = rule.weight
    if weight is None:
        return 0
    ratio = round(100 * log10(weight.lr_positive)) if weight.lr_positive else 0
    return min(kb.scale.rule_cap, kb.scale.grade(weight.grade) if weight.grade else ratio)


def _can_hold(rule: Rule, reached: Set[str]) -> bool:
    """Whether every conclusion the rule needs present can be."""
    when = rule.when
    counted = sum(_possible(leaf, reached) for leaf in when.at_least)
    any_ = not when.any or any(_possible(leaf, reached) for leaf in when.any)
    return all(_possible(leaf, reached) for leaf in when.all) and any_ and counted >= when.count


def _possible(leaf: Leaf, reached: Set[str]) -> bool:
    return leaf.about != "conclusion" or leaf.words != ("supported",) or leaf.subject in reached


def _by_links(kb: KnowledgeBase, reached: Set[str]) -> Iterator[str]:
    inferred: Mapping[str, bool] = {name: one.inferred for name, one in kb.conclusions.items()}
    yield from (link.target for link in kb.links if inferred[link.target] and link.source in reached and not link.feedback)
