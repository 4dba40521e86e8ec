"""What the knowledge itself must be like: checks of content, after its form is known to be right.

A check is a code, a severity, a fixed sentence, a hint and a short function over the whole base. A new one is written in
the module of its subject; a new module is listed here.
"""

from __future__ import annotations

from knowledge.content import claims, grounds, ladders, prose, reaching, reading, repeats
from knowledge.content.framework import NOTE, PROBLEM, Check, Register, Spot, Told, at
from knowledge.content.reaching import conclusions_reached
from knowledge.content.reading import findings_behind, findings_read
from knowledge.model import KnowledgeBase

CHECKS: tuple[Check[KnowledgeBase], ...] = tuple(
    check for module in (reading, reaching, grounds, prose, claims, repeats, ladders) for check in module.REGISTER.checks
)


def check_content(kb: KnowledgeBase) -> Told:
    """Every problem and note about what a knowledge base says."""
    return Told.of(CHECKS, kb)


__all__ = [
    "CHECKS", "NOTE", "PROBLEM", "Check", "Register", "Spot", "Told", "at", "check_content", "conclusions_reached",
    "findings_behind", "findings_read",
]
