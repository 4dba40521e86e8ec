"""Knowledge replicated for scaling: every copy concludes what the original does, in both evaluators."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.replicate import MARK, replicated, replicated_case
from engine.cohort.run import ArrayEvaluator
from engine.infer import Reasoner
from engine.result import Inference, Node
from knowledge.sides import NONE
from tests.budget import examples
from tests.shipped import case, inferred, reasoner
from tests.small_worlds import random_world
from tests.test_cohort import differences

TIMES = 3
CASES = ("article-ankle", "b04_stenosis_f", "c26_footdrop_30m")


@cache
def large() -> Reasoner:
    return Reasoner(replicated(reasoner().kb, TIMES))


def of_copy(found: Inference, number: int) -> dict[str, object]:
    """What is concluded about one copy, in the names of the original; number 1 is the original."""
    def own(name: str) -> str:
        mark = f"{MARK}{number}"
        return name.removesuffix(mark) if number > 1 else name

    def belongs(name: str) -> bool:
        return name.endswith(f"{MARK}{number}") if number > 1 else MARK not in name

    def node(one: Node) -> Node:
        return own(one[0]), one[1]

    return {
        "status": {node(n): (s.state, s.amount, s.settled) for n, s in found.statuses.items() if belongs(n[0])},
        "flags": [(own(one.rule), one.side) for one in found.red_flags if belongs(one.rule)],
        "claimed": sorted((node(one.node), node(one.by)) for one in found.claimed if belongs(one.rule)),
        "explanations": sorted((node(e.cause), node(e.driver or ("", NONE)), e.score) for e in found.explanations if belongs(e.cause[0])),
    }


def test_once_is_the_same_knowledge() -> None:
    once = replicated(reasoner().kb, 1)
    assert (once.findings, once.rules, once.links) == (reasoner().kb.findings, reasoner().kb.rules, reasoner().kb.links)


def test_every_part_is_there_as_often_as_asked() -> None:
    sizes = [(len(kb.rules), len(kb.conclusions), len(kb.links)) for kb in (reasoner().kb, large().kb)]
    assert sizes[1] == tuple(TIMES * size for size in sizes[0])


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("number", range(1, TIMES + 1), ids=lambda number: f"copy {number}")
def test_each_copy_concludes_what_the_original_does(name: str, number: int) -> None:
    found = _found_in_large(name)
    assert of_copy(found, number) == of_copy(inferred(name), 1)


@cache
def _found_in_large(name: str) -> Inference:
    return large().infer(replicated_case(case(name), reasoner().kb, TIMES))


@examples(15)
@given(st.integers(0, 2**40))
def test_a_copy_of_random_knowledge_concludes_the_same_in_both_evaluators(seed: int) -> None:
    world = random_world(Random(seed))
    told, kb = world.case.in_world("left"), replicated(world.kb, 2)
    many, one = replicated_case(told, world.kb, 2), Reasoner(kb)
    found, alone = one.infer(many), Reasoner(world.kb).infer(told)
    assert of_copy(found, 1)["status"] == of_copy(found, 2)["status"] == of_copy(alone, 1)["status"]
    assert differences([many], one, ArrayEvaluator(kb, one.readers)) == []
