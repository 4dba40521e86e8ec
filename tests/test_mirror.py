"""Laws of any knowledge base, on the shipped one: mirror, order, irrelevance, unknown is not no, silence, safety.

Random people answer what makes chains of rules fire, and other things besides; a failure is told with the fewest answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.case import Answer, Case, Key, mirrored
from engine.result import Explanation, Inference, Node
from knowledge.model import URGENCIES, Finding, Leaf, Rule
from knowledge.sides import BODY, mirror
from tests.budget import examples
from tests.random_people import HERE, SIDE_WORDS, knowledge, random_answer, random_person
from tests.shipped import reasoner
from tests.smallest import check_or_cut

SEEDS = st.integers(0, 2**40)
RISING = ("none", *reversed(URGENCIES))


@dataclass(frozen=True, slots=True)
class View:
    """What is concluded, apart from the order among equals."""

    outcome: str
    urgency: str
    margin: int | None
    plan: str
    statuses: Mapping[Node, tuple[str, bool, int, bool]]
    flags: tuple[object, ...]
    explanations: tuple[object, ...]
    bystanders: tuple[object, ...]
    claimed: tuple[object, ...]
    advice: tuple[str, ...]


def seen(one: Inference, turned: bool = False) -> View:
    """An inference as it is, or as seen in a mirror."""

    def side(node: Node) -> Node:
        return (node[0], mirror(node[1])) if turned else node

    return View(
        one.outcome,
        one.urgency,
        one.margin,
        one.plan.state,
        {side(node): (status.state, status.settled, status.amount, status.conflict) for node, status in one.statuses.items()},
        tuple(sorted((flag.rule, flag.urgency, side((flag.condition, flag.side))) for flag in one.red_flags)),
        tuple(sorted(explained(each, side) for each in one.explanations)),
        tuple(sorted((side(each.node), each.timing) for each in one.bystanders)),
        tuple(sorted((side(each.node), side(each.by)) for each in one.claimed)),
        tuple(sorted([*(each.rule for each in one.tried), *(each.rule for each in one.advice)])),
    )


def explained(one: Explanation, side: Callable[[Node], Node]) -> tuple[object, ...]:
    causes = sorted((side(cause.node), cause.timing, cause.score) for cause in one.causes)
    return one.kind, side(one.cause), side(one.driver or ("", "")), one.score, one.claim, one.origin_claim, tuple(causes), one.explains


def mirror_holds(case: Case) -> None:
    here, there = reasoner().infer(case), reasoner().infer(mirrored(case, SIDE_WORDS))
    assert seen(here, turned=True) == seen(there)
    assert leader(here, turned=True) == leader(there)


def leader(one: Inference, turned: bool = False) -> Node | None:
    """The cause of the explanation that is better than all others, if one is."""
    best = one.explanations[:2]
    if not best or (len(best) == 2 and best[0].score == best[1].score):
        return None
    return (best[0].cause[0], mirror(best[0].cause[1])) if turned else best[0].cause


@given(SEEDS)
@examples(40)
def test_mirror_left_and_right_exchanged_exchange_the_conclusions(seed: int) -> None:
    check_or_cut(random_person(Random(seed)), mirror_holds)


@given(SEEDS)
@examples(25)
@example(60448)  # a claim that stands on the other side in the other world
@example(40427)  # a veto of a conclusion without sides on both sides of one whose side was not told
@example(20063)  # a head that is on the other side in the other world, and whose conclusion holds on both
def test_mirror_also_where_a_side_was_not_told(seed: int) -> None:
    check_or_cut(random_person(Random(seed), told_sides=False), mirror_holds)


def differences(one: Inference, other: Inference, apart_from: tuple[str, ...]) -> list[str]:
    """The parts of two inferences that are not the same."""
    names = [field.name for field in fields(one) if field.name not in ("case_id", "valuation", *apart_from)]
    return [name for name in names if getattr(one, name) != getattr(other, name)]


@given(SEEDS)
@examples(20)
def test_order_answers_in_any_order_give_the_same(seed: int) -> None:
    chance = Random(seed)

    def check(case: Case) -> None:
        shuffled = replace(case, answers=dict(Random(seed).sample(list(case.answers.items()), len(case.answers))))
        assert differences(reasoner().infer(case), reasoner().infer(shuffled), apart_from=()) == []

    check_or_cut(random_person(chance, told_sides=chance.random() < 0.5), check)


def unread() -> list[Finding]:
    """The findings that are there for a reader alone: no rule, score, ladder, re-test or date looks at them."""
    return [finding for finding in knowledge().findings.values() if finding.for_reader]


def both_sides(finding: Finding, answer: Answer) -> dict[Key, Answer]:
    return {(finding.id, side): answer for side in (BODY if finding.per_side else ("none",))}


@given(SEEDS)
@examples(15)
def test_irrelevance_what_no_rule_reads_changes_nothing(seed: int) -> None:
    chance = Random(seed)
    case, finding = random_person(chance), chance.choice(unread())
    more = both_sides(finding, random_answer(finding, chance))

    def check(case: Case) -> None:
        assert (
            differences(reasoner().infer(case), reasoner().infer(case.with_answers(more)), apart_from=("assumptions", "next_questions"))
            == []
        )

    check_or_cut(case, check)


def test_there_are_findings_that_no_rule_reads() -> None:
    read = {leaf.finding for rule in knowledge().rules for leaf in rule.when.leaves}
    assert unread()
    assert [finding.id for finding in unread() if finding.id in read] == []


def unasked(case: Case, chance: Random) -> Finding:
    answered = {name for name, _ in case.answers}
    return chance.choice([finding for finding in knowledge().findings.values() if finding.id not in answered])


def without_tests(one: Inference) -> tuple[Explanation, ...]:
    """The explanations without what to test next: nobody is asked again for what is not known."""
    return tuple(replace(each, next_tests=()) for each in one.explanations)


@given(SEEDS)
@examples(25)
def test_unknown_is_not_no(seed: int) -> None:
    chance = Random(seed)
    case = random_person(chance)
    more = both_sides(unasked(case, chance), Answer("unknown", {}, HERE))

    def check(case: Case) -> None:
        silent, asked = reasoner().infer(case), reasoner().infer(case.with_answers(more))
        assert without_tests(silent) == without_tests(asked)
        said = ("next_questions", "assumptions", "explanations", "bystanders", "trace")
        assert differences(silent, asked, apart_from=said) == []
        assert [(one.rule, one.bindings, one.asserted) for one in silent.trace] == [
            (one.rule, one.bindings, one.asserted) for one in asked.trace
        ]

    check_or_cut(case, check)


def test_silence_an_empty_case_concludes_nothing_and_asks_for_the_complaint() -> None:
    found = reasoner().infer(Case("empty", {}))
    assert {status.state for status in found.statuses.values()} == {"open"}
    assert (found.outcome, found.urgency, found.explanations, found.red_flags, found.bystanders, found.claimed) == (
        "undetermined",
        "none",
        (),
        (),
        (),
        (),
    )
    assert {one.why.code for one in found.next_questions} == {"complaint"}
    assert found.plan.state == "withheld"


def test_silence_only_unknown_answers_conclude_nothing_either() -> None:
    answers = {
        key: answer for finding in knowledge().findings.values() for key, answer in both_sides(finding, Answer("unknown", {}, HERE)).items()
    }
    found = reasoner().infer(Case("nobody knows", answers))
    assert {status.state for status in found.statuses.values()} == {"open"}
    assert (found.outcome, found.urgency, found.explanations, found.plan.state) == ("undetermined", "none", (), "withheld")
    assert found.open_red_flags == reasoner().infer(Case("empty", {})).open_red_flags


@given(SEEDS)
@examples(40)
def test_safety_an_answer_to_another_question_never_takes_a_red_flag_away(seed: int) -> None:
    chance = Random(seed)
    case = random_person(chance)
    finding = unasked(case, chance)
    more = both_sides(finding, random_answer(finding, chance))

    def check(case: Case) -> None:
        before, after = reasoner().infer(case), reasoner().infer(case.with_answers(more))
        assert {(one.rule, one.side) for one in before.red_flags} <= {(one.rule, one.side) for one in after.red_flags}
        assert RISING.index(before.urgency) <= RISING.index(after.urgency)

    check_or_cut(case, check)


def silencing(rule: Rule) -> list[Leaf]:
    """What can take a red flag away although it is about a finding that the flag does not need: nothing should."""
    needed = {leaf.finding for leaf in rule.when.all}
    return [leaf for leaf in rule.when.none if leaf.finding not in needed]


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(rule, id=f"{rule.id} is silenced by nothing but its own answers")
        for rule in knowledge().rules_of("flags")
        if rule.when.none
    ],
)
def test_safety_a_red_flag_is_silenced_only_by_correcting_its_own_answers(rule: Rule) -> None:
    assert silencing(rule) == []
