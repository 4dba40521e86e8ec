"""Reading answers: one finding at a time, every mistake a problem with its place and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from engine.case import Answer, Key, Value
from knowledge.model import UNKNOWN, Detail, Finding, detail_words
from knowledge.problems import Problem, did_you_mean, number_hint, one_of, short
from knowledge.sides import BODY, NONE, UNSTATED
from knowledge.yaml_source import At

Span = tuple[float, float] | None
"""The range a number may have; None where a number is no answer."""
SIDE_KEYS = ("left", "right", "both", "unstated_side")
_SIDES_HELP = "write {left: ..., right: ...}, {both: ...}, or {unstated_side: ...} when the side is not told"


def read_answers(tree: Any, at: At, findings: Mapping[str, Finding], problems: list[Problem]) -> Mapping[Key, Answer]:
    """Every answer of the mapping; those that are wrong are told and left out."""
    if not isinstance(tree, dict):
        says = "'answers' is empty" if tree is None else "'answers' is not a mapping of findings"
        problems.append(Problem(at.place, "CS001", says, "write one 'finding: value' a line; 'answers: {}' says that nothing is known yet"))
        return {}
    out: dict[Key, Answer] = {}
    for name, value in tree.items():
        finding = findings.get(name)
        if finding is None:
            problems.append(Problem(at.key(name), "CS102", f"unknown finding '{short(name)}'", finding_near(name, findings)))
            continue
        for side, one in _by_side(finding, value, at / name, problems):
            answer = _answer(finding, one[0], one[1], problems)
            if answer is not None:
                out[name, side] = answer
    return MappingProxyType(out)


def finding_near(name: str, findings: Mapping[str, Finding]) -> str:
    """The finding meant by another name for it, or the one whose id is near."""
    spoken = {synonym.lower(): one.id for one in findings.values() for synonym in (*one.synonyms, one.title)}
    said = name.replace("_", " ").lower()
    if said in spoken:
        return f"did you mean '{spoken[said]}'?"
    return did_you_mean(name, findings) or "no finding is called like it; the ids stand in findings/"


def _by_side(finding: Finding, value: Any, at: At, problems: list[Problem]) -> list[tuple[str, tuple[Any, At]]]:
    keys = set(value) & set(SIDE_KEYS) if isinstance(value, dict) else set()
    if not finding.per_side:
        if keys:
            first = next(key for key in value if key in keys)
            hint = f"write '{finding.id}: ...' with the value itself, without {first}"
            problems.append(Problem(at.key(first), "CS103", f"'{finding.id}' has no sides", hint))
            return []
        return [(NONE, (value, at))]
    if not keys and not _strange_keys(finding, value):
        problems.append(Problem(at.place, "CS104", f"'{finding.id}' has sides and none is given", _SIDES_HELP))
        return []
    return _sided(finding, value, at, problems)


def _strange_keys(finding: Finding, value: Any) -> list[str]:
    """Keys that are no side, and nothing that an answer without a side could carry either."""
    return [key for key in value if key not in (*SIDE_KEYS, "value") and not finding.detail(key)] if isinstance(value, dict) else []


def _sided(finding: Finding, value: dict[str, Any], at: At, problems: list[Problem]) -> list[tuple[str, tuple[Any, At]]]:
    out: list[tuple[str, tuple[Any, At]]] = []
    for key, one in value.items():
        if key not in SIDE_KEYS:
            problems.append(Problem(at.key(key), "CS104", f"'{short(key)}' is no side", _side_hint(finding, key)))
        elif key == "both":
            out += [(side, (one, at / key)) for side in BODY]
        else:
            out.append((UNSTATED if key == "unstated_side" else key, (one, at / key)))
    if "both" in value and {"left", "right"} & set(value):
        again = next(key for key in ("left", "right") if key in value)
        says = f"'{finding.id}' is given for both sides and again for {again}"
        problems.append(Problem(at.key(again), "CS112", says, "give each side once: {left: ..., right: ...} or {both: ...}"))
        return []
    return out


def _side_hint(finding: Finding, key: str) -> str:
    if finding.detail(key):
        return f"write it inside the side: {{left: {{value: ..., {key}: ...}}}}"
    if key.isdigit():
        return "write decimals with a point: 5.5"
    return did_you_mean(key, SIDE_KEYS) or _SIDES_HELP


def _answer(finding: Finding, value: Any, at: At, problems: list[Problem]) -> Answer | None:
    if finding.answer.form == "list":
        return _list_answer(finding, value, at, problems)
    details: Mapping[str, Value] = {}
    if isinstance(value, dict):
        details = _details(finding, {k: v for k, v in value.items() if k != "value"}, at, problems)
        if "value" not in value:
            hint = f"add 'value: ...' beside its details; {_may_be(finding.words, _span(finding))}"
            problems.append(Problem(at.place, "CS105", f"'{finding.id}' has no 'value'", hint))
            return None
        value, at = value["value"], at / "value"
    checked = _value(finding.id, value, finding.words, _span(finding), at, problems)
    return None if checked is None else Answer(checked, MappingProxyType(dict(details)), at.place)


def _span(finding: Finding) -> Span:
    numeric = finding.answer.form in ("number", "derived")
    return (finding.answer.low, finding.answer.high) if numeric else None


def _value(name: str, value: Any, words: tuple[str, ...], span: Span, at: At, problems: list[Problem]) -> Value | None:
    if value == UNKNOWN or (isinstance(value, str) and value in words):
        return str(value)
    if isinstance(value, int | float) and span:
        if span[0] <= value <= span[1]:
            return float(value)
        says = f"{value:.10g} is out of range for '{name}' ({span[0]:g} to {span[1]:g})"
        problems.append(Problem(at.place, "CS106", says, "check the number and its unit"))
        return None
    if isinstance(value, int) and str(value) in words:
        return str(value)
    problems.append(_wrong_value(name, value, words, span, at))
    return None


def _wrong_value(name: str, value: Any, words: tuple[str, ...], span: Span, at: At) -> Problem:
    allowed = _may_be(words, span)
    if isinstance(value, str) and value.lower() in ("true", "false") and "yes" in words:
        return Problem(at.place, "CS109", f"'{value}' is no answer here", f"write {'yes' if value.lower() == 'true' else 'no'}")
    if isinstance(value, list | dict) or value is None:
        shown = "nothing" if value is None else "a list" if isinstance(value, list) else "a mapping"
        return Problem(at.place, "CS105", f"'{name}' is given {shown}", allowed)
    hint = (number_hint(value) if span else "") or did_you_mean(str(value), words) or allowed
    return Problem(at.place, "CS105", f"'{short(value)}' is no answer to '{name}'", hint)


def _may_be(words: tuple[str, ...], span: Span) -> str:
    """What may be written: a number where there is a range, the words, and that it is unknown."""
    if span and not words:
        return f"write a number, or {UNKNOWN}"
    return "write " + ("a number, or " if span else "") + one_of((*words, UNKNOWN)).removeprefix("write ")


def _details(finding: Finding, given: dict[str, Any], at: At, problems: list[Problem]) -> Mapping[str, Value]:
    out: dict[str, Value] = {}
    for name, value in given.items():
        detail = finding.detail(name)
        if detail is None:
            known = [one.name for one in finding.details]
            says = f"an answer to '{finding.id}' carries no '{short(name)}'"
            problems.append(Problem(at.key(name), "CS107", says, did_you_mean(name, known) or (one_of(known) if known else "leave it out")))
            continue
        checked = _detail_value(f"{finding.id}.{name}", detail, value, at / name, problems)
        if checked is not None:
            out[name] = checked
    return out


def _detail_value(name: str, detail: Detail, value: Any, at: At, problems: list[Problem]) -> Value | None:
    if detail.form == "text":
        if isinstance(value, str | int | float):
            return str(value)
        hint = "write one text; put quotes around one that has a colon in it"
        problems.append(Problem(at.place, "CS105", f"'{name}' needs a text", hint))
        return None
    span = (detail.low, detail.high) if detail.form == "number" else None
    return _value(name, value, detail_words(detail), span, at, problems)


def _list_answer(finding: Finding, value: Any, at: At, problems: list[Problem]) -> Answer | None:
    if value == UNKNOWN:
        return Answer(UNKNOWN, {}, at.place)
    example = "{" + ", ".join(f"{one.name}: ..." for one in finding.details[:3]) + "}"
    if not isinstance(value, list):
        problems.append(Problem(at.place, "CS105", f"'{finding.id}' needs a list", f"write [{example}]"))
        return None
    wrong = [index for index, one in enumerate(value) if not isinstance(one, dict)]
    for index in wrong:
        says = f"an entry of '{finding.id}' is no mapping"
        problems.append(Problem((at / index).place, "CS105", says, f"write {example}"))
    items = tuple(
        MappingProxyType(dict(_details(finding, one, at / index, problems))) for index, one in enumerate(value) if index not in wrong
    )
    return Answer("listed", {}, at.place, items)
