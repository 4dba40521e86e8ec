"""Scoring a questionnaire from its items: pure arithmetic over what the knowledge base says of it.

An item that is not answered, or answered `unknown`, is missing and never counts as 0. As long as items are missing, a
score has two bounds between which the whole form would end; a word that holds for everything between them is certain.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.bands import Interval, word_for, words_between
from knowledge.model import UNKNOWN, Item, Questionnaire, ScoreRule
from knowledge.problems import did_you_mean, one_of, short

Points = Mapping[str, float]
"""Points by item; only items that are answered."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An item that the questionnaire does not have (`unknown`), or an answer that it cannot have."""

    item: str
    unknown: bool
    says: str
    hint: str


@dataclass(frozen=True, slots=True)
class Part:
    """One score. `value` is None when more items are missing than the questionnaire allows for.

    `band` is empty when it is not certain. `comparable`: every item was answered, so that the value may be set against
    another visit or a published change; a value that was made with items missing may not.
    """

    id: str
    value: float | None
    low: float
    high: float
    band: str
    missing: tuple[str, ...]
    fills: str

    @property
    def comparable(self) -> bool:
        """Whether every item was answered."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Score:
    """A questionnaire as scored: its parts, the word for all of them together, and what single items say by themselves."""

    questionnaire: str
    parts: tuple[Part, ...]
    group: str = ""
    signs: tuple[tuple[str, str], ...] = ()

    def part(self, name: str) -> Part:
        """The score of that id."""
        return next(one for one in self.parts if one.id == name)


def score(questionnaire: Questionnaire, answers: Mapping[str, object]) -> Score | tuple[Fault, ...]:
    """The scores of these answers by item id, or every fault in them. An answer is a number, a word or `unknown`."""
    points: dict[str, float] = {}
    faults: list[Fault] = []
    for name, answer in answers.items():
        item = questionnaire.item(name)
        told = _points(item, answer) if item else None
        if item is None or told is None:
            faults.append(_fault(questionnaire, item, name, answer))
        elif not math.isnan(told):
            points[name] = told
    return tuple(faults) or _scored(questionnaire, points)


def _points(item: Item, answer: object) -> float | None:
    """What an answer is worth; not a number when it is not known, None when the item cannot have it."""
    if answer == UNKNOWN:
        return math.nan
    words = dict(item.words)
    if isinstance(answer, str):
        return words.get(answer)
    if not isinstance(answer, int | float):
        return None
    fits = answer in words.values() if words else item.low <= answer <= item.high and answer == int(answer)
    return float(answer) if fits else None


def _fault(questionnaire: Questionnaire, item: Item | None, name: str, answer: object) -> Fault:
    if item is None:
        known = [one.id for one in questionnaire.items]
        says = f"'{questionnaire.id}' has no item '{short(name)}'"
        return Fault(name, True, says, did_you_mean(name, known) or one_of(known))
    words = [word for word, _ in item.words]
    hint = one_of((*words, UNKNOWN)) if words else f"write a whole number from {item.low:g} to {item.high:g}, or {UNKNOWN}"
    found = "nothing" if answer is None else "a list or mapping" if isinstance(answer, list | dict) else f"'{short(answer)}'"
    near = did_you_mean(answer, words) if isinstance(answer, str) else ""
    return Fault(name, False, f"{found} is no answer to item {name} of '{questionnaire.id}'", near or hint)


def _scored(questionnaire: Questionnaire, points: Points) -> Score:
    parts = tuple(_part(rule, points) for rule in questionnaire.scores)
    held = [group.word for group in questionnaire.groups if all(_certain(parts, name, interval) for name, interval in group.needs)]
    signs = tuple((one.finding, one.word) for one in questionnaire.signs if points.get(one.item, one.above) > one.above)
    return Score(questionnaire.id, parts, held[0] if len(held) == 1 else "", signs)


def _certain(parts: Sequence[Part], name: str, interval: Interval) -> bool:
    part = next(one for one in parts if one.id == name)
    low, high = (part.low, part.high) if part.value is None else (part.value, part.value)
    return low in interval and high in interval


def _part(rule: ScoreRule, points: Points) -> Part:
    wanted = [item for item in rule.items if item.id in points or not item.optional]
    missing = [item for item in wanted if item.id not in points]
    told = [points[item.id] for item in wanted if item.id in points]
    low, high = (_made(rule, wanted, [*told, *ends]) for ends in ([one.low for one in missing], [one.high for one in missing]))
    value = low if not missing else _with_missing(rule, wanted, missing, points) if told and len(missing) <= rule.missing.most else None
    return Part(rule.id, value, low, high, _band(rule, value, low, high, bool(told)), tuple(one.id for one in missing), rule.fills)


def _band(rule: ScoreRule, value: float | None, low: float, high: float, begun: bool) -> str:
    if value is not None:
        return word_for(value, rule.bands) or ""
    words = words_between(low, high, rule.bands) if begun else ()
    return words[0] if len(words) == 1 else ""


def _made(rule: ScoreRule, items: Sequence[Item], points: Sequence[float]) -> float:
    """The score of these items when all of them have points."""
    match rule.how:
        case "count":
            return float(sum(one > 0 for one in points))
        case "mean":
            return sum(points) / len(points) if points else 0.0
        case "percent":
            return sum(points) / sum(item.high for item in items) * 100
        case _:
            return float(sum(points))


def _with_missing(rule: ScoreRule, items: Sequence[Item], missing: Sequence[Item], points: Points) -> float:
    """The score as the questionnaire makes it when some items are missing."""
    answered = [item for item in items if item not in missing]
    made = _made(rule, answered, [points[item.id] for item in answered])
    match rule.missing.by:
        case "mean_of_rest":
            made *= len(items) / len(answered)
        case "prorate":
            made *= _most(rule, items) / _most(rule, answered)
    return float(math.floor(made + 0.5)) if rule.missing.whole else made


def _most(rule: ScoreRule, items: Sequence[Item]) -> float:
    return sum(1.0 if rule.how == "count" else item.high for item in items)


def answers_of(questionnaire: Questionnaire, found: Score) -> Iterator[tuple[str, float | str]]:
    """The findings that a score answers: by a number where there is one, else by a word that is certain."""
    for part in found.parts:
        answer = part.band if part.value is None else part.value
        if part.fills and answer != "":
            yield part.fills, answer
    if found.group and questionnaire.group_fills:
        yield questionnaire.group_fills, found.group
