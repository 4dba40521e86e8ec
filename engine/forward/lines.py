"""What each pattern reads, and the row of nodes of each production behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from engine.forward.library import Token
from engine.forward.nodes import End, Guard, Join, Stated
from engine.forward.productions import Pattern, Production, Var
from engine.forward.rules import rule_of

Send = Callable[[Any], None]


class Reader:
    """The facts that stand and fit one pattern, and the nodes that want to know of them."""

    def __init__(self, one: Pattern, bind: str) -> None:
        self.variables = [(name, term.name) for name, term in one.terms if isinstance(term, Var)]
        self.bind = bind
        self.standing: dict[int, Any] = {}
        self.outlets: list[Send] = []
        self.lines: list[Line] = []
        self.waiting: list[Line] = []

    def take(self, fact: Any) -> None:
        """The fact stands now."""
        bound = self._bound(fact)
        if bound is None:
            return
        token = self.standing[fact["__factid__"]] = Stated(Token.TagType.VALID, fact, bound)
        for send in self.outlets:
            send(token)
        waiting, self.waiting = self.waiting, []
        for line in waiting:
            line.met_another()

    def drop(self, fact: Any) -> None:
        """The fact stands no longer."""
        token = self.standing.pop(fact["__factid__"], None)
        if token is not None:
            gone = Stated(Token.TagType.INVALID, fact, token.context)
            for send in self.outlets:
                send(gone)

    def _bound(self, fact: Any) -> dict[str, Any] | None:
        """What the fact binds; None when a field is missing or one variable would have two values."""
        found: dict[str, Any] = {self.bind: fact} if self.bind else {}
        for name, variable in self.variables:
            if name not in fact or found.setdefault(variable, fact[name]) != fact[name]:
                return None
        return found


class Line:
    """The nodes of one production in a row. They are made when each fact it needs has been seen, and told what stands by then."""

    def __init__(self, production: Production, order: int, readers: Sequence[tuple[Reader, bool]], touched: dict[Any, None]) -> None:
        self.production, self.order, self.readers, self.touched = production, order, readers, touched
        self.nodes: list[Any] = []
        needed = [reader for reader, absent in readers if not absent]
        self.unmet = len(needed)
        for reader in needed:
            reader.waiting.append(self)

    def met_another(self) -> None:
        """One more of the facts it needs has been seen for the first time."""
        self.unmet -= 1
        if not self.unmet:
            self._make()

    def forget(self) -> None:
        """Empty every node."""
        for node in self.nodes:
            node._reset()

    def _make(self) -> None:
        """A join or guard for each pattern after the first, each into the next, the last into the end."""
        (first, _), *others = self.readers
        middle = [Guard() if absent else Join() for _, absent in others]
        end = End(rule_of(self.production, self.order), self.touched)
        self.nodes = [*middle, end]
        enter: list[Send] = [*(node.activate_left for node in middle), end.activate]
        first.outlets.append(enter[0])
        for node, following, send, (reader, _) in zip(middle, self.nodes[1:], enter[1:], others, strict=True):
            node.add_child(following, send)
            reader.outlets.append(node.activate_right)
        for reader, _ in self.readers:
            reader.lines.append(self)
        self._tell_what_stands(enter[0])

    def _tell_what_stands(self, enter: Send) -> None:
        """From the right first, so that what enters from the left meets everything at once."""
        for node, (reader, _) in zip(self.nodes, self.readers[1:], strict=False):
            for token in reader.standing.values():
                node.activate_right(token)
        for token in self.readers[0][0].standing.values():
            enter(token)
