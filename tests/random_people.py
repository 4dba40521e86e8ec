"""Random people for the shipped knowledge, and what tests make of them."""

from __future__ import annotations

from functools import cache
from random import Random

from engine.case import Case
from engine.laws.people import HERE, People, random_answer
from knowledge.model import KnowledgeBase
from tests.shipped import reasoner

__all__ = ["HERE", "SIDE_WORDS", "knowledge", "people", "random_answer", "random_person"]

SIDE_WORDS = frozenset({"pain_side"})
"""Findings whose answer is itself a side."""


@cache
def knowledge() -> KnowledgeBase:
    """The shipped knowledge."""
    return reasoner().kb


@cache
def people() -> People:
    """Makes people for the shipped knowledge."""
    return People(knowledge())


def random_person(chance: Random, told_sides: bool = True) -> Case:
    """A walk along the links, answered by the examples of rules about its nodes; then other rules and other answers."""
    return people().person(chance, told_sides)
