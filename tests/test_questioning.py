"""Arguing with a result: changes as they are written, variants as rows, what a change does, and which answers a result hangs on."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case import Case
from engine.cohort.batch import Batch, batch_of
from engine.cohort.run import ArrayEvaluator
from engine.infer import Reasoner
from engine.questioning.change_reading import read_changes
from engine.questioning.changes import Change, changed, supposed
from engine.questioning.fragile import Standing, fragile
from engine.questioning.goals import Goal, goal_of, reached
from engine.questioning.judging import who_reaches
from engine.questioning.misreads import misreads, reading
from engine.questioning.repairs import repairs
from engine.questioning.rows import variants
from engine.questioning.spans import Span, span_of
from engine.questioning.telling import difference_told
from engine.questioning.telling_repairs import repairs_told
from engine.questioning.what_if import what_if
from engine.result import Inference
from engine.statement import Statement
from knowledge.bands import parse_interval
from knowledge.model import Reliability
from knowledge.problems import ProblemsFound
from knowledge.sides import BODY
from tests.budget import examples
from tests.making import bands, base, conclusion, finding, number, rule, when
from tests.making import case as small
from tests.shipped import case, inferred, reasoner
from tests.small_repairs import every_change, random_goals
from tests.small_worlds import random_world

SEEDS = st.integers(0, 2**40)


@cache
def arrays() -> ArrayEvaluator:
    return ArrayEvaluator(reasoner().kb, reasoner().readers)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("heelrise.left=3", "did you mean 'heel_rise'", id="a finding that does not exist"),
        pytest.param("heel_rise=3", "heel_rise.left, heel_rise.right or heel_rise.both", id="a side that is missing"),
        pytest.param("heel_rise.up=3", "'up' is no side", id="a word that is no side"),
        pytest.param("fever.left=yes", "'fever' has no sides", id="a side where there is none"),
        pytest.param("fever=maybe", "write one of: yes, no, unknown", id="a word that is no answer"),
        pytest.param("age=300", "out of range", id="a number out of range"),
        pytest.param("age=nan", "write a number", id="no number at all"),
        pytest.param("fever=true", "write yes", id="true for yes"),
        pytest.param("ankle_sprain.left.yaers_ago=1", "did you mean 'years_ago'", id="a detail that does not exist"),
        pytest.param("ankle_sprain.left.years_ago=1000", "out of range", id="a detail out of range"),
        pytest.param("hop_distance.left.note=1", "not answered there", id="a detail of what is not answered"),
        pytest.param("-hop_distance.left", "nothing to set aside", id="setting aside what was not answered"),
        pytest.param("-ankle_sprain.left.years_ago", "cannot be set aside alone", id="setting a detail aside"),
        pytest.param("activities=[]", "is a list", id="a list"),
        pytest.param("heel_rise.left", "this is no change", id="no answer"),
        pytest.param("heel_rise.left=", "this is no change", id="an empty answer"),
        pytest.param("-heel_rise.left=3", "this is no change", id="set aside and answered at once"),
        pytest.param("", "this is no change", id="nothing"),
    ],
)
def test_a_change_that_cannot_be_made_is_a_problem(text: str, said: str) -> None:
    with pytest.raises(ProblemsFound, match=r"CS1\d\d") as found:
        read_changes([text, "fever=no"], case("article-ankle"), reasoner().kb)
    assert len(found.value.problems) == 1
    assert said in str(found.value)


def test_every_problem_of_all_changes_is_told_at_once() -> None:
    with pytest.raises(ProblemsFound) as found:
        read_changes(["heelrise.left=3", "fever=maybe", "heel_rise=1"], case("article-ankle"), reasoner().kb)
    assert len(found.value.problems) == 3


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        pytest.param(["fever=yes"], {("fever", "none"): "yes"}, id="a word"),
        pytest.param(["heel_rise.left=25"], {("heel_rise", "left"): 25.0}, id="a number on a side"),
        pytest.param(["slr.both=positive"], {("slr", "left"): "positive", ("slr", "right"): "positive"}, id="both sides"),
        pytest.param(["-heel_rise.left"], {("heel_rise", "left"): None}, id="one side set aside"),
        pytest.param(["-heel_rise"], {("heel_rise", "left"): None, ("heel_rise", "right"): None}, id="whatever was answered set aside"),
        pytest.param(["slump.unstated_side=positive"], {("slump", "unstated"): "positive"}, id="a side that is not told"),
        pytest.param(["myotome_s1.left=4"], {("myotome_s1", "left"): 4.0}, id="a grade where a word stood"),
    ],
)
def test_changes_as_they_are_written(texts: list[str], told: dict[tuple[str, str], object]) -> None:
    found = read_changes(texts, case("article-ankle"), reasoner().kb)
    assert {one.key: one.answer.value if one.answer else None for one in found} == told


@pytest.mark.parametrize(
    ("texts", "details"),
    [
        pytest.param(["ankle_sprain.left=no"], {}, id="another answer comes without the details of the old one"),
        pytest.param(["ankle_sprain.left.years_ago=1"], {"years_ago": 1.0, "rehab": "no"}, id="a detail joins those that were told"),
        pytest.param(["slump.left=positive", "slump.left=negative"], {}, id="the last change of an answer counts"),
    ],
)
def test_details_of_a_change(texts: list[str], details: dict[str, object]) -> None:
    answer = read_changes(texts, case("article-ankle"), reasoner().kb)[-1].answer
    assert answer is not None
    assert {name: answer.details[name] for name in details} == details
    assert bool(answer.details) == bool(details)


def filled(batch: Batch, row: int) -> dict[object, object]:
    """What stands in a row: every code and number that is there."""
    codes = {slot: int(codes[row]) for slot, codes in batch.codes.items() if codes[row]}
    return codes | {(*slot, "number"): float(numbers[row]) for slot, numbers in batch.numbers.items() if numbers[row] == numbers[row]}


@examples(12)
@given(SEEDS)
def test_a_variant_is_the_changed_case_as_a_row_and_reaches_what_the_traced_engine_says(seed: int) -> None:
    chance = Random(seed)
    world = random_world(chance)
    one = Reasoner(world.kb)
    evaluator = ArrayEvaluator(world.kb, one.readers)
    changes = [Change(key, supposed(word)) for key, word in every_change(world.case, world.kb)]
    sets = [(number,) for number in chance.sample(range(len(changes)), min(4, len(changes)))]
    sets += [two for two in combinations(range(len(changes)), 2) if changes[two[0]].key != changes[two[1]].key and chance.random() < 0.003]
    cases = [changed(world.case, (changes[number] for number in some)) for some in sets]
    batches = variants(world.case, changes, sets, evaluator.layout)
    worlds = [[about.in_world(side) for about in cases] for side in BODY] if world.case.has_unstated else [cases]
    for batch, told in zip(batches, worlds, strict=True):
        alone = batch_of(told, evaluator.layout)
        assert [filled(batch, row) for row in range(len(sets))] == [filled(alone, row) for row in range(len(sets))]
    goals = random_goals(one.infer(world.case), world.kb, chance)
    held = who_reaches(goals, batches, evaluator)
    found = [one.infer(about) for about in cases]
    assert [[bool(yes) for yes in rows] for rows in held] == [[reached(goal, each) for each in found] for goal in goals]


def kinds(statement: Statement) -> list[str]:
    """The kinds of a tree, and what a group is about."""
    return [statement.get("group") or statement.kind, *(kind for child in statement.children for kind in kinds(child))]


def supposed_of(*texts: str) -> Statement:
    about = case("article-ankle")
    return difference_told(what_if(about, read_changes(texts, about, reasoner().kb), reasoner(), inferred("article-ankle")))


def test_an_answer_that_is_what_it_was_changes_nothing() -> None:
    assert "no-difference" in kinds(supposed_of("heel_rise.left=11"))


def test_a_strong_calf_lets_the_calf_fall_and_another_lead() -> None:
    told = supposed_of("heel_rise.left=25")
    groups = {one.get("group"): one.children for one in told.children if one.kind == "group"}
    assert [one.get("conclusion") for one in groups["falls"] if one.kind == "turned"] == ["calf_weakness"]
    assert [(one.get("was_driver"), one.get("truth")) for one in groups["changes"]] == [("calf_weakness", "moved")]
    assert ("plan", "ready") in [(one.get("what"), one.get("now")) for one in groups["stands"]]


def test_a_red_flag_takes_outcome_and_plan_and_what_leads() -> None:
    told = supposed_of("saddle_numbness=yes")
    groups = {one.get("group"): one.children for one in told.children if one.kind == "group"}
    moved = {one.get("what"): one.get("now") for one in groups["changes"] if one.kind == "result"}
    assert (moved["outcome"], moved["plan"]) == ("referral", "withheld")
    assert "flag" in [one.kind for one in groups["new"]]


def test_a_case_that_is_referred_says_that_nothing_leads_while_the_flag_stands() -> None:
    found = inferred("article-saddle")
    goal = goal_of(("node", "calf_weakness", "left"), found, reasoner().kb)
    assert goal == Goal("leads", "calf_weakness", "left")
    told = repairs_told(repairs(goal, case("article-saddle"), arrays(), 1), case("article-saddle"), found, arrays())
    assert kinds(told)[:3] == ["repairs", "stopped-by-flag", "alter"]


def test_a_repair_names_the_numbers_of_this_age_and_sex_and_what_is_not_to_be_tested() -> None:
    about, found = case("article-ankle"), inferred("article-ankle")
    search = repairs(Goal("leads", "hamstring_weakness", "left"), about, arrays(), 1)
    told = repairs_told(search, about, found, arrays())
    low = {one.get("wanted"): (one.get("low"), one.get("high")) for one in told.children if one.get("subject") == "heel_rise"}
    assert low == {"borderline": ("14.4", "19.2"), "normal": ("19.2", "")}
    assert {one.get("unsafe") for one in told.children if one.kind == "alter"} == {"no"}


def test_a_repair_that_is_not_safe_to_test_now_says_so() -> None:
    """While an emergency is pending nothing is tested under load; a question may still be asked."""
    about, found = case("article-saddle"), inferred("article-saddle")
    told = repairs_told(repairs(Goal("supported", "calf_weakness", "right"), about, arrays(), 1), about, found, arrays())
    assert {(one.get("subject"), one.get("unsafe")) for one in told.children if one.get("subject") == "heel_rise"} == {("heel_rise", "yes")}


RATIO = bands(less="< 80", even="80..120", more="> 120")


@pytest.mark.parametrize(
    ("other", "remark"),
    [
        pytest.param("high", [], id="the other side told in a word, nothing more to tell"),
        pytest.param(19, [], id="a number of the same size"),
        pytest.param(40, ["by-word-only"], id="a number against which the measured one is weak"),
    ],
)
def test_a_repair_by_its_word_says_when_the_measured_number_tells_more(other: object, remark: list[str]) -> None:
    findings = [finding("f", number(0, 30), sided=True, bands=LADDER), finding("f_ratio", sided=True, derived="side_ratio f", bands=RATIO)]
    rules = [rule("R1", when("f same is middle", none=["f_ratio same is less"]), "shows c")]
    kb = base(findings, [conclusion("c", sided=True)], rules)
    evaluator, about = ArrayEvaluator(kb), small(f={"left": "low", "right": other})
    found = Reasoner(kb).infer(about)
    told = repairs_told(repairs(Goal("supported", "c", "left"), about, evaluator, 1), about, found, evaluator)
    assert [kind for kind in kinds(told) if kind == "by-word-only"] == remark


@pytest.mark.parametrize(
    ("target", "goal"),
    [
        pytest.param(("node", "extensor_overload", "none"), None, id="nothing, where no answer can show it"),
        pytest.param(("rule", "ANK001"), None, id="nothing, for a rule that fired"),
        pytest.param(("rule", "RAD111"), Goal("fires", "RAD111"), id="a rule to fire"),
        pytest.param(("node", "fear_avoidance", "none"), Goal("supported", "fear_avoidance"), id="a conclusion to be present"),
        pytest.param(("node", "hamstring_weakness", "left"), Goal("leads", "hamstring_weakness", "left"), id="what is present, to lead"),
        pytest.param(("node", "calf_weakness", "left"), Goal("claim", "calf_weakness", "left", "supported"), id="and then to be claimed"),
    ],
)
def test_what_is_asked_for_next(target: tuple[str, ...], goal: Goal | None) -> None:
    assert goal_of(target, inferred("article-ankle"), reasoner().kb) == goal


def test_a_search_that_would_be_too_large_says_how_far_it_went() -> None:
    search = repairs(Goal("leads", "hamstring_weakness", "left"), case("article-ankle"), arrays(), 2, most_rows=1000)
    assert (search.complete_to, search.complete) == (1, False)


def standing(found: Inference) -> Standing:
    first = found.explanations[0] if found.explanations else None
    driver = (first.driver or first.cause) if first else None
    return Standing(found.outcome, first.cause if first else None, driver, first.claim if first else "")


def by_flipping(about: Case, one: Reasoner, size: int) -> list[tuple[tuple[object, ...], Standing]]:
    """Every flip, alone or two of those that alone do nothing, through the traced engine."""
    now, every = standing(one.infer(about)), misreads(about, one.kb)
    then = [standing(one.infer(changed(about, [each.change]))) for each in every]
    if size == 1:
        return [(((each.key, each.word),), told) for each, told in zip(every, then, strict=True) if told != now]
    steady = [each for each, told in zip(every, then, strict=True) if told == now]
    pairs = [(a, b) for a, b in combinations(steady, 2) if a.key != b.key]
    told = [standing(one.infer(changed(about, [a.change, b.change]))) for a, b in pairs]
    return [(((a.key, a.word), (b.key, b.word)), each) for (a, b), each in zip(pairs, told, strict=True) if each != now]


@examples(8)
@given(SEEDS)
def test_fragile_is_what_flipping_every_answer_finds(seed: int) -> None:
    world = random_world(Random(seed))
    one = Reasoner(world.kb)
    found = fragile(world.case, ArrayEvaluator(world.kb, one.readers), pairs=seed % 4 == 0)
    for size in (1, 2) if seed % 4 == 0 else (1,):
        told = [(tuple((each.key, each.word) for each in flip.misreads), flip.then) for flip in found.flips if len(flip.misreads) == size]
        assert sorted(told, key=str) == sorted(by_flipping(world.case, one, size), key=str)


def test_the_article_hangs_on_two_quick_nerve_tests() -> None:
    found = fragile(case("article-ankle"), arrays(), pairs=True)
    ones = {each.misreads[0].key for each in found.flips if len(each.misreads) == 1}
    assert ones == {("reflex_ankle", "left"), ("sensation_s1", "left")}
    for flip in found.flips:
        assert standing(reasoner().infer(changed(case("article-ankle"), (one.change for one in flip.misreads)))) == flip.then


NO, GOOD, POOR = None, Reliability(None, "kappa 0.80", (), 0.8), Reliability(None, "kappa 0.3 to 0.7", (), 0.3)
LADDER = bands(low="< 10", middle="10..20", high="> 20")


@pytest.mark.parametrize(
    ("about", "reliability", "value", "words"),
    [
        pytest.param("words", GOOD, "some", [], id="a word on which observers agree"),
        pytest.param("words", POOR, "some", ["none", "much"], id="a word on which they do not agree may be either neighbour"),
        pytest.param("words", NO, "none", ["some"], id="a word nobody studied may be its neighbour, not the one beyond"),
        pytest.param("number", NO, 15, [], id="a number far from its edges"),
        pytest.param("number", NO, 10, ["low"], id="a number at an edge, a tenth of its value off"),
        pytest.param("number", Reliability(6.0, "", ()), 15, ["low", "high"], id="a number whose detectable change reaches both"),
        pytest.param("number", Reliability(1.0, "", ()), 15, [], id="a number whose detectable change reaches none"),
        pytest.param("number", Reliability(5.0, "", ()), 25, ["middle"], id="an edge that is only just reached and belongs to the band"),
        pytest.param("number", Reliability(5.0, "", ()), 15, [], id="open edges that are only just reached and belong to no other"),
        pytest.param("number", NO, "unknown", [], id="what nobody knows"),
    ],
)
def test_what_may_be_misread(about: str, reliability: Reliability | None, value: object, words: list[str]) -> None:
    ladder = bands(none="nothing", some="something", much="a lot") if about == "words" else LADDER
    one = finding("f", number(0, 100) if about == "number" else finding("w").answer, bands=ladder, reliability=reliability)
    kb = base([one if about == "number" else finding("f", number(), bands=ladder, reliability=reliability)])
    assert [each.word for each in misreads(small(f=value), kb)] == words


def span(text: str) -> Span:
    parsed = parse_interval(text)
    assert parsed
    return Span("other", parsed[0])


@pytest.mark.parametrize(
    ("value", "margin", "other", "number_"),
    [
        pytest.param(15, 4, "< 10", None, id="out of reach"),
        pytest.param(15, 5, "< 10", None, id="only the edge is in reach, and it does not belong to the band"),
        pytest.param(15, 5, "<= 10", 10, id="the edge is in reach and belongs to the band"),
        pytest.param(15, 7, "< 10", 9, id="half way from an open edge to the margin"),
        pytest.param(15, 7, "> 20", 21, id="the same upwards"),
        pytest.param(15, 50, "> 20", 30, id="no further than the answer goes"),
    ],
)
def test_the_number_that_may_have_been(value: float, margin: float, other: str, number_: float | None) -> None:
    assert reading(value, margin, span(other), 0, 40) == number_


def test_words_that_stand_side_by_side_have_one_stretch_of_numbers() -> None:
    one, kb = finding("f", number(0, 100), bands=LADDER), base([])
    assert span_of(("low", "middle"), one, small(), kb) == parse_interval("<= 20")[0]  # type: ignore[index]  # it is a band
    assert span_of(("low", "high"), one, small(), kb) is None
