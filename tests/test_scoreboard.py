"""The scoreboard: rates, every disagreement with its explanation, and the page in docs that is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from engine.cases import Mark
from reports.scoreboard import scoreboard_text
from reports.scoreboard_page import scoreboard_page

DOCS = Path(__file__).parents[1] / "docs"
PLANTED = """- id: shoe_size
  title: Shoe size
  kind: about
  answer: {number: sizes, min: 30, max: 50}
  per_side: false
  ask: What size are your shoes?
"""


def mark(case: str, *, rank: int | None = 1, wrong: tuple[str, ...] = (), thin: bool = False, outcome: str = "chain") -> Mark:
    return Mark(case, 0, outcome, ("chain",), "none", "old_ankle_sprain", "calf_weakness", rank, None, wrong, thin, "")


OUTSIDE = "outcome local, expected chain"
MARKS = (
    mark("own"), mark("a01"), mark("a02", rank=3, wrong=(OUTSIDE,), outcome="local"),
    mark("b01", rank=None, wrong=("false referral: urgency urgent",)),
    mark("c01", thin=True, wrong=("urgency none, expected at least urgent",)),
)
PUBLISHED = frozenset({"a01", "a02", "b01", "c01"})


class TestPage:
    page = scoreboard_page(MARKS, PUBLISHED, {"a02": "Too *thin*."})

    @pytest.mark.parametrize(
        "line",
        [
            pytest.param("| a: a distant cause | 2 | 1 | 1 | 2 | 0 | 0 |", id="rates of a group"),
            pytest.param("| all | 3 | 2 | 1 | 2 | 1 | 0 |", id="rates of all, without what is too thin"),
            pytest.param("## Published cases: 1 of 3 agree", id="how many agree"),
            pytest.param("## Published, too thin to count: 0 of 1 agree", id="what is too thin stands apart"),
            pytest.param("## Our own cases: 1 of 1 agree", id="our own cases stand apart"),
            pytest.param("| `a02` | local | none | `old_ankle_sprain` | 3 |  | no |", id="a case that disagrees"),
            pytest.param(f"- `a02`: {OUTSIDE}. Too \\*thin\\*.", id="a disagreement with its explanation, which is only text"),
            pytest.param("- `b01`: false referral: urgency urgent. Not explained.", id="a disagreement without one"),
        ],
    )
    def test_tells(self, line: str) -> None:
        assert line in self.page.splitlines()

    def test_an_id_cannot_break_the_table(self) -> None:
        page = scoreboard_page([mark("a|`1`\n|x")], frozenset(), {})
        assert [line.count("|") for line in page.splitlines() if "a1 x" in line] == [8]

    def test_nothing_to_tell_is_only_the_head(self) -> None:
        assert scoreboard_page([], frozenset(), {}).startswith("# Scoreboard")


def test_the_text_names_each_disagreement_and_why() -> None:
    lines = scoreboard_text(MARKS, PUBLISHED, {"a02": "Too thin."}).splitlines()
    assert lines[lines.index(f"  a02: {OUTSIDE}") + 1] == "    Too thin."
    assert "    Not explained." in lines


@pytest.mark.slow
class TestCommands:
    def test_the_page_in_docs_is_what_the_command_prints(self) -> None:
        result = CliRunner().invoke(main, ["kb", "test", "--md"])
        assert result.exit_code == 0
        assert result.output == (DOCS / "scoreboard.md").read_text(encoding="utf-8"), "backcause kb test --md > docs/scoreboard.md"

    def test_kb_check_finds_no_problem_and_lists_notes_when_asked(self) -> None:
        result = CliRunner().invoke(main, ["kb", "check", "--notes"])
        assert result.exit_code == 0, result.stderr
        assert ": 0 problems" in result.output
        assert "KB712 no case reaches both ends of " in result.output

    def test_kb_check_tells_what_an_added_pack_lacks(self, tmp_path: Path) -> None:
        (tmp_path / "findings").mkdir()
        (tmp_path / "findings" / "shoes.yaml").write_text(PLANTED, encoding="utf-8")
        result = CliRunner().invoke(main, ["kb", "check", str(tmp_path)])
        assert result.exit_code == 1
        assert "KB701 nothing reads 'shoe_size'" in result.stderr
