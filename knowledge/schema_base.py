"""What the shapes of all units have in common: unknown keys are mistakes, and numbers may stand for text."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema


class Unit(BaseModel):
    """Common settings of everything an author writes."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, allow_inf_nan=False)


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Words = Annotated[
    tuple[str, ...],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One word or a list of words; always a tuple once read."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A text that says something."""

Grade = Literal["A", "B", "C", "D"]
Urgency = Literal["emergency", "urgent", "routine", "watch"]
