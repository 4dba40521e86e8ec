"""When the other cause is a serious condition: what has flagged it, and what must be asked before it can be set aside."""

from __future__ import annotations

from dataclasses import dataclass

from engine.conditions import holds, instance_sides, look_up, sides_read, verdicts
from engine.result import Flag, Inference, Node
from knowledge.model import KnowledgeBase
from knowledge.sides import NONE


@dataclass(frozen=True, slots=True)
class Watch:
    """A serious condition: the flags that stand, what speaks for it already, what could still flag it, and what was answered otherwise.

    Findings come with their sides; `ask` was not asked, `unknown` was asked and nobody knows. None of both is a no.
    """

    condition: str
    flags: tuple[Flag, ...]
    signs: tuple[Node, ...]
    ask: tuple[Node, ...]
    unknown: tuple[Node, ...]
    answered: tuple[Node, ...]


def watch(condition: str, found: Inference, kb: KnowledgeBase) -> Watch:
    """Every red-flag rule on the condition, on every side: its answers so far, and its questions while it could still fire."""
    look = look_up(found.valuation)
    told: dict[str, dict[Node, None]] = {"signs": {}, "open": {}, "answered": {}}
    for rule in (one for one in kb.rules_of("flags") if condition in one.targets):
        for side in instance_sides(rule.when):
            could = holds(rule.when, side, look) is not False
            for one in verdicts(rule.when, side, look):
                kind = "open" if one.truth is None and could else "signs" if one.truth else "answered"
                if one.part != "none" and (one.truth is not None or could):
                    told[kind].update(dict.fromkeys(_read(one.leaf.subject, sides_read(one.leaf, side), kb)))
    unknown = found.valuation.asked_unknown
    open_ = sorted(told["open"], key=lambda one: (kb.findings[one[0].partition(".")[0]].must_ask is None, list(told["open"]).index(one)))
    return Watch(
        condition, tuple(flag for flag in found.red_flags if flag.condition == condition), tuple(told["signs"]),
        tuple(one for one in open_ if one not in unknown), tuple(one for one in open_ if one in unknown),
        tuple(one for one in told["answered"] if one not in told["signs"] and one not in open_),
    )


def _read(subject: str, sides: tuple[str, ...], kb: KnowledgeBase) -> list[Node]:
    return [(subject, side if kb.findings[subject.partition(".")[0]].per_side else NONE) for side in sides]


