"""What a report says about safety and about what is not known."""

from __future__ import annotations

from dataclasses import dataclass

from reports.escaping import Code
from reports.view.common import AskView, Ground, Texts


@dataclass(frozen=True, slots=True)
class SignView:
    """A sign of a serious condition; what to do and what to watch for stand with the first sign that asks for it."""

    ground: Ground
    action: str
    safety: str


@dataclass(frozen=True, slots=True)
class FlagView:
    """A serious condition that was flagged, or a reason why this person is out of scope; the gravest sign first."""

    title: str
    urgency: Code
    urgency_title: str
    signs: tuple[SignView, ...]


@dataclass(frozen=True, slots=True)
class CautionView:
    """Why some kinds of strain are not to be tested now."""

    strains: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What the result rests on: what is assumed, what must not be tested now, which must-ask questions are open, why no plan."""

    assumptions: Texts
    cautions: tuple[CautionView, ...]
    held_back: Texts
    must_ask: tuple[AskView, ...]
    withheld: Texts
