"""Laws of graded exposure, over generated people and over every shipped case: from today's tolerance to the activity itself."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.case import Answer, Case, Value
from engine.laws.people import HERE, People, cleared
from engine.plan import make_plan, strains_withheld
from engine.planned import Plan, TaskPlan
from engine.planning.amounts import stated_step, steps_between
from engine.planning.lawful import faults
from engine.planning.wanted import demands_of
from engine.result import Caution, Claimed, Explanation, Inference
from engine.safety import Safety
from engine.valuation import valuate
from knowledge.model import STRAINS
from knowledge.model_demands import Dimension
from tests.shipped import case, every_case, inferred, reasoner

KB = reasoner().kb
DEMANDS = KB.demands
CLEAR = Safety((), (), (), (), "none", ())
DRIVERS = tuple(one.driver for one in KB.programmes)
WORDS = tuple(word for ladder in KB.ladders for word in ladder.words) + tuple(word for cue in DEMANDS.cues for word in cue.words)


@cache
def people() -> People:
    return People(KB)


goals = st.fixed_dictionaries(
    {"activity": st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" and ".join) | st.just("what I did before"),
     "class": st.sampled_from(tuple(DEMANDS.kinds))},
    optional={
        "psfs": st.integers(0, 10).map(float), "kg": st.integers(1, 120).map(float) | st.just(0.5),
        "minutes": st.integers(1, 600).map(float),
        "height_cm": st.integers(0, 220).map(float), "reach_cm": st.integers(0, 100).map(float),
    },
)
told = st.fixed_dictionaries(
    {"age": st.integers(16, 90).map(float), "sex": st.sampled_from(["female", "male", "other"])},
    optional={
        "pain_now": st.integers(0, 10).map(float), "flare_after_activity": st.integers(0, 100).map(float),
        "fear_of_movement": st.sampled_from(["yes", "no", "unknown"]), "csi": st.integers(0, 100).map(float),
    },
)
onsets = st.dictionaries(
    st.sampled_from(["worse_sitting", "worse_standing", "worse_walking", "worse_running", "worse_bending"]),
    st.integers(0, 300).map(float), max_size=3,
)
sides = st.sampled_from(["left", "right"])


def made(goal: dict[str, Value], about: dict[str, Value], after: dict[str, float], lifts: float | None) -> Case:
    answers = {(name, "none"): Answer(value, {}, HERE) for name, value in about.items()}
    answers |= {(name, "none"): Answer("yes", {"after_minutes": minutes}, HERE) for name, minutes in after.items()}
    if lifts is not None:
        answers["worse_lifting", "none"] = Answer("yes", {"kg": lifts}, HERE)
    answers["activities", "none"] = Answer("listed", {}, HERE, (goal,))
    return Case("someone", answers)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Plan, tuple[Caution, ...], tuple[Claimed, ...]]:
    """A plan for anybody: any activity, any drivers, any cautions, any nodes that belong to a diagnosis."""
    person = made(draw(goals), draw(told), draw(onsets), draw(st.none() | st.integers(0, 60).map(float)))
    drivers = draw(st.lists(st.tuples(st.sampled_from(DRIVERS), sides), max_size=3))
    strains = draw(st.lists(st.sampled_from(STRAINS), max_size=3, unique=True))
    cautions = tuple(Caution("CAU", (one,), "because") for one in strains)
    owned = draw(st.lists(st.tuples(st.sampled_from(["calf_weakness", "hamstring_weakness", "low_push_off"]), sides), max_size=2))
    claimed = tuple(Claimed(node, ("s1_radiculopathy", node[1]), "V") for node in owned)
    cover = [replace(some_explanation(), driver=one, cause=one) for one in drivers]
    valuation = valuate(person, KB)
    plan = make_plan(person, valuation, KB, "chain", replace(CLEAR, cautions=cautions), cover[0] if cover else None, cover, claimed)
    return plan, cautions, claimed


@cache
def some_explanation() -> Explanation:
    return inferred("article-ankle").explanations[0]


def told_faults(task: TaskPlan) -> list[tuple[str, int, str]]:
    return list(faults(task, DEMANDS))


class TestLaws:
    @settings(max_examples=400, deadline=None)
    @given(plans())
    def test_every_ladder_rises_by_stated_steps_from_today_to_the_activity(self, drawn: tuple[Plan, object, object]) -> None:
        plan = drawn[0]
        assert plan.state == "ready"
        assert [told_faults(task) for task in plan.tasks] == [[] for _ in plan.tasks]
        assert len(plan.tasks) == 1

    @settings(max_examples=300, deadline=None)
    @given(plans())
    def test_nothing_is_done_against_a_caution(self, drawn: tuple[Plan, tuple[Caution, ...], object]) -> None:
        plan, cautions, _ = drawn
        shut = set(strains_withheld(cautions))
        ladders = {one.id: one for one in KB.ladders}
        for task in plan.tasks:
            strained = {step.task for step in ladders[task.ladder].steps if set(step.strain) & shut}
            free = [rung for rung in task.rungs if not rung.held]
            assert not [rung for rung in free if rung.task in strained]
            assert not any(rung.held for rung in task.rungs[: task.start])
        steps = {one.driver: one.steps for one in KB.programmes}
        for one in plan.programmes:
            assert not one.start or not set(steps[one.driver[0]][one.start - 1].strain) & shut

    @settings(max_examples=300, deadline=None)
    @given(plans())
    def test_nothing_that_belongs_to_a_diagnosis_is_trained(self, drawn: tuple[Plan, object, tuple[Claimed, ...]]) -> None:
        plan, _, claimed = drawn
        steps = {one.driver: one.steps for one in KB.programmes}
        owned = {one.node for one in claimed}
        for one in plan.programmes:
            if one.start:
                trained = steps[one.driver[0]][one.start - 1].trains or (one.driver[0],)
                assert not {(name, one.driver[1]) for name in trained} & owned

    @settings(max_examples=100, deadline=None)
    @given(st.sampled_from(every_case()))
    def test_without_a_goal_there_is_no_plan(self, name: str) -> None:
        without = Case(name, {key: answer for key, answer in case(name).answers.items() if key[0] != "activities"})
        found = reasoner().infer(without).plan
        assert (found.state, found.tasks) == ("withheld", ())
        assert "no_goal" in [one.code for one in found.why]

    @settings(max_examples=300, deadline=None)
    @given(st.sampled_from([one for one in DEMANDS.dimensions.values() if one.unit]), st.floats(0, 400), st.floats(0, 400))
    def test_small_steps_end_at_the_amount_and_never_jump(self, dimension: Dimension, low: float, high: float) -> None:
        steps = [low, *steps_between(low, high, dimension)]
        assert steps[-1] == (high if high > low + 1e-6 else steps[-1])
        assert all(0 < after - before <= stated_step(dimension, before) + 1e-9 for before, after in pairwise(steps))


@pytest.mark.parametrize("name", every_case())
def test_the_ladders_of_every_shipped_case_keep_the_laws(name: str) -> None:
    found: Inference = inferred(name)
    assert [told_faults(task) for task in found.plan.tasks] == [[] for _ in found.plan.tasks]
    assert all(task.start or task.rungs[0].held for task in found.plan.tasks)


@pytest.mark.parametrize("ladder", [pytest.param(one, id=one.id) for one in KB.ladders])
def test_every_shipped_ladder_keeps_the_laws_with_and_without_numbers(ladder: object) -> None:
    for numbers in ({}, {"psfs": 0.0, "kg": 8.0, "minutes": 20.0}, {"psfs": 9.0, "kg": 60.0, "minutes": 300.0}):
        word = ladder.words[0] if ladder.words else "what I did before"  # type: ignore[attr-defined]  # a ladder of the shipped base
        goal: dict[str, Value] = {"activity": word, "class": ladder.activity, **numbers}  # type: ignore[attr-defined]
        person = made(goal, {}, {}, None)
        task = make_plan(person, valuate(person, KB), KB, "chain", CLEAR, None).tasks[0]
        assert task.ladder == ladder.id  # type: ignore[attr-defined]
        assert told_faults(task) == []


def task_of(goal: dict[str, Value], **answers: object) -> TaskPlan:
    after = {name: value for name, value in answers.items() if name.startswith("worse") and isinstance(value, float)}
    about: dict[str, Value] = {name: value for name, value in answers.items() if name not in after}  # type: ignore[misc]
    person = made(goal, about, after, None)
    return make_plan(person, valuate(person, KB), KB, "chain", CLEAR, None).tasks[0]


class TestDemands:
    @pytest.mark.parametrize(
        ("goal", "dimension", "source", "about"),
        [
            pytest.param({"activity": "sitting", "class": "sit"}, "duration", "not_told", "minutes", id="a number not told stays away"),
            pytest.param({"activity": "mending", "class": "lift"}, "range", "kind", "lift", id="what a kind asks for is an assumption"),
            pytest.param({"activity": "mending", "class": "lift", "kg": 7.0}, "load", "told", "kg", id="kilograms are the load"),
            pytest.param({"activity": "mending in a hurry", "class": "lift"}, "speed", "word", "hurry", id="a word names a demand"),
            pytest.param({"activity": "handing crates sideways", "class": "lift"}, "twist", "word", "sideways", id="a word names a twist"),
        ],
    )
    def test_where_a_demand_comes_from(self, goal: dict[str, Value], dimension: str, source: str, about: str) -> None:
        found = next(one for one in demands_of(goal, str(goal["class"]), DEMANDS) if one.dimension == dimension)
        assert (found.source, found.about) == (source, about)
        assert (found.level is None) == (source == "not_told")

    def test_a_general_ladder_gets_steps_of_its_own_for_what_it_lacks(self) -> None:
        task = task_of({"activity": "passing stones sideways", "class": "lift", "kg": 10.0, "psfs": 4.0})
        assert (task.ladder, task.added) == ("lad_any_lift", ("twist",))
        assert [rung.changes for rung in task.rungs if "twist" in rung.changes][:2] == [("twist",), ("twist",)]


class TestToday:
    @pytest.mark.parametrize(
        ("goal", "answers", "start"),
        [
            pytest.param({"psfs": 0.0}, {}, 1, id="who cannot walk with bags starts with empty hands"),
            pytest.param({"psfs": 5.0, "kg": 10.0}, {}, 4, id="half of it today means up to half the weight"),
            pytest.param({"psfs": 5.0, "kg": 10.0}, {"fear_of_movement": "yes"}, 2, id="high fear means beginning lower"),
            pytest.param({"kg": 10.0}, {}, 1, id="without a rating it starts on the first step"),
        ],
    )
    def test_where_carrying_starts(self, goal: dict[str, Value], answers: dict[str, object], start: int) -> None:
        task = task_of({"activity": "carrying groceries", "class": "carry", **goal}, **answers)
        assert "empty hands" in task.rungs[0].task
        assert task.start == start

    def test_sitting_begins_below_the_minutes_that_bring_the_pain_on(self) -> None:
        task = task_of({"activity": "sitting", "class": "sit", "psfs": 8.0, "minutes": 120.0}, worse_sitting=5.0)
        assert task.rungs[0].task == "Sit for 4 min and move freely"
        assert dict(task.today.limits)["duration"] == pytest.approx(4.0)

    def test_the_last_step_has_the_numbers_of_the_person(self) -> None:
        last = inferred("article-ankle").plan.tasks[0].rungs[-1]
        assert "at 55 cm" in last.task
        assert "lifting my grandchild out of the car seat" in last.task
        assert dict(last.dims)["load"] == "11 kg"


class TestHeldBack:
    def test_steps_that_strain_what_must_not_be_strained_are_held_and_the_first_is_free(self) -> None:
        goal: dict[str, Value] = {"activity": "lifting stones sideways for long", "class": "lift", "kg": 9.0, "minutes": 20.0}
        task = task_with(Caution("CAU008", ("lift",), ""), goal)
        assert [bool(rung.held) for rung in task.rungs] == [False, False, *[True] * (len(task.rungs) - 2)]
        assert {one.rules for rung in task.rungs for one in rung.held} == {("CAU008",)}

    def test_when_all_are_held_back_there_is_none_to_start_on(self) -> None:
        goal: dict[str, Value] = {"activity": "walking", "class": "walk", "psfs": 5.0}
        shut = replace(OPEN_LADDER, steps=tuple(replace(step, strain=("impact",)) for step in OPEN_LADDER.steps))
        person = made(goal, {}, {}, None)
        kb = replace(KB, ladders=(shut,))
        plan = make_plan(person, valuate(person, kb), kb, "chain", replace(CLEAR, cautions=(Caution("", ("impact",), ""),)), None)
        assert plan.tasks[0].start == 0


OPEN_LADDER = next(one for one in KB.ladders if one.id == "lad_any_walk")


def task_with(caution: Caution, goal: dict[str, Value]) -> TaskPlan:
    person = made(goal, {}, {}, None)
    return make_plan(person, valuate(person, KB), KB, "chain", replace(CLEAR, cautions=(caution,)), None).tasks[0]


class TestGates:
    def test_the_missing_capacity_is_named_with_its_side_and_value(self) -> None:
        needs = inferred("article-ankle").plan.tasks[0].needs
        assert [(one.finding, one.side, one.shown, one.known) for one in needs] == [
            ("heel_rise", "left", "11 (low)", True), ("hamstring_bridge", "left", "9 (low)", True),
        ]

    def test_what_nobody_measured_is_not_missing_but_unknown(self) -> None:
        needs = task_of({"activity": "running", "class": "run", "psfs": 4.0}).needs
        assert [(one.side, one.known, one.shown) for one in needs] == [("left", False, "not asked"), ("right", False, "not asked")]

    def test_what_belongs_to_a_nerve_is_not_to_be_trained(self) -> None:
        needs = inferred("article-s1-nerve").plan.tasks[0].needs
        assert {one.claimed_by for one in needs} == {("s1_radiculopathy", "left")}


class TestPainRule:
    @pytest.mark.parametrize(
        ("name", "rule", "by"),
        [
            pytest.param("weak-back", "pain_rule", "pain", id="for everybody else"),
            pytest.param("article-s1-nerve", "pain_rule_nerve", "pain", id="a nerve root"),
            pytest.param("fear-and-bracing", "by_plan_not_by_pain", "plan", id="high fear goes by plan"),
        ],
    )
    def test_which_rule_holds(self, name: str, rule: str, by: str) -> None:
        pain = inferred(name).plan.pain
        assert pain is not None
        assert (pain.rule, pain.by) == (rule, by)


def test_a_claimed_capacity_leaves_steps_of_other_programmes_out() -> None:
    person = made({"activity": "walking", "class": "walk", "psfs": 5.0}, {}, {}, None)
    led = replace(some_explanation(), driver=("ankle_instability", "left"))
    claimed = (Claimed(("calf_weakness", "left"), ("s1_radiculopathy", "left"), "V"),)
    plan = make_plan(person, valuate(person, KB), KB, "chain", CLEAR, led, [], claimed)
    assert [number for number, _ in plan.programmes[0].claimed] == [2, 3, 4]
    assert plan.programmes[0].start == 1


def test_cleared_people_of_the_laws_get_a_plan() -> None:
    person = cleared(made({"activity": "walking", "class": "walk", "psfs": 5.0}, {"age": 40.0}, {}, None), people().kb)
    assert "no_goal" not in [one.code for one in reasoner().infer(person).plan.why]
