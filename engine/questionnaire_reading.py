"""Reading the filled questionnaires of a case: their scores become answers of the findings they fill.

What the case states itself stays; a stated total that the items cannot give is a problem.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from engine.case import Answer, Key, Value
from engine.questionnaires import Part, Score, answers_of, score
from knowledge.bands import words_between
from knowledge.model import KnowledgeBase, Questionnaire
from knowledge.model_instruments import OTHERS
from knowledge.problems import Place, Problem, did_you_mean, short
from knowledge.sides import LEFT, NONE, RIGHT, UNSTATED
from knowledge.yaml_source import At

_NEARLY = 1e-9
_SIDES = {"left": LEFT, "right": RIGHT, "unstated_side": UNSTATED}
_SIDES_HELP = "write {left: {1: ...}}, {right: {1: ...}}, or {unstated_side: {1: ...}} when the side is not told"
_ITEMS_HELP = "write {1: ..., 2: ...} with the answer to each item; 'others: ...' stands for all that are not named"


@dataclass(frozen=True, slots=True)
class _Filled:
    """A scored form and where it stands."""

    questionnaire: Questionnaire
    side: str
    score: Score
    at: At


def with_questionnaires(
    tree: Any, at: At, answers: Mapping[Key, Answer], kb: KnowledgeBase, problems: list[Problem],
) -> Mapping[Key, Answer]:
    """The answers, and those that the filled forms under `at` give; everything wrong in the forms is told."""
    if not isinstance(tree, dict):
        says = "'questionnaires' is empty" if tree is None else "'questionnaires' is not a mapping"
        problems.append(Problem(at.place, "CS001", says, "write one 'questionnaire: {1: ..., 2: ...}' a line"))
        return answers
    forms = [form for name in tree for form in _filled(name, at, kb, problems)]
    given = [(name, form, value) for form in forms for name, value in answers_of(form.questionnaire, form.score)]
    out: dict[Key, Answer] = dict(answers)
    for name, form, value in sorted(given, key=lambda one: isinstance(one[2], str)):  # numbers first: two forms may fill one finding
        _put((name, form.side), value, form.at.place, out)
    for form in forms:
        problems.extend(_disagreements(form, out))
        for name, word in form.score.signs:
            _put((name, form.side), word, form.at.place, out)
    return MappingProxyType(out)


def _filled(name: str, at: At, kb: KnowledgeBase, problems: list[Problem]) -> Iterator[_Filled]:
    questionnaire = kb.questionnaires.get(name)
    if questionnaire is None:
        hint = did_you_mean(name, kb.questionnaires) or "questionnaires stand in instruments/"
        if name in kb.instruments:
            hint = "it is counted from findings; write those under 'answers'"
        problems.append(Problem(at.key(name), "CS114", f"unknown questionnaire '{short(name)}'", hint))
        return
    for side, here in _by_side(questionnaire, at / name, problems):
        found = _score(questionnaire, here, problems)
        if found:
            yield _Filled(questionnaire, side, found, here)


def _by_side(questionnaire: Questionnaire, at: At, problems: list[Problem]) -> Iterator[tuple[str, At]]:
    if not questionnaire.per_side:
        yield NONE, at
    elif not isinstance(at.value, dict) or not at.value:
        problems.append(Problem(at.place, "CS104", f"'{questionnaire.id}' needs a side", _SIDES_HELP))
    else:
        for key in at.value:
            if key in _SIDES:
                yield _SIDES[key], at / key
            else:
                problems.append(Problem(at.key(key), "CS104", f"'{short(key)}' is no side", did_you_mean(key, _SIDES) or _SIDES_HELP))


def _score(questionnaire: Questionnaire, at: At, problems: list[Problem]) -> Score | None:
    if not isinstance(at.value, dict) or not at.value:
        problems.append(Problem(at.place, "CS001", f"'{questionnaire.id}' has no items", _ITEMS_HELP))
        return None
    named = {name: answer for name, answer in at.value.items() if name != OTHERS}
    rest = [one.id for one in questionnaire.items if one.id not in named] if OTHERS in at.value else []
    found = score(questionnaire, {**named, **dict.fromkeys(rest, at.value.get(OTHERS))})
    if isinstance(found, Score):
        return found
    told: dict[Place, Problem] = {}
    for fault in found:
        here = at / (fault.item if fault.item in named else OTHERS)
        place = at.key(fault.item) if fault.unknown else here.place
        told.setdefault(place, Problem(place, "CS115" if fault.unknown else "CS116", fault.says, fault.hint))
    problems.extend(told.values())
    return None


def _disagreements(form: _Filled, answers: Mapping[Key, Answer]) -> Iterator[Problem]:
    """What the case, or another form, says of a score and the items of this one cannot give."""
    for part in form.score.parts:
        stated = answers.get((part.fills, form.side))
        if stated and stated.known and not _possible(stated.value, part, form.questionnaire):
            yield _disagreement(part.fills, stated, _made(part), form)
    group = form.questionnaire.group_fills
    stated = answers.get((group, form.side))
    if form.score.group and stated and stated.known and stated.value != form.score.group:
        yield _disagreement(group, stated, f"'{form.score.group}'", form)


def _put(key: Key, value: Value, place: Place, answers: dict[Key, Answer]) -> None:
    if key not in answers or not answers[key].known:
        answers[key] = Answer(value, MappingProxyType({}), place)


def _possible(stated: Value, part: Part, questionnaire: Questionnaire) -> bool:
    """Whether the items can give what is stated: the number, rounded or cut off at its last figure, or its word."""
    rule = questionnaire.score(part.id)
    if isinstance(stated, str):
        return stated in words_between(part.low, part.high, rule.bands if rule else ())
    scale = 10.0 ** len(f"{stated:.10g}".partition(".")[2])
    return math.floor(part.low * scale + _NEARLY) <= round(stated * scale) <= math.floor(part.high * scale + 0.5 + _NEARLY)


def _made(part: Part) -> str:
    return f"{part.low:.4g}" if not part.missing else f"{part.low:.4g} to {part.high:.4g}"


def _disagreement(name: str, stated: Answer, made: str, form: _Filled) -> Problem:
    value = f"'{stated.value}'" if isinstance(stated.value, str) else f"{stated.value:.10g}"
    says = f"'{name}' is {value} here, and the items of '{form.questionnaire.id}' give {made}"
    return Problem(stated.place, "CS117", says, "correct the one that is wrong, or leave the total out: it is counted from the items")
