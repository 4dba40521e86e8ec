"""How far a statement may be claimed: the weakest link of its stretch, and what a bedside change does to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.questions import Readers
from engine.result import LEVELS, Node, Status
from engine.valuation import Valuation
from knowledge.model import Link
from knowledge.sides import BODY, NONE

_OF_GRADE = {"A": "supported", "B": "supported", "C": "possible", "D": "possible"}


def link_level(link: Link, gap: bool) -> str:
    """A and B give supported, C and D possible; a link that studies contradict is one level lower; a gap is a guess."""
    if gap:
        return "speculative"
    level = LEVELS.index(_OF_GRADE[link.grade])
    return LEVELS[max(0, level - 1)] if link.contested else LEVELS[level]


def weakest(levels: Iterable[str]) -> str:
    """The lowest of the levels."""
    return min(levels, key=LEVELS.index)


def bedside(node: Node, valuation: Valuation, readers: Readers) -> str:
    """What a bedside change of this node did: lasting (better twice and lost on removal), better, same, or nothing tried."""
    found = ""
    for name in readers.trials.get(node[0], ()):
        for side in _sides(readers.kb.findings[name].per_side, node[1]):
            found = _stronger(found, _result(name, side, valuation))
    return found


def _sides(per_side: bool, side: str) -> Sequence[str]:
    if not per_side:
        return (NONE,)
    return (side,) if side in BODY else BODY


def _result(finding: str, side: str, valuation: Valuation) -> str:
    word = (valuation.look(finding, side) or ("",))[0]
    if word == "better":
        sure = all("yes" in (valuation.look(f"{finding}.{detail}", side) or ()) for detail in ("twice", "lost_on_removal"))
        return "lasting" if sure else "better"
    return "same" if word in ("same", "worse") else ""


def _stronger(one: str, other: str) -> str:
    order = ("", "better", "lasting", "same")
    return max(one, other, key=order.index)


def stretch_level(links: Sequence[tuple[Link, bool]], tried: Sequence[str]) -> str:
    """The level of a stretch of a spine.

    `links` are the links with whether each bridges a gap, in order; `tried[i]` is what a bedside change of the node before
    link i did. A lasting change tests everything from its node on; one that changed nothing makes the stretch a guess.
    """
    if "same" in tried:
        return "speculative"
    tested = tried.index("lasting") if "lasting" in tried else len(links)
    levels = [link_level(link, gap) for link, gap in links[:tested]]
    return weakest(levels) if levels else "tested" if tested < len(links) or "lasting" in tried else "supported"


def presence_level(status: Status, tried: str, scale_supported: int) -> str:
    """The level of a diagnosis that acts on the pain itself: by how firmly it was found."""
    if tried:
        return {"lasting": "tested", "better": "supported", "same": "speculative"}[tried]
    return "supported" if status.settled or status.amount >= 2 * scale_supported else "possible"
