"""The shape of questionnaires that are scored by item id, beside scores that are counted from findings."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from knowledge.schema_base import Text, Unit
from knowledge.schema_findings import InstrumentSpec


class RangeSpec(Unit):
    """Whole points from one number to another."""

    min: int
    max: int


class ItemSpec(Unit):
    """An item; a bare id is one with nothing of its own."""

    id: str
    name: str = ""
    range: RangeSpec | None = None
    words: dict[str, int] = Field(default_factory=dict)
    optional: bool = False


class MissingSpec(Unit):
    """What to do when items are missing."""

    most: int = Field(gt=0)
    by: Literal["answered", "mean_of_rest", "prorate"]
    whole: bool = False
    sources: tuple[str, ...] = ()


class ScoreSpec(Unit):
    """A number made of items; without `of`, of all of them."""

    id: str
    how: Literal["sum", "count", "mean", "percent"]
    of: tuple[str, ...] = ()
    missing: MissingSpec | None = None
    fills: str = ""
    bands: dict[str, str] = Field(default_factory=dict)
    band_source: str = ""


class GroupsSpec(Unit):
    """Words for several scores together: for each word the band of each score it asks for."""

    words: dict[str, dict[str, str]]
    fills: str = ""


class SignSpec(Unit):
    """An item that by itself answers a finding."""

    item: str
    above: float
    finding: str
    word: str


class ChangeSpec(Unit):
    """A published amount of change."""

    kind: Literal["mdc", "mcid"]
    score: str
    points: float | None = None
    percent: float | None = None
    sources: tuple[str, ...]
    note: str = ""


def _item(value: Any) -> Any:
    return {"id": value} if isinstance(value, str | int | float) else value


class QuestionnaireSpec(Unit):
    """A form scored by item id; `range` or `words` hold for every item without its own."""

    id: str
    title: Text
    items: tuple[Annotated[ItemSpec, BeforeValidator(_item)], ...]
    range: RangeSpec | None = None
    words: dict[str, int] = Field(default_factory=dict)
    scores: tuple[ScoreSpec, ...]
    groups: GroupsSpec | None = None
    sets: tuple[SignSpec, ...] = ()
    change: tuple[ChangeSpec, ...] = ()
    per_side: bool = False
    licence: Text
    sources: tuple[str, ...]
    note: str = ""


def _instrument_kind(value: Any) -> str:
    return "?items" if isinstance(value, dict) and {"items", "scores"} & set(value) else "?count"


ScoredSpec = Annotated[
    Annotated[QuestionnaireSpec, Tag("?items")] | Annotated[InstrumentSpec, Tag("?count")], Discriminator(_instrument_kind),
]
"""What may stand in instruments/."""
