"""Places in a rung that the person's own activity fills: `{activity}` or `{30 % kg|about a third of the weight}`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

NUMBERS = {"kg": "kg", "minutes": "min", "height_cm": "cm", "reach_cm": "cm"}
"""The numbers an own activity may carry, with their units."""
_PLACE = re.compile(r"\{([^{}]*)\}")
_SHARE = re.compile(r"^(\d{1,3}) % (\w+)\|(.+)$")


def wrong_places(text: str, dimensions: Collection[str] = ()) -> Iterator[str]:
    """The places in a text that nothing can fill; `dimensions` are those that have an amount by then."""
    for inside in _PLACE.findall(text):
        match = _SHARE.match(inside)
        if inside not in ("activity", *dimensions) and not (match and match[2] in NUMBERS):
            yield inside


def fill(text: str, goal: Mapping[str, str | float], amounts: Mapping[str, str] = MappingProxyType({})) -> str:
    """The text for one own activity; a share of a number that was not told becomes the words behind the bar.

    `amounts` are the words of a dimension at this rung.
    """
    def filled(match: re.Match[str]) -> str:
        share = _SHARE.match(match[1])
        if share is None:
            return amounts.get(match[1]) or str(goal.get("activity", ""))
        number = goal.get(share[2])
        return f"{_round(number * int(share[1]) / 100)} {NUMBERS[share[2]]}" if isinstance(number, float) else share[3]

    return _PLACE.sub(filled, text)


def _round(number: float) -> str:
    """Halves below 10, whole numbers above: nobody weighs a bag to the gram."""
    return f"{max(0.5, round(number * 2) / 2):g}" if number < 10 else f"{number:.0f}"
