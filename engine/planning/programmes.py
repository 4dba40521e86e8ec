"""The programme of each driver beside the ladders: where to begin, and what is held back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.conditions import leaf_truth, look_up
from engine.planned import Held, Node, ProgrammePlan
from engine.valuation import Valuation
from knowledge.model import KnowledgeBase, Leaf, Programme, ProgrammeStep
from knowledge.sides import BODY, BOTH, NONE, UNSTATED


def programme_for(
    driver: Node, claimed: Iterable[tuple[Node, Node]], cautions: Mapping[str, tuple[str, ...]], valuation: Valuation, kb: KnowledgeBase,
) -> ProgrammePlan:
    """What trains a driver. No step that trains what belongs to a diagnosis, and none against a caution."""
    known = next((one for one in kb.programmes if one.driver == driver[0]), None)
    if known is None:
        return ProgrammePlan(driver, "none")
    owners = dict(claimed)
    taken = [(n, by) for n, step in enumerate(known.steps, start=1) if (by := _owner(step, known, driver[1], owners))]
    held = [(n, tuple(Held(one, cautions[one]) for one in step.strain if one in cautions)) for n, step in enumerate(known.steps, start=1)]
    held = [(n, why) for n, why in held if why]
    shut = {n for n, _ in held} | {n for n, _ in taken}
    return ProgrammePlan(driver, "ready", _start(known, driver[1], shut, valuation), tuple(held), tuple(taken))


def _start(known: Programme, side: str, shut: set[int], valuation: Valuation) -> int:
    """The highest step whose condition holds on the side of the driver; else the first that may be done."""
    free = [n for n in range(1, len(known.steps) + 1) if n not in shut]
    fit = [n for n in free if known.steps[n - 1].start and all(_holds(leaf, side, valuation) for leaf in known.steps[n - 1].start)]
    return max(fit, default=min(free, default=0))


def _holds(leaf: Leaf, side: str, valuation: Valuation) -> bool:
    sides = (NONE,) if leaf.side == "none" else (side,) if side in BODY else BODY
    return all(leaf_truth(leaf, one, look_up(valuation)) for one in sides)


def _owner(step: ProgrammeStep, known: Programme, side: str, owners: Mapping[Node, Node]) -> Node | None:
    """The diagnosis to which belongs what a step trains."""
    sides = (side,) if side in BODY else (*BODY, side)
    for name in step.trains or (known.driver,):
        for one in (*sides, BOTH, UNSTATED, NONE):
            if (name, one) in owners:
                return owners[name, one]
    return None
