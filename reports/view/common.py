"""What several parts of a report share: rules that spoke, cited sentences, things still to ask."""

from __future__ import annotations

from dataclasses import dataclass

from reports.citing import Cite
from reports.escaping import Code

Texts = tuple[str, ...]
Cites = tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A rule that spoke, in the words of the knowledge base."""

    rule: Code
    text: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class CitedText:
    """A sentence with its sources."""

    text: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class AskView:
    """A question or test still to come: what to ask or do, how long it takes, and why now."""

    id: Code
    title: str
    side: str
    ask: str
    how: str
    minutes: str
    why: str
