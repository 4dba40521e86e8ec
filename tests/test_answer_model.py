"""How likely an answer is, read from the rules backwards: published ratios come out, presence never makes its own words rarer."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.answer_causes import each_of, shares_of
from engine.answer_model import AnswerModel
from knowledge.model import Answer, Finding, Weight, When
from knowledge.sides import BODY, NONE, mirror
from tests.making import bands, base, choice, conclusion, finding, number, rule, when
from tests.shipped import reasoner

SEEN = Answer("words")
GRADES = bands(bad="x", fair="y", normal="z")


@cache
def shipped() -> AnswerModel:
    return AnswerModel(reasoner().kb)


def slots() -> list[tuple[str, str]]:
    return [(one.id, side) for one in reasoner().kb.findings.values() if one.words for side in (BODY if one.per_side else (NONE,))]


@given(slot=st.sampled_from(slots()), data=st.data())
@settings(max_examples=300, deadline=None)
def test_the_chances_of_an_answer_sum_to_one(slot: tuple[str, str], data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 4))
    sure = st.lists(st.floats(0, 1), min_size=n, max_size=n).map(np.array)
    told = data.draw(st.dictionaries(st.sampled_from(shipped().nodes(*slot) or [("gtps", "left")]), sure, max_size=4))
    chances = shipped().chances(*slot, told)
    assert chances.shape == (n if told else 1, len(shipped().words(slot[0])))
    assert np.all(chances >= 0)
    assert np.allclose(chances.sum(axis=1), 1)


@given(slot=st.sampled_from([slot for slot in slots() if shipped().nodes(*slot)]), data=st.data())
@settings(max_examples=300, deadline=None)
def test_a_conclusion_never_makes_the_words_that_speak_for_it_rarer(slot: tuple[str, str], data: st.DataObject) -> None:
    table = shipped().table(*slot)
    effect = data.draw(st.sampled_from(table.effects))
    others = {one.node: np.full(3, data.draw(st.floats(0, 1))) for one in table.effects if one is not effect}
    chances = table.chances({**others, effect.node: np.array([0.0, 0.4, 1.0])}, {}, 3)
    if np.any(effect.makes) and not np.any(effect.hinders[effect.makes > 0]):
        assert np.all(np.diff(chances[:, effect.makes > 0].sum(axis=1)) >= -1e-12)
    if np.any(effect.hinders) and not np.any(effect.makes):
        most = effect.hinders == effect.hinders.max()
        assert np.all(np.diff(chances[:, most].sum(axis=1)) <= 1e-12)


@pytest.mark.parametrize("answer", [Answer("yes_no"), SEEN, choice("odd", "normal", "other")], ids=["yes or no", "words", "a choice"])
@given(positive=st.floats(1.05, 30), negative=st.floats(0.01, 0.95))
@settings(max_examples=60, deadline=None)
def test_one_rule_with_published_ratios_gets_exactly_these(answer: Answer, positive: float, negative: float) -> None:
    kind = {"words": ("bad", "normal"), "choice": ("odd", "normal"), "yes_no": ("yes", "no")}[answer.form]
    one = finding("sign", answer, bands=GRADES if answer.form == "words" else ())
    weight = Weight(lr_positive=positive, lr_negative=negative, negative=kind[1])
    kb = base([one], [conclusion("cause")], [rule("R1", when(f"sign none is {kind[0]}"), "supports cause", weight=weight)])
    model = AnswerModel(kb)
    absent, present = model.chances("sign", NONE, {("cause", NONE): np.array([0.0, 1.0])})
    loud, quiet = (model.words("sign").index(word) for word in kind)
    if shares_of(weight, 0.5)[0] < kb.simulation.answering.most:  # type: ignore[index]
        assert present[loud] / absent[loud] == pytest.approx(positive, rel=1e-6)
        assert present[quiet] / absent[quiet] == pytest.approx(negative, rel=1e-6)


@given(sensitivity=st.floats(0.05, 0.99), specificity=st.floats(0.05, 0.99))
def test_sensitivity_and_specificity_are_found_again_behind_their_ratios(sensitivity: float, specificity: float) -> None:
    positive, negative = sensitivity / (1 - specificity), (1 - sensitivity) / specificity
    found = shares_of(Weight(lr_positive=positive, lr_negative=negative), 0.5)
    if positive > 1.001:
        assert found == (pytest.approx(sensitivity, rel=1e-3), pytest.approx(1 - specificity, rel=1e-3))


def test_with_the_positive_ratio_alone_the_sensitivity_is_assumed() -> None:
    assert shares_of(Weight(lr_positive=4.0), 0.6) == (0.6, pytest.approx(0.15))
    assert shares_of(Weight(grade="B"), 0.6) is None


@given(among=st.integers(1, 12), chance=st.floats(0.01, 0.99), data=st.data())
@settings(max_examples=60, deadline=None)
def test_signs_of_a_count_hold_so_often_that_the_count_is_reached(among: int, chance: float, data: st.DataObject) -> None:
    count = data.draw(st.integers(1, among))
    drawn = np.random.default_rng(1).random((20_000, among)) < each_of(count, among, chance)
    assert np.mean(drawn.sum(axis=1) >= count) == pytest.approx(chance, abs=0.02)


LOW = bands(low="< 10", normal=">= 10")
FEVER = [finding("fever")]
SIDED = [finding("reps", number(), sided=True, bands=LOW)]


@pytest.mark.parametrize(
    ("findings", "condition", "effect", "subject", "side", "node", "word"),
    [
        pytest.param(SIDED, when("reps same is low"), "shows weak", "reps", "left", ("weak", "left"), "low", id="a sign on its side"),
        pytest.param(SIDED, when("reps opposite is low"), "shows weak", "reps", "left", ("weak", "right"), "low", id="a sign on the other"),
        pytest.param(
            [*SIDED, finding("ratio", sided=True, derived="side_ratio reps", bands=bands(low="< 80", normal=">= 80"))],
            when("ratio same is low"), "shows weak", "reps", "left", ("weak", "left"), "low", id="what a ratio is made of",
        ),
        pytest.param(
            [finding("pain_side", choice("left", "right", "middle"))], when("pain_side same is this_side"), "supports weak",
            "pain_side", "none", ("weak", "left"), "left", id="an answer that is a side",
        ),
        pytest.param(FEVER, when("fever none is yes"), "excludes weak", "fever", "none", ("weak", "left"), "no", id="excluded"),
        pytest.param(FEVER, when("fever none is no"), "against weak", "fever", "none", ("weak", "left"), "yes", id="quiet against"),
    ],
)
def test_what_a_conclusion_makes_likely(
    findings: list[Finding], condition: When, effect: str, subject: str, side: str, node: tuple[str, str], word: str
) -> None:
    model = AnswerModel(base(findings, [conclusion("weak", sided=True)], [rule("R1", condition, effect)]))
    other = (node[0], mirror(node[1]))
    absent, present = model.chances(subject, side, {node: np.array([0.0, 1.0]), other: np.zeros(2)})
    at = model.words(subject).index(word)
    assert node in model.nodes(subject, side)
    assert present[at] > absent[at]


def test_a_conclusion_that_is_not_told_holds_at_its_base_rate() -> None:
    node = ("calf_weakness", "left")
    rate = shipped().rate(node)
    alone, told = shipped().chances("heel_rise", "left", {}), shipped().chances("heel_rise", "left", {node: np.array([rate])})
    assert 0 < rate < 1
    assert np.array_equal(alone, told)


def test_nothing_that_is_only_inferred_changes_an_answer() -> None:
    kb = reasoner().kb
    assert not [node for slot in slots() for node in shipped().nodes(*slot) if kb.conclusions[node[0]].inferred]


@pytest.mark.parametrize(
    ("subject", "quiet"),
    [("heel_rise", "normal"), ("fever", "no"), ("slr", "negative"), ("fabq_pa", "low"), ("cait", "stable"), ("pain_where", "low_back")],
)
def test_the_word_that_means_that_nothing_was_found(subject: str, quiet: str) -> None:
    assert shipped().quiet(subject) == quiet


def test_every_word_of_a_finding_can_be_answered() -> None:
    kb = reasoner().kb
    never = {("age", "child"), ("pregnant", "yes"), ("pain_where", "no_pain"), ("pain_course", "rapidly_worse")}
    for name, side in slots():
        chances = shipped().chances(name, side, {})[0]
        silent = {(name, word) for word, chance in zip(kb.words_of(name), chances, strict=True) if chance <= 0}
        assert silent <= never, silent


def test_what_was_before_is_made_by_origins_alone_when_lives_are_drawn() -> None:
    kb = reasoner().kb
    in_time = AnswerModel(kb, in_time=True)
    assert ("calf_weakness", "left") in shipped().nodes("ankle_sprain", "left")
    for one in kb.findings.values():
        for side in BODY if one.per_side else (NONE,):
            if one.words and one.kind in kb.simulation.drawing.history:
                assert {kb.conclusions[name].layer for name, _ in in_time.nodes(one.id, side)} <= {"origin"}
