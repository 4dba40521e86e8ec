"""All the evidence, and what is seen and no part of a chain."""

from __future__ import annotations

from dataclasses import dataclass

from reports.escaping import Code
from reports.view.common import Ground, Texts


@dataclass(frozen=True, slots=True)
class BystanderView:
    """A past injury without a step in this person."""

    title: str
    timing: str
    tests: Texts


@dataclass(frozen=True, slots=True)
class ClaimedView:
    """A finding that belongs to one conclusion and to no other explanation."""

    sentence: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class PieceView:
    """What one rule says about one conclusion."""

    rule: Code
    text: str
    amount: str
    counted: bool
    values: Texts


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A conclusion that some answer speaks about."""

    title: str
    side: str
    layer_word: str
    state: Code
    state_word: str
    decibans: str
    pieces: tuple[PieceView, ...]
