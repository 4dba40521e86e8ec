"""Who stands where: the explanations of one world in short, and which of them speaks for a conclusion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.result import Explanation, Inference, Node
from knowledge.sides import BOTH, UNSTATED

OPEN_SIDES = (BOTH, UNSTATED)
"""Sides that stand for either: twins, and what was not told."""


@dataclass(frozen=True, slots=True)
class Account:
    """An explanation in short. `driver` is what it starts from; for a condition that is only referred, the condition itself."""

    cause: Node
    driver: Node
    path: tuple[Node, ...]
    score: int


@dataclass(frozen=True, slots=True)
class World:
    """What is concluded, in short; `claim` is the level of the first account, '' without one.

    `sideless` tells that some answer left its side open, so that left and right are not told apart here.
    """

    outcome: str
    urgency: str
    claim: str
    accounts: tuple[Account, ...]
    sideless: bool = False

    @property
    def leader(self) -> Account | None:
        """The account that leads, when the outcome says that one does; as `Inference.leading`."""
        calm = self.urgency in ("routine", "watch", "none")
        leads = self.outcome in ("chain", "local", "nonmechanical") or (self.outcome == "referral" and calm)
        return self.accounts[0] if leads and self.accounts else None

    def of(self, node: Node, beside: Node | None = None) -> Account | None:
        """The account of a conclusion: the best one that it drives or heads, else the best one on whose way it stands.

        The account of what it is held `beside` does not speak for it by passing through it.
        """
        headed = [one for one in self.accounts if self._in(node, (one.driver, one.cause))]
        taken = self.of(beside) if beside else None
        passed = [one for one in self.accounts if self._in(node, one.path) and one != taken]
        return next(iter((*headed, *passed)), None)

    def score(self, node: Node, beside: Node | None = None) -> int:
        """The score of its account; what no explanation speaks for has 0, as has an explanation of which nothing was found."""
        one = self.of(node, beside)
        return one.score if one else 0

    def _in(self, node: Node, places: Sequence[Node]) -> bool:
        return any(name == node[0] and (self.sideless or same_side(side, node[1])) for name, side in places)


def same_side(one: str, other: str) -> bool:
    """Whether two sides can be the same side."""
    return one == other or one in OPEN_SIDES or other in OPEN_SIDES


def account_of(one: Explanation) -> Account:
    """An explanation in short."""
    return Account(one.cause, one.driver or one.cause, tuple(part.node for part in one.path), one.score)


def world_of(inference: Inference, sideless: bool) -> World:
    """An inference in short."""
    claim = inference.explanations[0].claim if inference.explanations else ""
    return World(inference.outcome, inference.urgency, claim, tuple(map(account_of, inference.explanations)), sideless)


def node_of(one: Explanation) -> Node:
    """The conclusion by which an explanation is known again in another world: its driver, else its cause."""
    return one.driver or one.cause
