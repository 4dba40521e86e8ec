"""Bands: how they are written, and that every number gets one word when they touch and do not overlap."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.bands import Band, Interval, open_ends, parse_interval, seams, word_for, words_between
from knowledge.build_bands import build_bands
from knowledge.problems import Place, Problem
from knowledge.source import At, Source
from tests.budget import examples

INF = math.inf
HERE = At(Source("x.yaml", {}, {(): Place("x.yaml", 1, 1)}))


def bands(**texts: str) -> tuple[Band, ...]:
    """Bands as written, read without any check."""
    read = {word: parse_interval(text) for word, text in texts.items()}
    return tuple(Band(word, one[0], one[1], texts[word]) for word, one in read.items() if one)


def codes(texts: dict[str, str], span: tuple[float, float], has_norm: bool = False) -> list[str]:
    """What an author is told about bands over a span."""
    problems: list[Problem] = []
    build_bands(texts, HERE, span, problems, has_norm)
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("low", id="a word"),
        pytest.param("9", id="one number alone"),
        pytest.param("9-12", id="a hyphen for two dots"),
        pytest.param("9...12", id="three dots"),
        pytest.param("< 9 and > 3", id="two bands in one"),
        pytest.param("=< 9", id="signs in the wrong order"),
        pytest.param("< 9,5", id="a decimal comma"),
        pytest.param("< nan", id="no number"),
        pytest.param("< 9 % norm % norm", id="the norm twice"),
        pytest.param("..9", id="an end left out"),
        pytest.param("< 1e3", id="a power of ten"),
    ],
)
def test_a_text_that_is_no_band_is_not_read(text: str) -> None:
    assert parse_interval(text) is None


@pytest.mark.parametrize(
    ("text", "interval", "of_norm"),
    [
        pytest.param("< 9", Interval(-INF, True, 9, False), False, id="below"),
        pytest.param("<= 9", Interval(-INF, True, 9, True), False, id="up to"),
        pytest.param("> 9", Interval(9, False, INF, True), False, id="above"),
        pytest.param(">=9", Interval(9, True, INF, True), False, id="from, without a space"),
        pytest.param("9..12", Interval(9, True, 12, True), False, id="both ends belong to it"),
        pytest.param("9..<12", Interval(9, True, 12, False), False, id="the upper end does not"),
        pytest.param(">9..12", Interval(9, False, 12, True), False, id="the lower end does not"),
        pytest.param("> 9 .. < 12", Interval(9, False, 12, False), False, id="neither end does, with spaces"),
        pytest.param("-2.5..0", Interval(-2.5, True, 0, True), False, id="below zero, with a decimal"),
        pytest.param("< 60% norm", Interval(-INF, True, 60, False), True, id="percent of the norm"),
        pytest.param(" 60..80 % norm ", Interval(60, True, 80, True), True, id="percent of the norm, with spaces"),
    ],
)
def test_a_band_is_read(text: str, interval: Interval, of_norm: bool) -> None:
    assert parse_interval(text) == (interval, of_norm)


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        pytest.param("9..9", False, id="one number is a band"),
        pytest.param("9..<9", True, id="one number without itself is none"),
        pytest.param(">9..<9", True, id="neither end of one number"),
        pytest.param("12..9", True, id="a band that ends before it begins"),
        pytest.param("< 9", False, id="an open band"),
    ],
)
def test_an_empty_band_is_known_as_such(text: str, empty: bool) -> None:
    read = parse_interval(text)
    assert read is not None
    assert read[0].empty is empty


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        pytest.param({"low": "< 9", "normal": ">= 9"}, [], id="bands that touch have no seam"),
        pytest.param({"low": "<= 9", "mid": ">9..<12", "high": ">= 12"}, [], id="three bands that touch"),
        pytest.param({"none": "0..0", "some": "> 0"}, [], id="a band of one number and its neighbour"),
        pytest.param({"high": ">= 12", "low": "< 9", "mid": "9..<12"}, [], id="the order in which they are written does not matter"),
        pytest.param({"low": "< 9", "normal": "> 9"}, [("gap", 9, 9)], id="a number between them"),
        pytest.param({"low": "< 9", "normal": ">= 10"}, [("gap", 9, 10)], id="numbers between them"),
        pytest.param({"low": "<= 9", "normal": ">= 9"}, [("overlap", 9, 9)], id="a number in both"),
        pytest.param({"low": "< 12", "normal": ">= 9"}, [("overlap", 9, 12)], id="numbers in both"),
        pytest.param(
            {"all": "0..100", "some": "10..20", "more": "150..200"}, [("overlap", 10, 20), ("gap", 100, 150)], id="one inside another",
        ),
        pytest.param({"low": "< 9", "less": "<= 9"}, [("overlap", -INF, 9)], id="two open to the same side"),
    ],
)
def test_seams_are_found_with_their_numbers(texts: dict[str, str], found: list[tuple[str, float, float]]) -> None:
    assert [(seam.kind, seam.start, seam.end) for seam in seams(bands(**texts))] == found


@pytest.mark.parametrize(
    ("texts", "span", "open_"),
    [
        pytest.param({}, (0, 10), (), id="no bands, nothing to cover"),
        pytest.param({"low": "< 5", "high": ">= 5"}, (-INF, INF), (), id="open bands cover every number"),
        pytest.param({"low": "0..<5", "high": "5..10"}, (0, 10), (), id="closed bands cover the range of the answer"),
        pytest.param({"low": ">0..<5", "high": "5..10"}, (0, 10), ((0, 0),), id="only the lowest answer is left out"),
        pytest.param({"low": "2..<5", "high": "5..8"}, (0, 10), ((0, 2), (8, 10)), id="both ends are left out"),
        pytest.param({"low": "2..<5", "high": "5..8"}, (-INF, INF), ((-INF, 2), (8, INF)), id="closed bands on a number without a range"),
    ],
)
def test_open_ends_are_found(texts: dict[str, str], span: tuple[float, float], open_: tuple[tuple[float, float], ...]) -> None:
    assert open_ends(bands(**texts), *span) == open_


@pytest.mark.parametrize(
    ("number", "word"),
    [
        pytest.param(8.999, "low", id="just below"),
        pytest.param(9, "mid", id="a closed lower end"),
        pytest.param(12, "mid", id="a closed upper end"),
        pytest.param(12.0001, "high", id="just above"),
        pytest.param(-1e12, "low", id="far below"),
    ],
)
def test_a_number_gets_the_word_of_its_band(number: float, word: str) -> None:
    assert word_for(number, bands(low="< 9", mid="9..12", high="> 12")) == word


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        pytest.param(1, 2, ("low",), id="a span inside one band"),
        pytest.param(8, 9, ("low", "mid"), id="a span that ends where a closed band begins"),
        pytest.param(12, 12, ("mid",), id="a span of one number"),
        pytest.param(12, 13, ("mid", "high"), id="a span that begins at a closed end"),
        pytest.param(0, 99, ("low", "mid", "high"), id="a span over all"),
    ],
)
def test_a_span_can_get_every_word_it_touches(low: float, high: float, words: tuple[str, ...]) -> None:
    assert words_between(low, high, bands(low="< 9", mid="9..12", high="> 12")) == words


@pytest.mark.parametrize(
    ("texts", "span", "has_norm", "told"),
    [
        pytest.param({"low": "< 9", "normal": ">= 9"}, (0, 20), False, [], id="good bands are not spoken of"),
        pytest.param({"low": "< 60% norm", "normal": ">= 60% norm"}, (0, 80), True, [], id="nor are good bands of a norm"),
        pytest.param({"low": "< 9", "normal": ">= 9"}, (0, 80), True, [], id="nor plain numbers beside a norm"),
        pytest.param({"low": "20..60% norm", "normal": "> 60% norm"}, (0, 80), True, ["KB304"], id="a norm begins at 0 percent"),
        pytest.param({"low": "below 9", "normal": "> 9"}, (0, 20), False, ["KB301"], id="no seams are told while a band cannot be read"),
        pytest.param({"unknown": "< 9", "normal": ">= 9"}, (0, 20), False, ["KB306"], id="unknown is taken"),
    ],
)
def test_what_an_author_is_told(texts: dict[str, str], span: tuple[float, float], has_norm: bool, told: list[str]) -> None:
    assert codes(texts, span, has_norm) == told


FORMS = ("< {0:g}", "<= {0:g}", "> {0:g}", ">= {0:g}", "{0:g}..{1:g}", "{0:g}..<{1:g}", ">{0:g}..{1:g}", ">{0:g}..<{1:g}")
NUMBERS = st.integers(-40, 40).map(lambda n: n / 4)


@st.composite
def written_bands(draw: st.DrawFn) -> dict[str, str]:
    """One to four bands, as an author could write them: some touch, some overlap, some leave gaps."""
    text = st.builds(lambda form, ends: form.format(*sorted(ends)), st.sampled_from(FORMS), st.tuples(NUMBERS, NUMBERS))
    return {f"w{index}": one for index, one in enumerate(draw(st.lists(text, min_size=1, max_size=4)))}


@st.composite
def touching_bands(draw: st.DrawFn) -> dict[str, str]:
    """Bands cut at one to four numbers, each cut belonging to the band above or below it."""
    cuts = sorted(draw(st.sets(NUMBERS, min_size=1, max_size=4)))
    upward = [draw(st.booleans()) for _ in cuts]
    texts = [f"{'<' if upward[0] else '<='} {cuts[0]:g}"]
    for index in range(len(cuts) - 1):
        texts.append(f"{'' if upward[index] else '>'}{cuts[index]:g}..{'<' if upward[index + 1] else ''}{cuts[index + 1]:g}")
    texts.append(f"{'>=' if upward[-1] else '>'} {cuts[-1]:g}")
    return {f"w{index}": text for index, text in enumerate(texts)}


@given(touching_bands(), st.one_of(NUMBERS, st.floats(allow_nan=False)))
@examples(400)
def test_without_seams_every_number_has_exactly_one_word(texts: dict[str, str], number: float) -> None:
    placed = bands(**texts)
    assert seams(placed) == ()
    assert open_ends(placed, -INF, INF) == ()
    assert [band.word for band in placed if band.interval and number in band.interval] == [word_for(number, placed)]


@given(written_bands(), st.one_of(NUMBERS, st.floats(-12, 12)))
@examples(800)
def test_numbers_without_one_word_are_always_told(texts: dict[str, str], number: float) -> None:
    """The other way round: whatever an author writes, a number of the range with no word or two is a problem."""
    span = (-10.0, 10.0)
    if not codes(texts, span) and span[0] <= number <= span[1]:
        assert sum(1 for band in bands(**texts) if band.interval and number in band.interval) == 1


@given(written_bands(), NUMBERS, NUMBERS)
@examples(400)
def test_a_span_gets_the_word_of_every_number_in_it(texts: dict[str, str], one: float, other: float) -> None:
    placed, (low, high) = bands(**texts), sorted((one, other))
    inside = [low + (high - low) * step / 8 for step in range(9)]
    held = {band.word for band in placed if band.interval and not band.interval.empty and any(n in band.interval for n in inside)}
    assert held <= set(words_between(low, high, placed))
