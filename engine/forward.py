"""Forward chaining through experta 1.9.4; the only importer of experta.

What is hidden here, and why (figures in docs/decisions.md):
- it does not import on Python 3.10 and later: frozendict 1.2 reads `collections.Mapping`, which is lent for the import;
- its own agenda keeps cancelled activations, so rules fire against a violated NOT: `StableStrategy` removes exactly;
- its firing order differs between processes: rules are ordered by their place, activations by a total key;
- a predicate that raises leaves the network half updated: the only predicate used here is a total set lookup;
- OR, EXISTS, FORALL, NOT(AND) and a leading TEST are unsafe: productions are joins of facts and of absent facts.
"""

from __future__ import annotations

import bisect
import collections
import collections.abc
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

_lent = "Mapping" not in vars(collections)
if _lent:
    collections.Mapping = collections.abc.Mapping  # type: ignore[attr-defined]  # lent to frozendict 1.2
try:
    import frozendict  # noqa: F401
finally:
    if _lent:
        del collections.Mapping  # type: ignore[attr-defined]  # taken back at once
import experta
from experta.abstract import Strategy
from experta.matchers.rete import ReteMatcher
from experta.matchers.rete.nodes import ConflictSetNode
from experta.matchers.rete.token import Token
from experta.matchers.rete.utils import prepare_rule

if not hasattr(experta, "KnowledgeEngine"):  # experta swallows an ImportError of its own dependencies
    raise ImportError("a dependency of experta failed to import")
logging.getLogger("experta.watchers").setLevel(logging.ERROR)  # at INFO they print every fact of a person

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """A fact: a kind and its fields, all of them words."""

    kind: str
    fields: Fields

    def __getitem__(self, name: str) -> str:
        return dict(self.fields)[name]


def item(kind: str, /, **fields: str) -> Item:
    """A fact with its fields in a fixed order."""
    return Item(kind, tuple(sorted(fields.items())))


@dataclass(frozen=True, slots=True)
class Var:
    """A field that is bound where it first stands and must agree everywhere else."""

    name: str


