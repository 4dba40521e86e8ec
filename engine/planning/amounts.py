"""Amounts of a dimension: small steps that never jump over the stated one."""

from __future__ import annotations

import math
from collections.abc import Iterator

from knowledge.model_demands import Dimension

FINE, COARSE, FINE_BELOW = 0.5, 1.0, 10.0
"""Below ten, halves; above, whole numbers: nobody weighs a bag to the gram."""
CLOSE = 1e-9


def stated_step(dimension: Dimension, amount: float) -> float:
    """The largest step up that is stated from an amount."""
    return max(dimension.least, amount * dimension.most_percent / 100)


def steps_between(low: float, high: float, dimension: Dimension) -> Iterator[float]:
    """The amounts after `low` up to `high`, which comes last."""
    while low < high - CLOSE:
        low = min(high, _next(low, stated_step(dimension, low)))
        yield low


def rounded(amount: float) -> float:
    """The nearest amount that can be told."""
    grain = _grain(amount)
    return round(amount / grain) * grain


def rounded_down(amount: float) -> float:
    """The next lower amount that can be told; an amount below the smallest is told as it is."""
    return _floor(amount) or amount


def told(amount: float, dimension: Dimension) -> str:
    """An amount with its unit."""
    return f"{amount:g} {dimension.unit}"


def _next(low: float, step: float) -> float:
    """The largest amount that can be told within the step; the whole step where none is."""
    reached = _floor(low + step)
    return reached if reached > low + CLOSE else low + step


def _floor(amount: float) -> float:
    return math.floor(amount / _grain(amount) + CLOSE) * _grain(amount)


def _grain(amount: float) -> float:
    return FINE if amount < FINE_BELOW else COARSE
