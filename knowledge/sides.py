"""Body sides: names, mirror, and how a link carries a side from one node to the next."""

from __future__ import annotations

LEFT, RIGHT, NONE = "left", "right", "none"
BOTH, UNSTATED, ANY = "both", "unstated", "any"
BODY = (LEFT, RIGHT)
THIS_SIDE, OTHER_SIDE = "this_side", "other_side"
"""How a rule names the answer of a finding that answers with a side."""

LINK_SIDES = ("same", "opposite", "either", "none")
"""What a link may say about sides: `none` into a node with sides means either side."""

_MIRROR = {LEFT: RIGHT, RIGHT: LEFT}


def mirror(side: str) -> str:
    """The other side; everything that is no side stays as it is."""
    return _MIRROR.get(side, side)


def target_sides(source_side: str, rule: str, target_has_sides: bool) -> tuple[str, ...]:
    """The sides on which a link that starts on `source_side` may arrive."""
    if not target_has_sides:
        return (NONE,)
    if source_side in BODY and rule == "same":
        return (source_side,)
    if source_side in BODY and rule == "opposite":
        return (mirror(source_side),)
    return BODY
