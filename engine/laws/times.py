"""Time: what happened after the pain began heads nothing as its cause, and is told as after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random

from engine.case import Answer, Case, Value
from engine.laws.law import Breach, Law, Thinker, Trial
from engine.laws.people import HERE, People
from engine.laws.seen import subjects_of
from engine.result import Inference, Node
from knowledge.content import findings_behind
from knowledge.model import KnowledgeBase
from knowledge.sides import BODY, BOTH, NONE, UNSTATED

PER_YEAR: Mapping[str, float] = {"years_ago": 1.0, "months_ago": 12.0}
"""Details that date an event, and how many of their unit make a year."""
LONG_AGO = 36.0
"""Months since the pain began, in a case that does not tell it or tells too short a time to have a middle."""


def _trial(case: Case, people: People, _chance: Random) -> Trial | None:
    kb = people.kb
    if "pain_months" not in kb.findings or not any(_dated(name, kb) for name, _side in case.answers):
        return None
    return Trial("every event of the history dated after the pain began", lambda one: one, lambda one: _all_after(one, kb))


def _dated(name: str, kb: KnowledgeBase) -> bool:
    return any(one.name in PER_YEAR for one in kb.findings[name].details)


def _all_after(case: Case, kb: KnowledgeBase) -> Case:
    """The case with the pain long enough ago, and every event halfway between then and today."""
    told = case.answer("pain_months")
    months = told.value if told and isinstance(told.value, float) else 0.0
    months = months if months > 4 * kb.scale.together_months else LONG_AGO
    answers = {key: _halfway(key[0], one, months / 24, kb) for key, one in case.answers.items()}
    return replace(case, answers={**answers, ("pain_months", NONE): Answer(months, told.details if told else {}, HERE)})


def _halfway(name: str, answer: Answer, years: float, kb: KnowledgeBase) -> Answer:
    dates: dict[str, Value] = {
        one.name: years * PER_YEAR[one.name] for one in kb.findings[name].details if one.name in PER_YEAR and answer.known
    }
    return replace(answer, details={**answer.details, **dates})


def _check(thinker: Thinker, _: Case, after: Case) -> Iterator[Breach]:
    found, kb = thinker.infer(after), thinker.kb
    told = after.answer("pain_months")
    if told is None or not isinstance(told.value, float):
        return
    latest = (told.value - kb.scale.together_months) / 12
    for node, status in found.statuses.items():
        conclusion = kb.conclusions[node[0]]
        if conclusion.layer == "origin" and not conclusion.exposure and status.state == "supported":
            dates = _dates(node, found, after, kb)
            if dates and max(dates.values()) < latest:
                yield from _of_one(node, found, tuple(dates), kb)


def _of_one(node: Node, found: Inference, dated: tuple[str, ...], kb: KnowledgeBase) -> Iterator[Breach]:
    """What is wrong about an origin of which every date is after the pain."""
    rules = tuple(dict.fromkeys(piece.rule.partition("/")[0] for piece in found.statuses[node].pieces))
    told, findings = tuple(f"rule {name} speaks for it" for name in rules), tuple(dict.fromkeys((*dated, *subjects_of(rules, kb))))
    name = node[0] if node[1] == NONE else ".".join(node)
    heads = {one.cause for one in found.explanations} | {cause.node for one in found.explanations for cause in one.causes}
    if _is_in(node, heads):
        yield Breach(f"{name} heads a chain although it came after the pain", told, findings)
    aside = [one for one in found.bystanders if _is_in(node, {one.node})]
    if not kb.conclusions[node[0]].background and not any(one.timing == "after" for one in aside):
        as_ = f"told as '{aside[0].timing}'" if aside else "not told as a bystander"
        yield Breach(f"{name} came after the pain and is {as_}", told, findings)


def _is_in(node: Node, nodes: set[Node]) -> bool:
    return bool({(node[0], side) for side in (node[1], BOTH, UNSTATED)} & nodes)


def _dates(node: Node, found: Inference, case: Case, kb: KnowledgeBase) -> dict[str, float]:
    """Every event behind a conclusion with its date in years before today, through what is derived and what is concluded first."""
    dates: dict[str, float] = {}
    for name, on in _behind(node, found, kb, frozenset()):
        sides = (on, UNSTATED) if on in BODY else (*BODY, UNSTATED, NONE)
        answers = [answer for side in sides if (answer := case.answer(name, side)) and answer.known]
        told = [value / PER_YEAR[detail] for one in answers for detail, value in one.details.items()
                if detail in PER_YEAR and isinstance(value, float)]
        if told:
            dates[name] = max(*told, dates.get(name, 0.0))
    return dates


def _behind(node: Node, found: Inference, kb: KnowledgeBase, passed: frozenset[Node]) -> Iterator[Node]:
    """The findings, with their sides, that rules which spoke for a conclusion looked at, directly or through other conclusions."""
    if node in passed or node not in found.statuses:
        return
    pieces = found.statuses[node].pieces
    for subject, side in dict.fromkeys((name.partition(".")[0], on) for piece in pieces for name, on in piece.findings):
        if subject in kb.findings:
            yield from ((name, side) for name in (subject, *findings_behind(kb.findings[subject], kb)))
    rules = {piece.rule.partition("/")[0] for piece in pieces}
    read = {leaf.subject for rule in kb.rules if rule.id in rules for leaf in rule.when.leaves if leaf.about == "conclusion"}
    for name in sorted(read):
        for side in (node[1], *BODY, NONE):
            yield from _behind((name, side), found, kb, passed | {node})


TIME = Law("time", "What happened after the pain began heads nothing as its cause, and is told as after.", _trial, _check)
