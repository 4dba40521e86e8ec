"""What if some answers were other: both cases reasoned through by the traced engine, and what differs between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.case import Case
from engine.infer import Reasoner
from engine.questioning.changes import Change, changed
from engine.result import Inference


@dataclass(frozen=True, slots=True)
class Difference:
    """The changes, and what is concluded before and after them."""

    changes: tuple[Change, ...]
    before: Inference
    after: Inference


def what_if(case: Case, changes: Sequence[Change], reasoner: Reasoner, before: Inference | None = None) -> Difference:
    """The case as it is against the case with the changes; `before` when that inference is there already."""
    return Difference(tuple(changes), before or reasoner.infer(case), reasoner.infer(changed(case, changes)))
