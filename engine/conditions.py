"""Plain evaluation of a condition, in three values: it holds, it does not, or it is not known.

The safety pass, why-not and the next question use it; the evidence runs go through `engine.forward`, and a property test
keeps the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from engine.valuation import Valuation
from knowledge.model import Leaf, When
from knowledge.sides import BODY, NONE, mirror

Truth = bool | None
Look = Callable[[Leaf, str], tuple[str, ...] | None]
"""The words a leaf's subject has on a side, None when they are not known."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a leaf came out on the side it was read on; `part` is all, any, at_least or none."""

    leaf: Leaf
    part: str
    side: str
    truth: Truth


def look_up(valuation: Valuation) -> Look:
    """A look at findings only; conclusions are not known."""
    def look(leaf: Leaf, side: str) -> tuple[str, ...] | None:
        return valuation.look(leaf.subject, side) if leaf.about == "finding" else None

    return look


def look_at_all(valuation: Valuation, states: Mapping[tuple[str, str], str], results: Mapping[str, tuple[str, ...]]) -> Look:
    """A look at findings, at the states of conclusions, and at `outcome` and `leading`."""
    def look(leaf: Leaf, side: str) -> tuple[str, ...] | None:
        if leaf.about == "finding":
            return valuation.look(leaf.subject, side)
        if leaf.about == "conclusion":
            return (states[leaf.subject, side],) if (leaf.subject, side) in states else None
        return results.get(leaf.about)

    return look


def instance_sides(when: When) -> tuple[str, ...]:
    """The sides on which a condition is evaluated: both when it is about a side, else once."""
    return BODY if when.sided else (NONE,)


def sides_read(leaf: Leaf, side: str) -> tuple[str, ...]:
    """The sides on which a leaf looks, for a condition evaluated on `side`."""
    if leaf.side == "any":
        return BODY
    if leaf.side == "none":
        return (NONE,)
    return (mirror(side),) if leaf.side == "opposite" else (side,)


def leaf_truth(leaf: Leaf, side: str, look: Look) -> Truth:
    """Whether a leaf holds; unknown is not no."""
    truths = [None if (words := look(leaf, one)) is None else bool(set(words) & set(leaf.words)) for one in sides_read(leaf, side)]
    return _any(truths)


def verdicts(when: When, side: str, look: Look) -> tuple[Verdict, ...]:
    """Every leaf with its truth, in the order written."""
    parts = (("all", when.all), ("any", when.any), ("at_least", when.at_least), ("none", when.none))
    return tuple(Verdict(leaf, part, side, leaf_truth(leaf, side, look)) for part, leaves in parts for leaf in leaves)


def holds(when: When, side: str, look: Look) -> Truth:
    """Whether the condition holds on a side. `none` blocks on an answer that matches and on nothing else."""
    if any(leaf_truth(leaf, side, look) for leaf in when.none):
        return False
    parts = [_all(leaf_truth(leaf, side, look) for leaf in when.all)]
    if when.any:
        parts.append(_any(leaf_truth(leaf, side, look) for leaf in when.any))
    if when.at_least:
        parts.append(counted(when, side, look))
    return _all(parts)


def counted(when: When, side: str, look: Look) -> Truth:
    """Whether enough of `at_least` hold; not known while the missing answers could still make it enough."""
    truths = [leaf_truth(leaf, side, look) for leaf in when.at_least]
    if truths.count(True) >= when.count:
        return True
    return None if truths.count(True) + truths.count(None) >= when.count else False


def _all(truths: Iterable[Truth]) -> Truth:
    listed = list(truths)
    return False if False in listed else None if None in listed else True


def _any(truths: Iterable[Truth]) -> Truth:
    listed = list(truths)
    return True if True in listed else None if None in listed else False
