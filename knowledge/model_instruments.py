"""Questionnaires as frozen data: items known by id, the scores made of them, and what the scores mean."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.bands import Band, Interval
from knowledge.problems import Place

OTHERS = "others"
"""In a case this stands for every item that is not named; no item may be called so."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item known by its id alone: whole points from `low` to `high`, or words that stand for points.

    An optional item that is not answered is not missing.
    """

    id: str
    name: str
    low: float
    high: float
    words: tuple[tuple[str, float], ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """How a score is still made when up to `most` items are missing.

    `by` is answered (over the answered items), mean_of_rest (each missing one counts as their mean) or prorate (the
    share of the points that the answered ones could give). `whole`: then rounded to a whole number, halves up.
    """

    most: int = 0
    by: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """How some items make one number. `how` is sum, count (items above 0), mean or percent (of what the items could give)."""

    id: str
    how: str
    items: tuple[Item, ...]
    missing: Missing
    low: float
    high: float
    fills: str = ""
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A word for several scores together: each named score must lie in its interval."""

    word: str
    needs: tuple[tuple[str, Interval], ...]


@dataclass(frozen=True, slots=True)
class ItemSign:
    """An item that by itself answers a finding, when its points are above a limit."""

    item: str
    above: float
    finding: str
    word: str


@dataclass(frozen=True, slots=True)
class Change:
    """How much a score must change: beyond error (`mdc`) or to matter to people (`mcid`), in points or percent of the start."""

    kind: str
    score: str
    points: float | None
    percent: float | None
    sources: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A form scored by item id; the wording of its items stands nowhere here. `licence` says who owns it."""

    id: str
    title: str
    per_side: bool
    items: tuple[Item, ...]
    scores: tuple[ScoreRule, ...]
    groups: tuple[Group, ...]
    group_fills: str
    signs: tuple[ItemSign, ...]
    change: tuple[Change, ...]
    licence: str
    sources: tuple[str, ...]
    note: str
    place: Place

    def item(self, name: str) -> Item | None:
        """The item of that id."""
        return next((one for one in self.items if one.id == name), None)

    def score(self, name: str) -> ScoreRule | None:
        """The score of that id."""
        return next((one for one in self.scores if one.id == name), None)
