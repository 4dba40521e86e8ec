"""Faults that were found and mended, each as its smallest example."""

from __future__ import annotations

from dataclasses import replace

from engine.case import Case, mirrored
from engine.infer import Reasoner
from engine.result import Inference
from engine.valuation import valuate
from knowledge.model import KnowledgeBase, Norm, NormRow, Rule
from tests.making import bands, base, case, conclusion, finding, number, rule, when
from tests.random_people import SIDE_WORDS

SIGNS = (finding("weak", sided=True), finding("numb", sided=True), finding("good", sided=True), finding("pain"), finding("rash"))
NODES = (
    conclusion("cord", "serious"),
    conclusion("muscle", "local_diagnosis", sided=True),
    conclusion("nerve", "local_diagnosis", sided=True),
    conclusion("calf", sided=True, retest=("weak",)),
    conclusion("hip", retest=("rash",)),
    conclusion("overload", "overload", inferred=True),
    conclusion("back_pain", "presentation"),
    conclusion("skin", "local_diagnosis"),
)


def infer(about: Case, *rules: Rule, links: tuple[object, ...] = ()) -> Inference:
    return Reasoner(made(*rules, links=links)).infer(about)


def made(*rules: Rule, links: tuple[object, ...] = ()) -> KnowledgeBase:
    hurts = rule("PAIN", when("pain none is yes"), "shows back_pain")
    return base(SIGNS, NODES, [hurts, *rules], links)


CORD = replace(rule("CORD", when("weak same is yes", "numb same is yes"), "flags cord"), urgency="emergency", action="refer")
MUSCLE = rule("MUSCLE", when("weak same is yes", "good same is yes"), "shows muscle")


def test_a_red_flag_on_either_side_stands_where_the_side_was_not_told() -> None:
    assert (
        infer(case(weak={"unstated": "yes"}, numb={"left": "yes"}, good={"right": "yes"}, pain="yes"), CORD, MUSCLE).urgency == "emergency"
    )


def test_a_red_flag_on_the_right_stands_where_neither_world_explains_more() -> None:
    assert infer(case(weak={"unstated": "yes"}, numb={"right": "yes"}, pain="yes"), CORD).urgency == "emergency"


def test_mirror_where_neither_world_explains_more() -> None:
    about = case(weak={"unstated": "yes"}, numb={"right": "yes"}, pain="yes")
    here, there = (
        infer(one, rule("NERVE", when("weak same is yes", "numb same is yes"), "shows calf"))
        for one in (about, mirrored(about, SIDE_WORDS))
    )
    assert here.statuses["calf", "right"].state == there.statuses["calf", "left"].state


def test_a_veto_on_both_sides_by_a_conclusion_with_sides() -> None:
    nerve = rule("NERVE", when("numb same is yes"), "shows nerve")
    found = infer(
        case(rash="yes", numb={"left": "yes"}), nerve, rule("VETO", when("rash none is yes"), "claims calf", by="nerve", both=True)
    )
    assert [(one.node, one.by) for one in found.claimed] == [(("calf", "left"), ("nerve", "left"))]


def test_at_least_counts_conclusions_too() -> None:
    signs = (rule("NERVE", when("numb same is yes"), "shows nerve"), rule("CALF", when("weak same is yes"), "shows calf"))
    counts = rule(
        "TWO", when(at_least=("conclusion:nerve same is supported", "conclusion:calf same is supported"), count=2), "shows muscle"
    )
    assert infer(case(numb={"left": "yes"}, weak={"left": "yes"}), *signs, counts).statuses["muscle", "left"].state == "supported"



def test_share_of_the_norm() -> None:
    share = finding("share", derived="percent_of_norm reps", bands=bands(low="< 60", normal=">= 60"))
    reps = finding("reps", number(), bands=bands(few="< 60% norm", many=">= 60% norm"), norm="ten")
    kb = base([reps, share], norms={"ten": Norm("ten", "reps", "author", (NormRow("", 0, 100, 10),))})
    assert valuate(case(reps=3), kb).look("reps", "none") == ("few",), "the norm itself is found"
    assert valuate(case(reps=3), kb).look("share", "none") == ("low",)


def test_order_of_answers_does_not_order_the_assumptions() -> None:
    about = case(weak={"left": "unknown"}, rash="unknown", pain="yes")
    turned = replace(about, answers=dict(reversed(about.answers.items())))
    assert infer(about).assumptions == infer(turned).assumptions
