"""The adaptive interview on knowledge so small that the best question is known beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

import pytest

from engine.asking.adaptive import Explorer
from engine.asking.ranking import Ranking
from engine.case import Case
from engine.cohort.run import ArrayEvaluator
from engine.infer import Reasoner
from knowledge.model import Finding, KnowledgeBase, Rule, Weight
from tests.making import base, case, choice, conclusion, finding, link, rule, when
from tests.plain_answers import PlainAnswers, exploring

NERVE, JOINT = conclusion("nerve", "local_diagnosis"), conclusion("joint", "local_diagnosis")
TRIED = choice("better", "same", "worse")
STRONG = Weight(lr_positive=4.0)


def asks(name: str, minutes: float = 1.0, **more: object) -> Finding:
    return finding(name, minutes=minutes, **more)


def hint(name: str, test: str, verb: str, target: str) -> Rule:
    return rule(name, when(f"{test} none is yes"), f"{verb} {target}", weight=STRONG)


RIVALS = [hint("N1", "leg", "supports", "nerve"), hint("J1", "spring", "supports", "joint")]
"""Two diagnoses that are alike after the answers of BOTH."""
BOTH = case(leg="yes", spring="yes")
KNOWN = [asks("leg"), asks("spring")]


def ranked(kb: KnowledgeBase, about: Case, answers: PlainAnswers | None = None, **how: float) -> Ranking:
    kb = exploring(kb, **how)
    one = Reasoner(kb)
    return Explorer(ArrayEvaluator(kb, one.readers), answers or PlainAnswers(kb)).rank(about, one.infer(about))


def order(ranking: Ranking) -> list[str]:
    return [one.question.finding for one in ranking.weighed]


def rivals(findings: Sequence[Finding], *rules: Rule) -> KnowledgeBase:
    return base([*KNOWN, *findings], [NERVE, JOINT], [*RIVALS, *rules])


class TestTheOrder:
    @pytest.mark.parametrize(
        ("findings", "rules", "wanted"),
        [
            pytest.param([asks("idle")], [], [], id="a finding that no rule reads is not asked"),
            pytest.param(
                [asks("second")], [rule("N2", when("second none is yes", "idle none is yes"), "shows nerve")], [],
                id="an answer that makes no rule fire by itself is not asked for now",
            ),
            pytest.param(
                [asks("apart"), asks("alike")],
                [hint("N2", "apart", "supports", "nerve"), hint("J2", "apart", "against", "joint"),
                 rule("B2", when("alike none is yes"), "supports nerve joint", weight=Weight(grade="B"))],
                ["apart", "alike"], id="a test that splits two rivals comes before one that both share",
            ),
            pytest.param(
                [asks("slow", 8.0), asks("quick", 1.0)],
                [hint("N2", "slow", "against", "nerve"), hint("J2", "quick", "against", "joint")],
                ["quick", "slow"], id="of two tests that tell as much the quick one comes first",
            ),
            pytest.param(
                [asks("hints"), asks("settles")],
                [hint("N2", "hints", "against", "nerve"), rule("J2", when("settles none is yes"), "excludes joint")],
                ["settles", "hints"], id="of two tests that tell as much in as much time the one that settles comes first",
            ),
            pytest.param(
                [asks("b"), asks("a")], [hint("N2", "a", "against", "nerve"), hint("N3", "b", "against", "nerve")], ["a", "b"],
                id="what is equal in all comes by name",
            ),
        ],
    )
    def test_is_by_what_is_told_in_a_minute(self, findings: list[Finding], rules: list[Rule], wanted: list[str]) -> None:
        kb = rivals([*findings, *([asks("idle")] if "idle" not in {one.id for one in findings} else [])], *rules)
        assert order(ranked(kb, BOTH)) == wanted

    def test_the_gain_is_the_one_worked_out_by_hand(self) -> None:
        """Both rivals stand at 60, the unnamed at 15; a yes (half the time) leaves one of them and the unnamed."""
        kb = rivals([asks("apart")], rule("J2", when("apart none is yes"), "excludes joint"))
        only = ranked(kb, BOTH).weighed[0]
        weight = 10 ** ((60 - 15) / 50)
        now = (weight / (2 * weight + 1), weight / (2 * weight + 1), 1 / (2 * weight + 1))
        then = (weight / (weight + 1), 0.0, 1 / (weight + 1))
        mixed = [(one + other) / 2 for one, other in zip(now, then, strict=True)]
        assert only.gain == pytest.approx(bits(mixed) - (bits(now) + bits(then)) / 2)
        assert only.turns

    def test_a_likely_yes_tells_less_than_an_even_one(self) -> None:
        kb = rivals([asks("sure"), asks("even")], *(rule(f"J{n}", when(f"{n} none is yes"), "excludes joint") for n in ("sure", "even")))
        assert order(ranked(kb, BOTH, PlainAnswers(kb, {"sure": {"yes": 0.99, "no": 0.01}}))) == ["even", "sure"]

    def test_chances_follow_what_is_believed_of_the_nodes(self) -> None:
        """`nerve` is counted as present: the test that is positive in nearly all who have it is hardly worth asking."""
        kb = rivals([asks("a_usual"), asks("b_rare")], hint("J2", "a_usual", "against", "joint"), hint("J3", "b_rare", "against", "joint"))
        model = PlainAnswers(kb, {}, {"a_usual": (("nerve", "none"), {"yes": 1.0, "no": 0.0})})
        assert order(ranked(kb, BOTH, model)) == ["b_rare", "a_usual"]

    def test_without_an_adaptive_stage_nothing_is_ranked(self) -> None:
        kb = rivals([asks("apart")], hint("J2", "apart", "against", "joint"))
        one = Reasoner(kb)
        assert Explorer(ArrayEvaluator(kb, one.readers), PlainAnswers(kb)).rank(BOTH, one.infer(BOTH)).weighed == ()


def bits(chances: Sequence[float]) -> float:
    return -sum(chance * log2(chance) for chance in chances if chance)


class TestWhatIsAsked:
    SIDED = base(
        [*KNOWN, finding("reflex", sided=True, minutes=1.0)], [NERVE, conclusion("root", "local_diagnosis", sided=True)],
        [*RIVALS[:1], rule("R1", when("reflex same is yes"), "shows root")],
    )

    @pytest.mark.parametrize(
        ("answers", "wanted"),
        [
            pytest.param({"reflex": {"both": "no"}}, [], id="answered on both sides"),
            pytest.param({"reflex": {"both": "unknown"}}, [], id="asked on both sides, and nobody knows"),
            pytest.param({"reflex": {"unstated": "no"}}, [], id="answered on a side that was not told"),
            pytest.param({"reflex": {"left": "no"}}, ["reflex"], id="answered on one side: the other is asked"),
            pytest.param({}, ["reflex"], id="not asked yet: both sides together, once"),
        ],
    )
    def test_is_what_has_no_answer_yet(self, answers: dict[str, object], wanted: list[str]) -> None:
        assert order(ranked(self.SIDED, case(leg="yes", **answers))) == wanted

    def test_both_sides_are_asked_in_one_question(self) -> None:
        asked = ranked(self.SIDED, case(leg="yes")).questions
        assert [(one.finding, one.side) for one in asked] == [("reflex", "both")]

    def test_what_would_strain_is_not_asked(self) -> None:
        kb = rivals(
            [asks("hard", strain=("effort",)), asks("swollen")], rule("J2", when("hard none is yes"), "excludes joint"),
            rule("W1", when("swollen none is yes"), "withholds effort"),
        )
        assert order(ranked(kb, BOTH)) == ["hard"]
        assert order(ranked(kb, case(leg="yes", spring="yes", swollen="yes"))) == []


class TestReasons:
    def test_two_rivals_are_told_apart_by_name(self) -> None:
        why = ranked(rivals([asks("apart")], hint("J2", "apart", "against", "joint")), BOTH).questions[0].why
        assert why.code == "separates"
        assert dict(why.about) == {"step": "explore", "node": "joint", "side": "none", "other": "nerve", "other_side": "none"}

    @pytest.mark.parametrize(
        ("about", "code", "node"),
        [
            pytest.param(case(spring="yes"), "confirms", "joint", id="the only one there is"),
            pytest.param(case(age=40), "looks_for", "nerve", id="one that nothing spoke for yet"),
        ],
    )
    def test_one_explanation_is_confirmed_or_looked_for(self, about: Case, code: str, node: str) -> None:
        target = "nerve" if code == "looks_for" else "joint"
        kb = base([*KNOWN, finding("age"), asks("new")], [NERVE, JOINT], [*RIVALS[1:], hint("X1", "new", "supports", target)])
        why = next(one.why for one in ranked(kb, about).questions if one.finding == "new")
        assert (why.code, dict(why.about)["node"]) == (code, node)

    CHAIN = base(
        [asks("weak"), asks("pain"), asks("push"), asks("response_push", tests_node=("low_push",), answer=TRIED)],
        [conclusion("weak_calf", retest=("weak",)), conclusion("low_push", "habit"), conclusion("back_works", "habit"),
         conclusion("pain_again", "presentation")],
        [rule("C1", when("weak none is yes"), "shows weak_calf"), rule("P1", when("pain none is yes"), "shows pain_again back_works"),
         rule("L1", when("push none is yes"), "shows low_push")],
        [link("weak_calf", "low_push"), link("low_push", "back_works"), link("back_works", "pain_again")],
    )

    def test_a_gap_is_named_by_what_would_close_it(self) -> None:
        ranking = ranked(self.CHAIN, case(weak="yes", pain="yes"))
        why = next(one.why for one in ranking.questions if one.finding == "push")
        assert (why.code, dict(why.about)["node"]) == ("closes_gap", "low_push")

    def test_the_bedside_change_that_tells_most_is_proposed(self) -> None:
        ranking = ranked(self.CHAIN, case(weak="yes", pain="yes", push="yes"))
        assert ranking.trial is not None
        assert ranking.trial.question.finding == "response_push"
        assert (ranking.trial.question.why.code, dict(ranking.trial.question.why.about)["node"]) == ("tests_link", "low_push")

    def test_where_a_side_was_not_told_none_is_named(self) -> None:
        kb = base(
            [*KNOWN, finding("reflex", sided=True), asks("apart")], [NERVE, conclusion("root", "local_diagnosis", sided=True)],
            [*RIVALS[:1], rule("R1", when("reflex same is yes"), "shows root"), hint("N2", "apart", "against", "nerve")],
        )
        why = ranked(kb, case(leg="yes", reflex={"unstated": "yes"})).questions[0].why
        assert dict(why.about)["other"] == "root"
        assert dict(why.about)["other_side"] == "unstated"


class TestStopping:
    APART = rivals(
        [asks("apart", 2.0), asks("again", 3.0)], hint("J2", "apart", "against", "joint"), hint("J3", "again", "against", "joint")
    )

    @pytest.mark.parametrize(
        ("left", "minutes", "how", "code"),
        [
            pytest.param((), 60.0, {}, None, id="something may change and there is time: go on"),
            pytest.param(("apart", "again"), 60.0, {}, "settled", id="all that could change anything is left alone"),
            pytest.param((), 60.0, {"least_gain": 3.0}, "little_gain", id="too little to gain"),
            pytest.param((), 1.0, {}, "no_time", id="no question fits in the time"),
            pytest.param((), 2.0, {}, None, id="one question fits"),
        ],
    )
    def test_the_reason_is_told(self, left: tuple[str, ...], minutes: float, how: dict[str, float], code: str | None) -> None:
        stop = ranked(self.APART, BOTH, None, **how).stop(left, minutes)
        assert (stop.code if stop else None) == code

    def test_the_best_question_that_fits_is_next(self) -> None:
        ranking = ranked(self.APART, BOTH)
        assert [one.question.finding for one in ranking.weighed] == ["apart", "again"]
        after = ranking.next(left=("apart",), minutes=3.0)
        assert after is not None
        assert after.question.finding == "again"
        assert ranking.next(left=("apart",), minutes=2.5) is None

    def test_when_no_answer_can_change_the_lead_it_is_settled(self) -> None:
        """The joint is far ahead and shown; one more hint at the nerve makes it a weak rival, no more."""
        kb = base(
            [*KNOWN, asks("more"), asks("shown")], [NERVE, JOINT],
            [*RIVALS, rule("J2", when("shown none is yes"), "shows joint"), rule("N2", when("more none is yes"), "supports nerve")],
        )
        ranking = ranked(kb, case(spring="yes", shown="yes", leg="no"))
        assert order(ranking) == ["more"]
        stop = ranking.stop()
        assert stop is not None
        assert stop.code == "settled"




class TestWhatAnAnswerCanTell:
    """The answer model bounds the gain: nothing is told about causes that is not told about the conclusions behind the answer."""

    KB = rivals(
        [asks("sign"), asks("noise")], *(rule(f"J{name}", when(f"{name} none is yes"), "excludes joint") for name in ("sign", "noise"))
    )

    def model(self, there: float) -> PlainAnswers:
        """`noise` is a yes half the time, and where the nerve is absent in `there` of people."""
        node = ("hidden", "none")
        return PlainAnswers(self.KB, {"noise": {"yes": 0.5, "no": 0.5}}, {"noise": (node, {"yes": there, "no": 1 - there})})

    def test_a_sign_that_is_seen_as_often_without_its_conclusion_tells_nothing(self) -> None:
        gains = {one.question.finding: one.gain for one in ranked(self.KB, BOTH, self.model(0.5)).weighed}
        assert gains["noise"] == pytest.approx(0.0, abs=1e-12)
        assert gains["sign"] > 0.1

    def test_the_bound_is_the_one_worked_out_by_hand(self) -> None:
        """The hidden conclusion holds in 0.2 (PlainAnswers.rate); yes in 0.9 of those, in 0.5 of the others."""
        yes = 0.2 * 0.9 + 0.8 * 0.5
        wanted = bits([yes, 1 - yes]) - 0.2 * bits([0.9, 0.1]) - 0.8 * bits([0.5, 0.5])
        gains = {one.question.finding: one.gain for one in ranked(self.KB, BOTH, self.model(0.9)).weighed}
        assert gains["noise"] == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("sprain", "least", "most"),
    [pytest.param("no", 0.9, 1.08, id="no sprain: both as likely"), pytest.param("yes", 1.1, 9.0, id="the sprain leads to the calf")],
)
def test_what_leads_into_a_conclusion_makes_it_likelier(sprain: str, least: float, most: float) -> None:
    """Two tests alike in all but this: an old sprain leads to a weak calf, and nothing leads to a weak hip."""
    nodes = [conclusion("old_sprain", "origin", modifiable=False), *(conclusion(name, retest=("sprain",)) for name in ("calf", "hip"))]
    tests = {"z_calf": "calf", "a_hip": "hip"}
    kb = base(
        [*map(asks, ("sprain", "pain", *tests))], [*nodes, conclusion("pain_again", "presentation")],
        [rule("S1", when("sprain none is yes"), "shows old_sprain"), rule("S2", when("sprain none is no"), "excludes old_sprain"),
         rule("P1", when("pain none is yes"), "shows pain_again"),
         *(rule(f"R_{name}", when(f"{name} none is yes"), f"shows {node}") for name, node in tests.items())],
        [link("old_sprain", "calf", grade="B"), link("calf", "pain_again", grade="B"), link("hip", "pain_again", grade="B")],
    )
    seldom, often = {"yes": 0.05, "no": 0.95}, {"yes": 0.95, "no": 0.05}
    model = PlainAnswers(kb, dict.fromkeys(tests, seldom), {name: ((node, "none"), often) for name, node in tests.items()})
    gains = {one.question.finding: one.gain for one in ranked(kb, case(sprain=sprain, pain="yes"), model).weighed}
    assert least < gains["z_calf"] / gains["a_hip"] < most
