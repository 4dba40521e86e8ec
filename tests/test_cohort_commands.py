"""What the commands on synthetic people do, with tables kept in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli import main
from commands.cohort_report import report_results
from commands.cohort_simulate import simulate_people
from commands.session import Session
from engine.cohort.simulate import BLOCK, Columns
from knowledge import KnowledgeBase
from tests.shipped import reasoner
from tests.test_cohort_summary import BLANK, columns, row


class Ready(Session):
    """A session that need not read the shipped knowledge again."""

    def kb(self) -> KnowledgeBase:
        return reasoner().kb


SESSION = Ready((), quiet=True)


def test_people_come_in_portions_that_make_one_table() -> None:
    sizes, cases = [], set()

    def write(portions: Iterator[Columns]) -> None:
        for one in portions:
            sizes.append(len(one["case"].index))
            cases.update(one["case"].distinct)

    simulate_people(SESSION, BLOCK + 5, 3, write)
    assert sizes == [BLOCK, 5]
    assert len(cases) == BLOCK + 5


def test_results_without_their_truth_are_refused_with_what_to_do() -> None:
    names = [name for name in BLANK if name != "true_cause"]
    with pytest.raises(click.ClickException, match="missing: true_cause; make the people with"):
        report_results(SESSION, names, lambda _: [], None, None)


@pytest.mark.parametrize(
    ("name", "form", "start"),
    [
        pytest.param("page.txt", None, "Synthetic people", id="text by the name of the page"),
        pytest.param("page.html", None, "<!doctype html>", id="html by the name of the page"),
        pytest.param("page.txt", "html", "<!doctype html>", id="the format that was asked for"),
    ],
)
def test_batches_are_summed_into_one_page(name: str, form: str | None, start: str, tmp_path: Path) -> None:
    batches = [columns([row(), row(outcome="chain", cause1="sprain", score1=10.0, claim="possible")]), columns([row()])]
    report_results(SESSION, BLANK, lambda _: batches, tmp_path / name, form)
    told = (tmp_path / name).read_text(encoding="utf-8")
    assert told.lstrip().startswith(start)
    assert " 3 people" in told or "these 3 people" in told.replace("\n", " ")


def test_without_a_page_the_text_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    report_results(SESSION, BLANK, lambda _: [columns([row()])], None, None)
    assert capsys.readouterr().out.startswith("Synthetic people")


@pytest.mark.parametrize("ending", ["csv", "parquet", "arrow"])
def test_from_people_over_results_to_a_page(ending: str, tmp_path: Path) -> None:
    people, result, page = (str(tmp_path / name) for name in (f"people.{ending}", f"result.{ending}", "page.html"))
    for command in (["simulate", "120", "-o", people], ["run", people, "-o", result, "--jobs", "1"], ["report", result, "-o", page]):
        done = CliRunner().invoke(main, ["cohort", *command])
        assert done.exit_code == 0, done.output
    told = Path(page).read_text(encoding="utf-8")
    assert "in 120 people who do not exist" in told
    assert "could not be read" not in told


@pytest.mark.parametrize(
    ("command", "says"),
    [
        pytest.param(["simulate", "5", "-o", "people.xlsx"], "TB002", id="a format that is not written"),
        pytest.param(["simulate", "5", "-o", "nowhere/people.csv"], "nowhere", id="a folder that is not there"),
        pytest.param(["report", "absent.csv"], "absent.csv", id="results that are not there"),
    ],
)
def test_what_cannot_be_done_is_said(command: list[str], says: str) -> None:
    done = CliRunner().invoke(main, ["cohort", *command])
    assert done.exit_code == 1
    assert says in done.output
    assert "Traceback" not in done.output
