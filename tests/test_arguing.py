"""Arguments equal an exhaustive search by the traced engine, and say of a case what a clinician would find there.

`BACKCAUSE_EXAMPLES=1` searches every shipped case by the traced engine (minutes), and more of random knowledge with a larger number.
"""

from __future__ import annotations

from functools import cache
from itertools import chain, combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.arguing.accounts import node_of, world_of
from engine.arguing.answers import RESULTS, bedside_changes, result_of, ways_to_answer
from engine.arguing.breaking import Break, break_chain, trial_of
from engine.arguing.deciding import decided, decider, scores
from engine.arguing.hypothesis import Argument, argue
from engine.arguing.links import tried_steps
from engine.arguing.panel import panel
from engine.arguing.rivals import side_by_side
from engine.arguing.variants import Variants
from engine.infer import Reasoner
from engine.outcome import cover, covers, covers_without
from engine.result import Explanation, Inference, Node
from knowledge.model import KnowledgeBase
from tests import reporting
from tests.arguing_worlds import best_decider, every_trial, shown, traced, world_with_trials
from tests.budget import WANTED, examples
from tests.shipped import case, every_case, inferred, reasoner

NEAR = ("article-ankle", "control-two-drivers", "a06_lli_24m", "disc-old-sprain")
"""A chain with a rival, two drivers, a side that was not told, two local diagnoses."""


@cache
def variants() -> Variants:
    return Variants(reasoner().readers)


def kb() -> KnowledgeBase:
    return reasoner().kb


def broken(name: str) -> Break:
    return break_chain(inferred(name), case(name), variants())


@cache
def argued(name: str, conclusion: str, side: str = "none") -> Argument:
    return argue((conclusion, side), inferred(name), case(name), variants())


class TestWhatIfs:
    @pytest.mark.parametrize("name", NEAR)
    def test_a_supposed_answer_leads_where_the_traced_engine_goes(self, name: str) -> None:
        about, chance = case(name), Random(name)
        findings, trials = [one for one in kb().findings.values() if ways_to_answer(one, about)], list(bedside_changes(kb()))
        changes = [chance.choice(ways_to_answer(one, about)) for one in chance.sample(findings, 5)]
        changes += [result_of(one, "left" if one.per_side else "none", "lasting") for one in chance.sample(trials, 2)]
        wanted, got = traced(about, changes, reasoner()), variants().worlds(about, changes)
        assert [(one.outcome, one.urgency, one.claim) for one in got] == [(one.outcome, one.urgency, one.claim) for one in wanted]
        assert [[each.score for each in one.accounts] for one in got] == [[each.score for each in one.accounts] for one in wanted]
        assert about.has_unstated or list(got) == wanted

    def test_nothing_supposed_is_no_trouble(self) -> None:
        assert variants().worlds(case("article-ankle"), []) == ()

    def test_an_answer_may_stand_in_the_place_of_one_that_was_given(self) -> None:
        about = case("article-ankle")
        changes = [{("heel_rise", "left"): about.answers["heel_rise", "right"]}]
        assert list(variants().worlds(about, changes)) == traced(about, changes, reasoner())