Term = str | Var | frozenset[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A fact that must be there, or with `absent` must not be. A set of words means any one of them."""

    kind: str
    terms: tuple[tuple[str, Term], ...]
    absent: bool = False


def pattern(kind: str, /, **terms: Term) -> Pattern:
    """A fact that must be there, with its terms in a fixed order."""
    return Pattern(kind, tuple(sorted(terms.items())))


def without(one: Pattern) -> Pattern:
    """The same fact, which must not be there."""
    return replace(one, absent=True)


Act = Callable[[Mapping[str, str]], Iterable[Item]]


@dataclass(frozen=True, slots=True)
class Production:
    """Patterns that must hold together, and the facts to assert for each way in which they do."""

    id: str
    patterns: tuple[Pattern, ...]
    act: Act


@dataclass(frozen=True, slots=True)
class Firing:
    """One firing as it happened; `confirmed` are facts that were there already."""

    seq: int
    production: str
    bindings: Fields
    matched: tuple[Item, ...]
    absent: tuple[Pattern, ...]
    asserted: tuple[Item, ...]
    confirmed: tuple[Item, ...]


class _Fact(experta.Fact):
    """Equal only within a class: experta leaves the class out of the hash."""

    def __hash__(self) -> int:
        return hash((type(self), super().__hash__()))


_classes: dict[str, type[_Fact]] = {}
_sets: dict[frozenset[str], Any] = {}


def _class_of(kind: str) -> type[_Fact]:
    if kind not in _classes:
        _classes[kind] = type(kind, (_Fact,), {})
    return _classes[kind]


def _term(term: Term) -> Any:
    if isinstance(term, Var):
        return getattr(experta.MATCH, term.name)
    if isinstance(term, frozenset):  # one predicate object for each set: alpha nodes are shared, nothing leaks on rebuild
        if term not in _sets:
            _sets[term] = experta.P(lambda value, words=term: isinstance(value, str) and value in words)
        return _sets[term]
    return term


def _condition(one: Pattern, index: int) -> Any:
    fact = _class_of(one.kind)(**{name: _term(term) for name, term in one.terms})
    return experta.NOT(fact) if one.absent else getattr(experta.AS, f"f{index}") << fact


def _rule(production: Production, order: int) -> Any:
    def fire(engine: ForwardEngine, **context: Any) -> None:
        bound = {name: str(value) for name, value in context.items() if isinstance(value, str)}
        matched = [context[f"f{i}"] for i, one in enumerate(production.patterns) if not one.absent]
        engine.record(production, bound, [engine.item_of(fact) for fact in matched])

    fire.__name__ = production.id
    fire.order = order  # type: ignore[attr-defined]  # experta copies it to the activation's rule
    return experta.Rule(*[_condition(one, i) for i, one in enumerate(production.patterns)])(fire)


class StableStrategy(Strategy):
    """A total order (newest facts first, then the order of the productions) and exact removal."""

    @staticmethod
    def _key(activation: Any) -> tuple[Any, ...]:
        newest = sorted((fact["__factid__"] for fact in activation.facts), reverse=True)
        return (activation.rule.salience, newest, -activation.rule.order)

    def _update_agenda(self, agenda: Any, added: Any, removed: Any) -> None:
        queue = agenda.activations
        for gone in removed:
            gone.key = self._key(gone)
            index = bisect.bisect_left(queue, gone)
            while index < len(queue) and queue[index].key == gone.key:
                if (queue[index].rule, queue[index].facts, queue[index].context) == (gone.rule, gone.facts, gone.context):
                    del queue[index]
                    break
                index += 1
        for new in added:
            new.key = self._key(new)
            bisect.insort(queue, new)


class _OrderedRules(dict[Any, None]):
    def add(self, rule: Any) -> None:
        self[rule] = None

    def copy(self) -> _OrderedRules:
        return _OrderedRules(self)


class DispatchingMatcher(ReteMatcher):
    """experta's own network; facts go only to nodes of their class, only touched conflict sets are polled."""

    def __init__(self, engine: Any) -> None:
        super().__init__(engine)
        self._dirty: dict[Any, None] = {}
        self._nodes = self._all_nodes()
        for node in self._nodes:
            if isinstance(node, ConflictSetNode):
                self._watch(node)
        self._by_class: dict[type, list[Any]] = defaultdict(list)
        for child in self.root_node.children:
            self._by_class[child.node.matcher.fact_type].append(child.callback)

    def _all_nodes(self) -> list[Any]:
        found: dict[int, Any] = {}
        stack = [self.root_node]
        while stack:
            node = stack.pop()
            if id(node) not in found:
                found[id(node)] = node
                stack.extend(child.node for child in node.children)
        return list(found.values())

    def _watch(self, node: Any) -> None:
        original = node._activate

        def activate(token: Any) -> None:
            self._dirty[node] = None
            original(token)

        node._activate = activate

    @staticmethod
    def prepare_ruleset(engine: Any) -> _OrderedRules:
        """The engine's rules, each once, in their order."""
        return _OrderedRules({prepare_rule(rule): None for rule in engine.get_rules()})

    def changes(self, adding: Any = None, deleting: Any = None) -> tuple[list[Any], list[Any]]:
        """The activations that come and go with these facts."""
        for facts, token_of in ((deleting, Token.invalid), (adding, Token.valid)):
            for fact in facts or ():
                for callback in self._by_class.get(type(fact), ()):
                    callback(token_of(fact))
        added, removed = [], []
        for node in self._dirty:
            new, gone = node.get_activations()
            added.extend(new)
            removed.extend(gone)
        self._dirty.clear()
        return added, removed

    def reset(self) -> None:
        """Empty every node, also of activations that were never polled."""
        for node in self._nodes:
            node._reset()
            if isinstance(node, ConflictSetNode):
                node.get_activations()
        self._dirty.clear()


class ForwardEngine(experta.KnowledgeEngine):
    """Productions compiled once, run many times from reset. Not for use by two threads at once."""

    __matcher__ = DispatchingMatcher
    __strategy__ = StableStrategy

    def __init__(self, productions: Sequence[Production]) -> None:
        self._rules = [_rule(production, order) for order, production in enumerate(productions)]
        self._known: dict[Item, None] = {}
        self._items: dict[int, Item] = {}
        self.firings: list[Firing] = []
        super().__init__()

    def get_rules(self) -> list[Any]:
        """The compiled rules, in their order; read by experta."""
        return self._rules

    def begin(self, facts: Iterable[Item]) -> None:
        """Forget everything, declare these facts and run until nothing can fire."""
        self.reset()
        self._known.clear()
        self._items.clear()
        self.firings = []
        self.go_on(facts)

    def go_on(self, facts: Iterable[Item]) -> None:
        """Declare more facts and run again; what fired before stays fired."""
        for one in facts:
            self._assert(one)
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
        new: list[Item] = []
        again: list[Item] = []
        for one in production.act(bound):
            (new if self._assert(one) else again).append(one)
        absent = tuple(one for one in production.patterns if one.absent)
        bindings = tuple(sorted(bound.items()))
        self.firings.append(Firing(len(self.firings) + 1, production.id, bindings, tuple(matched), absent, tuple(new), tuple(again)))

    def _assert(self, one: Item) -> bool:
        if one in self._known:
            return False
        self._known[one] = None
        declared = self.declare(_class_of(one.kind)(**dict(one.fields)))
        self._items[declared["__factid__"]] = one
        return True
