"""What an inference holds: frozen, complete in itself, never pointing back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from engine.planned import Node, Plan, Reason
from engine.valuation import Valuation
from knowledge.model_plans import CLAIM_LEVELS

__all__ = [
    "LEVELS",
    "Advice",
    "Against",
    "Bystander",
    "Cause",
    "Caution",
    "Claimed",
    "Explanation",
    "Fired",
    "Flag",
    "Inference",
    "Node",
    "PathNode",
    "Piece",
    "Plan",

    "Question",
    "Read",
    "Reason",

    "Status",
    "Step",

    "Term",
    "Tried",
]

LEVELS = CLAIM_LEVELS
"""Claim levels from weakest to strongest."""


@dataclass(frozen=True, slots=True)
class Read:
    """One thing a rule looked at: a finding (or detail) or a conclusion, on a side, with the word it had.

    `part` is all, any, at_least or none; in `none`, `word` tells whether it was answered otherwise or not asked.
    """

    subject: str
    side: str
    word: str
    part: str


@dataclass(frozen=True, slots=True)
class Fired:
    """One firing, recorded when it happened. `asserted` and `confirmed` are short statements in ids."""

    seq: int
    phase: str
    rule: str
    bindings: tuple[tuple[str, str], ...]
    matched: tuple[Read, ...]
    asserted: tuple[str, ...]
    confirmed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one rule says about one conclusion: `kind` shows, excludes, supports or against; `amount` in tenths of a deciban.

    `counted` is False when a stronger rule of the same cluster stands for it.
    """

    rule: str
    kind: str
    amount: int
    counted: bool
    findings: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a conclusion is present on a side: supported, refuted or open, with the sum and every piece behind it."""

    node: Node
    state: str
    settled: bool
    amount: int
    pieces: tuple[Piece, ...]
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag that fired, or a reason why this person is outside what the program is for."""

    rule: str
    condition: str
    side: str
    urgency: str
    because: str
    action: str
    safety_net: str = ""


@dataclass(frozen=True, slots=True)
class Caution:
    """Why tests of some kinds of strain are not proposed to this person now; `rule` is empty for a pending referral."""

    rule: str
    withholds: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Step:
    """A link that holds in this person. `how` is step, inferred, association or gap."""

    source: Node
    target: Node
    how: str


@dataclass(frozen=True, slots=True)
class PathNode:
    """A node of a spine; `gap` when it is open and bridges two supported ones."""

    node: Node
    gap: bool
    inferred: bool


@dataclass(frozen=True, slots=True)
class Cause:
    """An origin of an explanation. `timing` is before, between, after, together or unknown, against the back pain."""

    node: Node
    timing: str
    score: int


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a score: what it is for, about what, and how much, in tenths of a deciban."""

    what: str
    about: str
    amount: int


@dataclass(frozen=True, slots=True)
class Against:
    """Something that speaks against an explanation: a finding's rule on a node, or a study on a link."""

    kind: str
    about: str
    ref: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One account of this pain: a cause, what to treat, the way to the complaints, and how far it may be claimed."""

    kind: str
    cause: Node
    causes: tuple[Cause, ...]
    driver: Node | None
    score: int
    terms: tuple[Term, ...]
    claim: str
    origin_claim: str
    steps: tuple[Step, ...]
    path: tuple[PathNode, ...]
    rules: tuple[str, ...]
    explains: tuple[str, ...]
    unexplained: tuple[str, ...]
    against: tuple[Against, ...]
    next_tests: tuple[str, ...]
    part_of: int | None = None

    @property
    def spine(self) -> tuple[tuple[str, str], ...]:
        """The links of the path, as pairs of conclusion ids."""
        ids = [one.node[0] for one in self.path]
        return tuple(pairwise(ids))


@dataclass(frozen=True, slots=True)
class Bystander:
    """A past injury without a step in this person, and the tests that would tell more."""

    node: Node
    next_tests: tuple[str, ...]
    timing: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A node that belongs to one conclusion and to no other explanation."""

    node: Node
    by: Node
    rule: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried, why it failed or was right, and what to do instead."""

    finding: str
    verdict: str
    rule: str
    because: str
    instead: str


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to do, with its reason."""

    topic: str
    rule: str
    because: str
    instead: str


@dataclass(frozen=True, slots=True)
class Question:
    """A next question; `side` is both, or none for a finding without sides."""

    finding: str
    side: str
    why: Reason


@dataclass(frozen=True, slots=True)
class Inference:
    """Everything concluded about a case, best explanation first."""

    case_id: str
    version: str
    sha256: str
    outcome: str
    urgency: str
    red_flags: tuple[Flag, ...]
    open_red_flags: tuple[str, ...]
    out_of_scope: tuple[Flag, ...]
    cautions: tuple[Caution, ...]
    withheld_tests: tuple[str, ...]
    explanations: tuple[Explanation, ...]
    margin: int | None
    cover: tuple[int, ...]
    statuses: Mapping[Node, Status]
    tried: tuple[Tried, ...]
    advice: tuple[Advice, ...]
    bystanders: tuple[Bystander, ...]
    claimed: tuple[Claimed, ...]
    plan: Plan
    next_questions: tuple[Question, ...]
    assumptions: tuple[Reason, ...]
    trace: tuple[Fired, ...]
    valuation: Valuation

    @property
    def leading(self) -> Explanation | None:
        """The explanation that leads, when the outcome says that one does."""
        calm = self.urgency in ("routine", "watch", "none")
        leads = self.outcome in ("chain", "local", "nonmechanical") or (self.outcome == "referral" and calm)
        return self.explanations[0] if leads and self.explanations else None
