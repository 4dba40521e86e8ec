"""`backcause cohort run` as its users meet it: the page in docs, streams, what is told, and extras that are absent."""

from __future__ import annotations

import csv
import io
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("pyarrow", reason="the extra 'cohort' is absent: pip install 'backcause[cohort]'")

from cli import main
from knowledge import load
from tests.people_tables import read_rows
from tests.shipped import case_path, inferred, reasoner

PAGE = (Path(__file__).parents[1] / "docs" / "cohorts.md").read_text(encoding="utf-8")
PEOPLE = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)[0]
COMMANDS = re.findall(r"^    backcause (cohort .*)$", PAGE, re.MULTILINE)


@pytest.fixture(autouse=True)
def knowledge_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped knowledge does not change between commands, and reading it takes most of their time."""
    monkeypatch.setattr("knowledge.load", lambda packs: reasoner().kb if not packs else load(packs))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the table of the page."""
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command: str, **kwargs: object) -> Result:
    return CliRunner().invoke(main, shlex.split(command), **kwargs)  # type: ignore[arg-type]


def digest(result: Result) -> str:
    found = re.search(r"^digest ([0-9a-f]{64})$", result.stderr, re.MULTILINE)
    assert found, result.stderr
    return found[1]


@pytest.mark.parametrize("command", [one for one in COMMANDS if "run people.csv" in one and "--cluster" not in one])
def test_the_commands_of_the_page_run_and_agree(command: str, folder: Path) -> None:
    result = run(command)
    assert result.exit_code == 0, result.output
    target = folder / command.split(" -o ")[1].split()[0]
    assert [row["case"] for row in read_rows(target)] == ["p1", "p2", "p3"]
    assert digest(result) == digest(run("cohort run people.csv -o again.csv --keep clinic"))


def test_the_commands_of_the_page_about_synthetic_people_run_one_after_the_other(folder: Path) -> None:
    commands = [one for one in COMMANDS if "5000" in one or "people.parquet" in one or "cohort report" in one]
    assert [run(one.replace("5000", "20")).exit_code for one in commands] == [0, 0, 0]
    assert "<svg" in (folder / "page.html").read_text(encoding="utf-8")


def test_what_the_page_says_of_its_people(folder: Path) -> None:
    result = run("cohort run people.csv -o result.csv --keep clinic")
    first, second, third = read_rows(folder / "result.csv")
    assert (first["cause1"], first["side1"], first["clinic"], first["error"]) == ("old_ankle_sprain", "left", "North", "")
    assert first["outcome"] == "chain"
    assert second["urgency"] == "none"
    assert (third["outcome"], third["score1"], third["clinic"]) == ("", "", "South")
    assert third["error"].startswith("age: 440 is out of range")
    assert "3 rows, 1 of them error rows" in result.stderr
    assert "1 in column age, such as: age: 440 is out of range" in result.stderr
    assert result.stdout == ""


def test_standard_input_to_standard_output_is_a_table_and_nothing_else(folder: Path) -> None:
    run("cohort run people.csv -o result.csv --keep clinic")
    result = run("cohort run - -o - --keep clinic --quiet", input=PEOPLE)
    assert result.exit_code == 0
    assert list(csv.DictReader(io.StringIO(result.stdout))) == read_rows(folder / "result.csv")
    assert result.stderr == ""


def test_a_folder_of_cases_is_a_table_too(folder: Path) -> None:
    (folder / "cases").mkdir()
    for name in ("article-ankle", "article-s1-nerve"):
        shutil.copy(case_path(name), folder / "cases")
    assert run("cohort run cases -o result.csv").exit_code == 0
    rows = {row["case"]: row for row in read_rows(folder / "result.csv")}
    assert list(rows) == ["article-ankle", "article-s1-nerve"]
    for name, row in rows.items():
        first = inferred(name).explanations[0]
        assert (row["outcome"], row["cause1"], int(row["score1"])) == (inferred(name).outcome, first.cause[0], first.score)


def test_all_bad_cases_of_a_folder_are_told(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text(f"id: {name}\nanswers: {{agee: 4}}\n", encoding="utf-8")
    result = run("cohort run . -o result.csv")
    assert (result.exit_code, result.stderr.count("CS102")) == (1, 2)


def test_a_folder_without_cases_is_told(folder: Path) -> None:
    (folder / "empty").mkdir()
    assert "empty: TB001 no case stands in this folder" in run("cohort run empty -o result.csv").stderr


@pytest.mark.usefixtures("folder")
def test_columns_carried_on_unasked_are_named() -> None:
    assert "carried on without reasoning: clinic" in run("cohort run people.csv -o result.csv --ignore-unknown").stderr


def test_every_problem_is_told_and_ends_with_1(folder: Path) -> None:
    result = run("cohort run people.csv -o result.csv")
    assert result.exit_code == 1
    assert "people.csv: TB007 column 'clinic': unknown finding 'clinic'" in result.stderr
    assert "1 problem" in result.stderr
    assert "Traceback" not in result.output
    assert not (folder / "result.csv").exists()


@pytest.mark.usefixtures("folder")
def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra 'cluster' is absent: pip install 'backcause[cluster]'")
    from cohort import cluster

    monkeypatch.setattr(cluster, "REACHED", 0.2)
    result = run("cohort run people.csv -o result.csv --keep clinic --cluster tcp://127.0.0.1:9")
    assert result.exit_code == 1
    assert "cluster tcp://127.0.0.1:9: TB012 no scheduler answers" in result.stderr


@pytest.mark.parametrize(
    ("absent", "options", "says"),
    [
        pytest.param("pyarrow", "", "pip install 'backcause[cohort]'", id="no pyarrow"),
        pytest.param("distributed", "--cluster tcp://127.0.0.1:9", "pip install 'backcause[cluster]'", id="no dask"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_an_absent_extra_is_named_in_one_sentence(absent: str, options: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "cohort"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, absent, None)
    result = run(f"cohort run people.csv -o result.csv --keep clinic {options}")
    assert result.exit_code == 1
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
