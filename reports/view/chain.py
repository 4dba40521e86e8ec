"""The chain station by station, and the explanations side by side."""

from __future__ import annotations

from dataclasses import dataclass

from reports.escaping import Code
from reports.pictures.chain import Picture
from reports.view.common import Cites, Texts


@dataclass(frozen=True, slots=True)
class FoundView:
    """Answers that speak for or against something, with the rule that reads them."""

    answers: Texts
    rule: Code
    because: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link of the picture. `how` is step, inferred, association or gap; `tried` is tested, helped, not_supported or ''."""

    source: str
    target: str
    how: Code
    how_word: str
    tried: Code
    activities: str
    grade: Code
    grade_meaning: str
    mechanism: str
    cites: Cites
    contested: bool
    against: Cites


@dataclass(frozen=True, slots=True)
class NodeView:
    """A station of the chain; `onward` is the link to the next one. `status` is supported, gap or inferred."""

    id: Code
    title: str
    side: str
    layer: Code
    layer_word: str
    status: Code
    status_word: str
    role: str
    found: tuple[FoundView, ...]
    speaks_against: tuple[FoundView, ...]
    onward: LinkView | None


@dataclass(frozen=True, slots=True)
class ChainView:
    """The leading or nearest explanation: its stations in order, and the other links of the same picture."""

    title: str
    caption: str
    stations: tuple[NodeView, ...]
    branches: tuple[LinkView, ...]
    causes: Texts
    against: Texts
    in_one_line: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class TermView:
    """A kind of term of two scores: what it is, what it adds here and what it adds to the best explanation."""

    text: str
    amount: str
    best: str
    details: Texts


@dataclass(frozen=True, slots=True)
class RivalView:
    """An explanation beside the others; `beside` is what was found and has no place in it."""

    place: int
    title: str
    kind: Code
    kind_word: str
    score: int
    level: Code
    level_word: str
    origin_level: Code
    in_one_line: str
    explains: Texts
    unexplained: Texts
    beside: Texts
    terms: tuple[TermView, ...]
    lower: str
    lower_terms: tuple[TermView, ...]
    part_of: str
    against: Texts
    tests: Texts


@dataclass(frozen=True, slots=True)
class Rivals:
    """Explanations side by side, what the scores mean, and which together cover the complaints."""

    shown: tuple[RivalView, ...]
    others: Texts
    scale: str
    margin: str
    cover: str
