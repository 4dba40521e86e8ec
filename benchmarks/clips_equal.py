"""Whether CLIPS and the traced engine conclude the same: rules fired, flags, statuses with sums, claims, steps and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benchmarks.clips_engine import ClipsEngine, Concluded
from engine.case import Case
from engine.infer import Reasoner
from engine.result import Inference, Node
from knowledge.sides import BODY, NONE


def worlds(case: Case) -> list[Case]:
    """The case, or its two worlds when a side was not told."""
    return [case.in_world(side) for side in BODY] if case.has_unstated else [case]


def disagreements(cases: Iterable[Case], reasoner: Reasoner, engine: ClipsEngine) -> list[str]:
    """Everything in which the two engines differ, one line each; cases are taken world by world."""
    out = []
    for case in (world for one in cases for world in worlds(one)):
        found = reasoner.infer(case)
        told = engine.conclude(found.valuation)
        out += [f"{case.id}: {line}" for line in _differences(found, told)]
    return out


def _differences(found: Inference, told: Concluded) -> Iterator[str]:
    ours = concluded(found)
    for name in Concluded.__dataclass_fields__:
        one, other = _as_set(getattr(ours, name)), _as_set(getattr(told, name))
        if one != other:
            yield f"{name}: only ours {sorted(one - other, key=str)}, only CLIPS {sorted(other - one, key=str)}"


def _as_set(value: object) -> frozenset[object]:
    return frozenset(value.items()) if isinstance(value, dict) else value  # type: ignore[return-value]


def concluded(found: Inference) -> Concluded:
    """What the traced engine concluded about one world, in the form in which CLIPS tells it."""
    flags = [("flags", one.rule, one.side) for one in found.red_flags]
    flags += [("out_of_scope", one.rule, one.side) for one in found.out_of_scope]
    flags += [("withholds", one.rule, NONE) for one in found.cautions if one.rule]
    chain = [text for one in found.trace if one.phase == "chain" for text in one.asserted]
    return Concluded(
        fired=frozenset(_fired(found)),
        flags=frozenset(flags),
        statuses={node: (one.state, one.amount, one.settled) for node, one in found.statuses.items()},
        claimed=frozenset((one.node, one.by) for one in found.claimed),
        steps=frozenset(_step(text) for text in chain if text.startswith("step ")),
        gaps=frozenset(_step(f"{text} (gap)")[:2] for one in found.trace if one.phase == "gap" for text in one.asserted),
    )


def _fired(found: Inference) -> Iterator[tuple[str, str]]:
    """Rules by the side they fired on; an `any` that fires by two branches is one rule."""
    cautions = {one.rule for one in found.cautions}
    for one in found.trace:
        if one.phase in ("safety", "evidence") and one.rule not in cautions:
            name = one.rule if one.rule.endswith("/no") else one.rule.split("/")[0]
            yield name, dict(one.bindings).get("side", NONE)


def _step(text: str) -> tuple[Node, Node, str]:
    """Reads `step a.left -> b (how)` of the trace."""
    _, source, _, target, how = text.split(" ")
    return _at(source), _at(target), how.strip("()")


def _at(text: str) -> Node:
    name, _, side = text.partition(".")
    return name, side or NONE
