"""What would change our mind: supposed answers mean what the traced engine concludes from them, and reports say so in words."""

from __future__ import annotations

from functools import cache

import pytest

from engine.arguing.answers import RESULTS, result_of, supposed
from engine.arguing.doubt import Doubt, doubt
from engine.arguing.meaning import MOST, Telling
from engine.asking.what_if import open_sides
from engine.case import Case
from engine.result import Inference
from knowledge.sides import BOTH
from reports.building import build_report
from reports.view.mind import MindView
from tests import shipped

TOLD = ("article-ankle", "article-s1-nerve", "article-try-negative", "control-two-drivers", "b12_l4l5_46f")
UNTOLD_SIDES = ("a34_pelvic_hipflexor_office_f", "a13_hips_42m")


@cache
def doubts(name: str) -> Doubt:
    return doubt(shipped.inferred(name), shipped.case(name), shipped.reasoner().variants)


@cache
def mind(name: str) -> MindView:
    return build_report(shipped.inferred(name), shipped.case(name), shipped.reasoner().kb, shipped.reasoner()).mind


def with_answer(one: Telling, answer: str, case: Case) -> Inference:
    """What the traced engine concludes when the test comes out so."""
    finding = shipped.reasoner().kb.findings[one.finding]
    sides = open_sides(finding, case) if one.side == BOTH else (one.side,)
    given = {}
    for side in sides:
        given.update(result_of(finding, side, answer) if answer in RESULTS and one.bedside else {(one.finding, side): supposed(answer)})
    return shipped.reasoner().infer(case.with_answers(given))


@pytest.mark.parametrize("name", [*TOLD, *UNTOLD_SIDES])
def test_each_answer_means_what_the_engine_concludes_from_it(name: str) -> None:
    case, told = shipped.case(name), doubts(name).tests
    assert told
    for one in told:
        for meaning in one.meanings:
            for answer in meaning.answers:
                found = with_answer(one, answer, case)
                leader = found.leading
                assert (meaning.outcome, meaning.urgency) == (found.outcome, found.urgency)
                assert (meaning.leader is None) == (leader is None)
                if meaning.leader and leader:
                    assert meaning.claim == leader.claim
                    assert (meaning.leader.cause[0], meaning.leader.driver[0]) == (leader.cause[0], (leader.driver or leader.cause)[0])


@pytest.mark.parametrize("name", TOLD)
def test_what_is_the_same_is_the_same(name: str) -> None:
    found, case = shipped.inferred(name), shipped.case(name)
    for one in doubts(name).tests:
        for meaning in (each for each in one.meanings if each.same):
            then = with_answer(one, meaning.answers[0], case)
            assert (then.outcome, then.leading and then.leading.driver) == (found.outcome, found.leading and found.leading.driver)


def test_a_test_has_few_enough_answers_and_none_twice() -> None:
    for name in TOLD:
        for one in doubts(name).tests:
            answers = [answer for meaning in one.meanings for answer in meaning.answers]
            assert 1 < len(answers) == len(set(answers)) <= MOST
            assert not set(answers) - {*RESULTS, *shipped.reasoner().kb.findings[one.finding].words}


def test_tests_that_tell_come_first() -> None:
    for name in TOLD:
        tells = [one.tells for one in doubts(name).tests]
        assert tells == sorted(tells, reverse=True)


@pytest.mark.parametrize("name", ["article-saddle", "c01_ces_54m"])
def test_while_a_red_flag_stands_nothing_changes_the_result(name: str) -> None:
    told = doubts(name)
    assert told.settled
    assert (told.fragile, told.breaking.trials, told.tests) == (None, (), ())
    assert mind(name).settled.startswith("Nothing for today")


def test_without_answers_there_is_nothing_to_change() -> None:
    assert mind("empty").settled == "Nothing is known yet, so nothing can change."


class TestInWords:
    def test_a_misread_answer_is_told_with_what_would_stand_then_and_the_test_to_repeat(self) -> None:
        jerk = mind("article-ankle").flips[0]
        assert (jerk.title, jerk.side, jerk.now, jerk.other) == ("Ankle jerk", "left", "normal", "reduced")
        assert "S1 nerve root" in jerk.then
        assert jerk.repeat
        assert jerk.minutes == "0.5 min"

    def test_the_bedside_change_that_breaks_the_chain_tells_each_result(self) -> None:
        told = mind("article-ankle").breaker
        assert told
        assert [one.answer for one in told.results] == ["better twice and lost when taken away", "better once", "the same, or worse"]
        assert told.results[0].then.endswith("leads, tested.")
        assert told.links

    def test_tests_that_change_nothing_by_themselves_are_named_as_such(self) -> None:
        assert "Achilles tendon pain" in mind("article-ankle").idle

    def test_a_firm_result_says_how_many_misreads_were_tried(self) -> None:
        assert mind("fear-and-bracing").flips == ()
        assert "would change the result; 10 were tried" in mind("fear-and-bracing").firm

    def test_the_summary_has_the_three_that_matter_most(self) -> None:
        report = build_report(shipped.inferred("article-ankle"), shipped.case("article-ankle"), shipped.reasoner().kb)
        lines = next(one.texts for one in report.in_short if one.label == "Would change it")
        assert len(lines) == 3
        assert lines[2].startswith("Own task after a push-off cue or calf activation (left). If better twice")
