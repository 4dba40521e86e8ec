"""The two evaluators agree to the digit: on every shipped case, on random people, and on random knowledge bases.

Over 20,000 pairs of random knowledge and a random case in each run; BACKCAUSE_EXAMPLES=2000 makes it 100,000.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from random import Random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.case import Case
from engine.cohort.ranking import OUTCOMES
from engine.cohort.run import ArrayEvaluator, Results
from engine.infer import Reasoner
from engine.result import LEVELS, Inference
from engine.valuation import valuate
from knowledge.model import URGENCIES
from knowledge.sides import BODY
from tests.budget import WANTED, examples
from tests.random_people import random_person
from tests.shipped import case, every_case, reasoner
from tests.small_findings import random_case
from tests.small_worlds import random_world

SEEDS = st.integers(0, 2**40)
PEOPLE = WANTED or 300
CASES = 50


@cache
def arrays() -> ArrayEvaluator:
    return ArrayEvaluator(reasoner().kb, reasoner().readers)


def told(about: Case) -> list[Case]:
    """The case, or its two worlds when a side was not told."""
    return [about.in_world(side) for side in BODY] if about.has_unstated else [about]


def differences(cases: Sequence[Case], one: Reasoner, many: ArrayEvaluator) -> list[str]:
    """Everything in which the traced engine and the arrays differ."""
    found = many.of_cases(cases)
    claims = many.claims(found)
    return [f"{about.id}: {text}" for row, about in enumerate(cases) for text in _differences(one.infer(about), found, claims, row)]


def _differences(single: Inference, found: Results, claims: np.ndarray, row: int) -> list[str]:
    best = single.explanations[0] if single.explanations else None
    wanted = {
        "outcome": single.outcome, "urgency": single.urgency, "margin": single.margin,
        "flags": sorted({flag.rule for flag in single.red_flags}), "claim": best.claim if best else "",
        "explanations": [(each.cause, each.driver or each.cause, each.score) for each in single.explanations],
        "claimed": sorted((each.node, each.by) for each in single.claimed),
        "status": {node: (status.state, status.amount) for node, status in single.statuses.items()},
        "fired": sorted(_fired(single)), "steps": sorted(_stepped(single)),
    }
    got = _got(found, claims, row)
    return [f"{name} {got[name]!r} != {value!r}" for name, value in wanted.items() if got[name] != value]


def _fired(single: Inference) -> set[tuple[str, str]]:
    """Evidence rules by the side they fired on; an `any` that fires by two branches is one rule."""
    records = [each for each in single.trace if each.phase == "evidence"]
    names = [each.rule if each.rule.endswith("/no") else each.rule.split("/")[0] for each in records]
    return {(name, dict(each.bindings).get("side", "none")) for name, each in zip(names, records, strict=True)}


def _stepped(single: Inference) -> set[str]:
    """Every step and every gap of a person, as the trace tells them."""
    told = (text for each in single.trace if each.phase in ("chain", "gap") for text in each.asserted)
    return {text.split(" (")[0] for text in told if text.startswith(("step ", "gap "))}


def _steps_of(found: Results, row: int) -> set[str]:
    tables = (("step", found.steps.steps), ("gap", found.steps.opening()))
    return {f"{how} {_at(u)} -> {_at(v)}" for how, table in tables for (u, v), held in table.items() if held[row]}


def _at(node: tuple[str, str]) -> str:
    return node[0] if node[1] == "none" else ".".join(node)


def _got(found: Results, claims: np.ndarray, row: int) -> dict[str, object]:
    ranked, states = found.ranked, found.states
    entries = range(int(ranked.start[row]), int(ranked.start[row + 1]))
    margin = float(ranked.margin[row])
    state = {n: "supported" if s[row] else "refuted" if states.refuted[n][row] else "open" for n, s in states.supported.items()}
    return {
        "outcome": OUTCOMES[found.outcome[row]], "urgency": (*URGENCIES, "none")[found.urgency[row]],
        "margin": None if math.isnan(margin) else int(margin),
        "flags": sorted({rule for (rule, _), held in found.flags.items() if held[row]}),
        "claim": (*LEVELS, "")[claims[row]],
        "explanations": [(ranked.named(each), ranked.named(each, driver=True), int(ranked.score[each])) for each in entries],
        "claimed": sorted(pair for pair, held in states.claimed.items() if held[row]),
        "status": {node: (word, int(states.amount[node][row])) for node, word in state.items()},
        "fired": sorted(key for key, held in states.fired.items() if held[row]), "steps": sorted(_steps_of(found, row)),
    }


def test_an_empty_batch_is_no_trouble() -> None:
    assert len(arrays().of_cases([]).outcome) == 0


@pytest.mark.parametrize("name", every_case())
def test_the_evaluators_agree_on_a_shipped_case(name: str) -> None:
    assert differences(told(case(name)), reasoner(), arrays()) == []


def test_the_evaluators_agree_on_random_people() -> None:
    """Random people answer what makes rules fire along a chain, and some things besides."""
    chance, different = Random(WANTED), []
    for start in range(0, PEOPLE, 200):
        people = [world for _ in range(min(200, PEOPLE - start)) for world in told(random_person(chance, told_sides=chance.random() < 0.8))]
        different += differences(people, reasoner(), arrays())
    assert different[:3] == []


@examples(400)
@example(2317040)  # a chain that passes through a layer no chain starts from
@example(1532)  # steps on from a complaint that only an association led to, through a serious condition
@given(SEEDS)
def test_the_evaluators_agree_on_random_knowledge(seed: int) -> None:
    """A case for which many conditions hold, and others that answer as it comes."""
    chance = Random(seed)
    world = random_world(chance)
    cases = [world.case, *(random_case(world.kb.findings.values(), chance) for _ in range(CASES - 1))]
    one = Reasoner(world.kb)
    assert differences([each for about in cases for each in told(about)], one, ArrayEvaluator(world.kb, one.readers)) == []


@examples(100)
@given(SEEDS)
def test_words_derive_alike(seed: int) -> None:
    world = random_world(Random(seed))
    many = ArrayEvaluator(world.kb)
    for about in told(world.case):
        batch = many.of_cases([about]).truths.batch
        words = {slot: many.layout.words[slot[0]][codes[0] - 1] for slot, codes in batch.codes.items() if codes[0] > 0}
        single = valuate(about, world.kb).words
        kept = [slot for slot in single if slot[0] not in many.layout.several and many.layout.words[slot[0]]]
        assert words == {slot: single[slot][0] for slot in kept}


def test_a_batch_gives_what_its_rows_give_alone() -> None:
    people = [world for name in every_case()[:12] for world in told(case(name))]
    together = arrays().of_cases(people)
    claims = arrays().claims(together)
    for row, about in enumerate(people):
        alone = arrays().of_cases([about])
        assert _got(together, claims, row) == {**_got(alone, arrays().claims(alone), 0), "fired": _got(together, claims, row)["fired"]}
