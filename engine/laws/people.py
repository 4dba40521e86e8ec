"""Random people for any knowledge: they answer what makes rules fire along a chain, and some things besides.

What they answer is taken from the examples beside the rules, so a new rule has people of its own at once. The same
knowledge and the same seed give the same people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random

from engine.case import Answer, Case, Key, Value
from engine.case_reading import case_from_answers
from engine.safety import must_be_asked
from knowledge.model import UNKNOWN, Detail, Example, Finding, KnowledgeBase, Rule, detail_words
from knowledge.model import Answer as Form
from knowledge.problems import Place, Problem
from knowledge.sides import BODY, NONE, RIGHT, UNSTATED, mirror
from knowledge.yaml_source import At, Source

HERE = Place("random person")
DENIALS = ("no", "none")
"""Words that deny a must-ask question."""


def side_words(kb: KnowledgeBase) -> frozenset[str]:
    """The findings whose answer is itself a side."""
    return frozenset(name for name, one in kb.findings.items() if {*BODY} <= {*one.answer.choices})


def both_sides(finding: Finding, answer: Answer) -> dict[Key, Answer]:
    """An answer about each side of the body, or about none where the finding has no sides."""
    return {(finding.id, side): answer for side in (BODY if finding.per_side else (NONE,))}


def unknown_answer() -> Answer:
    """Asked, and nobody knows."""
    return Answer(UNKNOWN, {}, HERE)


def cleared(case: Case, kb: KnowledgeBase) -> Case:
    """The case with every must-ask question of this person denied that has no known answer."""
    more: dict[Key, Answer] = {}
    for one in kb.findings.values():
        denial = next((word for word in DENIALS if word in one.words), "")
        if one.must_ask and denial and must_be_asked(one.must_ask, case):
            denied = both_sides(one, Answer(denial, {}, HERE))
            more |= {key: answer for key, answer in denied.items() if not (told := case.answers.get(key)) or not told.known}
    return case.with_answers(more)


class People:
    """Makes people for one knowledge base; examples are read once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb, self.side_words = kb, side_words(kb)
        self._rules = tuple(rule for rule in kb.rules if rule.fires)
        self._about = _rules_about(self._rules)
        self._read: dict[tuple[str, int], Mapping[Key, Answer]] = {}

    def person(self, chance: Random, told_sides: bool = True, first: Rule | None = None) -> Case:
        """A walk along the links, answered by examples of rules about its nodes; then other rules and other answers.

        With `first` the person fits an example of that rule before anything else.
        """
        side = chance.choice(BODY)
        answers: dict[Key, Answer] = dict(self.example(first, chance)) if first else {}
        for rule in [*self._rules_of_a_walk(chance), *chance.sample(self._rules, min(len(self._rules), chance.randint(0, 4)))]:
            turned = side if chance.random() < 0.8 else mirror(side)
            _add(answers, self.flipped(self.example(rule, chance)) if turned == RIGHT else self.example(rule, chance))
        for finding in chance.sample(list(self.kb.findings.values()), min(len(self.kb.findings), chance.randint(0, 10))):
            _add(answers, {key: random_answer(finding, chance) for key in _keys(finding, chance)})
        return Case("random", answers if told_sides else _untold(answers, chance))

    def example(self, rule: Rule, chance: Random) -> Mapping[Key, Answer]:
        """The answers of one of the examples on which a rule fires."""
        return self.read(rule.fires[chance.randrange(len(rule.fires))], rule)

    def read(self, example: Example, rule: Rule) -> Mapping[Key, Answer]:
        """The answers of an example; those that cannot be read are left out."""
        key = rule.id, id(example)
        if key not in self._read:
            problems: list[Problem] = []
            at = At(Source("example", None, {(): HERE}))
            self._read[key] = case_from_answers(example.answers, at, rule.id, self.kb, problems).answers
        return self._read[key]

    def flipped(self, answers: Mapping[Key, Answer]) -> dict[Key, Answer]:
        """The same answers about the other side of the body."""
        return {(name, mirror(side)): self._turned(name, one) for (name, side), one in answers.items()}

    def _turned(self, name: str, one: Answer) -> Answer:
        return replace(one, value=mirror(str(one.value))) if name in self.side_words else one

    def _rules_of_a_walk(self, chance: Random) -> list[Rule]:
        """For each node of a walk along the links, a rule or two that speak for it."""
        if not self.kb.links:
            return []
        walk = [chance.choice(self.kb.links).source]
        while onward := [link.target for link in self.kb.links if link.source == walk[-1] and link.target not in walk]:
            walk.append(chance.choice(onward))
        rules = [rule for node in walk if (about := self._about.get(node)) for rule in _one_or_two(about, chance)]
        return rules if chance.random() < 0.9 else []


def _rules_about(rules: Iterable[Rule]) -> Mapping[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in rules:
        for target in rule.targets if rule.verb in ("shows", "supports") else ():
            found[target] = (*found.get(target, ()), rule)
    return found


def _one_or_two(about: tuple[Rule, ...], chance: Random) -> list[Rule]:
    return chance.sample(about, min(len(about), chance.randint(1, 2)))


def _add(answers: dict[Key, Answer], more: Mapping[Key, Answer]) -> None:
    for key, answer in more.items():
        answers.setdefault(key, answer)


def _keys(finding: Finding, chance: Random) -> Iterable[Key]:
    sides = chance.choice((BODY, BODY[:1], BODY[1:])) if finding.per_side else (NONE,)
    return [(finding.id, side) for side in sides]


def random_answer(finding: Finding, chance: Random) -> Answer:
    """Anything that may be answered to a finding."""
    if chance.random() < 0.1:
        return unknown_answer()
    details = {one.name: random_detail(one, chance) for one in finding.details if chance.random() < 0.5}
    if finding.answer.form == "list":
        return Answer("listed", {}, HERE, (details,))
    return Answer(_value(finding.answer, finding.words, chance), details, HERE)


def random_detail(one: Detail, chance: Random) -> Value:
    """Anything that may stand in a detail of an answer."""
    return _value(one, detail_words(one), chance)


def _value(one: Form | Detail, words: tuple[str, ...], chance: Random) -> Value:
    if one.form == "number":
        return float(round(chance.uniform(max(one.low, -50), min(one.high, 200))))
    return chance.choice(words) if words else "free text"


def _untold(answers: Mapping[Key, Answer], chance: Random) -> dict[Key, Answer]:
    """The same answers, some of those about one side without telling which."""
    alone = [key for key in answers if key[1] in BODY and (key[0], mirror(key[1])) not in answers and chance.random() < 0.6]
    return {(name, UNSTATED) if (name, side) in alone else (name, side): one for (name, side), one in answers.items()}
