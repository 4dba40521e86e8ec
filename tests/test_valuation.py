"""From answers to words: bands, norms, what is derived from numbers or from words, and what stays unknown."""

from __future__ import annotations

import pytest

from engine.valuation import Valuation, valuate
from knowledge.model import Answer, Detail, Finding, Instrument, Norm, NormRow
from tests.making import bands, base, case, choice, finding, given, leaf, number

TOUCHING = bands(low="< 9", edge="9..10", high="> 10")
OPEN_ENDS = bands(low="<= 1.5", middle=">1.5..<2", high=">= 2")
OF_NORM = bands(low="< 60% norm", borderline="60..80% norm", normal="> 80% norm")
ROWS = (NormRow("male", 20, 39, 30), NormRow("female", 20, 39, 20), NormRow("", 40, 59, 20), NormRow("", 60, 79, 10))
REPS = Norm("reps", "reps", "author", ROWS)
TESTS = Instrument("tests", "tests", tuple(leaf(f"test{i} same is positive") for i in range(3)))
SPRAIN = (
    Detail("bothers", "yes_no"),
    Detail("which", "text"),
    Detail("years_ago", "number", "years", 0, 100, bands=bands(recent="< 1", old=">= 1")),
)
OWN = (
    Detail("activity", "text"),
    Detail("class", "words", words=("lift", "walk")),
    Detail("rating", "number", "points", 0, 10, bands=bands(bad="< 5", good=">= 5")),
)

FINDINGS: tuple[Finding, ...] = (
    finding("age", number(), bands=bands(young="< 40", old=">= 40")),
    finding("sex", choice("male", "female", "other")),
    finding("knee", number(), bands=TOUCHING),
    finding("tilt", number(), bands=OPEN_ENDS),
    finding("bare", number()),
    finding("rises", number(), sided=True, norm="reps", bands=OF_NORM),
    finding("rises_ratio", sided=True, derived="side_ratio rises", bands=bands(low="< 80", normal=">= 80")),
    finding("rises_gap", sided=True, derived="side_difference rises", bands=bands(less="< -1", even="-1..1", more="> 1")),
    finding("rises_mean", derived="side_mean rises", bands=bands(under_ten="< 10", ten_up=">= 10")),
    finding("rises_share", sided=True, derived="percent_of_norm rises", bands=bands(some="< 70", most=">= 70")),
    finding("age_again", derived="same_as age", bands=bands(under_55="< 55", from_55=">= 55")),
    finding("sprain", sided=True, details=SPRAIN),
    finding("sprain_before", sided=True, derived="years_before_pain sprain", bands=bands(after="< 0", before=">= 0")),
    finding("pain_months", number()),
    finding("pain_side", choice("left", "right", "both", "middle")),
    finding("own", Answer("list"), details=OWN),
    *(finding(f"test{i}", choice("negative", "positive"), sided=True) for i in range(3)),
    finding("score", sided=True, derived="score tests", bands=bands(negative="< 2", positive=">= 2")),
    finding("grip", Answer("words"), sided=True, bands=bands(weak="gives way", strong="holds")),
)
KB = base(FINDINGS, norms={"reps": REPS}, instruments={"tests": TESTS})


def valued(**answers: object) -> Valuation:
    return valuate(case(**answers), KB)


def word(found: Valuation, subject: str, side: str = "none") -> str | None:
    return ", ".join(found.look(subject, side) or ()) or None


@pytest.mark.parametrize(
    ("answers", "subject", "expected"),
    [
        pytest.param({}, "knee", None, id="not asked has no word"),
        pytest.param({"knee": "unknown"}, "knee", None, id="unknown has no word"),
        pytest.param({"bare": 3}, "bare", None, id="a number without bands has no word"),
        pytest.param({"knee": 8.9}, "knee", "low", id="below the first end"),
        pytest.param({"knee": 9}, "knee", "edge", id="an end that belongs to the upper band"),
        pytest.param({"knee": 10}, "knee", "edge", id="an end that belongs to the lower band"),
        pytest.param({"knee": 10.1}, "knee", "high", id="above the last end"),
        pytest.param({"tilt": 1.5}, "tilt", "low", id="a closed end below an open one"),
        pytest.param({"tilt": 1.6}, "tilt", "middle", id="between two open ends"),
        pytest.param({"tilt": 2}, "tilt", "high", id="a closed end above an open one"),
        pytest.param({"knee": "low"}, "knee", "low", id="a word may be stated where no number was reported"),
        pytest.param({"age": 54}, "age_again", "under_55", id="the same number with other bands"),
        pytest.param({"age": 55}, "age_again", "from_55", id="the same number on the other side of the cut"),
        pytest.param({"age": "unknown"}, "age_again", None, id="the same as nothing is nothing"),
        pytest.param({"age": "old"}, "age_again", None, id="a word is not cut again"),
    ],
)
def test_bands_turn_numbers_into_words(answers: dict[str, object], subject: str, expected: str | None) -> None:
    assert word(valued(**answers), subject) == expected


