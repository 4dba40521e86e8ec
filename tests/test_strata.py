"""Strata: a rule that reads a conclusion comes after every rule that decides it, or the circle is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Leaf, Rule, When
from knowledge.problems import Place
from knowledge.strata import DECIDING, stratify
from tests.budget import examples
from tests.tiny_pack import tiny


def rule(name: str, gives: str, *reads: str, verb: str = "shows", line: int = 1) -> Rule:
    """A rule that gives one conclusion and reads others; without any it reads a finding."""
    here = Place("rules/x.yaml", line, 3)
    read = [Leaf("conclusion", one, ("supported",), "none", here) for one in reads]
    when = When(all=tuple(read or [Leaf("finding", "f", ("yes",), "none", here)]))
    return Rule(name, name, "draft", when, verb, (gives,), "because", "never", here)


def reads(one: Rule) -> set[str]:
    return {leaf.subject for leaf in one.when.leaves if leaf.about == "conclusion"}


def strata(*rules: Rule) -> dict[str, int]:
    layered, problems = stratify(rules)
    assert problems == []
    return {one.id: one.stratum for one in layered}


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        pytest.param((), {}, id="no rules"),
        pytest.param((rule("R1", "a"), rule("R2", "b")), {"R1": 0, "R2": 0}, id="rules on findings come first"),
        pytest.param((rule("R1", "a", "zzz"),), {"R1": 1}, id="a conclusion that nobody decides"),
        pytest.param((rule("R1", "b", "a"), rule("R2", "a")), {"R1": 1, "R2": 0}, id="the order in which they are written does not matter"),
        pytest.param(
            (rule("R1", "a"), rule("R2", "b", "a"), rule("R3", "c", "b"), rule("R4", "d", "a", "c")),
            {"R1": 0, "R2": 1, "R3": 2, "R4": 3},
            id="each level waits for the one below",
        ),
        pytest.param(
            (rule("R1", "a"), rule("R2", "b", "a"), rule("R3", "a", verb="against"), rule("R4", "c", "a")),
            {"R1": 0, "R2": 1, "R3": 0, "R4": 1},
            id="rules against a conclusion decide it too",
        ),
        pytest.param((rule("R1", "a", "b", verb="claims"), rule("R2", "b", "a")), {"R1": 2, "R2": 1}, id="a veto decides nothing"),
        pytest.param((rule("R1", "a", "b", verb="advises"), rule("R2", "b", "a")), {"R1": 2, "R2": 1}, id="advice decides nothing"),
    ],
)
def test_strata_count_from_the_findings_up(rules: tuple[Rule, ...], found: dict[str, int]) -> None:
    assert strata(*rules) == found


def test_rules_keep_their_order() -> None:
    rules = (rule("R3", "c", "b"), rule("R1", "a"), rule("R2", "b", "a"))
    assert [one.id for one in stratify(rules)[0]] == ["R3", "R1", "R2"]


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        pytest.param(
            (rule("R1", "a", "a", line=2),),
            ["rules/x.yaml:2:3: KB408 R1 reads 'a' and helps to decide it"],
            id="a rule that waits for itself",
        ),
        pytest.param(
            (rule("R1", "a", "b", line=2), rule("R2", "b", "a", line=9), rule("R3", "c")),
            [
                "rules/x.yaml:2:3: KB408 these rules wait for each other: R1 -> R2 -> R1\n"
                "      R1 (rules/x.yaml:2:3) reads b, which R2 decides\n"
                "      R2 (rules/x.yaml:9:3) reads a, which R1 decides"
            ],
            id="two rules that wait for each other",
        ),
        pytest.param(
            (rule("R1", "a", "b"), rule("R2", "b", "a"), rule("R3", "c", "d"), rule("R4", "d", "c")),
            ["R1 -> R2 -> R1", "R3 -> R4 -> R3"],
            id="two circles are two problems",
        ),
    ],
)
def test_rules_that_wait_for_each_other_are_told(rules: tuple[Rule, ...], told: list[str]) -> None:
    problems = [str(one).split("\n    hint")[0] for one in stratify(rules)[1]]
    assert len(problems) == len(told)
    assert [part in said for part, said in zip(told, sorted(problems), strict=True)] == [True] * len(told)


def test_a_circle_still_gives_every_rule_a_stratum() -> None:
    layered, problems = stratify((rule("R1", "a", "b"), rule("R2", "b", "a"), rule("R3", "c", "b")))
    assert len(problems) == 1
    assert [one.id for one in layered] == ["R1", "R2", "R3"]


def test_a_chain_of_thousands_of_rules_is_no_trouble() -> None:
    rules = [rule("R0", "c0"), *(rule(f"R{n}", f"c{n}", f"c{n - 1}") for n in range(1, 5_000))]
    assert stratify(rules[::-1])[0][0].stratum == 4_999


@given(st.lists(st.tuples(st.integers(0, 6), st.lists(st.integers(0, 6), max_size=3), st.sampled_from((*DECIDING, "claims"))), max_size=9))
@examples(400)
def test_a_rule_stands_above_all_that_decide_what_it_reads(drawn: list[tuple[int, list[int], str]]) -> None:
    rules = [rule(f"R{n}", f"c{gives}", *(f"c{one}" for one in reads), verb=verb) for n, (gives, reads, verb) in enumerate(drawn)]
    layered, problems = stratify(rules)
    above = [
        (reader.id, decider.id)
        for reader in layered
        for decider in layered
        if decider.verb in DECIDING and reads(reader) & set(decider.targets) and reader.stratum <= decider.stratum
    ]
    assert bool(problems) or above == []
    assert not problems or above  # a circle is only told where there is one


@given(st.permutations(range(6)))
@examples(50)
def test_the_order_of_rules_does_not_change_their_strata(order: list[int]) -> None:
    rules = [rule("R0", "a"), rule("R1", "b", "a"), rule("R2", "c", "a", "b"), rule("R3", "c"), rule("R4", "d", "c"), rule("R5", "e")]
    assert strata(*(rules[index] for index in order)) == strata(*rules)


def test_the_tiny_pack_reads_a_conclusion_in_its_veto_only_after_the_nerve_is_decided() -> None:
    levels = {one.id: one.stratum for one in tiny().rules}
    assert levels["NRV001"] == levels["NRV002"] == 0
    assert levels["NRV004"] == 1
