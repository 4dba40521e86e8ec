"""The network, fed so that a fact touches only what it can change.

A fact finds the patterns it fits by one look-up for each set of fields that patterns of its kind name; joins, guards and
conflict sets are experta's own nodes. A production gets its nodes when each fact it needs has been seen for the first
time: before that it cannot fire, and most productions never meet all of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from engine.forward.library import InitialFact, Matcher
from engine.forward.lines import Line, Reader
from engine.forward.productions import Pattern, Production, Var
from engine.forward.rules import class_of, place

INITIAL = Pattern("", ())
"""Stands for the fact that experta declares on every reset."""


class DispatchingMatcher(Matcher):
    """Facts go only to the patterns they fit; only touched conflict sets are polled, only touched nodes are emptied."""

    def __init__(self, engine: Any) -> None:
        super().__init__(engine)
        self._tables: dict[type, dict[tuple[str, ...], dict[tuple[str, ...], list[Reader]]]] = {}
        self._readers: dict[tuple[str, Any, str], Reader] = {}
        self._touched: dict[Any, None] = {}
        self._used: dict[Reader, None] = {}
        for order, production in enumerate(engine.productions):
            Line(production, order, list(self._readers_of(production)), self._touched)

    def changes(self, adding: Any = None, deleting: Any = None) -> tuple[list[Any], list[Any]]:
        """The activations that come and go with these facts."""
        for fact in deleting or ():
            for reader in self._fitting(fact):
                reader.drop(fact)
        for fact in adding or ():
            for reader in self._fitting(fact):
                self._used[reader] = None
                reader.take(fact)
        added, removed = [], []
        for end in self._touched:
            new, gone = end.get_activations()
            added.extend(new)
            removed.extend(gone)
        self._touched.clear()
        return added, removed

    def reset(self) -> None:
        """Empty every node that anything has reached."""
        for line in dict.fromkeys(line for reader in self._used for line in reader.lines):
            line.forget()
        for reader in self._used:
            reader.standing.clear()
        self._used.clear()
        self._touched.clear()

    def _readers_of(self, production: Production) -> Iterator[tuple[Reader, bool]]:
        """The readers of its patterns, and whether each is an absence; what begins with an absence is led by the initial fact."""
        if all(one.absent for one in production.patterns[:1]):
            yield self._reader(INITIAL, ""), False
        for index, one in enumerate(production.patterns):
            yield self._reader(one, "" if one.absent else place(index)), one.absent

    def _reader(self, one: Pattern, bind: str) -> Reader:
        key = (one.kind, one.terms, bind)
        if key not in self._readers:
            self._readers[key] = Reader(one, bind)
            self._enter(one, self._readers[key])
        return self._readers[key]

    def _enter(self, one: Pattern, reader: Reader) -> None:
        """Put a reader where every fact that it fits will find it: a set of words under each of them."""
        words = {name: term for name, term in one.terms if not isinstance(term, Var)}
        kind = InitialFact if one is INITIAL else class_of(one.kind)
        table = self._tables.setdefault(kind, {}).setdefault(tuple(words), {})
        for values in product(*((term,) if isinstance(term, str) else sorted(term) for term in words.values())):
            table.setdefault(values, []).append(reader)

    def _fitting(self, fact: Any) -> list[Reader]:
        """The readers whose words the fact has."""
        tables = self._tables.get(type(fact), {})
        return [reader for names, table in tables.items() for reader in table.get(tuple(map(fact.get, names)), ())]