@pytest.mark.parametrize(
    ("reps", "age", "sex", "expected"),
    [
        pytest.param(30, 85, "male", None, id="above the last age row nothing is assumed"),
        pytest.param(30, 12, "male", None, id="below the first age row nothing is assumed"),
        pytest.param(17, 30, None, None, id="sex unknown and the norms disagree"),
        pytest.param(17, 30, "other", None, id="a sex without norms of its own is as good as unknown"),
        pytest.param(15, None, "female", None, id="age unknown and the norms of this sex disagree"),
        pytest.param(17, 30, "male", "low", id="under 60 percent of the norm of men"),
        pytest.param(18, 30, "male", "borderline", id="60 percent itself belongs to the middle"),
        pytest.param(24, 30, "male", "borderline", id="80 percent itself belongs to the middle"),
        pytest.param(17, 30, "female", "normal", id="the same count is normal for women"),
        pytest.param(17, 45, None, "normal", id="one norm for everyone needs no sex"),
        pytest.param(17, 39.9, "male", "low", id="age counts in whole years"),
        pytest.param(5, 30, None, "low", id="sex unknown and every norm agrees"),
        pytest.param(9, None, None, None, id="age and sex unknown and one norm disagrees"),
        pytest.param(5, None, "male", "low", id="age unknown and even the lowest norm says low"),
        pytest.param(29, None, None, "normal", id="age and sex unknown and even the highest norm says normal"),
    ],
)
def test_norms_by_age_and_sex(reps: float, age: float | None, sex: str | None, expected: str | None) -> None:
    about = {name: value for name, value in (("age", age), ("sex", sex)) if value is not None}
    assert word(valued(rises={"left": reps}, **about), "rises", "left") == expected


def on(left: object = None, right: object = None) -> dict[str, object]:
    """What was told of each side; nothing of a side that is left out."""
    return {side: one for side, one in (("left", left), ("right", right)) if one is not None}


@pytest.mark.parametrize(
    ("derived", "told", "expected"),
    [
        pytest.param("ratio", on(8), on(), id="one side alone has no ratio"),
        pytest.param("ratio", on(8, 0), on(right="low"), id="nothing is divided by zero, and zero is low"),
        pytest.param("ratio", on("low", "borderline"), on(), id="two words close to each other tell no ratio"),
        pytest.param("ratio", on("low", "low"), on(), id="two equal words tell no ratio"),
        pytest.param("ratio", on(8, "unknown"), on(), id="unknown on the other side"),
        pytest.param("ratio", on(8, 24), on("low", "normal"), id="each side against the other"),
        pytest.param("ratio", on(8, 10), on("normal", "normal"), id="80 percent itself is normal"),
        pytest.param("ratio", on("low", "normal"), on("low", "normal"), id="low against normal follows from words"),
        pytest.param("ratio", on(3, "normal"), on("low", "normal"), id="a number against a word goes by words"),
        pytest.param("gap", on("low", "borderline"), on(), id="lowest against the middle tells no difference"),
        pytest.param("gap", on(3, 5), on("less", "more"), id="this minus other, for each side"),
        pytest.param("gap", on(4, 5), on("even", "even"), id="a difference at both ends of a band"),
        pytest.param("gap", on("low", "normal"), on("less", "more"), id="lowest against highest tells the difference"),
        pytest.param("share", on("low"), on(), id="a word is no share of a norm"),
        pytest.param("share", on(12, 24), on(right="most"), id="a share that depends on age and sex"),
        pytest.param("share", on(3, 30), on("some", "most"), id="a share that is the same word for every age and sex"),
    ],
)
def test_what_follows_from_both_sides_or_a_norm(derived: str, told: dict[str, object], expected: dict[str, object]) -> None:
    found = valued(rises=told)
    assert on(*(word(found, f"rises_{derived}", side) for side in ("left", "right"))) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(on(8), None, id="one side alone has no mean"),
        pytest.param(on("low", "low"), None, id="words have no mean"),
        pytest.param(on(8, 12), "ten_up", id="the mean of both sides"),
        pytest.param(on(8, 11), "under_ten", id="the mean just below the cut"),
    ],
)
def test_mean_of_both_sides(told: dict[str, object], expected: str | None) -> None:
    assert word(valued(rises=told), "rises_mean") == expected


def test_a_derived_word_that_is_stated_stands_before_the_numbers() -> None:
    found = valued(rises_ratio={"left": "normal"}, rises={"left": 8, "right": 24})
    assert [word(found, "rises_ratio", side) for side in ("left", "right")] == ["normal", "normal"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param((), None, id="no part answered, no score"),
        pytest.param(("positive",), None, id="one of two needed and two missing: open"),
        pytest.param(("positive", "unknown", "negative"), None, id="the missing part would decide: open"),
        pytest.param(("negative", "negative"), "negative", id="the missing part can't reach the cut any more"),
        pytest.param(("positive", "positive"), "positive", id="the missing part can't take it back"),
        pytest.param(("positive", "negative", "negative"), "negative", id="complete and below the cut"),
        pytest.param(("positive", "negative", "positive"), "positive", id="complete and at the cut"),
    ],
)
def test_score_with_missing_parts(told: tuple[str, ...], expected: str | None) -> None:
    found = valued(**{f"test{i}": {"left": one} for i, one in enumerate(told)})
    assert (word(found, "score", "left"), word(found, "score", "right")) == (expected, None)


