"""Rules that say the same twice, that can never fire, or that add nothing to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from knowledge.content.framework import NOTE, PROBLEM, Register, Spot, at
from knowledge.content.reaching import hint_worth
from knowledge.model import URGENCIES, KnowledgeBase, Leaf, Rule, When

REGISTER: Register[KnowledgeBase] = Register()
Plain = tuple[str, str, str, frozenset[str]]
"""A leaf without its place: about, subject, side, words."""
Shape = tuple[frozenset[Plain], frozenset[Plain], frozenset[Plain], frozenset[Plain], int]


@REGISTER.check("KB741", PROBLEM, "rule {name} has the condition and the effect of {other}", "keep one of the two")
def _twice(kb: KnowledgeBase) -> Iterator[Spot]:
    first: dict[tuple[object, ...], str] = {}
    for rule in kb.rules:
        other = first.setdefault((_shape(rule.when), *_effect(rule), rule.instead), rule.id)
        if other != rule.id:
            yield at(rule.place, name=rule.id, other=other)


@REGISTER.check("KB742", PROBLEM, "rule {name} can never fire: it asks for two answers to '{subject}' at once",
                "take one of the conditions out")
def _never(kb: KnowledgeBase) -> Iterator[Spot]:
    for rule in kb.rules:
        subject = impossible(rule.when, kb)
        if subject:
            yield at(rule.place, name=rule.id, subject=subject)


@REGISTER.check("KB743", NOTE, "rule {name} adds nothing: whenever it fires, {other} fires and says as much",
                "take it out, or give it more weight")
def _adds_nothing(kb: KnowledgeBase) -> Iterator[Spot]:
    for rules in _alike(kb).values():
        for rule in rules:
            stronger = [other for other in rules if other is not rule and _covers(other, rule) and _says_as_much(other, rule, kb)]
            if stronger and not any(_shape(other.when) == _shape(rule.when) for other in stronger):
                yield at(rule.place, name=rule.id, other=stronger[0].id)


def impossible(when: When, kb: KnowledgeBase) -> str:
    """The subject of which a condition asks what cannot be true together; empty when it can hold."""
    for one, two in combinations(when.all, 2):
        if _clash(one, two, kb):
            return one.subject
    for leaf in when.all:
        if _blocked(leaf, when.none):
            return leaf.subject
    left = [leaf for leaf in when.any if not _blocked(leaf, when.none) and not any(_clash(leaf, one, kb) for one in when.all)]
    if when.any and not left:
        return when.any[0].subject
    countable = [leaf for leaf in when.at_least if not _blocked(leaf, when.none) and not any(_clash(leaf, one, kb) for one in when.all)]
    return "" if _most_at_once(countable, kb) >= when.count else when.at_least[0].subject


def _clash(one: Leaf, two: Leaf, kb: KnowledgeBase) -> bool:
    """Whether one and the same answer would have to be two words; an answer that is a list can be several."""
    same = (one.about, one.subject, one.side) == (two.about, two.subject, two.side)
    several = one.about == "leading" or (one.about == "finding" and kb.findings[one.finding].answer.form == "list")
    return same and one.side != "any" and not several and not set(one.words) & set(two.words)


def _blocked(leaf: Leaf, none: Iterable[Leaf]) -> bool:
    return any(
        (leaf.about, leaf.subject) == (one.about, one.subject) and set(leaf.words) <= set(one.words) and one.side in (leaf.side, "any")
        for one in none
    )


def _most_at_once(leaves: list[Leaf], kb: KnowledgeBase) -> int:
    """How many of the leaves can hold together, by taking one after the other where it fits."""
    taken: list[Leaf] = []
    for leaf in leaves:
        if not any(_clash(leaf, one, kb) for one in taken):
            taken.append(leaf)
    return len(taken)


def _alike(kb: KnowledgeBase) -> dict[tuple[object, ...], list[Rule]]:
    """Rules that do the same to the same; hints only within a cluster, since hints of different clusters add up."""
    groups: dict[tuple[object, ...], list[Rule]] = {}
    for rule in kb.rules:
        if rule.verb in ("shows", "excludes", "supports", "against", "flags") and not (rule.weight and rule.weight.lr_negative):
            apart = rule.cluster if rule.weight else ""
            groups.setdefault((*_effect(rule)[:4], apart), []).append(rule)
    return groups


def _effect(rule: Rule) -> tuple[object, ...]:
    return rule.verb, rule.targets, rule.by, rule.both_sides, rule.urgency, rule.verdict


def _says_as_much(other: Rule, rule: Rule, kb: KnowledgeBase) -> bool:
    if rule.verb == "flags":
        return URGENCIES.index(other.urgency) <= URGENCIES.index(rule.urgency)
    return hint_worth(other, kb) >= hint_worth(rule, kb)


def _covers(wide: Rule, narrow: Rule) -> bool:
    """Whether the wide rule holds wherever the narrow one does, as far as the written conditions tell."""
    a, b = wide.when, narrow.when
    if a.sided != b.sided:
        return False
    needs = all(any(_implies(have, need) for have in b.all) for need in a.all)
    free = all(any(_implies(block, kept) for kept in b.none) for block in a.none)
    return needs and free and _any_covered(a, b) and _count_covered(a, b)


def _any_covered(a: When, b: When) -> bool:
    if not a.any or any(_implies(have, need) for have in b.all for need in a.any):
        return True
    return bool(b.any) and all(any(_implies(have, need) for need in a.any) for have in b.any)


def _count_covered(a: When, b: When) -> bool:
    if not a.at_least:
        return True
    sure = sum(any(_implies(have, need) for have in b.all) for need in a.at_least)
    same = {_plain(leaf) for leaf in b.at_least} <= {_plain(leaf) for leaf in a.at_least}
    return sure >= a.count or (same and b.count >= a.count)


def _implies(have: Leaf, need: Leaf) -> bool:
    same = (have.about, have.subject) == (need.about, need.subject)
    return same and (have.side == need.side or need.side == "any") and set(have.words) <= set(need.words)


def _plain(leaf: Leaf) -> Plain:
    return leaf.about, leaf.subject, leaf.side, frozenset(leaf.words)


def _shape(when: When) -> Shape:
    parts = [frozenset(map(_plain, part)) for part in (when.all, when.any, when.none, when.at_least)]
    return parts[0], parts[1], parts[2], parts[3], when.count
