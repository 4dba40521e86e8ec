"""What is concluded, apart from the order among equals: as it is, or as seen in a mirror; and what differs between two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from engine.laws.law import Breach
from engine.result import Explanation, Inference, Node, Status
from knowledge.model import KnowledgeBase
from knowledge.sides import NONE, mirror

Turn = Callable[[Node], Node]
Fires = tuple[str, str]
"""A rule and the side it fired on."""
OF_KNOWLEDGE = ("safety", "evidence", "advice")
"""Phases in which rules of the knowledge fire; those of chains are the engine's own."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is concluded, in a form in which two inferences can be held against each other."""

    outcome: str
    urgency: str
    margin: int | None
    plan: str
    leader: Node | None
    statuses: Mapping[Node, tuple[str, bool, int, bool]]
    flags: tuple[object, ...]
    explanations: tuple[object, ...]
    bystanders: tuple[object, ...]
    claimed: tuple[object, ...]
    advice: tuple[str, ...]


def same_side(node: Node) -> Node:
    """A node as it is."""
    return node


def other_side(node: Node) -> Node:
    """A node as seen in a mirror."""
    return node[0], mirror(node[1])


def seen(one: Inference, side: Turn = same_side) -> Seen:
    """An inference as it is, or with every node turned."""
    return Seen(
        one.outcome, one.urgency, one.margin, one.plan.state, _leader(one, side),
        {side(node): _status(status) for node, status in one.statuses.items()},
        tuple(sorted((flag.rule, flag.urgency, side((flag.condition, flag.side))) for flag in one.red_flags)),
        tuple(sorted(_explained(each, side) for each in one.explanations)),
        tuple(sorted((side(each.node), each.timing) for each in one.bystanders)),
        tuple(sorted((side(each.node), side(each.by)) for each in one.claimed)),
        tuple(sorted([*(each.rule for each in one.tried), *(each.rule for each in one.advice)])),
    )


def _status(status: Status) -> tuple[str, bool, int, bool]:
    return status.state, status.settled, status.amount, status.conflict


def _explained(one: Explanation, side: Turn) -> tuple[object, ...]:
    causes = tuple(sorted((side(cause.node), cause.timing, cause.score) for cause in one.causes))
    return one.kind, side(one.cause), side(one.driver or ("", "")), one.score, one.claim, one.origin_claim, causes, one.explains


def _leader(one: Inference, side: Turn) -> Node | None:
    """The cause of the explanation that is better than all others, if one is."""
    best = one.explanations[:2]
    if not best or (len(best) == 2 and best[0].score == best[1].score):
        return None
    return side(best[0].cause)


def fired(one: Inference, side: Turn = same_side) -> frozenset[Fires]:
    """Every rule of the knowledge that fired, with the side it fired on; `ID/no` fired on the answered negative."""
    told = (record for record in one.trace if record.phase in OF_KNOWLEDGE)
    return frozenset(_fires(record.rule, dict(record.bindings).get("side", NONE), side) for record in told)


def _fires(rule: str, on: str, side: Turn) -> Fires:
    return (rule if rule.endswith("/no") else rule.partition("/")[0]), side(("", on))[1]


def differences(before: Seen, after: Seen, there: str) -> Iterator[str]:
    """What is otherwise after, in words; `there` says what after is, as in 'in the mirror image'."""
    yield from _status_differences(before.statuses, after.statuses, there)
    for part in fields(before):
        one, other = getattr(before, part.name), getattr(after, part.name)
        if part.name == "statuses" or one == other:
            continue
        if isinstance(one, tuple) and part.name != "leader":
            yield from (f"{part.name}: {_told(each)} is not so {there}" for each in one if each not in other)
            yield from (f"{part.name}: {_told(each)} is so only {there}" for each in other if each not in one)
        else:
            yield f"{part.name} is {_told(one)}, and {_told(other)} {there}"


def _status_differences(before: Mapping[Node, object], after: Mapping[Node, object], there: str) -> Iterator[str]:
    for node in sorted({*before, *after}):
        one, other = before.get(node), after.get(node)
        if one != other:
            yield f"{_told(node)} is {_state(one)}, and {_state(other)} {there}"


def _state(told: object) -> str:
    if not isinstance(told, tuple):
        return "not told"
    state, settled, amount, conflict = told
    return f"{state} ({'settled' if settled else f'{amount:+d}'}{', in conflict' if conflict else ''})"


def _told(value: object) -> str:
    """A node, or a row of words, as a reader can take it in."""
    if not isinstance(value, tuple):
        return "none" if value is None else str(value)
    if len(value) == 2 and all(isinstance(one, str) for one in value):
        return value[0] if value[1] in (NONE, "") else ".".join(value)
    return ", ".join(told for one in value if (told := _told(one)))


def breaches_between(
    before: Inference, after: Inference, there: str, kb: KnowledgeBase, side: Turn = same_side,
    tell: Callable[[Fires, bool], str] | None = None,
) -> Iterator[Breach]:
    """A breach for each thing that is concluded otherwise, with every rule that fired on one of the two only.

    Nodes and sides of `after` are turned by `side` before the two are held against each other.
    """
    said = list(differences(seen(before), seen(after, side), there))
    if not said:
        return
    here, now = fired(before), fired(after, side)
    told = tell or (lambda one, only_here: _rule_told(one, only_here, there))
    rules = tuple(told(one, one in here) for one in sorted(here ^ now))
    names = {name.partition("/")[0] for name, _ in here ^ now}
    yield from (Breach(one, rules, subjects_of(names, kb)) for one in said)


def subjects_of(names: Iterable[str], kb: KnowledgeBase) -> tuple[str, ...]:
    """What rules look at, each once, in the order written."""
    wanted = set(names)
    return tuple(dict.fromkeys(leaf.subject for rule in kb.rules if rule.id in wanted for leaf in rule.when.leaves))


def _rule_told(one: Fires, only_here: bool, there: str) -> str:
    on = "" if one[1] == NONE else f" on the {one[1]}"
    return f"rule {one[0]} fires{on} and not {there}" if only_here else f"rule {one[0]} fires{on} only {there}"
