"""The network is made as facts come; nothing shows but the time: experta's own whole network gives the same firings and results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from random import Random

import pytest

from engine import forward
from engine.forward import Firing, ForwardEngine, Item, Pattern, Production, Var, item, lines, pattern, rules, without
from engine.infer import Reasoner
from tests.inference_text import as_text
from tests.random_agendas import UNIVERSE, random_productions
from tests.random_people import random_person
from tests.shipped import case, every_case, reasoner

WORLDS = 40
STOCK = forward.experta.KnowledgeEngine.__matcher__


class WholeNetwork(ForwardEngine):
    """The same productions and order on experta's own matcher, which makes every node beforehand."""

    __matcher__ = STOCK


def says(facts: Sequence[Item], bound: Mapping[str, str]) -> Sequence[Item]:  # noqa: ARG001 - the shape of every act
    return facts


def talking(chance: Random) -> list[Production]:
    """Random productions, half of which assert something that others read."""
    silent = random_productions(chance)
    return [replace(one, act=partial(says, chance.sample(UNIVERSE, 2))) if chance.random() < 0.5 else one for one in silent]


def told(engine: ForwardEngine, batches: Sequence[Sequence[Item]]) -> list[Firing]:
    """The firings when the facts come in these batches."""
    engine.begin(batches[0])
    for batch in batches[1:]:
        engine.go_on(batch)
    return engine.firings


@pytest.mark.parametrize("seed", [pytest.param(seed, id=f"random productions {seed}") for seed in range(WORLDS)])
def test_facts_that_come_bit_by_bit_fire_what_they_fire_in_the_whole_network(seed: int) -> None:
    chance = Random(seed)
    productions, facts = talking(chance), chance.sample(UNIVERSE, 15)
    batches = [facts[:5], facts[5:10], facts[10:]]
    fresh, used, whole = ForwardEngine(productions), ForwardEngine(productions), WholeNetwork(productions)
    used.begin(UNIVERSE)
    wanted = told(whole, batches)
    assert wanted, "a world in which nothing fires proves nothing"
    assert told(fresh, batches) == told(used, batches) == wanted


X, Y = Var("x"), Var("y")
HAS_P, HAS_Q, NO_R = pattern("P", value=X), pattern("Q", value=X), without(pattern("R", value=X))
P, Q, R = item("P", value="x"), item("Q", value="x"), item("R", value="x")
PAIR, BACK, LOOP = pattern("Pair", first=X, second=Y), pattern("Pair", first=Y, second=X), pattern("Pair", first=X, second=X)


@pytest.mark.parametrize(
    ("patterns", "batches", "fired"),
    [
        pytest.param([HAS_P, HAS_Q], [[P]], 0, id="half of what it needs is not enough"),
        pytest.param([HAS_P, HAS_Q], [[P], [item("Q", value="y")]], 0, id="nor is another value"),
        pytest.param([HAS_P, NO_R], [[R], [P]], 0, id="what must be absent and came before it had nodes keeps it quiet"),
        pytest.param([HAS_P, HAS_Q, NO_R], [[P, R], [Q]], 0, id="also when it came between"),
        pytest.param([LOOP], [[item("Pair", first="x", second="y")]], 0, id="one variable twice wants one value twice"),
        pytest.param([HAS_P, HAS_Q], [[P], [Q]], 1, id="what stood before its nodes were made still counts"),
        pytest.param([HAS_Q, HAS_P], [[P], [Q]], 1, id="in either order"),
        pytest.param([HAS_P, NO_R], [[item("R", value="y")], [P]], 1, id="another value is no hindrance"),
        pytest.param([PAIR, BACK], [[item("Pair", first="x", second="x")]], 1, id="one fact may stand for two patterns"),
        pytest.param([NO_R], [[P]], 1, id="an absence alone fires once"),
        pytest.param([NO_R], [[R]], 0, id="an absence alone stays quiet when the fact is there"),
        pytest.param([], [[P]], 1, id="no condition at all fires once"),
        pytest.param([pattern("P", value=frozenset({"x", "y"}))], [[P], [item("P", value="y")]], 2, id="each of a set of words"),
    ],
)
def test_nodes_that_are_made_late_know_what_stands(patterns: list[Pattern], batches: list[list[Item]], fired: int) -> None:
    productions = [Production("it", tuple(patterns), partial(says, ()))]
    for engine in (ForwardEngine(productions), WholeNetwork(productions)):
        assert len(told(engine, batches)) == fired
        assert len(told(engine, batches)) == fired, "and again from reset"


def test_one_consult_makes_nodes_for_few_of_the_productions(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def noted(production: Production, order: int) -> object:
        made.append(production.id)
        return rules.rule_of(production, order)

    monkeypatch.setattr(lines, "rule_of", noted)
    one = Reasoner(reasoner().kb)
    assert made == [], "nothing is made before a fact comes"
    inference = one.infer(case("article-ankle"))
    fired = {each.rule for each in inference.trace if each.phase in ("evidence", "chain", "advice")}
    assert fired <= set(made)
    assert len(made) == len(set(made)) < len(reasoner().kb.rules) / 4


def test_two_ways_to_match_the_same_facts_fire_in_one_order_in_every_process() -> None:
    """By their sets of facts alone they are equal, and stood on the agenda in the order of a set."""
    engine = ForwardEngine([Production("it", (PAIR, BACK), partial(says, ()))])
    older, newer = item("Pair", first="x", second="y"), item("Pair", first="y", second="x")
    assert [one.matched for one in told(engine, [[older, newer]])] == [(newer, older), (older, newer)]


@pytest.fixture(scope="module")
def whole() -> Reasoner:
    """The shipped knowledge on experta's own matcher."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ForwardEngine, "__matcher__", STOCK)
        return Reasoner(reasoner().kb)


@pytest.mark.parametrize("name", ["article-ankle", "article-s1-nerve", "empty"])
def test_a_shipped_case_gives_the_same_inference_in_the_whole_network(name: str, whole: Reasoner) -> None:
    assert as_text(reasoner().infer(case(name))) == as_text(whole.infer(case(name)))


@pytest.mark.parametrize("seed", [pytest.param(seed, id=f"random person {seed}") for seed in range(4)])
def test_a_random_person_gives_the_same_inference_in_the_whole_network(seed: int, whole: Reasoner) -> None:
    person = random_person(Random(seed))
    assert as_text(reasoner().infer(person)) == as_text(whole.infer(person))


@pytest.fixture(scope="module")
def used() -> Reasoner:
    """A reasoner that has met other cases, so that most of its network is made."""
    one = Reasoner(reasoner().kb)
    for name in every_case()[1::6]:
        one.infer(case(name))
    return one


@pytest.mark.parametrize("name", every_case()[::9])
def test_a_fresh_network_infers_what_one_does_that_has_met_others(name: str, used: Reasoner) -> None:
    assert as_text(Reasoner(used.kb).infer(case(name))) == as_text(used.infer(case(name)))
