"""The forward engine and a second, plain evaluator agree on random knowledge bases and random cases, to the digit.

BACKCAUSE_EXAMPLES=5000 makes a long run of it, over new worlds each time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from engine.chains import ChainRun
from engine.conditions import holds, instance_sides, look_up
from engine.evidence import Evidence, EvidenceRun
from engine.gaps import pain_sides_of
from engine.result import Fired, Node
from engine.valuation import valuate
from knowledge.load import load
from knowledge.model import KnowledgeBase, Rule
from knowledge.sides import BODY
from tests.as_yaml import write_pack
from tests.budget import WANTED, examples
from tests.oracle import Oracle, Standing
from tests.oracle_steps import Found, oracle_steps
from tests.small_worlds import World, random_world
from tests.smallest import check_or_shrink

SEEDS = st.integers(0, 2**40)


def engine_standings(found: Evidence) -> dict[Node, Standing]:
    """What the engine says of each node, in the shape of the oracle."""
    return {
        node: Standing(one.state, one.settled, one.amount, one.conflict, frozenset((p.rule, p.kind, p.amount) for p in one.pieces))
        for node, one in found.statuses.items()
    }


def agree(world: World) -> None:
    """The same evidence, statuses, vetoes and steps from both, in each world of the side that was not told."""
    run = EvidenceRun(world.kb)
    for side in BODY if world.case.has_unstated else BODY[:1]:
        found, oracle = run.run(valuate(world.case.in_world(side), world.kb)), Oracle(world.kb, world.case, side)
        assert engine_standings(found) == {node: oracle.standing(node) for node in oracle.nodes}
        assert sorted((one.node, one.by) for one in found.claimed) == sorted(oracle.claimed)
        agree_on_steps(found, oracle, world.kb)


def agree_on_steps(found: Evidence, oracle: Oracle, kb: KnowledgeBase) -> None:
    steps = ChainRun(kb).run(found.statuses, found.claimed, pain_sides_of(found.statuses, kb)).steps
    assert {(one.source, one.target, one.how) for one in steps} == steps_of(oracle)


def steps_of(oracle: Oracle) -> frozenset[Found]:
    return oracle_steps(oracle.kb, {node: oracle.standing(node).state for node in oracle.nodes}, oracle.claimed)


@given(SEEDS)
@examples(250)
def test_engine_and_oracle_agree(seed: int) -> None:
    check_or_shrink(random_world(Random(seed)), agree)


def met_in(world: World) -> Iterator[str]:
    """What happens in a world."""
    oracle = Oracle(world.kb, world.case)
    standings = [oracle.standing(node) for node in oracle.nodes]
    strata = {rule.id: rule.stratum for rule in world.kb.rules}
    yield from (one.state for one in standings)
    yield from ("conflict" for one in standings if one.conflict)
    yield from (kind for one in standings for _, kind, _ in one.pieces)
    yield from (f"stratum {strata[rule]}" for one in standings for rule, _, _ in one.pieces)
    yield from ("claimed" for _ in oracle.claimed)
    yield from (how for _, _, how in steps_of(oracle))


def test_worlds_of_that_property_are_full_of_evidence_and_steps() -> None:
    met = Counter(what for seed in range(200) for what in met_in(random_world(Random(seed))))
    print("in 200 worlds:", dict(met.most_common()))
    kinds = (
        "supported",
        "refuted",
        "open",
        "conflict",
        "shows",
        "excludes",
        "supports",
        "against",
        "claimed",
        "step",
        "inferred",
        "association",
    )
    assert [kind for kind in (*kinds, "stratum 1", "stratum 2") if met[kind] < 10] == []


def fired_sides(rule: Rule, fired: tuple[Fired, ...]) -> set[str]:
    named = {rule.id, *(f"{rule.id}/{branch}" for branch in range(1, len(rule.when.any) + 1))}
    return {dict(one.bindings).get("side", "none") for one in fired if one.rule in named}


def plainly(world: World) -> None:
    """Rules that read findings only fire where plain evaluation of their condition says that they hold."""
    valuation = valuate(world.case.in_world("left"), world.kb)
    run = EvidenceRun(world.kb)
    fired = run.run(valuation).fired
    for rule in run.rules:
        if all(leaf.about == "finding" for leaf in rule.when.leaves):
            held = {side for side in instance_sides(rule.when) if holds(rule.when, side, look_up(valuation))}
            assert fired_sides(rule, fired) == held, rule.id


@given(SEEDS)
@examples(80)
def test_red_flags_by_plain_evaluation_and_evidence_by_the_engine_read_conditions_alike(seed: int) -> None:
    check_or_shrink(random_world(Random(seed)), plainly)


def test_worlds_written_as_yaml_and_read_again_give_the_same(tmp_path: Path) -> None:
    for seed in range(min(WANTED, 200) or 6):
        world = random_world(Random(seed))
        kb = load(base=write_pack(world.kb, tmp_path / str(seed)))
        assert [(one.id, one.stratum) for one in kb.rules] == [(one.id, one.stratum) for one in world.kb.rules]
        check_or_shrink(World(kb, world.case), agree)
        assert_same_standings(world, kb)


def assert_same_standings(world: World, kb: KnowledgeBase) -> None:
    valuation = valuate(world.case.in_world("left"), world.kb)
    built, read = (engine_standings(EvidenceRun(one).run(valuation)) for one in (world.kb, kb))
    assert built == read