class TestBreakingTheChain:
    @pytest.mark.parametrize("name", NEAR)
    def test_the_changes_told_are_as_the_traced_engine_finds_them(self, name: str) -> None:
        told, found, about = broken(name), inferred(name), case(name)
        for one in told.trials[:1]:
            worlds = traced(about, [result_of(kb().findings[one.finding], one.side, result) for result in RESULTS], reasoner())
            wanted = trial_of((one.finding, one.side), worlds, found.explanations[0], told.rival, found, about, kb())
            assert shown([one], about.has_unstated) == shown([wanted], about.has_unstated)

    @pytest.mark.parametrize("name", every_case() if WANTED else NEAR[:1])  # minutes for all: an inference for each outcome
    def test_the_choice_on_a_shipped_case_is_that_of_an_exhaustive_search(self, name: str) -> None:
        told, about = broken(name), case(name)
        if told.ours and not told.held:
            wanted = every_trial(inferred(name), about, reasoner())
            assert shown(told.trials, about.has_unstated) == shown(wanted, about.has_unstated)

    @examples(12)
    @given(st.sampled_from(range(200)) if not WANTED else st.integers(0, 2**40))
    def test_the_choice_in_random_knowledge_is_that_of_an_exhaustive_search(self, seed: int) -> None:
        small, about = world_with_trials(seed)
        one = Reasoner(small)
        found = one.infer(about)
        told = break_chain(found, about, Variants(one.readers))
        if told.ours and not told.held:
            assert shown(told.trials, about.has_unstated) == shown(every_trial(found, about, one), about.has_unstated)

    @pytest.mark.parametrize(
        ("name", "change", "leaders"),
        [
            pytest.param("article-ankle", ("response_push_off", "left"), ("calf_weakness",) * 2 + ("overactive_back",) * 2,
                         id="the article's patient: a push-off cue, and the strong back leads when it does nothing"),
            pytest.param("control-two-drivers", ("response_push_off", "left"), ("calf_weakness",) * 2 + ("limited_hip_rotation",) * 2,
                         id="two drivers: the change tells them apart"),
            pytest.param("control-sij", ("response_sij_belt", "none"), ("sij_pain", "sij_pain", None, None),
                         id="a local diagnosis without a rival: nothing leads when the belt does nothing"),
        ],
    )
    def test_what_to_try_and_who_would_lead(self, name: str, change: Node, leaders: tuple[str | None, ...]) -> None:
        best = broken(name).trials[0]
        assert (best.finding, best.side) == change
        assert tuple(one.leader.driver[0] if one.leader else None for one in best.outcomes) == leaders
        assert best.outcomes[0].claim == "tested"

    @pytest.mark.parametrize("name", ["article-saddle", "c21_sacral_sf_30f_postpartum"])
    def test_nothing_is_tried_while_a_referral_is_pending(self, name: str) -> None:
        assert broken(name).held
        assert broken(name).trials == ()

    def test_what_was_answered_or_asked_in_vain_is_not_tried_again(self) -> None:
        made = {(one.finding, one.side) for one in broken("article-try-positive").trials}
        assert ("response_push_off", "left") not in made
        unknown = case("article-bladder-unknown").answers["bladder_change", "none"]
        asked = case("article-ankle").with_answers({("response_push_off", "left"): unknown})
        found = reasoner().infer(asked)
        assert ("response_push_off", "left") not in {(one.finding, one.side) for one in break_chain(found, asked, variants()).trials}

    def test_what_strains_what_must_not_be_strained_is_held_back(self) -> None:
        for name in (*NEAR, "control-sij", "b18_sij_30f_runner"):
            assert not {one.finding for one in broken(name).trials} & set(inferred(name).withheld_tests)


class TestClaimsFollowTheBedside:
    """A change that helped twice and was lost on removal, or that did nothing, is followed by every claim that rests on the link."""

    @pytest.mark.parametrize(
        ("result", "claim", "tried"),
        [
            pytest.param("lasting", "tested", "tested", id="helped twice and lost on removal: tested, and only then"),
            pytest.param("better", "possible", "helped", id="helped once: no test"),
            pytest.param("same", "speculative", "not_supported", id="the same: not supported in this person"),
            pytest.param("worse", "speculative", "not_supported", id="worse: not supported in this person"),
        ],
    )
    def test_on_the_article_s_patient(self, result: str, claim: str, tried: str) -> None:
        found = reasoner().infer(case("article-ankle").with_answers(result_of(kb().findings["response_push_off"], "left", result)))
        one = next(each for each in found.explanations if each.driver == ("calf_weakness", "left"))
        assert one.claim == claim
        links = tried_steps(one, found, kb())
        assert links[("calf_weakness", "left"), ("low_push_off", "left")] == tried
        last = (one.path[-2].node, one.path[-1].node)
        assert links[last] == ("tested" if tried == "tested" else "")
        assert links[("old_ankle_sprain", "left"), ("calf_weakness", "left")] == ""

    @pytest.mark.parametrize("name", every_case())
    def test_a_claim_is_tested_only_where_every_link_from_the_driver_on_is_no_guess(self, name: str) -> None:
        found = inferred(name)
        for one in found.explanations:
            links = tried_steps(one, found, kb())
            onward = [pair for pair in zip(one.path, one.path[1:], strict=False) if one.path.index(pair[0]) >= _driver_at(one)]
            tried = [links.get((u.node, v.node), "") for u, v in onward]
            assert one.claim != "tested" or "not_supported" not in tried
            assert "not_supported" not in tried or one.claim == "speculative"


def _driver_at(one: Explanation) -> int:
    return [part.node for part in one.path].index(one.driver) if one.driver else 0


