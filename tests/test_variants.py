"""The source article's patient and what one changed answer does to the reasoning."""

from __future__ import annotations

import pytest

from engine.case import mirrored
from engine.cases import run_cases
from engine.result import Inference
from tests.shipped import case, every_case, inferred, reasoner

SIDE_WORDS = frozenset({"pain_side"})
SPRAIN, CALF, NERVE = (("old_ankle_sprain", "left"), ("calf_weakness", "left"), ("s1_radiculopathy", "left"))
DISC, FEAR = ("disc_directional", "none"), ("fear_avoidance", "none")


def mirror(node: tuple[str, str]) -> tuple[str, str]:
    return (node[0], {"left": "right", "right": "left"}[node[1]])


def leads(found: Inference) -> tuple[str, tuple[str, str], tuple[str, str] | None]:
    best = found.explanations[0]
    return found.outcome, best.cause, best.driver


def causes_and_drivers(found: Inference) -> set[str]:
    return {name for one in found.explanations for name in (one.cause[0], one.driver[0] if one.driver else "")}


@pytest.mark.parametrize(
    ("name", "outcome", "cause", "driver"),
    [
        pytest.param("article-ankle", "chain", SPRAIN, CALF, id="the article's patient"),
        pytest.param("article-mirrored", "chain", mirror(SPRAIN), mirror(CALF), id="the mirrored patient"),
        pytest.param("article-bladder-unknown", "chain", SPRAIN, CALF, id="an open red flag changes no chain"),
        pytest.param("article-sprain-after", "chain", CALF, CALF, id="a sprain after the pain is no origin"),
        pytest.param("article-s1-nerve", "local", NERVE, NERVE, id="a lost ankle jerk makes the nerve lead"),
        pytest.param("disc-old-sprain", "local", DISC, DISC, id="a direction that helps makes the disc lead"),
        pytest.param("fear-and-bracing", "nonmechanical", FEAR, FEAR, id="only fear and bracing"),
    ],
)
def test_who_leads(name: str, outcome: str, cause: tuple[str, str], driver: tuple[str, str]) -> None:
    assert leads(inferred(name)) == (outcome, cause, driver)


def test_an_empty_case_concludes_nothing_and_asks_for_the_complaint() -> None:
    found = inferred("empty")
    assert (found.outcome, found.explanations, found.red_flags, found.tried, found.bystanders) == ("undetermined", (), (), (), ())
    assert not [status for status in found.statuses.values() if status.state == "supported"]
    assert found.next_questions[0].why.code == "complaint"


def test_saddle_numbness_refers_as_an_emergency_and_withholds_the_plan() -> None:
    found = inferred("article-saddle")
    assert (found.outcome, found.urgency, found.plan.state) == ("referral", "emergency", "withheld")
    assert found.explanations, "the chains are still computed"


def test_an_unknown_bladder_answer_stays_open_and_withholds_the_plan() -> None:
    found = inferred("article-bladder-unknown")
    assert found.open_red_flags == ("bladder_change",)
    assert [(one.code, dict(one.about)) for one in found.plan.why] == [("open_red_flag", {"finding": "bladder_change"})]
    assert found.next_questions[0].finding == "bladder_change"


def test_the_nerve_claims_the_calf_and_the_sprain_becomes_a_bystander() -> None:
    found = inferred("article-s1-nerve")
    assert ("calf_weakness", "left") in {one.node for one in found.claimed}
    assert not {"old_ankle_sprain", "calf_weakness"} & causes_and_drivers(found)
    assert ("old_ankle_sprain", "left") in {one.node for one in found.bystanders}


def test_a_sprain_that_left_nothing_is_a_bystander_beside_the_disc() -> None:
    assert [one.node for one in inferred("disc-old-sprain").bystanders] == [("old_ankle_sprain", "left")]


def test_a_sprain_after_the_pain_is_named_with_its_date() -> None:
    assert [(one.node, one.timing) for one in inferred("article-sprain-after").bystanders] == [(("old_ankle_sprain", "left"), "after")]


def test_a_lasting_bedside_change_makes_the_claim_tested() -> None:
    plain, tested = inferred("article-ankle").explanations[0], inferred("article-try-positive").explanations[0]
    assert (plain.claim, tested.claim) == ("possible", "tested")
    assert tested.score - plain.score == reasoner().kb.scale.try_better


def test_a_bedside_change_that_does_nothing_lets_the_claim_fall() -> None:
    found = inferred("article-try-negative")
    calf = next(one for one in found.explanations if one.driver == ("calf_weakness", "left"))
    assert calf.claim == "speculative"
    assert calf.score < inferred("article-ankle").explanations[0].score
    assert found.explanations[0] is not calf


def test_strengthening_is_advised_for_a_weak_back_and_not_for_a_strong_one() -> None:
    assert "strengthen_back" in [one.topic for one in inferred("weak-back").advice]
    assert "strengthen_back" not in [one.topic for one in inferred("article-ankle").advice]


def test_the_article_says_why_core_glute_and_back_exercises_missed() -> None:
    assert {(one.finding, one.verdict) for one in inferred("article-ankle").tried} == {
        ("tried_core", "missed"), ("tried_glutes", "missed"), ("tried_back_strengthening", "overloads"),
    }


def test_mirroring_the_answers_mirrors_the_result() -> None:
    there = reasoner().infer(mirrored(case("article-ankle"), SIDE_WORDS))
    assert leads(there) == leads(inferred("article-mirrored"))
    assert [one.score for one in there.explanations] == [one.score for one in inferred("article-ankle").explanations]


def test_every_case_of_our_own_agrees_with_its_expectation() -> None:
    own = [case(name) for name in every_case() if not case(name).source]
    assert [(mark.case, mark.disagreements) for mark in run_cases(own, reasoner()) if not mark.agrees] == []
