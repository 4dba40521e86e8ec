"""Wrong tables: what is told of each, where, and what to do instead; never a traceback, never half a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow", reason="the extra 'cohort' is absent: pip install 'backcause[cohort]'")

from cohort.problems import CODES
from knowledge import ProblemsFound
from tests.people_tables import concluded, read_csv, write

Make = Callable[[Path], Path]


def text(content: str | bytes, name: str = "people.csv") -> Make:
    """A file with this content."""
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def table(name: str, **columns: object) -> Make:
    """A table with these columns."""
    def make(folder: Path) -> Path:
        write(folder / name, pa.table(columns))
        return folder / name

    return make


def folder_named_like_a_table(folder: Path) -> Path:
    (folder / "people.csv").mkdir()
    return folder / "people.csv"


WRONG = [
    pytest.param(text("case\n1\n", "people.xlsx"), {}, ["TB002 a table ends in .parquet, .arrow, .feather or .csv"], id="another format"),
    pytest.param(lambda folder: folder / "absent.csv", {}, ["absent.csv: TB001 there is no such file"], id="no file"),
    pytest.param(folder_named_like_a_table, {}, ["people.csv: TB001 this is a folder, not a table"], id="a folder"),
    pytest.param(text(""), {}, ["people.csv: TB003 the file is empty"], id="an empty file"),
    pytest.param(text("\n\n"), {}, ["people.csv: TB003 the file is empty"], id="blank lines only"),
    pytest.param(text("case\n1\n", "people.parquet"), {}, ["people.parquet: TB003 this cannot be read as Parquet"], id="no Parquet"),
    pytest.param(text("case\n1\n", "people.arrow"), {}, ["people.arrow: TB003 this cannot be read as Arrow"], id="no Arrow"),
    pytest.param(text(b"case,age\n1,44\n\xe9,5\n"), {}, ["people.csv:3:1: TB004 the file is not saved as UTF-8"], id="Latin-1"),
    pytest.param(text("case,age\n1,44\n2".encode("utf-16")), {}, ["people.csv:1:1: TB004"], id="UTF-16"),
    pytest.param(
        text("case,age\n1,44\n\n2\n\"3\n\",4,5\n"), {},
        ["people.csv:4:1: TB005 1 cell where the head has 2", "people.csv:5:1: TB005 3 cells where the head has 2"],
        id="too few and too many cells, lines counted as an editor counts them",
    ),
    pytest.param(text('case,age\n1,"44\n2,45\n'), {}, ["people.csv:2:1: TB005 a quote is opened here"], id="a quote that is not closed"),
    pytest.param(text("case,age\n" + "1\n" * 50), {}, ["30 more lines with a wrong number of cells"], id="many bad lines"),
    pytest.param(text("case;age\n1;44\n"), {}, ["people.csv:1:1: TB005 a semicolon stands between the columns"], id="semicolons"),
    pytest.param(text("case,age,age\n1,2,3\n"), {}, ["TB006 2 columns have the name 'age'"], id="one name twice"),
    pytest.param(text(",age\n1,2\n"), {}, ["TB006 column 1 has no name"], id="a column without a name"),
    pytest.param(
        text("case,heelrise.left,ages,hometown\n1,2,3,x\n"), {},
        [
            "TB007 column 'heelrise.left': unknown finding 'heelrise'\n    hint: did you mean 'heel_rise'",
            "TB007 column 'ages': unknown finding 'ages'",
            "TB007 column 'hometown': unknown finding 'hometown'\n    hint: --keep 'hometown'", "3 problems",
        ],
        id="all unknown columns at once",
    ),
    pytest.param(table("people.parquet", age=[[1], [2]]), {}, ["TB008 column 'age' holds values of type list"], id="lists in cells"),
    pytest.param(table("people.feather", age=[b"1", b"2"]), {}, ["TB008 column 'age' holds values of type binary"], id="bytes in cells"),
    pytest.param(
        text("case,age\n1,2\n"), {"keep": ("agee",)}, ["TB009 there is no column 'agee' to keep\n    hint: did you mean 'age'?"],
        id="nothing to keep",
    ),
    pytest.param(
        text("case,error\n1,2\n"), {"keep": ("error",)}, ["TB009 column 'error' has the name of a column of the result"],
        id="a name of the result",
    ),
    pytest.param(
        text("case,age\n1,44\n"), {"target": "away/result.csv"}, ["TB011 there is no such folder to write to"],
        id="no folder for the result",
    ),
    pytest.param(
        text("case,age\n1,44\n"), {"target": "people.csv"}, ["TB011 the result would take the place of its own input"],
        id="the result over the input",
    ),
    pytest.param(
        text("case\n1\n", "people.xls"), {"target": "result.ods"}, ["people.xls: TB002", "result.ods: TB002", "2 problems"],
        id="both ends at once",
    ),
]
ELSEWHERE = {"TB010", "TB012"}
"""Told of runs, not of tables: test_cohort_files.py."""


@pytest.mark.parametrize(("make", "options", "says"), WRONG)
def test_a_wrong_table_is_told_and_nothing_is_written(
    make: Make, options: Mapping[str, object], says: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    source, rest = make(tmp_path), dict(options)
    target = Path(str(rest.pop("target", "result.csv")))
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ProblemsFound) as found:
        concluded(source, target, **rest)
    told = f"{found.value}\n{len(found.value.problems)} problems"
    assert [one for one in says if one not in told] == [], told
    assert sorted(tmp_path.iterdir()) == before


def test_every_code_has_a_wrong_table() -> None:
    said = " ".join(one for row in WRONG for one in row.values[2])  # type: ignore[union-attr]  # pytest types values as objects
    assert {code for code in CODES if code not in said} == ELSEWHERE


def test_a_result_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    (tmp_path / "result.csv.parts").write_text("in the way", encoding="utf-8")
    with pytest.raises(ProblemsFound, match="TB011 this cannot be written"):
        concluded(text("case,age\n1,44\n")(tmp_path), tmp_path / "result.csv")


@pytest.mark.parametrize(
    ("content", "cases"),
    [
        pytest.param("case,age\n", [], id="a head alone"),
        pytest.param("case,age\n1,44\n,\n3,\n", ["1", "", "3"], id="rows with nothing in them"),
        pytest.param("\ufeffcase,age\r\n1,44\r\n2,45\r\n", ["1", "2"], id="as a spreadsheet writes it"),
        pytest.param('case,age\n"a ""b"", c\nd",44\n007,45\n', ['a "b", c\nd', "007"], id="quotes and lines in a cell, leading zeros"),
        pytest.param('case,age\n5" tall,44\n2,45', ['5" tall', "2"], id="an inch sign and no end of line"),
    ],
)
def test_odd_but_right_tables(content: str, cases: list[str], tmp_path: Path) -> None:
    summary = concluded(text(content)(tmp_path), tmp_path / "result.csv")
    rows = read_csv(tmp_path / "result.csv")
    assert (summary.rows, summary.errors) == (len(cases), 0)
    assert [row["case"] for row in rows] == cases


def test_columns_that_are_kept_are_carried_on_as_they_are_and_not_reasoned_with(tmp_path: Path) -> None:
    source = table("people.parquet", case=[1, 2], city=["Oslo", None], height=[1.5, 2.0], sex=["?", "male"])(tmp_path)
    summary = concluded(source, tmp_path / "result.csv", keep=("sex", "height"), keep_unknown=True)
    rows = read_csv(tmp_path / "result.csv")
    assert [[row[name] for name in ("case", "city", "height", "sex", "error")] for row in rows] == [
        ["1", "Oslo", "1.5", "?", ""], ["2", "", "2", "male", ""],
    ]
    assert summary.errors == 0
