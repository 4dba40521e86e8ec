"""What the columns of a result mean, and which words each can hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engine.cohort.people import CAUSES
from engine.cohort.ranking import OUTCOMES
from engine.result import LEVELS
from knowledge.model import URGENCIES, KnowledgeBase
from knowledge.sides import BOTH, LEFT, NONE, RIGHT, UNSTATED

PLACES = ("leading", "second", "third")
MEANING: Mapping[str, str] = MappingProxyType({
    "outcome": "referral, chain, local, nonmechanical or undetermined",
    "urgency": "emergency, urgent, routine or watch; none when no flag fires",
    **{
        key: text
        for place, name in enumerate(PLACES[:CAUSES], start=1)
        for key, text in (
            (f"cause{place}", f"conclusion at the head of the {name} explanation"),
            (f"side{place}", "its side: left, right, both, unstated (one side, not told which), none (it has no sides)"),
            (f"score{place}", "score of this explanation in tenths of a deciban"),
        )
    },
    "driver": "what to treat in the leading explanation; its cause when it has no other",
    "driver_side": "side of the driver",
    "claim": "how much may be claimed for the leading explanation",
    "margin": "score of the leading explanation above the next, in tenths of a deciban",
    "red_flags": "ids of the red flag rules that fire, with spaces between",
    "error": "why this row could not be read; then nothing else is concluded about it",
})
"""One sentence for each column of a result."""


def vocabularies(kb: KnowledgeBase) -> Mapping[str, tuple[str, ...]]:
    """The words of each column that has a closed list of them, in an order that this knowledge base fixes."""
    places = range(1, CAUSES + 1)
    conclusions, sides = tuple(kb.conclusions), (LEFT, RIGHT, BOTH, UNSTATED, NONE)
    return {
        "outcome": OUTCOMES, "urgency": (*URGENCIES, "none"), "claim": tuple(LEVELS),
        "driver": conclusions, "driver_side": sides,
        **{f"cause{place}": conclusions for place in places}, **{f"side{place}": sides for place in places},
    }