class TestCover:
    @examples(200)
    @given(st.lists(st.sets(st.sampled_from("abcdef")), min_size=1, max_size=9))
    def test_the_set_is_truly_smallest_and_every_tie_is_told(self, explained: list[set[str]]) -> None:
        every = [_explaining(names, 50 - place) for place, names in enumerate(explained)]
        wanted = set().union(*explained)
        sets = [one for size in range(len(every) + 1) for one in combinations(range(len(every)), size) if _union(one, explained) >= wanted]
        with_best = [one for one in sets if 0 in one]
        assert covers(every, 15) == tuple(one for one in with_best if len(one) == len(with_best[0]))
        assert cover(every, 15) == with_best[0]
        without = [one for one in sets if 0 not in one]
        assert covers_without(every, 15) == tuple(one for one in without if len(one) == len(without[0]))

    def test_more_than_six_explanations_are_looked_at(self) -> None:
        every = [_explaining(set("abcdefgh"[place]), 90 - place) for place in range(8)]
        assert cover(every, 15) == tuple(range(8))

    def test_what_falls_short_accounts_for_nothing(self) -> None:
        assert covers([_explaining({"a"}, 10), _explaining({"b"}, 5)], 15) == ()


def _explaining(names: set[str], score: int) -> Explanation:
    return Explanation("chain", ("c", "none"), (), ("c", "none"), score, (), "possible", "", (), (), (), tuple(sorted(names)), (), (), ())


def _union(places: tuple[int, ...], explained: list[set[str]]) -> set[str]:
    return set(chain.from_iterable(explained[place] for place in places))


class TestAgainst:
    def test_the_article_s_patient_has_a_normal_ankle_bend_and_a_strong_back_left_over(self) -> None:
        told = panel(0, inferred("article-ankle"), reasoner().readers)
        assert [one.node for one in told.absent] == [("limited_dorsiflexion", "left")]
        assert told.beside == (("overactive_back", "none"),)
        assert (told.contradictions, told.gaps, told.late, told.failed, told.contested) == ((), (), (), (), ())

    def test_a_change_that_did_nothing_and_studies_against_are_told(self) -> None:
        cases = ((1, "article-try-negative"), (0, "control-two-drivers"))
        tried, fracture = (panel(place, inferred(name), reasoner().readers) for place, name in cases)
        assert [one.source[0] for one in tried.failed] == ["calf_weakness", "low_push_off"]
        assert {one.source[0]: one.link.against for one in fracture.contested}["old_foot_ankle_fracture"] == ("shaffer-2000", "ekinci-2021")
        assert "worse_walking" in fracture.unexplained

    @pytest.mark.parametrize("name", every_case())
    def test_what_was_not_asked_is_told_apart_from_what_nobody_knows(self, name: str) -> None:
        found = inferred(name)
        unknown = {subject for subject, _ in found.valuation.asked_unknown}
        for place in range(len(found.explanations)):
            told = panel(place, found, reasoner().readers)
            assert all(one.piece.amount < 0 or one.piece.kind == "excludes" for one in told.contradictions)
            assert all(found.statuses[one.node].state == "refuted" for one in told.absent)
            for gap in told.gaps:
                assert set(gap.unknown) <= unknown
                assert not set(gap.ask) & unknown

    @pytest.mark.parametrize("name", every_case())
    def test_columns_hold_what_the_inference_holds(self, name: str) -> None:
        found = inferred(name)
        sides = side_by_side(found, reasoner().readers)
        assert [one.panel.explanation for one in sides.columns][:1] == list(found.explanations[:1])
        assert (sides.sets[0] if sides.sets else ()) == found.cover
        for one in sides.columns:
            assert all(piece in found.statuses[node].pieces for node, piece in one.speaks_for)


