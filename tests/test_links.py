"""The table of links: cells with their places, and cycles told as a walk."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.csv_source import read_table
from knowledge.graph import compensation_graph, cycle_problems
from knowledge.model import Link
from knowledge.problems import Place
from tests.budget import examples
from tests.tiny_pack import TINY, tiny

HEAD = ("a", "b")


def cells(text: str) -> list[list[str]]:
    """The cells below the head, of a table in which nothing is wrong."""
    rows, problems = read_table(text, "x.csv", HEAD)
    assert problems == []
    return [[cell.text for cell in row.cells.values()] for row in rows]


def told(text: str) -> list[str]:
    return [f"{one.place.line}:{one.place.column} {one.says}" for one in read_table(text, "x.csv", HEAD)[1]]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("a,b\n", [], id="a head alone"),
        pytest.param("a,b\n\n,\n , \n", [], id="empty rows as spreadsheets leave them"),
        pytest.param("a,b\n1,2", [["1", "2"]], id="no line end at the end"),
        pytest.param("a,b\r\n1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]], id="the line ends of Windows"),
        pytest.param("a,b\r1,2\r3,4\r", [["1", "2"], ["3", "4"]], id="the line ends of old Macs"),
        pytest.param("a,b\n 1 , 2 \n", [["1", "2"]], id="spaces around a cell"),
        pytest.param('a,b\n"1, 2",3\n', [["1, 2", "3"]], id="a comma in quotes"),
        pytest.param('a,b\n "1, 2" ,3\n', [["1, 2", "3"]], id="spaces around the quotes"),
        pytest.param('a,b\n"say ""no""",3\n', [['say "no"', "3"]], id="a quote in quotes"),
        pytest.param('a,b\n"1\n2",3\n4,5\n', [["1\n2", "3"], ["4", "5"]], id="a line break in quotes"),
        pytest.param('"a","b"\n"",2\n', [["", "2"]], id="quotes around everything"),
    ],
)
def test_cells_are_read(text: str, rows: list[list[str]]) -> None:
    assert cells(text) == rows


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("a,b\none,two\n", ["2:1", "2:5"], id="plain cells"),
        pytest.param("a,b\n one,\ttwo\n", ["2:2", "2:7"], id="spaces before a cell"),
        pytest.param('a,b\n"one","two"\n', ["2:2", "2:8"], id="behind the quotes"),
        pytest.param("a,b\n,\nx,y\n", ["3:1", "3:3"], id="below an empty row"),
        pytest.param('a,b\n"x\ny",z\n', ["2:2", "3:4"], id="behind a line break in quotes"),
        pytest.param('a,b\r\n"x\r\ny",z\r\n', ["2:2", "3:4"], id="behind a line break of Windows"),
        pytest.param("a,b\ngröße,z\n", ["2:1", "2:7"], id="behind an umlaut"),
        pytest.param("a,b\n,z\n", ["2:1", "2:2"], id="an empty cell"),
    ],
)
def test_cells_know_their_place(text: str, places: list[str]) -> None:
    (row,) = read_table(text, "x.csv", HEAD)[0]
    assert [f"{cell.place.line}:{cell.place.column}" for cell in row.cells.values()] == places


def test_words_in_a_cell_know_their_place() -> None:
    (row,) = read_table("a,b\nx, one  two\n", "x.csv", HEAD)[0]
    assert [(word, str(place)) for word, place in row.cells["b"].words()] == [("one", "x.csv:2:4"), ("two", "x.csv:2:9")]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param("", ["1:1 the first line is empty"], id="an empty table"),
        pytest.param("a;b\n1;2\n", ["1:1 the cells of this table are parted by semicolons"], id="semicolons"),
        pytest.param("a\tb\n", ["1:1 the cells of this table are parted by tabs"], id="tabs"),
        pytest.param("a,c\n", ["1:3 column 2 of the first line is 'c' and must be 'b'"], id="another name in the head"),
        pytest.param("a\n", ["1:1 column 2 of the first line is nothing and must be 'b'"], id="a column too few"),
        pytest.param("a,b,c\n", ["1:5 column 3 of the first line is 'c' and must be nothing"], id="a column too many"),
        pytest.param("a,b\n1\n", ["2:1 this row has 1 cell and the table 2 columns"], id="a cell too few"),
        pytest.param("a,b\n1,2\n2,3,4\n", ["3:1 this row has 3 cells and the table 2 columns"], id="a cell too many"),
        pytest.param('a,b\n1,"2\n', ["2:3 the quote that opens here is never closed"], id="an open quote"),
        pytest.param('a,b\n1,"2"x\n', ["2:3 text stands behind the closing quote: x"], id="text behind a quote"),
    ],
)
def test_what_is_wrong_with_a_table(text: str, what: list[str]) -> None:
    assert told(text) == what


