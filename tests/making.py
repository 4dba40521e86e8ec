"""Small real knowledge bases and cases, written in a line: everything not said takes the plainest value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.case import Answer as Given
from engine.case import Case, Value
from knowledge.bands import Band, parse_interval
from knowledge.model import (
    Answer,
    Conclusion,
    Derived,
    Detail,
    Finding,
    KnowledgeBase,
    Leaf,
    Link,
    Rule,
    Weight,
    When,
)
from knowledge.problems import Place
from knowledge.sides import BODY
from knowledge.strata import stratify
from tests.shipped import reasoner

HERE = Place("tiny")
YES_NO = Answer("yes_no")


def bands(**texts: str) -> tuple[Band, ...]:
    """Bands as an author writes them; a text that is no interval only describes the word."""
    parsed = {word: parse_interval(text) for word, text in texts.items()}
    return tuple(Band(word, one[0] if one else None, bool(one and one[1]), texts[word]) for word, one in parsed.items())


def number(low: float = -1000, high: float = 1000) -> Answer:
    return Answer("number", "units", low, high)


def choice(*words: str) -> Answer:
    return Answer("choice", choices=words)


def finding(
    name: str, answer: Answer = YES_NO, *, sided: bool = False, details: Iterable[Detail] = (), derived: str = "", **more: object
) -> Finding:
    """A finding; `derived` is written `side_ratio of`."""
    how = Derived(*derived.split()) if derived else None
    kind = Answer("derived", low=float("-inf"), high=float("inf")) if derived else answer
    return Finding(name, name, "test", kind, sided, "?", HERE, details=tuple(details), derived=how, **more)


def conclusion(name: str, layer: str = "impairment", *, sided: bool = False, **more: object) -> Conclusion:
    fields = {"modifiable": True, **more}
    return Conclusion(name, name, layer, "back", sided, plain=name, place=HERE, **fields)


def link(source: str, target: str, side: str = "none", *, feedback: bool = False, grade: str = "C", against: tuple[str, ...] = ()) -> Link:
    return Link(source, target, side, ("any",), grade, "because", (), ("author",), against, feedback, HERE)


def leaf(text: str) -> Leaf:
    """A condition written `subject side is word word`, where side is same, opposite, any or none."""
    subject, side, _, *words = text.split()
    about, _, rest = subject.partition(":")
    return Leaf(about, rest, tuple(words), side, HERE) if rest else Leaf("finding", subject, tuple(words), side, HERE)


def when(*all_: str, any: Iterable[str] = (), none: Iterable[str] = (), at_least: Iterable[str] = (), count: int = 0) -> When:
    parts = [tuple(map(leaf, part)) for part in (all_, any, none, at_least)]
    return When(*parts, count=count)


def rule(
    name: str, condition: When, effect: str, *, weight: Weight | None = None, cluster: str = "", by: str = "", both: bool = False
) -> Rule:
    """A rule; `effect` is written `verb target target`."""
    verb, *targets = effect.split()
    told = weight or (Weight(grade="B") if verb in ("supports", "against") else None)
    texts = ("because", "never")
    more = {"by": by, "both_sides": both, "weight": told, "cluster": cluster or name}
    return Rule(name, name, "draft", condition, verb, tuple(targets), *texts, HERE, **more)


def base(
    findings: Iterable[Finding],
    conclusions: Iterable[Conclusion] = (),
    rules: Iterable[Rule] = (),
    links: Iterable[Link] = (),
    **more: object,
) -> KnowledgeBase:
    """A knowledge base of these parts with the shipped scale; rules get their order and stratum as when they are read."""
    ordered = [replace(one, order=index) for index, one in enumerate(rules)]
    layered, problems = stratify(ordered)
    assert not problems, problems
    empty = ("ladders", "programmes", "exposure_rules", "honesty", "teaching", "stages")
    nothing = {"norms": {}, "instruments": {}, "sources": {}, **dict.fromkeys(empty, ())}
    named = {"findings": {one.id: one for one in findings}, "conclusions": {one.id: one for one in conclusions}}
    return replace(reasoner().kb, links=tuple(links), rules=layered, version="tiny", sha256="tiny", **{**nothing, **named, **more})


def given(value: Value, items: Iterable[Mapping[str, Value]] = (), **details: Value) -> Given:
    return Given(value, details, HERE, tuple(items))


def case(**answers: object) -> Case:
    """A case; a finding with sides is given as a mapping of sides (left, right, both, unstated)."""
    told: dict[tuple[str, str], Given] = {}
    for name, value in answers.items():
        for side, one in value.items() if isinstance(value, dict) else [("none", value)]:
            for stated in BODY if side == "both" else (side,):
                told[name, stated] = one if isinstance(one, Given) else given(float(one) if isinstance(one, int) else one)
    return Case("tiny", told)
