"""Holding a tree against the shape it must have, and telling every difference in the author's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from knowledge.problems import Place, Problem, did_you_mean, nearest, number_hint, one_of, short
from knowledge.yaml_source import At

T = TypeVar("T")

_LEAF = "{finding: F, is: WORD}"
_WRITTEN = {
    "when": "when: {all: [{finding: F, is: WORD}]}", "then": "then: {shows: CONCLUSION}", "weight": "weight: {grade: B}",
    "examples": "examples: {fires: [{...}], quiet: [{...}, {...}]}", "at_least": "at_least: {n: 2, of: [{...}, {...}]}",
    "answer": "answer: yes_no, answer: words, answer: {number: unit, min: 0, max: 10} or answer: {choice: [a, b]}",
    "derived": "derived: {side_ratio: FINDING}", "must_ask": "must_ask: always, or must_ask: {age_from: 50}",
    "bands": "bands: {low: '< 9', normal: '>= 9'}", "reliability": "reliability: {mdc: 6}", "dims": "dims: {range: mid}",
    "detail_bands": "detail_bands: {weeks: {recent: '<= 6', old: '> 6'}}",
    "rows": "rows: [{sex: male, age_from: 20, age_to: 29, value: 37}]", "gate": "gate: {before_step: 4, needs: [...], says: ...}",
    "steps": "steps: [...]", "items": "items: [1, 2, 3]", "scores": "scores: [{id: total, how: sum}]", "range": "range: {min: 0, max: 5}",
    "missing": "missing: {most: 1, by: answered}", "groups": "groups: {words: {low: {total: '<= 3'}}}", "words": "words: {no: 0, yes: 1}",
    "sets": "sets: [{item: 9, above: 0, finding: F, word: yes}]",
    "change": "change: [{kind: mdc, score: total, points: 5, sources: [S1]}]",
    "adaptive": "adaptive: {temperature: 0.5, live: 6, ...}",
    "either": "either: [[{finding: F, is: WORD}, {finding: G, is: WORD}]]",
}
"""How a part is written, for the hints."""
_ENTRIES = dict.fromkeys(("all", "any", "none", "of", "needs", "severity", "count"), _LEAF)

_STRANGE = ("extra_forbidden", "unexpected_keyword_argument")
_NEEDS = {
    "string_type": "a text", "string_too_short": "a text", "list_type": "a list", "tuple_type": "a list",
    "too_short": "one entry or more", "dict_type": "a mapping", "model_type": "a mapping", "dataclass_type": "a mapping",
    "bool_parsing": "true or false", "bool_type": "true or false", "float_parsing": "a number", "float_type": "a number",
    "finite_number": "a number", "int_parsing": "a whole number", "int_type": "a whole number", "int_from_float": "a whole number",
    "greater_than": "a number above {gt:g}", "greater_than_equal": "a number of {ge:g} or more", "less_than": "a number below {lt:g}",
    "less_than_equal": "a number of {le:g} or less",
}
def shape(kind: type[T], at: At, tree: Any) -> tuple[T | None, list[Problem]]:
    """The tree as that kind, or every way in which its shape is wrong."""
    try:
        return TypeAdapter(kind).validate_python(tree), []
    except ValidationError as error:
        told = [_problem(fault, kind, at) for fault in _without_misspelt(error.errors(include_url=False), kind)]
        return None, [one for one in dict.fromkeys(told) if one.place not in at.source.faulty]


def _without_misspelt(faults: Sequence[Any], kind: Any) -> list[Any]:
    """The faults without keys called missing that stand there misspelt, which is told as well."""
    strange = [fault["loc"] for fault in faults if fault["type"] in _STRANGE]
    meant = {(*loc[:-1], near) for loc in strange for near in [nearest(str(loc[-1]), _keys(kind, loc))] if near}
    return [fault for fault in faults if fault["type"] != "missing" or fault["loc"] not in meant]


def _problem(fault: Mapping[str, Any], kind: Any, at: At) -> Problem:
    loc, what = fault["loc"], str(fault["type"])
    cursor = _cursor(at, loc)
    if what in _STRANGE:
        name, known = str(loc[-1]), _keys(kind, loc)
        return Problem(_key_place(cursor), "KB101", f"unknown key '{short(name)}'", did_you_mean(name, known) or one_of(known))
    if what == "missing":
        name = str(loc[-1])
        return Problem(cursor.place, "KB102", f"'{name}' is missing", f"add '{_WRITTEN.get(name, f'{name}: ...')}'")
    if what == "literal_error":
        return _not_listed(fault, cursor, loc)
    needs = _NEEDS[what].format_map(fault.get("ctx", {})) if what in _NEEDS else None
    return Problem(cursor.place, "KB103", *_wrong_kind(needs, fault["input"], cursor))


def _cursor(at: At, loc: tuple[str | int, ...]) -> At:
    """As far down as the author wrote; steps that only name a kind of answer are passed over."""
    for step in loc:
        if (*at.path, step) in at.source.places:
            at = at / step
    return at


def _key_place(cursor: At) -> Place:
    return cursor.source.place((*cursor.path, "@key"))


def _not_listed(fault: Mapping[str, Any], cursor: At, loc: tuple[str | int, ...]) -> Problem:
    expected = str(fault["ctx"]["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
    words = [word for word in expected if word]
    is_key = loc[-1] == "[key]"
    place, field = (_key_place(cursor), _field(cursor.path[:-1])) if is_key else (cursor.place, _field(cursor.path))
    found = fault["input"]
    says = f"{_found(found)} cannot stand under '{field}'"
    hint = "" if not isinstance(found, str) else did_you_mean(found, words)
    return Problem(place, "KB103", says, hint or (f"write {_WRITTEN[field]}" if field in ("answer", "must_ask") else one_of(words)))


def _wrong_kind(needs: str | None, found: Any, cursor: At) -> tuple[str, str]:
    field = _field(cursor.path)
    inside = bool(cursor.path) and isinstance(cursor.path[-1], int)
    if inside and not field:
        return f"this entry of the list is no unit but {_found(found)}", "write '- id: ...' and the other keys of the unit below it"
    subject = f"an entry of '{field}'" if inside else f"'{field}'" if field else "this file"
    if needs is None:
        return f"{subject} has a shape that cannot be read here", _written(field, inside)
    return f"{subject} needs {needs}, not {_found(found)}", _hint(needs, found, field, inside)


def _hint(needs: str, found: Any, field: str, inside: bool) -> str:
    if needs == "a text":
        return "put quotes around text that has a colon in it" if isinstance(found, dict) else f"write one text after '{field}:'"
    if needs == "true or false":
        return f"write {field}: true or {field}: false"
    if "number" in needs:
        return (number_hint(found) if isinstance(found, str) else "") or f"write {needs}, such as 12"
    if needs == "a list" and isinstance(found, str | int | float):
        return f"write {field}: [{short(found)}]"
    return _written(field, inside)


def _written(field: str, inside: bool) -> str:
    if inside:
        return f"write {_ENTRIES.get(field, '{key: value, ...}')}"
    return f"write {_WRITTEN.get(field, f'{field}: ...' if field else 'key: value')}"


def _field(path: tuple[str | int, ...]) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _found(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "nothing"
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else f"'{short(value)}'"


def _keys(kind: Any, loc: tuple[str | int, ...]) -> list[str]:
    """The keys that may stand where `loc` ends."""
    shapes = _shapes(kind)
    for step in loc[:-1]:
        inner = [one for shape in shapes for one in _shapes(_fields(shape).get(str(step)))]
        shapes = inner or shapes
    return list(dict.fromkeys(key for shape in shapes for key in _fields(shape)))


def _shapes(kind: Any) -> list[Any]:
    """Every unit shape inside a type such as `dict[str, Detail]` or `Weight | None`."""
    if isinstance(kind, type) and (issubclass(kind, BaseModel) or is_dataclass(kind)):
        return [kind]
    return [one for inner in get_args(kind) for one in _shapes(inner)]


def _fields(kind: Any) -> dict[str, Any]:
    if is_dataclass(kind):
        return {one.name: one.type for one in fields(kind)}
    return {info.alias or name: info.annotation for name, info in kind.model_fields.items()}