class TestAnotherCause:
    @pytest.mark.parametrize(
        ("name", "theirs", "relation"),
        [
            pytest.param("article-ankle", ("calf_weakness", "left"), "same", id="the driver that leads"),
            pytest.param("article-ankle", ("old_ankle_sprain", "left"), "same", id="the origin that leads"),
            pytest.param("article-ankle", ("low_push_off", "left"), "step", id="a step on the way"),
            pytest.param("article-ankle", ("overactive_back", "none"), "rival", id="another explanation"),
            pytest.param("article-ankle", ("limited_hip_rotation", "left"), "absent", id="nothing was looked for yet"),
            pytest.param("article-ankle", ("cauda_equina", "none"), "serious", id="a serious condition"),
            pytest.param("article-ankle", ("recurrent_back_pain", "none"), "complaint", id="a complaint is no cause"),
            pytest.param("article-ankle", ("pelvic_ring_load", "none"), "effect", id="a load on a tissue is no cause by itself"),
            pytest.param("article-s1-nerve", ("calf_weakness", "left"), "absent", id="what a nerve root claims is no cause of its own"),
            pytest.param("empty", ("calf_weakness", "left"), "absent", id="nothing is known"),
        ],
    )
    def test_how_theirs_stands_to_ours(self, name: str, theirs: Node, relation: str) -> None:
        assert argued(name, *theirs).relation == relation

    def test_missing_pieces_are_found_by_open_answers_and_the_score_is_that_of_the_traced_engine(self) -> None:
        told = argued("article-ankle", "old_hip_problem", "right").found
        assert told
        assert [one.node for one in told.pieces] == [("old_hip_problem", "right"), ("limited_hip_rotation", "right")]
        change = {key: answer for one in told.pieces for key, answer in one.answers.items()}
        assert not set(change) & set(case("article-ankle").answers)
        (world,) = traced(case("article-ankle"), [change], reasoner())
        theirs, ours = ("old_hip_problem", "right"), ("calf_weakness", "left")
        assert (told.theirs, told.ours) == (world.score(theirs, ours), world.score(ours, theirs))

    def test_a_count_is_not_supposed_against_an_answer_that_went_into_it(self) -> None:
        found, about, ready = reporting.inferred("chain"), reporting.small("chain"), reporting.reasoner()
        told = argue(("s1_radiculopathy", "left"), found, about, Variants(ready.readers))
        assert told.found
        assert [set(one.answers) for one in told.found.pieces] == [{("slr", "left")}]

    def test_what_answers_have_ruled_out_is_not_missing(self) -> None:
        told = argued("article-ankle", "hip_abductor_weakness", "left")
        assert told.theirs.refuted == (("hip_abductor_weakness", "left"),)
        assert told.found
        assert told.found.world is None
        assert told.theirs.missing == ()

    def test_a_veto_speaks_against_theirs(self) -> None:
        told = argued("article-s1-nerve", "calf_weakness", "left")
        assert [(one.node, one.by[0]) for one in told.theirs.claimed] == [(("calf_weakness", "left"), "s1_radiculopathy")]
        assert told.theirs.score == 0

    def test_time_speaks_against_a_sprain_after_the_pain(self) -> None:
        assert argued("article-sprain-after", "old_ankle_sprain", "left").theirs.timing == "after"

    def test_nothing_is_to_be_tried_while_a_referral_is_pending(self) -> None:
        assert argued("article-saddle", "overactive_back").decider is None

    def test_a_serious_condition_says_what_must_be_asked_and_takes_nothing_for_a_no(self) -> None:
        watch = argued("article-bladder-unknown", "cauda_equina").watch
        assert watch
        assert ("bladder_change", "none") in watch.unknown
        assert ("bladder_change", "none") not in (*watch.answered, *watch.ask)
        assert ("saddle_numbness", "none") in watch.answered
        flagged = argued("article-saddle", "cauda_equina").watch
        assert flagged
        assert flagged.flags

    @pytest.mark.parametrize(
        ("name", "theirs"), [("article-ankle", ("overactive_back", "none")), ("control-two-drivers", ("limited_hip_rotation", "right"))]
    )
    def test_the_decider_and_some_others_are_as_the_traced_engine_finds_them(self, name: str, theirs: Node) -> None:
        found, about, told = inferred(name), case(name), argued(name, *theirs).decider
        assert told
        two, now = (theirs, node_of(found.explanations[0])), world_of(found, False)
        among = [told.finding, *Random(name).sample([one for one in kb().findings if one not in (told.finding, *found.withheld_tests)], 2)]
        for one in among:
            ways = ways_to_answer(kb().findings[one], about)
            if ways:
                now_told, *each = scores([now, *traced(about, ways, reasoner())], *two)
                wanted = decided(one, ways, each, now_told, kb())
                assert wanted.order >= told.order
                assert one != told.finding or wanted == told

    @examples(6)
    @given(st.sampled_from(range(120)) if not WANTED else st.integers(0, 2**40))
    def test_the_decider_in_random_knowledge_is_that_of_an_exhaustive_search(self, seed: int) -> None:
        small, about = world_with_trials(seed)
        one = Reasoner(small)
        found = one.infer(about)
        if found.explanations:
            theirs = [(each.id, "left" if each.per_side else "none") for each in small.conclusions.values()][seed % len(small.conclusions)]
            ours, now = node_of(found.explanations[0]), world_of(found, about.has_unstated)
            assert decider(theirs, ours, now, found, about, Variants(one.readers)) == best_decider(theirs, found, about, one)

    @pytest.mark.parametrize("name", ["control-two-drivers", "empty", "a13_hips_42m", "c04_discitis_57m"])
    def test_any_conclusion_of_the_base_can_be_argued(self, name: str) -> None:
        for place, one in enumerate(kb().conclusions.values()):
            if place % 16 == len(name) % 16:
                told = argued(name, one.id, "left" if one.per_side else "none")
                assert told.theirs.way[0].node[0] == one.id or told.theirs.explanation


def test_the_inference_that_is_argued_about_is_left_as_it_is() -> None:
    found: Inference = inferred("article-ankle")
    argued("article-ankle", "overactive_back")
    assert found == reasoner().infer(case("article-ankle"))
