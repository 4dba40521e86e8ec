"""Answers as a reader at a terminal wants them, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from consult.events import LISTED
from engine.case import Answer, Case, Value
from knowledge.model import Finding, KnowledgeBase
from knowledge.sides import NONE

SIDES = {"left": "left ", "right": "right ", "unstated": "one side, not told which: ", "none": ""}


def amount(value: Value, unit: str = "") -> str:
    """A number with its unit, or a word."""
    return f"{value:g} {unit}".rstrip() if isinstance(value, float) else value


def answer_text(finding: Finding, side: str, answer: Answer) -> str:
    """'left yes (years_ago 7, still_bothers no)'; a list numbers its items."""
    if answer.value == LISTED:
        return "; ".join(f"{index}. {item_text(one)}" for index, one in enumerate(answer.items, start=1)) or "none"
    return SIDES[side] + amount(answer.value, finding.answer.unit) + _bracketed(answer.details)


def answers_text(finding: Finding, answers: Iterable[tuple[str, Answer]]) -> str:
    """The answers to one finding, side by side; 'both' when they are the same."""
    told = list(answers)
    if len(told) == 2 and {side for side, _ in told} == {"left", "right"} and _same(told[0][1], told[1][1]):
        return f"both {answer_text(finding, NONE, told[0][1])}"
    return ", ".join(answer_text(finding, side, answer) for side, answer in told)


def item_text(item: Mapping[str, Value]) -> str:
    """An activity: its own words first, the rest in brackets."""
    values = list(item.items())
    return amount(values[0][1]) + _bracketed(dict(values[1:])) if values else ""


def listed(case: Case, kb: KnowledgeBase) -> tuple[str, ...]:
    """Every answer so far, a finding a line, under the name that `change` takes."""
    by_finding: dict[str, list[tuple[str, Answer]]] = {}
    for (name, side), answer in case.answers.items():
        by_finding.setdefault(name, []).append((side, answer))
    width = max(map(len, by_finding), default=0)
    return tuple(f"  {name:{width}}  {answers_text(kb.findings[name], told)}" for name, told in by_finding.items())


def _bracketed(details: Mapping[str, Value]) -> str:
    return f" ({', '.join(f'{name} {amount(value)}' for name, value in details.items())})" if details else ""


def _same(one: Answer, other: Answer) -> bool:
    return (one.value, dict(one.details)) == (other.value, dict(other.details))
