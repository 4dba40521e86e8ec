"""Questionnaires scored by item id: totals, bands, missing items, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.questionnaires import Part, Score, score
from knowledge.model import Item, Missing, Questionnaire, ScoreRule
from knowledge.problems import Place
from tests.shipped import reasoner

KB = reasoner().kb
Items = Mapping[str, object]


def items(first: int, answers: Sequence[object]) -> dict[str, object]:
    """Answers to items that follow each other, by their numbers."""
    return {str(number): answer for number, answer in enumerate(answers, start=first)}


def every(name: str, answer: object, **other: object) -> dict[str, object]:
    """The same answer to every item, and other answers to some (`i9=...` for item 9)."""
    return {one.id: answer for one in KB.questionnaires[name].items} | {key.removeprefix("i"): value for key, value in other.items()}


def scored(name: str, answers: Items) -> Score:
    found = score(KB.questionnaires[name], answers)
    assert isinstance(found, Score), found
    return found


def part(name: str, answers: Items, of: str = "total") -> Part:
    return scored(name, answers).part(of)


AGREE_4 = every("start_back", "disagree", i1="agree", i2="agree", i3="agree", i4="agree", i9="moderately")


@pytest.mark.parametrize(
    ("answers", "total", "distress", "group"),
    [
        pytest.param({}, None, None, "", id="an empty form has no group"),
        pytest.param(every("start_back", "disagree", i9="not_at_all"), 0, 0, "low", id="nothing agreed is low"),
        pytest.param(every("start_back", "disagree", i9="moderately"), 0, 0, "low", id="moderately bothered counts nothing"),
        pytest.param({**AGREE_4, "4": "disagree"}, 3, 0, "low", id="three points are low"),
        pytest.param({**AGREE_4, "4": "unknown"}, None, 0, "", id="one item short of four is open, not low"),
        pytest.param(AGREE_4, 4, 0, "medium", id="four points without distress are medium"),
        pytest.param(every("start_back", "agree", i8="disagree", i9="moderately"), 7, 3, "medium",
                     id="three points of distress are medium"),
        pytest.param(every("start_back", "agree", i9="moderately"), 8, 4, "high", id="four points of distress are high"),
        pytest.param(items(5, ["agree"] * 4) | {"9": "very_much"}, None, 5, "high", id="distress alone decides, whatever is missing"),
        pytest.param(every("start_back", 1, i9="extremely"), 9, 5, "high", id="points may be written for words"),
    ],
)
def test_start_back(answers: Items, total: float | None, distress: float | None, group: str) -> None:
    found = scored("start_back", answers)
    assert (found.part("total").value, found.part("distress").value, found.group) == (total, distress, group)


@pytest.mark.parametrize(
    ("answers", "index", "band", "comparable"),
    [
        pytest.param({}, None, "", False, id="no section answered gives nothing"),
        pytest.param(every("odi", "unknown"), None, "", False, id="all sections unknown give nothing, never 0"),
        pytest.param(items(1, [2] * 5), None, "", False, id="five of ten sections give no index"),
        pytest.param(items(1, [5] * 8), None, "", False, id="two missing and the band still open"),
        pytest.param(items(1, [0] * 8), None, "minimal", False, id="two missing and every index they allow is minimal"),
        pytest.param(every("odi", 0), 0, "minimal", True, id="no disability"),
        pytest.param(every("odi", 1), 20, "minimal", True, id="twenty is still minimal"),
        pytest.param(items(1, [2] * 6 + [1] * 4), 32, "moderate", True, id="sixteen of fifty, as on the form"),
        pytest.param(items(1, [2] * 7 + [1, 1]), 35.56, "moderate", False, id="one missing: sixteen of forty-five, as on the form"),
        pytest.param(every("odi", 2, i8="unknown"), 40, "moderate", False, id="a section that does not apply is left out"),
        pytest.param(every("odi", 5), 100, "bedbound", True, id="the highest of all"),
    ],
)
def test_odi(answers: Items, index: float | None, band: str, comparable: bool) -> None:
    found = part("odi", answers, "index")
    assert (found.value and round(found.value, 2), found.band, found.comparable) == (index, band, comparable)


@pytest.mark.parametrize(
    ("name", "answers", "of", "value", "band"),
    [
        pytest.param("rmdq", {"1": "yes"}, "total", None, "", id="Roland-Morris: one tick and 23 unknown is no score of 1"),
        pytest.param("rmdq", every("rmdq", "no"), "total", 0, "low", id="Roland-Morris: nothing ticked"),
        pytest.param("rmdq", every("rmdq", "no", i1="yes", i5="yes", i9="yes"), "total", 3, "low", id="Roland-Morris: three"),
        pytest.param("rmdq", every("rmdq", "no", i1="yes", i2="yes", i3="yes", i4="yes"), "total", 4, "moderate", id="Roland-Morris: four"),
        pytest.param("rmdq", every("rmdq", "yes", i24="unknown"), "total", None, "high",
                     id="Roland-Morris: one missing, high all the same"),
        pytest.param("rmdq", every("rmdq", "yes"), "total", 24, "high", id="Roland-Morris: everything"),
        pytest.param("tsk11", every("tsk11", 1, i1="unknown"), "total", None, "minimal", id="Tampa: a missing item is not filled in"),
        pytest.param("tsk11", every("tsk11", 1), "total", 11, "minimal", id="Tampa: the lowest is 11"),
        pytest.param("tsk11", every("tsk11", 2, i1=3), "total", 23, "low", id="Tampa: 23 is low"),
        pytest.param("tsk11", every("tsk11", 4), "total", 44, "high", id="Tampa: the highest is 44"),
        pytest.param("fabq", every("fabq", 6, i2=0, i3=0, i4=0, i5=0), "activity", 0, "low", id="beliefs: activity is items 2 to 5 alone"),
        pytest.param("fabq", items(2, [4, 4, 4, 3]), "activity", 15, "high", id="beliefs: 15 on activity is high"),
        pytest.param("fabq", items(2, [4, 4, 4, 2]), "activity", 14, "low", id="beliefs: 14 on activity is low"),
        pytest.param("fabq", every("fabq", 0, i1=6, i8=6, i13=6, i14=6, i16=6), "work", 0, "low",
                     id="beliefs: unscored items count nothing"),
        pytest.param("fabq", every("fabq", 6, i15="unknown"), "work", None, "high",
                     id="beliefs: work with one missing is high all the same"),
        pytest.param("fabq", every("fabq", 6), "work", 42, "high", id="beliefs: work is seven items"),
        pytest.param("csi", every("csi", "rarely", i25="unknown"), "total", None, "low",
                     id="sensitisation: a missing item is not filled in"),
        pytest.param("csi", every("csi", "rarely", i1=4, i2="never"), "total", 27, "low", id="sensitisation: 27 is subclinical"),
        pytest.param("csi", every("csi", "rarely", i1=4, i2=3), "total", 30, "mild", id="sensitisation: 30 is mild"),
        pytest.param("csi", every("csi", "sometimes", i1="never", i2="never", i3="never", i4="never", i5="never"), "total", 40, "moderate",
                     id="sensitisation: 40 is moderate"),
        pytest.param("csi", every("csi", "sometimes"), "total", 50, "severe", id="sensitisation: 50 is severe"),
        pytest.param("csi", every("csi", "always"), "total", 100, "extreme", id="sensitisation: 100 is the most"),
        pytest.param("paindetect", every("paindetect", 0, ipattern="picture_2", iradiation="no"), "total", -1, "negative",
                     id="neuropathic: -1 is the least"),
        pytest.param("paindetect", every("paindetect", 1, ipattern="picture_1", iradiation="yes"), "total", 9, "negative",
                     id="neuropathic: radiation counts 2"),
        pytest.param("paindetect", every("paindetect", 2, ipattern="picture_2", iradiation="no"), "total", 13, "unclear",
                     id="neuropathic: attacks on lasting pain take one off"),
        pytest.param("paindetect", every("paindetect", 2, i1=4, ipattern="picture_3", iradiation="yes"), "total", 19, "positive",
                     id="neuropathic: 19 is likely"),
        pytest.param("paindetect", every("paindetect", 5, ipattern="picture_4", iradiation="yes"), "total", 38, "positive",
                     id="neuropathic: 38 is the most"),
        pytest.param("phq2", {"1": 2}, "total", None, "", id="mood: one of two items is open"),
        pytest.param("phq2", {"1": 3}, "total", None, "high", id="mood: one of two items can be enough"),
        pytest.param("phq2", {"1": "several_days", "2": "several_days"}, "total", 2, "low", id="mood: two points"),
        pytest.param("phq9", every("phq9", 1, i1="unknown", i2="unknown", i3="unknown"), "total", None, "",
                     id="mood: with three missing no score of nine"),
        pytest.param("phq9", every("phq9", 1, i1="unknown", i2="unknown"), "total", 9, "mild",
                     id="mood: two missing count as the mean of the rest"),
        pytest.param("phq9", items(1, [1, 1, 1, 1, 1, 1, 1, 2]), "total", 10, "moderate", id="mood: 10.1 is rounded to 10"),
        pytest.param("phq9", every("phq9", 3), "total", 27, "severe", id="mood: the highest is 27"),
        pytest.param("phq9", every("phq9", 0, i1=2, i2=1), "first_two", 3, "high", id="mood: the first two of nine are the short form"),
        pytest.param("cait", items(1, [5, 4, 3, 3, 2, 3, 4, 3]), "total", None, "", id="ankle: one missing is open"),
        pytest.param("cait", every("cait", 0), "total", 0, "unstable", id="ankle: the least steady"),
        pytest.param("cait", items(1, [5, 4, 3, 3, 2, 3, 4, 3, 3]), "total", 30, "stable", id="ankle: the most is 30"),
        pytest.param("cait", items(1, [0, 4, 3, 3, 2, 3, 4, 3, 3]), "total", 25, "unstable", id="ankle: 25 is unstable"),
        pytest.param("psfs", {}, "mean", None, "", id="own activities: none named"),
        pytest.param("psfs", items(1, [4, 5, 7]), "mean", 5.33, "moderate", id="own activities: the mean of three"),
        pytest.param("psfs", items(1, [4, 5, 6, 7, 8]), "mean", 6, "moderate", id="own activities: the mean of five"),
        pytest.param("psfs", {"1": 4}, "mean", 4, "moderate", id="own activities: one alone"),
        pytest.param("nprs", {"now": 3}, "now", 3, "mild", id="pain: each rating for itself"),
        pytest.param("nprs", {"now": 3}, "worst", None, "", id="pain: a rating not given"),
    ],
)
def test_scores(name: str, answers: Items, of: str, value: float | None, band: str) -> None:
    found = part(name, answers, of)
    assert (found.value and round(found.value, 2), found.band) == (value, band)


def test_three_activities_can_be_compared_and_two_cannot() -> None:
    assert part("psfs", items(1, [4, 5, 7]), "mean").comparable
    assert not part("psfs", items(1, [4, 5]), "mean").comparable


@pytest.mark.parametrize(
    ("rule", "answers", "value"),
    [
        pytest.param(Missing(), {"a": 2}, None, id="without a rule nothing is filled in"),
        pytest.param(Missing(2, "prorate"), {}, None, id="nothing answered cannot be prorated"),
        pytest.param(Missing(1, "prorate"), {"a": 2}, None, id="more are missing than may be"),
        pytest.param(Missing(2, "prorate"), {"a": 2}, 5, id="half of what the answered could give is half of the whole"),
        pytest.param(Missing(2, "mean_of_rest"), {"a": 2}, 6, id="each missing one as the mean of the rest"),
        pytest.param(Missing(1, "mean_of_rest", whole=True), {"a": 2, "b": 1}, 5, id="half a point is rounded up"),
    ],
)
def test_ways_with_missing_items(rule: Missing, answers: Items, value: float | None) -> None:
    parts = (Item("a", "", 0, 4), Item("b", "", 0, 4), Item("c", "", 0, 2))
    rules = (ScoreRule("total", "sum", parts, rule, 0, 10),)
    form = Questionnaire("form", "form", False, parts, rules, (), "", (), (), "", (), "", Place("form"))
    found = score(form, answers)
    assert isinstance(found, Score)
    assert found.part("total").value == value


@pytest.mark.parametrize(
    ("answer", "fits"),
    [
        pytest.param(6, False, id="a point too many"),
        pytest.param(-1, False, id="below the range"),
        pytest.param(2.5, False, id="between two points"),
        pytest.param("moderate", False, id="a word where points are meant"),
        pytest.param(None, False, id="nothing"),
        pytest.param([2], False, id="a list"),
        pytest.param("unknown", True, id="not known"),
        pytest.param(0, True, id="the least"),
        pytest.param(5, True, id="the most"),
    ],
)
def test_answers_an_item_can_have(answer: object, fits: bool) -> None:
    assert isinstance(score(KB.questionnaires["odi"], {"1": answer}), Score) == fits


@st.composite
def filled(draw: st.DrawFn, name: str) -> dict[str, float]:
    """Points for some of the items."""
    form = KB.questionnaires[name]
    chosen = draw(st.lists(st.sampled_from(form.items), unique_by=lambda one: one.id))
    return {one.id: draw(possible(one)) for one in chosen}


def possible(item: Item) -> st.SearchStrategy[float]:
    if not item.words:
        return st.integers(int(item.low), int(item.high)).map(float)
    return st.sampled_from(sorted({points for _, points in item.words}))


NAMES = st.sampled_from(sorted(KB.questionnaires))


@given(NAMES, st.data())
def test_an_answer_to_a_missing_item_keeps_the_score_within_its_bounds(name: str, data: st.DataObject) -> None:
    before = data.draw(filled(name))
    missing = [one for one in KB.questionnaires[name].items if one.id not in before and not one.optional]
    if not missing:
        return
    item = data.draw(st.sampled_from(missing))
    after = scored(name, {**before, item.id: data.draw(possible(item))})
    for was, now in zip(scored(name, before).parts, after.parts, strict=True):
        assert was.low - 1e-9 <= now.low <= now.high <= was.high + 1e-9
        assert now.value is None or was.low - 1e-9 <= now.value <= was.high + 1e-9
        assert was.value is not None or not was.band or now.band == was.band


@given(NAMES, st.data())
def test_the_order_of_items_does_not_matter(name: str, data: st.DataObject) -> None:
    answers = data.draw(filled(name))
    mixed = dict(data.draw(st.permutations(list(answers.items()))))
    assert scored(name, answers) == scored(name, mixed)


@given(NAMES, st.data())
def test_an_unknown_item_is_a_missing_one(name: str, data: st.DataObject) -> None:
    answers = data.draw(filled(name))
    told = {one.id: answers.get(one.id, "unknown") for one in KB.questionnaires[name].items if not one.optional or one.id in answers}
    assert scored(name, answers) == scored(name, told)


@pytest.mark.parametrize("name", sorted(KB.questionnaires))
def test_every_questionnaire_says_whose_it_is_and_carries_no_wording(name: str) -> None:
    form = KB.questionnaires[name]
    assert form.licence
    assert [one for one in form.items if len(one.name.split()) > 2] == []
