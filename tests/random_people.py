"""Random people for the shipped knowledge: they answer what makes rules fire along a chain, and some things besides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from random import Random

from engine.case import Answer, Case, Key, Value
from engine.case_reading import case_from_answers
from knowledge.model import Finding, KnowledgeBase, Rule, detail_words
from knowledge.problems import Place
from knowledge.sides import BODY, mirror
from knowledge.yaml_source import At, Source
from tests.shipped import reasoner

HERE = Place("random person")
SIDE_WORDS = frozenset({"pain_side"})
"""Findings whose answer is itself a side."""


@cache
def knowledge() -> KnowledgeBase:
    """The shipped knowledge."""
    return reasoner().kb


def random_person(chance: Random, told_sides: bool = True) -> Case:
    """A walk along the links, answered by the examples of rules about its nodes; then other rules and other answers."""
    side = chance.choice(BODY)
    answers: dict[Key, Answer] = {}
    for rule in [*_rules_of_a_walk(chance), *chance.sample(knowledge().rules, chance.randint(0, 4))]:
        turned = side if chance.random() < 0.8 else mirror(side)
        _add(answers, flipped(_example(rule, chance)) if turned == "right" else _example(rule, chance))
    for finding in chance.sample(list(knowledge().findings.values()), chance.randint(0, 10)):
        _add(answers, {key: random_answer(finding, chance) for key in _keys(finding, chance)})
    return Case("random", answers if told_sides else _untold(answers, chance))


def _add(answers: dict[Key, Answer], more: Mapping[Key, Answer]) -> None:
    for key, answer in more.items():
        answers.setdefault(key, answer)


@cache
def _rules_about() -> Mapping[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in knowledge().rules_of("shows", "supports"):
        for target in rule.targets:
            found[target] = (*found.get(target, ()), rule)
    return found


def _rules_of_a_walk(chance: Random) -> list[Rule]:
    """For each node of a walk along the links, a rule or two that speak for it."""
    walk = [chance.choice(knowledge().links).source]
    while onward := [link.target for link in knowledge().links if link.source == walk[-1] and link.target not in walk]:
        walk.append(chance.choice(onward))
    rules = [
        rule for node in walk if (about := _rules_about().get(node)) for rule in chance.sample(about, min(len(about), chance.randint(1, 2)))
    ]
    return rules if chance.random() < 0.9 else []


def _example(rule: Rule, chance: Random) -> Mapping[Key, Answer]:
    return _read_example(rule.id, chance.randrange(len(rule.fires)))


@cache
def _read_example(rule_id: str, index: int) -> Mapping[Key, Answer]:
    rule = next(one for one in knowledge().rules if one.id == rule_id)
    return case_from_answers(rule.fires[index].answers, At(Source("example", None, {(): HERE})), rule_id, knowledge(), []).answers


def flipped(answers: Mapping[Key, Answer]) -> dict[Key, Answer]:
    """The same answers about the other side of the body."""
    return {
        (name, mirror(side)): replace(one, value=mirror(one.value)) if name in SIDE_WORDS else one for (name, side), one in answers.items()
    }


def _keys(finding: Finding, chance: Random) -> Iterable[Key]:
    sides = chance.choice((BODY, BODY[:1], BODY[1:])) if finding.per_side else ("none",)
    return [(finding.id, side) for side in sides]


def random_answer(finding: Finding, chance: Random) -> Answer:
    """Anything that may be answered to a finding."""
    if chance.random() < 0.1:
        return Answer("unknown", {}, HERE)
    details = {
        one.name: _value(one.form == "number", one.low, one.high, detail_words(one), chance)
        for one in finding.details
        if chance.random() < 0.5
    }
    if finding.answer.form == "list":
        return Answer("listed", {}, HERE, (details,))
    return Answer(_value(finding.answer.form == "number", finding.answer.low, finding.answer.high, finding.words, chance), details, HERE)


def _value(numeric: bool, low: float, high: float, words: tuple[str, ...], chance: Random) -> Value:
    if numeric:
        return float(round(chance.uniform(max(low, -50), min(high, 200))))
    return chance.choice(words) if words else "free text"


def _untold(answers: Mapping[Key, Answer], chance: Random) -> dict[Key, Answer]:
    """The same answers, some of those about one side without telling which."""
    alone = [key for key in answers if key[1] in BODY and (key[0], mirror(key[1])) not in answers and chance.random() < 0.6]
    return {(name, "unstated") if (name, side) in alone else (name, side): one for (name, side), one in answers.items()}
