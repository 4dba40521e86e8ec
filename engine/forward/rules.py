"""Productions and items as the rules and facts of experta."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from engine.forward.library import experta
from engine.forward.productions import Item, Pattern, Production, Term, Var


class WordFact(experta.Fact):
    """A fact all of whose fields are words, so that experta has nothing to look for in it before it is declared.

    Equal only within a class: experta leaves the class out of the hash.
    """

    @staticmethod
    def is_special(key: str) -> bool:
        """Whether a field is experta's own; asked for every field of every fact."""
        return key[:2] == "__" == key[-2:]

    def has_field_constraints(self) -> bool:
        """No word is a condition."""
        return False

    def has_nested_accessor(self) -> bool:
        """No field of an item reaches into another."""
        return False

    def __hash__(self) -> int:
        try:
            return self._hash  # type: ignore[has-type, no-any-return]
        except AttributeError:
            self._hash = hash((type(self), frozenset(self.items())))
            return self._hash


@cache
def class_of(kind: str) -> type[Any]:
    """The class of the facts of a kind, always the same one."""
    return type(kind, (WordFact,), {})


def fact_of(one: Item) -> Any:
    """A fact that stands for an item; words need no freezing."""
    fact = class_of(one.kind)()
    dict.update(fact, one.fields)
    return fact


@cache
def _any_of(words: frozenset[str]) -> Any:
    """One predicate for each set of words, total, so that nodes are shared and nothing can raise."""
    return experta.P(lambda value: isinstance(value, str) and value in words)


def _term(term: Term) -> Any:
    if isinstance(term, Var):
        return getattr(experta.MATCH, term.name)
    return _any_of(term) if isinstance(term, frozenset) else term


def place(index: int) -> str:
    """The name under which the fact of the pattern at this place is bound."""
    return f"f{index}"


def _condition(one: Pattern, index: int) -> Any:
    fact = class_of(one.kind)(**{name: _term(term) for name, term in one.terms})
    return experta.NOT(fact) if one.absent else getattr(experta.AS, place(index)) << fact


class ProductionRule(experta.Rule):
    """A production as a rule of experta. Rules are equal when they stand at the same place and have the same conditions."""

    def __new__(cls, production: Production, order: int, conditions: Iterable[Any]) -> ProductionRule:
        """The rule of a production at its place in the order."""
        rule: ProductionRule = super().__new__(cls, *conditions)
        rule.production, rule.order, rule.__name__ = production, order, production.id
        rule.places = [place(index) for index, one in enumerate(production.patterns) if not one.absent]
        return rule

    def matched(self, context: Mapping[str, Any]) -> list[Any]:
        """The facts that stand for its patterns, in the order of the patterns."""
        return [context[name] for name in self.places]

    def new_conditions(self, *conditions: Any) -> ProductionRule:
        """The same rule with other conditions; experta asks for it when it rewrites a rule."""
        return type(self)(self.production, self.order, conditions)

    def __call__(self, engine: Any, **context: Any) -> None:
        """Fire: the engine records the production with what it is bound to and the facts it matched."""
        bound = {name: value for name, value in context.items() if isinstance(value, str)}
        engine.record(self.production, bound, [engine.item_of(fact) for fact in self.matched(context)])

    def __hash__(self) -> int:
        return hash(self.order)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ProductionRule) and self.order == other.order and tuple.__eq__(self, other)


def rule_of(production: Production, order: int) -> ProductionRule:
    """A production as the rule that experta fires; `order` is its place among the productions."""
    return ProductionRule(production, order, [_condition(one, index) for index, one in enumerate(production.patterns)])
