"""What a referral letter says, as frozen data, in a doctor's words. It names nobody: names, date and signature are added by hand."""

from __future__ import annotations

from dataclasses import dataclass

from reports.escaping import Code
from reports.view.common import Texts


@dataclass(frozen=True, slots=True)
class ConcernView:
    """A condition to look for: how urgent, what is asked, and why."""

    urgency: Code
    urgency_title: str
    ask: str
    why: Texts


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and what stands under it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter. `urgency_title` is that of the report; `asks` says what is asked for when no condition was flagged."""

    id: str
    person: str
    to: str
    urgency: Code
    urgency_title: str
    purpose: str
    concerns: tuple[ConcernView, ...]
    kept_in_mind: str
    blocks: tuple[Block, ...]
    safety_net: Texts
    version: str
    sha256: str
