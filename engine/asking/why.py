"""Why a question is asked, as a typed reason: what it tells apart, which gap it closes, what it confirms or looks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from engine.asking.belief import Account
from engine.asking.weighing import Board, Floats, odds_shift, shifts
from engine.questions import Readers
from engine.result import Inference, Node, Reason
from knowledge.sides import BODY, NONE, UNSTATED


@dataclass(frozen=True)
class Reasons:
    """The reasons of the questions of a board, for the world that is kept."""

    board: Board
    world: int
    found: Inference
    readers: Readers
    step: str
    live: int

    @cached_property
    def accounts(self) -> tuple[int, ...]:
        """The named accounts that are believed now, the likeliest first."""
        now = self.board.beliefs.chances[self.world][:-1]
        order = np.lexsort((np.arange(len(now)), -now))
        return tuple(index for index in order.tolist() if now[index] > 0)[: self.live]

    @cached_property
    def _moved(self) -> Floats:
        return shifts(self.board, self.world)[:, :-1]

    @cached_property
    def _pairs(self) -> list[tuple[tuple[int, int], Floats]]:
        return [(pair, odds_shift(self.board, self.world, pair)) for pair in combinations(self.accounts, 2)]

    @cached_property
    def _gaps(self) -> tuple[Node, ...]:
        return tuple(dict.fromkeys(part.node for one in self.found.explanations[: self.live] for part in one.path if part.gap))

    def why(self, place: int) -> Reason:
        """The reason of the question at a place of the board."""
        name = self.board.names[place]
        tested = self.readers.kb.findings[name].tests_node
        if tested:
            return self._reason("tests_link", self._on_path(tested))
        gap = next((node for node in self._gaps if name in self.readers.of.get(node[0], ())), None)
        return self._reason("closes_gap", gap) if gap else self._told_apart(place)

    def _told_apart(self, place: int) -> Reason:
        if not self._moved.shape[1]:
            return self._reason("explores")
        most = int(np.argmax(self._moved[place]))
        if self._moved[place][most] <= 0:
            return self._reason("explores")
        if most not in self.accounts:
            return self._reason("looks_for", (self._new(self._account(most)), NONE))
        if not self._pairs:
            return self._reason("confirms", self._side_known(self._account(most)[1]))
        (one, other), _ = max(self._pairs, key=lambda pair: round(float(pair[1][place]), 9))
        return self._reason("separates", *self._names(self._account(one), self._account(other)))

    def _new(self, account: Account) -> str:
        """What an explanation that is not believed yet would bring: its cause, or its driver when the cause is believed already."""
        causes = {self._account(index)[0] for index in self.accounts}
        return account[1][0] if account[0] in causes else account[0][0]

    def _account(self, index: int) -> Account:
        return self.board.beliefs.accounts[index]

    def _names(self, one: Account, other: Account) -> tuple[Node, Node]:
        """Two explanations by their causes; by their drivers when the cause is one."""
        which = 1 if one[0] == other[0] else 0
        return self._side_known(one[which]), self._side_known(other[which])

    def _on_path(self, tested: Sequence[str]) -> Node:
        """The node that a bedside change tests, where it stands on the way of an explanation."""
        nodes = [part.node for one in self.found.explanations for part in one.path]
        return next((node for node in nodes if node[0] in tested), (tested[0], NONE))

    def _side_known(self, node: Node) -> Node:
        """The node with its side as it is told of this person: where the side depends on one not told, it is unstated."""
        told = {one for each in self.found.explanations for one in (each.cause, each.driver) if one}
        return (node[0], UNSTATED) if node[1] in BODY and node not in told and (node[0], UNSTATED) in told else node

    def _reason(self, code: str, node: Node | None = None, other: Node | None = None) -> Reason:
        about = [("step", self.step)]
        about += [("node", node[0]), ("side", node[1])] if node else []
        about += [("other", other[0]), ("other_side", other[1])] if other else []
        return Reason(code, tuple(about))
