"""Reading YAML: words stay words, every key and value knows its place, and nothing an author writes raises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.source import At
from knowledge.yaml_source import MAX_DEPTH, merged, read_source, read_text
from tests.budget import examples
from tests.tiny_pack import TINY


def tree(text: str) -> Any:
    """The tree of a text in which nothing is wrong."""
    source, problems = read_source(text, "x.yaml")
    assert problems == []
    return source.tree


def told(text: str) -> list[str]:
    return [f"{one.place.line}:{one.place.column} {one.code}" for one in read_source(text, "x.yaml")[1]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("no", "no", id="no is a word"),
        pytest.param("yes", "yes", id="yes is a word"),
        pytest.param("off", "off", id="off is a word"),
        pytest.param("true", "true", id="true is a word"),
        pytest.param("null", "null", id="null is a word"),
        pytest.param("~", "~", id="a tilde is a word"),
        pytest.param("2026-11-25", "2026-11-25", id="a date is a word"),
        pytest.param("12:30", "12:30", id="a time is a word"),
        pytest.param("1_000", "1_000", id="a number with a bar is a word"),
        pytest.param("0x10", "0x10", id="a hexadecimal number is a word"),
        pytest.param("010", "010", id="a leading zero makes a word, never an octal number"),
        pytest.param("1e3", "1e3", id="a power of ten is a word"),
        pytest.param(".5", ".5", id="a point without a figure before it is a word"),
        pytest.param(".inf", ".inf", id="infinity is a word"),
        pytest.param("nan", "nan", id="nan is a word"),
        pytest.param("9" * 40, "9" * 40, id="a number too long to be one is a word"),
        pytest.param("'12'", "12", id="a number in quotes is a word"),
        pytest.param("12", 12, id="a whole number"),
        pytest.param("-3", -3, id="a negative number"),
        pytest.param("+3", 3, id="a plus sign"),
        pytest.param("0.5", 0.5, id="a decimal"),
        pytest.param("''", "", id="an empty text in quotes"),
    ],
)
def test_a_value_is_a_word_or_a_plain_number(text: str, value: object) -> None:
    found = tree(f"- {text}\n")[0]
    assert (found, type(found)) == (value, type(value))


def test_a_key_is_a_word_even_when_it_looks_like_a_number() -> None:
    assert tree("1: a\n1.50: b\nno: c\n007: d\n") == {"1": "a", "1.50": "b", "no": "c", "007": "d"}


def test_nothing_behind_a_colon_is_nothing() -> None:
    assert tree("a:\nb: \n") == {"a": None, "b": None}


PLACES = """\
# a comment first
- id: ANK001
  when: {all: [{finding: heel_rise, is: low}, {finding: größe, is: [no, 'ja']}]}
  because: >-
    A text over
    two lines.
  😀: {é: x}
  empty:
- last
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        pytest.param((), 2, 1, id="the whole list"),
        pytest.param((0,), 2, 3, id="a unit"),
        pytest.param((0, "id"), 2, 7, id="a value"),
        pytest.param((0, "when", "all", 1), 3, 47, id="an entry of a list inside a mapping"),
        pytest.param((0, "when", "all", 1, "finding"), 3, 57, id="a value inside an entry, with an umlaut"),
        pytest.param((0, "when", "all", 1, "is", 1), 3, 73, id="a value behind an umlaut counts characters, not bytes"),
        pytest.param((0, "because"), 4, 12, id="a folded text begins at its sign"),
        pytest.param((0, "😀", "é"), 7, 10, id="a key of one wide character counts as one"),
        pytest.param((0, "empty"), 8, 9, id="nothing stands behind its colon"),
        pytest.param((1,), 9, 3, id="a plain entry"),
        pytest.param((0, "when", "all", 7, "finding"), 3, 15, id="what is not there is where the thing around it is"),
    ],
)
def test_a_value_knows_its_place(path: tuple[str | int, ...], line: int, column: int) -> None:
    place = read_source(PLACES, "x.yaml")[0].place(path)
    assert (place.file, place.line, place.column) == ("x.yaml", line, column)


@pytest.mark.parametrize(
    ("path", "key", "line", "column"),
    [
        pytest.param((0,), "id", 2, 3, id="the first key of a unit"),
        pytest.param((0,), "because", 4, 3, id="a later key"),
        pytest.param((0, "when", "all", 1), "is", 3, 64, id="a key behind an umlaut"),
        pytest.param((0, "😀"), "é", 7, 7, id="a key inside a mapping whose key is one wide character"),
        pytest.param((0,), "absent", 2, 3, id="a key that is not there is where its unit is"),
    ],
)
def test_a_key_knows_its_place(path: tuple[str | int, ...], key: str, line: int, column: int) -> None:
    place = At(read_source(PLACES, "x.yaml")[0], path).key(key)
    assert (place.line, place.column) == (line, column)


def test_a_cursor_walks_to_values() -> None:
    at = At(read_source(PLACES, "x.yaml")[0])
    assert (at / 0 / "when" / "all" / 0 / "is").value == "low"
    assert (at / 0 / "no such key" / 3).value is None


