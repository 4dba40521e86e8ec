"""The nodes of experta's network, spared what a network of words does not need."""

from __future__ import annotations

from typing import Any

from engine.forward.library import ConflictSetNode, NotNode, OrdinaryMatchNode, SameContextCheck, Token


class Join(OrdinaryMatchNode):
    """experta's join; tokens are not copied, since no node of this network changes one."""

    def __init__(self) -> None:
        super().__init__(SameContextCheck())

    def activate_left(self, token: Any) -> None:
        """Meet what came before."""
        self._activate_left(token)

    def activate_right(self, token: Any) -> None:
        """Meet a fact of its own pattern."""
        self._activate_right(token)


class Guard(NotNode):
    """experta's absent fact; tokens are not copied."""

    def __init__(self) -> None:
        super().__init__(SameContextCheck())

    def activate_left(self, token: Any) -> None:
        """Meet what came before."""
        self._activate_left(token)

    def activate_right(self, token: Any) -> None:
        """Meet a fact of its own pattern."""
        self._activate_right(token)


class End(ConflictSetNode):
    """experta's conflict set of one rule; it notes in `touched` that it has something to tell."""

    def __init__(self, rule: Any, touched: dict[Any, None]) -> None:
        self.touched = touched
        super().__init__(rule)

    def activate(self, token: Any) -> None:
        """Make or cancel an activation."""
        self.touched[self] = None
        self._activate(token)

    def _reset(self) -> None:
        """Forget also activations that were never polled."""
        super()._reset()
        self.get_activations()


class Stated(Token):
    """A token of one fact, whose frozen form is worked out once."""

    info: Any = None

    def __new__(cls, tag: Any, fact: Any, bound: dict[str, Any]) -> Stated:
        """A token that is valid by construction, so that nothing has to be checked."""
        return tuple.__new__(cls, (tag, {fact}, bound))

    def to_info(self) -> Any:
        """The frozen form that experta keeps in its memories."""
        if self.info is None:
            self.info = super().to_info()
        return self.info
