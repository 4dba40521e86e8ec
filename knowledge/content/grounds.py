"""What a statement rests on: grades that a source can carry, figures that a source gives, more than one published case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.content.framework import NOTE, PROBLEM, Register, Spot, at
from knowledge.model import KnowledgeBase, Weight
from knowledge.problems import Place

REGISTER: Register[KnowledgeBase] = Register()
MEMORY, OPINIONS = "memory", frozenset({"author", "article"})
CASE = "case report"
"""The CSL genre of a source that tells of one person."""
FIGURE = re.compile(r"(?<![A-Za-z\d.])\d")
ROUNDING, SLACK = 0.005, 0.05
"""Published shares are rounded to whole percents, ratios to about one part in twenty."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """Anything with sources: what it is called, its sentences, its grade, and where it stands."""

    kind: str
    name: str
    text: str
    grade: str
    sources: tuple[str, ...]
    place: Place


@REGISTER.check("KB721", PROBLEM, "grade A of {kind} {name} rests on no study",
                "cite the review, or grade it as what it is: D is a clinical claim")
def _grade_without_study(kb: KnowledgeBase) -> Iterator[Spot]:
    for one in _statements(kb):
        if one.grade == "A" and not _firm(one, kb) and MEMORY not in one.sources:
            yield at(one.place, kind=one.kind, name=one.name)


@REGISTER.check("KB722", NOTE, "grade A of {kind} {name} is from memory", "find the review and cite it")
def _grade_from_memory(kb: KnowledgeBase) -> Iterator[Spot]:
    """`memory` says openly that a review is meant and was not looked up, so the base may carry it for now."""
    for one in _statements(kb):
        if one.grade == "A" and not _firm(one, kb) and MEMORY in one.sources:
            yield at(one.place, kind=one.kind, name=one.name)


@REGISTER.check("KB723", PROBLEM, "rule {name} cites published cases alone", "cite what holds for people in general, or leave the rule out")
def _rules_from_cases(kb: KnowledgeBase) -> Iterator[Spot]:
    yield from (at(one.place, name=one.id) for one in kb.rules if one.sources and all(_is_case(name, kb) for name in one.sources))


@REGISTER.check("KB724", NOTE, "the link {source} -> {target} cites published cases alone", "cite what holds for people in general")
def _links_from_cases(kb: KnowledgeBase) -> Iterator[Spot]:
    for link in kb.links:
        if link.sources and all(_is_case(name, kb) for name in link.sources):
            yield at(link.place, source=link.source, target=link.target)


@REGISTER.check("KB725", PROBLEM, "rule {name}: ratios of {positive} and {negative} mean a test that is always {always}",
                "check both figures against the source")
def _impossible_pair(kb: KnowledgeBase) -> Iterator[Spot]:
    for rule in kb.rules:
        if rule.weight and (always := _always(rule.weight)):
            yield at(rule.place, name=rule.id, positive=rule.weight.lr_positive, negative=rule.weight.lr_negative, always=always)


@REGISTER.check("KB726", PROBLEM, "rule {name}: {which} of {told} does not follow from the sensitivity and specificity beside it",
                "it lies between {low} and {high}; check all figures against the source")
def _contradicting_ratio(kb: KnowledgeBase) -> Iterator[Spot]:
    for rule in kb.rules:
        for which, told, low, high in _spans(rule.weight) if rule.weight else ():
            if told is not None and not low <= told <= high:
                yield at(rule.place, name=rule.id, which=which, told=told, low=f"{low:.2g}", high=f"{high:.2g}")


@REGISTER.check("KB727", PROBLEM, "{kind} {name} gives a figure and no source that could",
                "cite the source of the figure, or say it without")
def _figure_of_nobody(kb: KnowledgeBase) -> Iterator[Spot]:
    """`author` is a source that may set a figure of its own; memory, the article and single cases are not."""
    for one in _statements(kb):
        if FIGURE.search(one.text) and not _firm(one, kb) and "author" not in one.sources:
            yield at(one.place, kind=one.kind, name=one.name)


def _firm(one: _Statement, kb: KnowledgeBase) -> bool:
    """Whether any source is a study of more than one person that was at least looked up."""
    return any(name not in OPINIONS and name != MEMORY and not _is_case(name, kb) for name in one.sources)


def _is_case(name: str, kb: KnowledgeBase) -> bool:
    return name in kb.sources and kb.sources[name].genre == CASE


def _always(weight: Weight) -> str:
    """How a test comes out every time when one ratio says nothing and the other does; empty when the pair can be."""
    positive, negative = weight.lr_positive, weight.lr_negative
    if positive is None or negative is None or (positive > 1) == (negative < 1):
        return ""
    return "negative" if positive > 1 else "positive"


def _spans(weight: Weight) -> Iterator[tuple[str, float | None, float, float]]:
    """Each ratio with the span that sensitivity and specificity leave for it."""
    sens, spec = weight.sensitivity, weight.specificity
    if sens is None or spec is None:
        return
    yield "lr_positive", weight.lr_positive, *_span(sens, 1 - spec)
    yield "lr_negative", weight.lr_negative, *_span(1 - sens, spec)


def _span(over: float, under: float) -> tuple[float, float]:
    low = max(over - ROUNDING, 0) / (under + ROUNDING)
    high = (over + ROUNDING) / (under - ROUNDING) if under > ROUNDING else float("inf")
    return low * (1 - SLACK), high * (1 + SLACK)


def _statements(kb: KnowledgeBase) -> Iterable[_Statement]:
    for rule in kb.rules:
        grade = rule.weight.grade if rule.weight else rule.grade
        yield _Statement("rule", rule.id, f"{rule.because} {rule.instead}", grade, (*rule.sources, *rule.against), rule.place)
    for link in kb.links:
        name, sources = f"{link.source} -> {link.target}", (*link.sources, *link.against)
        yield _Statement("the link", name, link.mechanism, link.grade, sources, link.place)
    for ladder in kb.ladders:
        yield _Statement("ladder", ladder.id, f"{ladder.passes} {ladder.regress}", ladder.grade, ladder.sources, ladder.place)
    for driver in kb.programmes:
        text = " ".join((*(step.do for step in driver.steps), driver.dose, driver.goal))
        yield _Statement("the programme for", driver.driver, text, driver.grade, driver.sources, Place("programmes.yaml"))
    for taught in kb.teaching:
        yield _Statement("the teaching", taught.id, taught.text, taught.grade, taught.sources, Place("teaching.yaml"))
    for said in (*kb.exposure_rules, *kb.honesty):
        yield _Statement("the statement", said.id, said.text, said.grade, said.sources, Place("honesty.yaml, programmes.yaml"))
