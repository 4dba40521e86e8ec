"""The short statements of a trace as data: what a firing asserted, part by part."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.result import Fired, Node
from knowledge.sides import NONE

_EVIDENCE = re.compile(r"(\w+) ([\w.]+) ([+-]\d+)")
_FLAG = re.compile(r"(\w+) (\w+) \((\w+)\)")
_STEP = re.compile(r"(?:step|gap) ([\w.]+) -> ([\w.]+)(?: \((\w+)\))?")
_CLAIM = re.compile(r"([\w.]+) belongs to ([\w.]+)")


@dataclass(frozen=True, slots=True)
class Said:
    """One statement: `what` is evidence, step, claimed, flag, or the word it begins with (active, candidate, verdict).

    `kind` is what evidence or a flag says (shows, supports, flags ...) or how a step was made; `by` the node that claims; `amount` in
    tenths of a deciban; `rest` what a verdict names besides.
    """

    what: str
    node: Node
    kind: str = ""
    source: Node | None = None
    by: Node | None = None
    amount: int | None = None
    rest: str = ""


def said(text: str) -> Said:
    """The statement a text of the trace stands for. Raises ValueError for a text of no known form."""
    if match := _EVIDENCE.fullmatch(text):
        return Said("evidence", _node(match[2]), match[1], amount=int(match[3]))
    if match := _STEP.fullmatch(text):
        return Said("step", _node(match[2]), match[3] or "gap", source=_node(match[1]))
    if match := _FLAG.fullmatch(text):
        return Said("flag", (match[2], NONE), match[1], rest=match[3])
    if match := _CLAIM.fullmatch(text):
        return Said("claimed", _node(match[1]), by=_node(match[2]))
    what, _, about = text.partition(" ")
    name, _, rest = about.partition(" ")
    if not name:
        raise ValueError(f"no statement of a trace: '{text}'")
    return Said(what, _node(name), rest=rest)


def said_by(fired: Fired) -> tuple[Said, ...]:
    """Everything a firing said, new or known before."""
    return tuple(said(text) for text in (*fired.asserted, *fired.confirmed))


def rule_of(fired: Fired) -> str:
    """The id of the rule that fired; a firing names its branch behind a slash."""
    return fired.rule.partition("/")[0]


def _node(text: str) -> Node:
    name, _, side = text.partition(".")
    return (name, side or NONE)
