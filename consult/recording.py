"""From a typed line to events: the answer is checked by the case reader, so a wrong one is told in the same words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from consult.events import Event
from consult.line_reading import HERE, read_line
from consult.state import Asked, Dialogue
from engine.answer_reading import read_answers
from engine.case import Answer, Key
from knowledge.model import UNKNOWN, Finding, KnowledgeBase
from knowledge.problems import Problem
from knowledge.yaml_source import At, Source

Recorded = tuple[tuple[Event, ...], tuple[Problem, ...]]
"""What a line adds, or what is wrong with it; never both."""


def answer_events(line: str, asked: Asked, state: Dialogue, kb: KnowledgeBase) -> Recorded:
    """The answers of a line, one event a side."""
    problems: list[Problem] = []
    tree = read_line(line, kb.findings[asked.finding], asked.sides, problems)
    answers = checked(tree, kb.findings[asked.finding], kb, problems)
    if problems:
        return (), tuple(dict.fromkeys(problems))
    return tuple(_event(state.turn, key, answer) for key, answer in answers.items()), ()


def unknown_events(asked: Asked, state: Dialogue) -> tuple[Event, ...]:
    """Asked on these sides, and nobody knows."""
    return tuple(_event(state.turn, (asked.finding, side), Answer(UNKNOWN, {}, HERE)) for side in asked.sides)


def checked(tree: Any, finding: Finding, kb: KnowledgeBase, problems: list[Problem]) -> Mapping[Key, Answer]:
    """The answers of a tree as the case reader takes them; it is not asked when something is wrong already."""
    if problems:
        return {}
    at = At(Source(HERE.file, {finding.id: tree}, {}))
    return read_answers({finding.id: tree}, at, kb.findings, problems)


def told(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    """Each problem as a sentence and what to write instead; code and place mean nothing at a prompt."""
    lines = [line for one in problems for line in (one.says, f"  hint: {one.hint}" if one.hint else "") if line]
    return tuple(dict.fromkeys(lines))


def _event(turn: int, key: Key, answer: Answer) -> Event:
    what = "answered" if answer.known else UNKNOWN
    return Event(turn, what, key[0], key[1], replace(answer, place=HERE))
