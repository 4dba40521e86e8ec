"""The engine: experta's own, with our productions, order and network, and a record of every firing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.forward.agenda import StableStrategy
from engine.forward.library import experta
from engine.forward.network import DispatchingMatcher
from engine.forward.productions import Firing, Item, Production
from engine.forward.rules import fact_of, rule_of


class ForwardEngine(experta.KnowledgeEngine):
    """Productions compiled once, run many times from reset. Not for use by two threads at once."""

    __matcher__ = DispatchingMatcher
    __strategy__ = StableStrategy

    def __init__(self, productions: Sequence[Production]) -> None:
        self.productions = tuple(productions)
        self._known: dict[Item, None] = {}
        self._items: dict[int, Item] = {}
        self.firings: list[Firing] = []
        self._deffacts: list[Any] = super().get_deffacts()
        super().__init__()

    def get_rules(self) -> list[Any]:
        """Every production as a rule, in order; read by experta's own matcher, while ours makes those it needs."""
        return [rule_of(production, order) for order, production in enumerate(self.productions)]

    def get_deffacts(self) -> list[Any]:
        """What experta declares on every reset; looked for once, since it looks through every attribute."""
        return self._deffacts

    def begin(self, facts: Iterable[Item]) -> None:
        """Forget everything, declare these facts and run until nothing can fire."""
        self.reset()
        self._known.clear()
        self._items.clear()
        self.firings = []
        self.go_on(facts)

    def go_on(self, facts: Iterable[Item]) -> None:
        """Declare more facts and run again; what fired before stays fired."""
        self._assert(facts)
        self.run()

    @property
    def facts_known(self) -> tuple[Item, ...]:
        """Every fact declared or asserted, oldest first."""
        return tuple(self._known)

    def item_of(self, fact: Any) -> Item:
        """The item a declared fact stands for."""
        return self._items[fact["__factid__"]]

    def record(self, production: Production, bound: Mapping[str, str], matched: Sequence[Item]) -> None:
        """Assert what the production says and write the firing down."""
        new, again = self._assert(production.act(bound))
        absent = tuple(one for one in production.patterns if one.absent)
        bindings = tuple(sorted(bound.items()))
        self.firings.append(Firing(len(self.firings) + 1, production.id, bindings, tuple(matched), absent, tuple(new), tuple(again)))

    def _assert(self, items: Iterable[Item]) -> tuple[list[Item], list[Item]]:
        """Declare what is new, all at once; returns what was new and what was there already."""
        new: list[Item] = []
        again: list[Item] = []
        for one in items:
            (again if one in self._known else new).append(one)
            self._known[one] = None
        facts = [fact_of(one) for one in new]
        self.declare(*facts)
        self._items.update((fact["__factid__"], one) for fact, one in zip(facts, new, strict=True))
        return new, again
