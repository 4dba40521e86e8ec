"""A case as the text of a case file: reading it back gives the same answers.

The format is YAML of the simplest kind, so it is written by hand: one finding a line, words bare, every other text in
double quotes with whatever could mean something to YAML escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from engine.case import Answer, Case, Expectation, Key, Value
from knowledge.sides import BODY, UNSTATED

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SAYS_STRUCTURE = '"\\[]{}'
"""Quotes and backslash would end or change the text; brackets are counted by readers that look before they parse."""
_MOST_DECIMALS = 16
_EXPECT_LISTS = ("outcome", "cause_any_of", "driver_any_of", "also_ok", "must_not")


def case_text(case: Case) -> str:
    """The whole case, also what it expects and what arrived later when it is one that tests use."""
    return "\n".join(_lines(case)) + "\n"


def _lines(case: Case) -> Iterator[str]:
    yield f"id: {scalar(case.id)}"
    if case.title:
        yield f"title: {scalar(case.title)}"
    if case.source:
        yield f"source: {flow(case.source)}"
    if case.story:
        yield "story:"
        yield from (f"  - {scalar(one)}" for one in case.story)
    yield from _answers(case.answers, "")
    if case.expect:
        yield f"expect: {flow(_expected(case.expect))}"
    if case.batches:
        yield "then:"
    for batch in case.batches:
        yield from _batch(list(_answers(batch.answers, "    ")), batch.expect)


def _batch(answers: Sequence[str], expect: Expectation | None) -> Iterator[str]:
    yield f"  - {answers[0].lstrip()}"
    yield from answers[1:]
    if expect:
        yield f"    expect: {flow(_expected(expect))}"


def _answers(answers: Mapping[Key, Answer], indent: str) -> Iterator[str]:
    by_finding: dict[str, dict[str, Answer]] = {}
    for (finding, side), answer in answers.items():
        by_finding.setdefault(finding, {})[side] = answer
    yield f"{indent}answers:" if by_finding else f"{indent}answers: {{}}"
    for finding, by_side in by_finding.items():
        yield f"{indent}  {scalar(finding)}: {_by_side(by_side)}"


def _by_side(by_side: Mapping[str, Answer]) -> str:
    sides = {("unstated_side" if side == UNSTATED else side): _answer(one) for side, one in by_side.items()}
    if set(BODY) <= set(sides) and sides["left"] == sides["right"]:
        sides = {"both": sides["left"], **{side: one for side, one in sides.items() if side not in BODY}}
    return sides["none"] if "none" in sides else "{" + ", ".join(f"{side}: {one}" for side, one in sides.items()) + "}"


def _answer(answer: Answer) -> str:
    if answer.items or answer.value == "listed":
        return flow(answer.items)
    return flow({"value": answer.value, **answer.details}) if answer.details else scalar(answer.value)


def _expected(expect: Expectation) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(expect, name) for name in (*_EXPECT_LISTS, "urgency", "confidence", "note", "checks")}
    return {name: value for name, value in {**told, "too_thin": "yes" if expect.too_thin else ""}.items() if value}


def flow(value: object) -> str:
    """A value of any depth on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(str(key))}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value if isinstance(value, float | int) else str(value))


def scalar(value: Value) -> str:
    """A number in plain decimals, a bare word, or a text in quotes."""
    if not isinstance(value, str):
        return _number(value)
    return value if _WORD.fullmatch(value) else '"' + "".join(map(_escaped, value)) + '"'


def _number(value: float) -> str:
    """Decimals without an exponent, for the reader takes no other; more than it can hold are rounded off."""
    text = format(Decimal(repr(value)), "f").removesuffix(".0")
    return text if len(text.partition(".")[2]) <= _MOST_DECIMALS else f"{Decimal(text):.{_MOST_DECIMALS}f}"


def _escaped(char: str) -> str:
    """What is not seen, or could mean structure, as a code; half of a surrogate pair is no character at all."""
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:
        return "\\uFFFD"
    if char.isprintable() and char not in _SAYS_STRUCTURE:
        return char
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
