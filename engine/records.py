"""Turning firings of the forward engine into records of the trace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.compile import plain_kind
from engine.conditions import sides_read
from engine.forward import Firing, Item
from engine.result import Fired, Read
from engine.valuation import Valuation
from knowledge.model import Leaf, Rule
from knowledge.sides import NONE

_INNER = ("Side", "Stratum")


def fired_record(firing: Firing, phase: str, rules: Mapping[str, Rule], valuation: Valuation) -> Fired:
    """The record of a firing of a rule: what it matched, leaf by leaf, and what was absent."""
    rule = rules[firing.production.split("/")[0]]
    side = dict(firing.bindings).get("side", NONE)
    reads = [read for one in firing.matched for read in _matched(one, rule, side, valuation)]
    reads += [read for leaf in rule.when.none for read in _reads(leaf, "none", side, valuation)]
    bindings = tuple(pair for pair in firing.bindings if pair[0] != "other")
    return Fired(firing.seq, phase, firing.production, bindings, tuple(reads), _told(firing.asserted), _told(firing.confirmed))


def _matched(one: Item, rule: Rule, side: str, valuation: Valuation) -> Iterator[Read]:
    kind, _, subject = plain_kind(one.kind).partition(" ")
    if kind == "Counted":
        for leaf in rule.when.at_least:
            yield from (read for read in _reads(leaf, "at_least", side, valuation) if _fits(leaf, read.side, valuation))
    elif kind == "Status":
        yield Read(one["conclusion"], one["side"], one["word"], "all")
    elif kind == "Result":
        yield Read(one["about"], NONE, one["word"], "all")
    elif kind == "Holds":
        yield Read(one["leaf"].split(" ")[0], one["side"], _shown(one["leaf"].split(" ")[0], one["side"], valuation), "all")
    elif kind == "Finding":
        yield Read(subject, one["side"], _shown(subject, one["side"], valuation) or one["word"], "all")


def _fits(leaf: Leaf, side: str, valuation: Valuation) -> bool:
    """Whether a counted leaf was one of those that held on a side; statuses are not looked up again."""
    return leaf.about != "finding" or bool(set(leaf.words) & set(valuation.look(leaf.subject, side) or ()))


def _shown(subject: str, side: str, valuation: Valuation) -> str:
    text = valuation.shown(subject, side)
    return "" if text == "not asked" else text


def _reads(leaf: Leaf, part: str, side: str, valuation: Valuation) -> Iterator[Read]:
    for one in sides_read(leaf, side):
        word = valuation.shown(leaf.subject, one) if leaf.about == "finding" else "not " + " or ".join(leaf.words)
        yield Read(leaf.about if leaf.about in ("outcome", "leading") else leaf.subject, one, word, part)


def _told(items: tuple[Item, ...]) -> tuple[str, ...]:
    return tuple(told(one) for one in items)


def told(one: Item) -> str:
    """A fact as a short statement in ids."""
    match one.kind:
        case "Evidence":
            return f"{one['kind']} {one['conclusion']}{_at(one['side'])} {int(one['amount']):+d}"
        case "Claimed":
            return f"{one['node']}{_at(one['side'])} belongs to {one['by']}{_at(one['by_side'])}"
        case "Step":
            return f"step {one['source']}{_at(one['source_side'])} -> {one['node']}{_at(one['side'])} ({one['how']})"
        case "Active" | "Candidate":
            return f"{one.kind.lower()} {one['node']}{_at(one['side'])}"
        case _:
            return f"{one.kind.lower()} " + " ".join(value for _, value in one.fields)


def _at(side: str) -> str:
    return "" if side == NONE else f".{side}"