class TestTheSameText:
    """Saved by another editor it reads the same, with the same places."""

    PLAIN = "- id: a\n  title: größer\n- id: b\n"

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(PLAIN.replace("\n", "\r\n"), id="with the line ends of Windows"),
            pytest.param(PLAIN.replace("\n", "\r"), id="with the line ends of old Macs"),
            pytest.param("\ufeff" + PLAIN, id="with a byte order mark"),
            pytest.param("\ufeff" + PLAIN.replace("\n", "\r\n"), id="with both"),
            pytest.param(PLAIN + "\n\n\n", id="with empty lines at the end"),
            pytest.param(PLAIN.rstrip(), id="without a line end at the end"),
        ],
    )
    def test_reads_the_same(self, text: str, tmp_path: Path) -> None:
        file = tmp_path / "x.yaml"
        file.write_bytes(text.encode("utf-8"))
        read, problems = read_text(file, "x.yaml")
        assert problems == []
        source, plain = read_source(read or "", "x.yaml")[0], read_source(self.PLAIN, "x.yaml")[0]
        assert (source.tree, source.places) == (plain.tree, plain.places)


def test_a_byte_order_mark_in_a_text_that_was_not_read_from_a_file_is_passed_over() -> None:
    assert tree("\ufeffid: a\n") == {"id": "a"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("a: x\nb: y\n", [], id="nothing is wrong"),
        pytest.param("a: 'x: y'\n", [], id="a colon in quotes"),
        pytest.param("a: '[' \nb: '[['\n", [], id="brackets in quotes are no nesting"),
        pytest.param("# [[[[[\na: \"{{{{\"\n", [], id="brackets in a comment are no nesting"),
        pytest.param("a: x\ta tab in a text\n", [], id="a tab inside a text"),
        pytest.param("a: 80\u00a0% of it\n", [], id="a no-break space inside a text"),
        pytest.param("a: x\n\ta: y\n", ["2:1 KB004"], id="a tab at the start of a line"),
        pytest.param("a: x\na: y\na: z\n", ["2:1 KB005", "3:1 KB005"], id="a key three times"),
        pytest.param("a: &b x\nc: *b\nd: *b\n", ["1:4 KB006", "2:4 KB006"], id="an alias is told once by name"),
        pytest.param("a: x\n\u00a0\u00a0b: y\n", ["2:1 KB004"], id="an odd space at the start of a line"),
        pytest.param("a: x\u2028b: y\n", ["1:5 KB004"], id="a line separator"),
        pytest.param("a: x\n---\nb: y\n", ["2:1 KB006"], id="a second document"),
        pytest.param("---\na: x\n", [], id="a line of dashes at the top"),
        pytest.param("{[a, b]: c, d: e}\n", ["1:2 KB006"], id="a list as a key"),
        pytest.param("? {a: b}\n: c\n", ["1:3 KB006"], id="a mapping as a key"),
        pytest.param("{: c}\n", ["1:2 KB004"], id="nothing before a colon"),
        pytest.param("a: x\na: y\nb: [\n", ["2:1 KB005", "4:1 KB004"], id="what was seen before the file broke off is told too"),
    ],
)
def test_where_a_mistake_is_told(text: str, places: list[str]) -> None:
    assert told(text) == places


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- " * 100_000, id="lists by dashes"),
        pytest.param("[" * 100_000, id="open brackets"),
        pytest.param("{a: " * 100_000, id="open braces"),
        pytest.param("[" * 5_000 + "]" * 5_000, id="brackets that are closed"),
        pytest.param("? " * 100_000, id="keys of keys"),
        pytest.param("\n".join(" " * depth + "a:" for depth in range(2_000)), id="mappings by indentation"),
    ],
)
def test_a_nesting_bomb_is_one_problem(text: str) -> None:
    assert [one.code for one in read_source(text, "x.yaml")[1]] == ["KB006"]


def test_nesting_is_allowed_as_deep_as_is_said() -> None:
    assert told("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []


def test_an_alias_bomb_stays_small() -> None:
    lines = ["a: &a [x]", *(f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]" for before, one in zip("abcdefgh", "bcdefghi", strict=True))]
    source, problems = read_source("\n".join(lines), "x.yaml")
    assert source.tree["i"] == [None] * 9
    assert {one.code for one in problems} == {"KB006"}


def test_two_mappings_are_merged_and_keep_their_places() -> None:
    first = At(read_source("a: 1\nb: {c: 2, d: 3}\n", "first.yaml")[0])
    second = At(read_source("\nb: {d: 4}\ne: [5]\n", "second.yaml")[0])
    both = merged(first, second)
    assert both.value == {"a": 1, "b": {"c": 2, "d": 4}, "e": [5]}
    assert [str((both / "a").place), str((both / "b" / "c").place), str((both / "b" / "d").place)] == [
        "first.yaml:1:4", "first.yaml:2:8", "second.yaml:2:8",
    ]


PIECES = st.sampled_from([
    "a", "- ", ": ", "\n", "  ", "[", "]", "{", "}", ",", "'", '"', "&a", "*a", "!x", "#", "|", ">", "? ", "---\n", "%", "\t", "é", "\0",
    "1.5",
])


@given(st.lists(PIECES, max_size=40).map("".join))
@examples(600)
def test_no_text_raises_and_every_problem_has_a_place(text: str) -> None:
    source, problems = read_source(text, "x.yaml")
    assert source.tree is None or not isinstance(source.tree, bool)
    assert [one for one in problems if one.place.line < 1 or one.place.column < 1 or not one.says or not one.hint] == []


@given(st.sampled_from(sorted(TINY.rglob("*.yaml"))), st.integers(0, 10_000), PIECES)
@examples(300)
def test_no_slip_in_a_real_file_raises(file: Path, spot: int, slip: str) -> None:
    text = file.read_text(encoding="utf-8")
    spot %= len(text)
    for _, problems in (read_source(text[:spot] + slip + text[spot:], "x.yaml"), read_source(text[:spot], "x.yaml")):
        assert [one for one in problems if one.place.line < 1] == []