@pytest.mark.parametrize("score_first", [pytest.param(True, id="before it"), pytest.param(False, id="after it")])
def test_a_score_counts_a_derived_finding_wherever_it_is_written(score_first: bool) -> None:
    cut = finding("old_enough", derived="same_as age", bands=bands(no="< 50", yes=">= 50"))
    score = finding("score", derived="score signs", bands=bands(negative="< 1", positive=">= 1"))
    signs = Instrument("signs", "signs", (leaf("old_enough none is yes"),))
    written = (score, cut) if score_first else (cut, score)
    kb = base([finding("age", number()), *written], instruments={"signs": signs})
    assert valuate(case(age=60), kb).look("score", "none") == ("positive",)


@pytest.mark.parametrize(
    ("sprain", "months", "expected"),
    [
        pytest.param(given("yes"), 24, None, id="no date of the sprain"),
        pytest.param(given("yes", years_ago=3.0), None, None, id="no date of the pain"),
        pytest.param(given("yes", years_ago=3.0), "unknown", None, id="the date of the pain is not known"),
        pytest.param(given("yes", years_ago=3.0), 24, "before", id="three years ago, pain for two"),
        pytest.param(given("yes", years_ago=2.0), 24, "before", id="as long ago as the pain"),
        pytest.param(given("yes", years_ago=1.0), 24, "after", id="one year ago, pain for two"),
    ],
)
def test_years_before_pain(sprain: object, months: object, expected: str | None) -> None:
    found = valued(sprain={"left": sprain}, **({"pain_months": months} if months else {}))
    assert word(found, "sprain_before", "left") == expected


@pytest.mark.parametrize(
    ("told", "subject", "expected"),
    [
        pytest.param(given("yes"), "sprain.bothers", None, id="a detail that was not told"),
        pytest.param(given("yes", bothers="unknown"), "sprain.bothers", None, id="a detail that is not known"),
        pytest.param(given("yes", bothers="no"), "sprain.bothers", "no", id="a yes or no among the details"),
        pytest.param(given("yes", years_ago=0.5), "sprain.years_ago", "recent", id="a number among the details has bands of its own"),
        pytest.param(given("yes", years_ago=1.0), "sprain.years_ago", "old", id="the end of a detail's band"),
        pytest.param(given("unknown", years_ago=6.0), "sprain.years_ago", "old", id="a detail may be known where the answer is not"),
    ],
)
def test_details(told: object, subject: str, expected: str | None) -> None:
    found = valued(sprain={"right": told})
    assert (word(found, subject, "right"), word(found, subject, "left")) == (expected, None)


def test_details_of_a_list_are_every_word_that_some_entry_has() -> None:
    entries = [{"activity": "a b", "class": "walk", "rating": 7.0}, {"class": "lift"}, {"class": "walk", "rating": "unknown"}]
    found = valued(own=given("listed", entries))
    assert (word(found, "own.class"), word(found, "own.rating"), word(found, "own")) == ("walk, lift", "good", None)


@pytest.mark.parametrize(
    ("told", "sides"),
    [
        pytest.param("unknown", (None, None), id="unknown is on neither side"),
        pytest.param("middle", ("middle", "middle"), id="what is no side is the same seen from both"),
        pytest.param("both", ("both", "both"), id="both is the same seen from both"),
        pytest.param("left", ("this_side", "other_side"), id="left is this side from the left"),
        pytest.param("right", ("other_side", "this_side"), id="right is this side from the right"),
    ],
)
def test_relative_sides(told: str, sides: tuple[str | None, str | None]) -> None:
    found = valued(pain_side=told)
    assert (word(found, "pain_side", "left"), word(found, "pain_side", "right")) == sides
    assert word(found, "pain_side") == (None if told == "unknown" else told)


@pytest.mark.parametrize(
    ("answers", "subject", "shown"),
    [
        pytest.param({}, ("rises", "left"), "not asked", id="what was not asked says so"),
        pytest.param({"rises": {"left": "unknown"}}, ("rises", "left"), "unknown", id="what nobody knows says so"),
        pytest.param({"rises": on(17)}, ("rises", "left"), "17 (no band: age or sex not known)", id="a number that no norm judges"),
        pytest.param({"knee": 8.5}, ("knee", "none"), "8.5 (low)", id="a number with its word"),
        pytest.param({"grip": {"left": "weak"}}, ("grip", "left"), "weak", id="a word alone"),
    ],
)
def test_what_a_reader_sees(answers: dict[str, object], subject: tuple[str, str], shown: str) -> None:
    assert valued(**answers).shown(*subject) == shown
