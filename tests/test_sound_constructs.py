"""What each part of a condition compiles to: when a rule fires, on which side, by which branch, and what keeps it quiet."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from engine.case import Case
from engine.evidence import Evidence, EvidenceRun
from engine.forward import ForwardEngine, Production, item, pattern
from engine.valuation import valuate
from knowledge.model import Answer, Detail, Finding, Rule, Weight, When
from tests.making import base, case, choice, conclusion, finding, given, rule, when

FINDINGS = (
    *(finding(name) for name in ("cough", "fever", "rash")),
    *(finding(name, sided=True) for name in ("weak", "numb", "torn")),
    finding("jerk", choice("normal", "reduced", "absent"), sided=True),
    finding("pain_side", choice("left", "right", "both", "middle")),
    finding("sprain", sided=True, details=(Detail("bothers", "yes_no"),)),
    finding("slump", choice("negative", "positive"), sided=True),
    finding("own", Answer("list"), details=(Detail("class", "words", words=("lift", "walk", "sit")),)),
)
CONCLUSIONS = (conclusion("cold"), conclusion("flu"), conclusion("calf", sided=True), conclusion("nerve", sided=True))


def found(rules: Iterable[Rule], about: Case, findings: Iterable[Finding] = FINDINGS) -> Evidence:
    kb = base(findings, CONCLUSIONS, rules)
    return EvidenceRun(kb).run(valuate(about, kb))


def firings(rules: Iterable[Rule], about: Case) -> list[tuple[str, str]]:
    return [(one.rule, dict(one.bindings).get("side", "none")) for one in found(rules, about).fired]


def one_rule(condition: When, effect: str = "shows cold") -> Rule:
    return rule("R", condition, effect, both=effect == "shows calf" and not condition.sided)


ANY = when(any=("cough none is yes", "fever none is yes", "rash none is yes"))


@pytest.mark.parametrize(
    ("answers", "branches"),
    [
        pytest.param({}, [], id="nothing answered, no branch"),
        pytest.param({"cough": "no", "fever": "unknown"}, [], id="a no and an unknown are no branch"),
        pytest.param({"fever": "yes"}, ["R/2"], id="the second branch is named"),
        pytest.param({"cough": "yes", "rash": "yes"}, ["R/1", "R/3"], id="two true branches both fire and are named"),
    ],
)
def test_any_splits_into_branches(answers: dict[str, str], branches: list[str]) -> None:
    evidence = found([one_rule(ANY)], case(**answers))
    assert sorted(one.rule for one in evidence.fired) == branches
    assert len(evidence.statuses["cold", "none"].pieces) == bool(branches), "two branches are still one piece of evidence"


COUGH = "cough none is yes"
UNLESS_FEVER = when(COUGH, none=("fever none is yes",))
UNLESS_TWO = when(COUGH, none=("fever none is yes", "rash none is yes"))
UNLESS_ACTIVE = when(COUGH, none=("own.class none is lift walk",))
UNLESS_WEAK = when(COUGH, none=("weak any is yes",))
NO_FEVER = when(COUGH, "fever none is no")
WALKS = given("listed", [{"class": "sit"}, {"class": "walk"}])


@pytest.mark.parametrize(
    ("condition", "answers", "fires"),
    [
        pytest.param(UNLESS_FEVER, {"fever": "yes"}, False, id="none blocks on an answered match"),
        pytest.param(UNLESS_TWO, {"rash": "yes"}, False, id="any one of none blocks"),
        pytest.param(UNLESS_ACTIVE, {"own": WALKS}, False, id="none blocks on one entry of a list"),
        pytest.param(UNLESS_WEAK, {"weak": {"left": "no", "right": "yes"}}, False, id="none on any side blocks on the right one"),
        pytest.param(NO_FEVER, {}, False, id="a rule that needs a no does not take silence for it"),
        pytest.param(NO_FEVER, {"fever": "unknown"}, False, id="a rule that needs a no does not take unknown for it"),
        pytest.param(UNLESS_FEVER, {}, True, id="none does not block on what was not asked"),
        pytest.param(UNLESS_FEVER, {"fever": "unknown"}, True, id="none does not block on unknown"),
        pytest.param(UNLESS_FEVER, {"fever": "no"}, True, id="none does not block on another answer"),
        pytest.param(NO_FEVER, {"fever": "no"}, True, id="a rule that needs a no takes an answered no"),
    ],
)
def test_none_blocks_on_an_answered_match_only(condition: When, answers: dict[str, object], fires: bool) -> None:
    assert bool(firings([one_rule(condition)], case(cough="yes", **answers))) == fires


def test_what_was_not_answered_under_none_is_told_in_the_trace() -> None:
    (fired,) = found([one_rule(UNLESS_TWO)], case(cough="yes", rash="no")).fired
    assert [(one.subject, one.word) for one in fired.matched if one.part == "none"] == [("fever", "not asked"), ("rash", "no")]


TWO_OF_THREE = when(at_least=("cough none is yes", "fever none is yes", "rash none is yes"), count=2)
TWO_SIGNS = when(at_least=("weak same is yes", "numb same is yes", "torn opposite is yes"), count=2)


@pytest.mark.parametrize(
    ("condition", "answers", "sides"),
    [
        pytest.param(TWO_OF_THREE, {"cough": "yes"}, [], id="one of three is not two"),
        pytest.param(TWO_OF_THREE, {"cough": "yes", "fever": "unknown", "rash": "no"}, [], id="an unknown does not count"),
        pytest.param(TWO_SIGNS, {"weak": {"left": "yes"}, "numb": {"right": "yes"}}, [], id="one on each side is not two on one side"),
        pytest.param(TWO_OF_THREE, {"cough": "yes", "rash": "yes"}, ["none"], id="two of three"),
        pytest.param(TWO_OF_THREE, {"cough": "yes", "fever": "yes", "rash": "yes"}, ["none"], id="three of three fire once"),
        pytest.param(
            TWO_SIGNS, {"weak": {"left": "yes"}, "torn": {"right": "yes"}}, ["left"], id="the opposite side counts where it is written"
        ),
        pytest.param(TWO_SIGNS, {"weak": {"both": "yes"}, "numb": {"both": "yes"}}, ["left", "right"], id="each side for itself"),
    ],
)
def test_at_least_counts_what_is_answered(condition: When, answers: dict[str, object], sides: list[str]) -> None:
    effect = "shows calf" if condition.sided else "shows cold"
    assert sorted(side for _, side in firings([one_rule(condition, effect)], case(**answers))) == sides


WEAK = "weak same is yes"
AND_NUMB, AND_NUMB_ACROSS, AND_NUMB_ANYWHERE = (when(WEAK, f"numb {side} is yes") for side in ("same", "opposite", "any"))
UNLESS_NUMB, UNLESS_NUMB_ACROSS = (when(WEAK, none=(f"numb {side} is yes",)) for side in ("same", "opposite"))
AND_SOME_JERK_LOST = when(WEAK, "jerk any is reduced absent")
LEFT, RIGHT, BOTH = {"left": "yes"}, {"right": "yes"}, {"both": "yes"}
BOTHERS_RIGHT = {"right": given("yes", bothers="yes"), "left": given("yes", bothers="no")}


@pytest.mark.parametrize(
    ("condition", "answers", "sides"),
    [
        pytest.param(AND_NUMB, {"weak": LEFT, "numb": RIGHT}, [], id="sided leaves are about one and the same side"),
        pytest.param(AND_NUMB_ACROSS, {"weak": LEFT, "numb": LEFT}, [], id="opposite is not the same side"),
        pytest.param(UNLESS_NUMB, {"weak": LEFT, "numb": BOTH}, [], id="none on the same side blocks"),
        pytest.param(UNLESS_NUMB, {"weak": LEFT, "numb": RIGHT}, ["left"], id="none on the same side does not look across"),
        pytest.param(UNLESS_NUMB_ACROSS, {"weak": BOTH, "numb": RIGHT}, ["right"], id="none on the opposite side blocks one side"),
        pytest.param(AND_NUMB_ACROSS, {"weak": LEFT, "numb": RIGHT}, ["left"], id="opposite reads the other side"),
        pytest.param(AND_NUMB_ANYWHERE, {"weak": LEFT, "numb": RIGHT}, ["left"], id="any reads both sides"),
        pytest.param(
            AND_SOME_JERK_LOST,
            {"weak": LEFT, "jerk": {"left": "reduced", "right": "absent"}},
            ["left"],
            id="any that holds twice fires once",
        ),
        pytest.param(
            when("jerk same is reduced absent"), {"jerk": {"left": "absent", "right": "normal"}}, ["left"], id="one of several words"
        ),
        pytest.param(when("jerk opposite is absent"), {"jerk": {"left": "absent"}}, ["right"], id="a rule on the opposite side alone"),
        pytest.param(when("sprain.bothers same is yes"), {"sprain": BOTHERS_RIGHT}, ["right"], id="a detail has the side of its answer"),
        pytest.param(when("weak any is yes"), {"weak": BOTH}, ["none"], id="any alone is about no side and fires once"),
    ],
)
def test_sides(condition: When, answers: dict[str, object], sides: list[str]) -> None:
    assert sorted(side for _, side in firings([one_rule(condition, "shows calf")], case(**answers))) == sides


HERE, NOT_HERE, HERE_OR_BOTH = (when(f"pain_side same is {words}") for words in ("this_side", "other_side", "this_side both"))
HERE_UNLESS_NUMB = when("pain_side same is this_side both", none=("numb same is yes",))


@pytest.mark.parametrize(
    ("condition", "answers", "supported"),
    [
        pytest.param(HERE, {}, [], id="not asked"),
        pytest.param(HERE, {"pain_side": "middle"}, [], id="the middle is no side"),
        pytest.param(HERE, {"pain_side": "both"}, [], id="both is not this side unless it is written"),
        pytest.param(HERE, {"pain_side": "left"}, ["left"], id="pain on the left is this side on the left"),
        pytest.param(NOT_HERE, {"pain_side": "left"}, ["right"], id="and the other side on the right"),
        pytest.param(HERE_OR_BOTH, {"pain_side": "right"}, ["right"], id="this side or both, on the right"),
        pytest.param(HERE_OR_BOTH, {"pain_side": "both"}, ["left", "right"], id="this side or both, on both"),
        pytest.param(HERE_UNLESS_NUMB, {"pain_side": "both", "numb": LEFT}, ["right"], id="this side or both, unless that side is numb"),
        pytest.param(
            when("pain_side none is middle"), {"pain_side": "middle"}, ["left", "right"], id="a word that is no side is about both"
        ),
    ],
)
def test_an_answer_that_is_itself_a_side(condition: When, answers: dict[str, object], supported: list[str]) -> None:
    statuses = found([one_rule(condition, "shows calf")], case(**answers)).statuses
    assert [side for side in ("left", "right") if statuses["calf", side].state == "supported"] == supported


RATIOS = Weight(lr_positive=10, lr_negative=0.1, negative="negative")


@pytest.mark.parametrize(
    ("answers", "amounts"),
    [
        pytest.param({}, (0, 0), id="silence moves nothing"),
        pytest.param({"slump": {"left": "unknown"}}, (0, 0), id="unknown moves nothing"),
        pytest.param({"slump": {"left": "negative"}}, (-100, 0), id="the negative answer counts against, on its side"),
        pytest.param({"slump": {"left": "positive", "right": "negative"}}, (100, -100), id="each side its own answer"),
        pytest.param(
            {"slump": {"both": "negative"}, "numb": {"left": "yes"}}, (0, -100), id="what blocks the rule blocks its negative too"
        ),
    ],
)
def test_a_negative_ratio_counts_on_the_negative_word_only(answers: dict[str, object], amounts: tuple[int, int]) -> None:
    condition = when("slump same is positive", none=("numb same is yes",))
    statuses = found([rule("R", condition, "supports calf", weight=RATIOS)], case(**answers)).statuses
    assert (statuses["calf", "left"].amount, statuses["calf", "right"].amount) == amounts


READS = (
    rule("READS", when("conclusion:flu none is supported"), "shows cold"),
    rule("FLU", when("fever none is yes"), "shows flu"),
    rule("CALF", when("weak same is yes"), "shows calf"),
    rule("NERVE", when("numb same is yes", none=("conclusion:calf opposite is supported",)), "shows nerve"),
    rule("OPEN", when("rash none is yes", "conclusion:calf any is open"), "against cold"),
)
CALVES = {("CALF", "left"), ("CALF", "right")}


@pytest.mark.parametrize(
    ("answers", "fired"),
    [
        pytest.param({}, set(), id="nothing known, nothing read"),
        pytest.param({"fever": "no"}, set(), id="an open conclusion is not supported"),
        pytest.param({"numb": LEFT, "weak": RIGHT}, {("CALF", "right")}, id="none on a conclusion of the other side blocks"),
        pytest.param({"rash": "yes", "weak": BOTH}, CALVES, id="open on any side is not open when both are supported"),
        pytest.param({"fever": "yes"}, {("FLU", "none"), ("READS", "none")}, id="a rule written first reads what a later one decides"),
        pytest.param({"numb": LEFT, "weak": LEFT}, {("CALF", "left"), ("NERVE", "left")}, id="opposite does not look here"),
        pytest.param({"rash": "yes", "weak": LEFT}, {("CALF", "left"), ("OPEN", "none")}, id="a rule can read that a conclusion is open"),
    ],
)
def test_rules_that_read_a_conclusion_come_after_it(answers: dict[str, object], fired: set[tuple[str, str]]) -> None:
    assert set(firings(READS, case(**answers))) == fired


ODD = (None, 3, 2.5, True, (), ("yes",), float("nan"), "", object, {"yes": "no"}, ["yes"])


@pytest.mark.parametrize("odd", [pytest.param(one, id=f"{one!r} is no word and harms nothing") for one in ODD])
def test_the_one_predicate_is_total(odd: object) -> None:
    engine = ForwardEngine([Production("set", (pattern("Odd", word=frozenset({"yes", "no"})),), lambda _: ())])
    engine.begin([item("Odd", word="yes")])
    kind = next(type(fact) for fact in engine.facts.values() if type(fact).__name__ == "Odd")
    engine.reset()
    engine.declare(kind(word=odd))
    assert engine.agenda.activations == []
    engine.begin([item("Odd", word="no")])
    assert [one.production for one in engine.firings] == ["set"]
