"""Random productions under random declare and retract, and what should stand on the agenda, worked out by brute force."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import product
from typing import Any

from engine.forward import Fields, ForwardEngine, Item, Pattern, Production, Term, Var, item, pattern, without

NUMBERS = tuple(f"n{i}" for i in range(8))
LETTERS = ("x", "y", "z")
UNIVERSE = (
    *(item("Single", value=number) for number in NUMBERS),
    *(item(kind, value=letter) for kind in ("P", "Q", "R") for letter in LETTERS),
    *(item("Pair", first=a, second=b) for a in LETTERS for b in LETTERS),
)

Activation = tuple[str, Fields, tuple[Item, ...]]
"""A production, what its variables are bound to, and the facts it matched in the order of its patterns."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many agenda states were looked at, and how many were not what they should be."""

    states: int
    wrong: int

    @property
    def share(self) -> float:
        return self.wrong / self.states

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.states + other.states, self.wrong + other.wrong)


def says_nothing(bound: Mapping[str, str]) -> tuple[Item, ...]:  # noqa: ARG001 - the shape of every act
    """The act of a production that asserts nothing."""
    return ()


def random_productions(chance: random.Random) -> list[Production]:
    """Guards over single facts, of which many share their facts, and four kinds of join."""
    return [*(_guard(f"guard{i}", chance) for i in range(25)), *_joins()]


def _guard(name: str, chance: random.Random) -> Production:
    there = chance.sample(NUMBERS, chance.choice((1, 1, 2, 3)))
    absent = [one for one in chance.sample(NUMBERS, chance.choice((0, 1, 2))) if one not in there]
    patterns = [pattern("Single", value=_one_or_several(one, chance)) for one in there]
    return Production(name, (*patterns, *(without(pattern("Single", value=one)) for one in absent)), says_nothing)


def _one_or_several(word: str, chance: random.Random) -> Term:
    return frozenset({word, chance.choice(NUMBERS)}) if chance.random() < 0.2 else word


def _joins() -> list[Production]:
    x, y, p, q = Var("x"), Var("y"), pattern("P", value=Var("x")), pattern("Q", value=Var("x"))
    free = without(pattern("R", value=x))
    way = pattern("Pair", first=x, second=y)
    conditions = {
        "shared": (p, q, free),
        "guard_first": (p, free, q),
        "across": (way, pattern("P", value=x), pattern("Q", value=y), without(pattern("R", value=y))),
        "two_ways": (way, pattern("Pair", first=y, second=x), without(pattern("Pair", first=x, second=x))),
    }
    return [Production(name, patterns, says_nothing) for name, patterns in conditions.items()]


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a production could hold: the facts it needs, and the facts each of which forbids it."""

    activation: Activation
    needs: frozenset[Item]
    forbidden_by: frozenset[Item]


def all_ways(productions: Iterable[Production]) -> list[Way]:
    """Every way in which a production could hold over any facts of the universe, by trying them all."""
    return [way for production in productions for way in _ways(production)]


def expected(ways: Iterable[Way], facts: Set[Item]) -> list[Activation]:
    """What should stand on the agenda when exactly these facts are there."""
    return sorted(way.activation for way in ways if way.needs <= facts and not way.forbidden_by & facts)


def _ways(production: Production) -> Iterator[Way]:
    there = [one for one in production.patterns if not one.absent]
    absent = [one for one in production.patterns if one.absent]
    for matched in product(*([fact for fact in UNIVERSE if _fits(one, fact, {}) is not None] for one in there)):
        bound = _bind(there, matched)
        if bound is not None:
            forbids = frozenset(fact for one in absent for fact in UNIVERSE if _fits(one, fact, dict(bound)) is not None)
            yield Way((production.id, tuple(sorted(bound.items())), matched), frozenset(matched), forbids)


def _bind(patterns: Sequence[Pattern], facts: Sequence[Item]) -> dict[str, str] | None:
    bound: dict[str, str] | None = {}
    for one, fact in zip(patterns, facts, strict=True):
        bound = _fits(one, fact, bound) if bound is not None else None
    return bound


def _fits(one: Pattern, fact: Item, bound: dict[str, str]) -> dict[str, str] | None:
    """The bindings with those this fact adds, or None when it does not fit."""
    if one.kind != fact.kind:
        return None
    for name, term in one.terms:
        allowed = {bound.setdefault(term.name, fact[name])} if isinstance(term, Var) else {term} if isinstance(term, str) else term
        if fact[name] not in allowed:
            return None
    return bound


def fact_classes(kinds: Iterable[Item]) -> dict[str, type[Any]]:
    """The experta classes that stand for the kinds of these items."""
    probe = ForwardEngine([])
    probe.begin(kinds)
    return {type(fact).__name__: type(fact) for fact in probe.facts.values()}


def shown_agenda(engine: ForwardEngine, items: Mapping[int, Item]) -> list[Activation]:
    """What stands on the agenda of an engine; `items` tells which fact stands for what."""
    return sorted(_shown(one, items) for one in engine.agenda.activations)


def _shown(activation: Any, items: Mapping[int, Item]) -> Activation:
    context = activation.context
    bound = tuple(sorted((name, value) for name, value in context.items() if isinstance(value, str)))
    places = sorted((name for name in context if name not in dict(bound)), key=lambda name: int(name[1:]))
    return activation.rule.__name__, bound, tuple(items[context[name]["__factid__"]] for name in places)


def wander(kind: type[ForwardEngine], seed: int, steps: int) -> Tally:
    """Declare and retract at random, looking at the agenda after each step."""
    chance = random.Random(seed)
    productions = random_productions(chance)
    board, ways = _Board(kind(productions), fact_classes(UNIVERSE)), all_ways(productions)
    wrong = 0
    for _ in range(steps):
        board.change(chance.choice(UNIVERSE))
        wrong += shown_agenda(board.engine, board.items) != expected(ways, set(board.standing))
    return Tally(steps, wrong)


class _Board:
    """An engine with the facts that stand in it, changed straight through experta's own declare and retract."""

    def __init__(self, engine: ForwardEngine, classes: Mapping[str, type[Any]]) -> None:
        self.engine, self.classes = engine, classes
        self.items: dict[int, Item] = {}
        self.standing: dict[Item, Any] = {}
        engine.reset()

    def change(self, one: Item) -> None:
        if one in self.standing:
            self.engine.retract(self.standing.pop(one))
            return
        fact = self.engine.declare(self.classes[one.kind](**dict(one.fields)))
        self.standing[one], self.items[fact["__factid__"]] = fact, one
