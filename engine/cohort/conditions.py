"""Conditions made ready for arrays: every leaf on a side is a number, so that what it says is looked at once a batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.cohort.layout import Layout
from engine.conditions import sides_read
from knowledge.model import Leaf, When

Options = tuple[int, ...]
"""A leaf as the looks of which one must hold: one, or one for each side."""


@dataclass(frozen=True, slots=True)
class Look:
    """One subject on one side, and what it must be: codes of words for a finding, words for a conclusion or result."""

    about: str
    subject: str
    side: str
    words: tuple[str, ...]
    codes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition evaluated on one side."""

    all: tuple[Options, ...]
    any: Options
    none: Options
    at_least: tuple[Options, ...]
    count: int
    simple: bool
    """Whether there is one thing in it, which must be there."""


class Looks:
    """Every look that conditions of a knowledge base take, by number."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.every: list[Look] = []
        self._numbers: dict[tuple[str, str, tuple[str, ...], str], int] = {}

    def condition(self, when: When, side: str) -> Condition:
        """A condition on a side."""
        all_, counted = (tuple(self.options(leaf, side) for leaf in part) for part in (when.all, when.at_least))
        any_, none = self._flat(when.any, side), self._flat(when.none, side)
        return Condition(all_, any_, none, counted, when.count, len(all_) == 1 and not (any_ or none or counted))

    def options(self, leaf: Leaf, side: str) -> Options:
        """The looks of a leaf, for a condition evaluated on a side."""
        return tuple(self.number(leaf, one) for one in sides_read(leaf, side))

    def number(self, leaf: Leaf, side: str) -> int:
        """The look of a leaf on one side of the body."""
        key = (leaf.about, leaf.subject, leaf.words, side)
        if key not in self._numbers:
            self._numbers[key] = len(self.every)
            known = leaf.about == "finding" and leaf.subject not in self.layout.several
            codes = tuple(self.layout.code(leaf.subject, word) for word in leaf.words) if known else ()
            self.every.append(Look(leaf.about, leaf.subject, side, leaf.words, codes))
        return self._numbers[key]

    def _flat(self, leaves: Iterable[Leaf], side: str) -> Options:
        return tuple(number for leaf in leaves for number in self.options(leaf, side))
