"""The agenda never holds what it should not: our strategy and matcher, against brute force and against stock experta."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import partial, reduce
from operator import add

import pytest

from engine import forward
from engine.forward import ForwardEngine, Item, Production, item, pattern, without
from tests.random_agendas import Tally, says_nothing, wander

STATES, STEPS = 10_200, 60


class StockEngine(ForwardEngine):
    """The same productions on experta's own strategy and matcher."""

    __matcher__ = forward.experta.KnowledgeEngine.__matcher__
    __strategy__ = forward.experta.KnowledgeEngine.__strategy__


class StockMatcher(ForwardEngine):
    """Our strategy over experta's own matcher: the strategy alone makes the agenda right, ours makes it fast."""

    __matcher__ = forward.experta.KnowledgeEngine.__matcher__


def tally(kind: type[ForwardEngine], states: int) -> Tally:
    found = reduce(add, (wander(kind, seed, STEPS) for seed in range(states // STEPS)))
    print(f"{kind.__name__}: {found.wrong} of {found.states} agenda states wrong")
    return found


@pytest.mark.parametrize(
    ("kind", "states"),
    [
        pytest.param(ForwardEngine, STATES, id="ours is right in ten thousand states"),
        pytest.param(StockMatcher, 1_200, id="our strategy is right over the stock matcher too"),
    ],
)
def test_agenda_is_what_brute_force_says(kind: type[ForwardEngine], states: int) -> None:
    found = tally(kind, states)
    assert (found.states, found.wrong) == (states, 0)


def test_stock_experta_fails_the_same_test_or_it_has_no_power() -> None:
    assert tally(StockEngine, 3_000).share >= 0.2


def says(fact: Item, bound: Mapping[str, str]) -> tuple[Item, ...]:  # noqa: ARG001 - the shape of every act
    return (fact,)


def family(place: int) -> list[Production]:
    """A rule guarded by an absent red flag among ten siblings on the same fact, and the rule that raises the flag."""
    back, flag = pattern("Finding", name="back_pain"), item("RedFlag", name="numb_saddle")
    siblings = [Production(f"sibling{i}", (back,), says_nothing) for i in range(10)]
    guarded = Production("guarded", (back, without(pattern("RedFlag", name="numb_saddle"))), says_nothing)
    raises = Production("raises", (pattern("Finding", name="numb_saddle"),), partial(says, flag))
    return [raises, *siblings[:place], guarded, *siblings[place:]]


def fired_in_spite(kind: type[ForwardEngine], builds: int) -> int:
    """In how many builds the guarded rule fired although the flag was raised before its turn."""
    chance, wrong = random.Random(1), 0
    for build in range(builds):
        productions = family(build % 11)
        chance.shuffle(productions)
        engine = kind(productions)
        engine.begin([item("Finding", name="back_pain"), item("Finding", name="numb_saddle")])
        names = [one.production for one in engine.firings]
        wrong += "guarded" in names[names.index("raises") :]
    print(f"{kind.__name__}: the guarded rule fired after the red flag in {wrong} of {builds} builds")
    return wrong


def test_guarded_rule_among_ten_siblings_stays_quiet_once_the_red_flag_is_derived() -> None:
    assert fired_in_spite(ForwardEngine, 100) == 0


def test_stock_experta_fires_the_guarded_rule_or_the_case_has_no_power() -> None:
    assert fired_in_spite(StockEngine, 100) >= 20


def test_guarded_rule_fires_without_the_red_flag() -> None:
    engine = ForwardEngine(family(5))
    engine.begin([item("Finding", name="back_pain")])
    assert "guarded" in [one.production for one in engine.firings]