CELL = st.text(st.sampled_from("ab ,;\"\n\r\té"), max_size=8)


@given(st.lists(st.tuples(CELL, CELL), max_size=5))
@examples(300)
def test_what_the_csv_module_writes_is_read(rows: list[tuple[str, str]]) -> None:
    """Any cells, written by a library that knows the rules, come back; cells are told apart from spaces around them."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerows([HEAD, *rows])
    kept = [[one.strip(), other.strip()] for one, other in rows if one.strip() or other.strip()]
    assert cells(file.getvalue()) == kept


@given(st.text(st.sampled_from("ab,\"\n\r;"), max_size=30))
@examples(300)
def test_no_table_raises(text: str) -> None:
    rows, problems = read_table("a,b\n" + text, "x.csv", HEAD)
    assert all(len(row.cells) == len(HEAD) for row in rows)
    assert [one for one in problems if one.code != "KB501" or one.place.line < 1] == []


def test_the_tiny_table_reads_as_the_csv_module_reads_it() -> None:
    text = (TINY / "links.csv").read_text(encoding="utf-8")
    columns = next(csv.reader(io.StringIO(text)))
    rows, problems = read_table(text, "links.csv", columns)
    assert problems == []
    expected = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text))]
    assert [[cell.text for cell in row.cells.values()] for row in rows] == expected[1:]


def link(source: str, target: str, line: int, feedback: bool = False) -> Link:
    mechanism, here = f"{source} to {target}.", Place("links.csv", line, 1)
    return Link(source, target, "none", ("any",), "D", mechanism, (), ("author",), (), feedback, here)


@pytest.mark.parametrize(
    ("links", "walks"),
    [
        pytest.param([], [], id="no links, no cycle"),
        pytest.param([link("a", "b", 2), link("a", "c", 3), link("b", "d", 4), link("c", "d", 5)], [], id="two ways to one end"),
        pytest.param([link("a", "b", 2), link("b", "a", 3, feedback=True)], [], id="a loop that is marked is no cycle"),
        pytest.param([link("a", "b", 2), link("b", "a", 3)], ["a -> b -> a"], id="two links"),
        pytest.param([link("b", "a", 2), link("a", "b", 3)], ["b -> a -> b"], id="the story ends with the lowest row"),
        pytest.param([link("a", "a", 2)], ["a -> a"], id="a link to itself"),
        pytest.param(
            [link("x", "a", 2), link("a", "b", 3), link("b", "c", 4), link("c", "a", 5), link("p", "q", 6), link("q", "p", 7)],
            ["a -> b -> c -> a", "p -> q -> p"],
            id="two cycles are two problems",
        ),
    ],
)
def test_cycles_are_told_as_a_walk(links: list[Link], walks: list[str]) -> None:
    said = [problem.says.split("\n")[0] for problem in cycle_problems(links)]
    assert said == [f"the links go round in a circle: {walk}" for walk in walks]


def test_a_cycle_is_told_link_by_link_with_file_and_line() -> None:
    (problem,) = cycle_problems([link("hip", "pelvis", 2), link("pelvis", "back", 5), link("back", "hip", 9)])
    assert str(problem) == (
        "links.csv:9:1: KB503 the links go round in a circle: hip -> pelvis -> back -> hip\n"
        "      hip leads to pelvis (links.csv:2:1): hip to pelvis.\n"
        "      pelvis leads to back (links.csv:5:1): pelvis to back.\n"
        "      back leads to hip (links.csv:9:1): back to hip.\n"
        "    hint: write 'yes' under 'feedback' in the row that closes the loop, or take a row out"
    )


def test_the_order_of_rows_does_not_change_how_many_cycles_are_told() -> None:
    links = [link("a", "b", 2), link("b", "c", 3), link("c", "a", 4), link("b", "a", 5)]
    assert {len(cycle_problems(order)) for order in (links, links[::-1], links[2:] + links[:2])} == {2}


def test_the_graph_leaves_loop_closing_links_out_unless_asked() -> None:
    followed, whole = (compensation_graph(tiny().links, feedback) for feedback in (False, True))
    assert not followed.has_edge("recurrent_back_pain", "fear")
    assert whole.edges["recurrent_back_pain", "fear"]["link"].feedback
    assert [edge for edge in whole.edges if edge not in followed.edges] == [("recurrent_back_pain", "fear")]


def test_a_link_is_contested_when_a_study_speaks_against_it() -> None:
    assert [(one.source, one.target) for one in tiny().links if one.contested] == [("calf_weakness", "overactive_back")]
