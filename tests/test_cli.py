"""The command line as its users meet it: exit codes, what goes where, and bad input without a traceback."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from tests.shipped import case_path

COMMANDS = (
    "demo", "diagnose", "how", "why-not", "trace", "what-if", "fragile", "against", "rivals", "break-chain", "argue", "plan", "exam",
    "letter", "consult", "learn", "kb check", "kb test", "kb laws", "cohort run",
)
NOT_RUN = ("consult", "learn", "kb test", "kb check", "kb laws", *(() if find_spec("pyarrow") else ("cohort run",)))


def run(*args: str, **kwargs: object) -> Result:
    return CliRunner().invoke(main, list(args), **kwargs)  # type: ignore[arg-type]


@pytest.mark.parametrize("command", [*COMMANDS, "", "kb", "cohort"])
def test_the_help_of_every_command_ends_in_an_example(command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert re.search(r"Example: backcause \w", result.output)


@pytest.mark.parametrize("command", [one for one in COMMANDS if one not in NOT_RUN])
def test_the_example_of_every_command_runs(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = re.search(r"Example: backcause (.+)", run(*command.split(), "--help").output)
    assert shown
    words = [str(case_path("article-ankle")) if word == "CASE.yaml" else word for word in shown[1].split()]
    monkeypatch.chdir(tmp_path)
    Path("PEOPLE.csv").write_text("case,age\n1,44\n", encoding="utf-8")
    assert run(*words).exit_code == 0


def test_a_consult_has_no_less_than_no_time() -> None:
    result = run("consult", "--minutes", "-1")
    assert result.exit_code == 2
    assert "--minutes" in result.output


def test_demo_names_outcome_cause_driver_plan_and_why_exercises_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("demo")
    assert result.exit_code == 0
    last = result.output.strip().splitlines()[-1]
    assert Path(last.removeprefix("report: ")).read_text(encoding="utf-8").startswith("<!doctype html>")
    for said in ("outcome: chain", "cause: Old ankle sprain (left)", "driver: Weak or quickly tired calf (left)", "plan: ready"):
        assert said in result.output
    assert re.search(r"(?i)core.*wrong|core.*miss", result.output)
    assert re.search(r"(?i)buttock.*miss|glute.*miss|glute.*wrong|buttock.*wrong", result.output)


@pytest.mark.parametrize("format_", ["text", "md", "html", "json"])
def test_every_format_is_printed(format_: str) -> None:
    result = run("diagnose", str(case_path("article-ankle")), "--format", format_)
    assert result.exit_code == 0
    assert "calf" in result.output


def test_json_carries_the_leading_explanation_first() -> None:
    found = json.loads(run("diagnose", str(case_path("article-ankle")), "--format", "json").stdout)
    assert found["explanations"][0]["cause"] == {"id": "old_ankle_sprain", "side": "left"}
    assert found["outcome"] == "chain"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("article-ankle", 0, id="a chain ends with 0"),
        pytest.param("empty", 0, id="an empty case ends with 0"),
        pytest.param("article-saddle", 3, id="an emergency ends with 3"),
        pytest.param("c14_hydronephrosis_23f", 3, id="an urgent referral ends with 3"),
    ],
)
def test_the_exit_code_tells_a_referral(name: str, code: int) -> None:
    result = run("diagnose", str(case_path(name)))
    assert result.exit_code == code
    assert result.stdout.strip()


def test_a_case_is_read_from_standard_input() -> None:
    text = case_path("article-ankle").read_text(encoding="utf-8")
    assert "calf" in run("diagnose", "-", input=text).output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "CS001", id="an empty file"),
        pytest.param(b"\xff\xfe\x00", "KB002", id="not text"),
        pytest.param(b"id: x\nanswers:\n\tage: 4\n", "KB004", id="a tab"),
        pytest.param(b"id: x\nanswers: {heelrise: {left: 3}}\n", "did you mean 'heel_rise'", id="a finding that does not exist"),
        pytest.param(b"id: x\nanswers: {slr: positive, age: 300, night_pain: 12}\n", "3 problems", id="three mistakes at once"),
    ],
)
def test_a_bad_case_is_a_list_of_problems_and_exit_1(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(content)
    result = run("diagnose", str(path))
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""
    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("path", ["nowhere.yaml", "."])
def test_what_is_no_file_is_a_problem(path: str) -> None:
    result = run("diagnose", path)
    assert (result.exit_code, "KB001" in result.stderr) == (1, True)


def test_an_unknown_target_is_a_usage_error_with_a_suggestion() -> None:
    result = run("how", str(case_path("article-ankle")), "calf_weaknes")
    assert result.exit_code == 2
    assert "calf_weakness" in result.stderr


def test_why_not_names_the_value_seen() -> None:
    result = run("why-not", str(case_path("article-ankle")), "s1_radiculopathy.left")
    assert result.exit_code == 0
    assert "normal" in result.output


def test_why_not_ends_with_what_would_change_it() -> None:
    result = run("why-not", str(case_path("article-ankle")), "s1_radiculopathy.left")
    assert "What would change this" in result.output
    assert "Ankle jerk, left: absent, instead of normal" in result.output


def test_an_answer_is_set_aside_by_a_minus_before_it() -> None:
    result = run("what-if", str(case_path("article-ankle")), "-heel_rise.left", "fever=no")
    assert result.exit_code == 0
    assert "Single-leg heel rises, left: 11 reps (low), as if it had not been asked" in " ".join(result.output.split())


def test_bad_changes_are_a_list_of_problems_and_exit_1() -> None:
    result = run("what-if", str(case_path("article-ankle")), "heelrise.left=1", "heel_rise=2", "-hop_distance.left")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did you mean 'heel_rise'" in result.stderr
    assert "3 problems" in result.stderr


def test_fragile_names_the_test_to_repeat() -> None:
    result = run("fragile", str(case_path("article-ankle")))
    assert result.exit_code == 0
    assert "Repeat it (0.5 min): Kneeling on a chair" in result.output


@pytest.mark.parametrize("words", [("what-if", "age=40"), ("fragile",)], ids=" ".join)
def test_an_urgent_referral_leaves_with_3_however_it_is_argued_with(words: tuple[str, ...]) -> None:
    assert run(words[0], str(case_path("article-saddle")), *words[1:]).exit_code == 3


def test_bad_knowledge_is_a_list_of_problems_and_exit_1(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "x.yaml").write_text("- id: X1\n  titel: oops\n", encoding="utf-8")
    result = run("kb", "check", str(tmp_path))
    assert result.exit_code == 1
    assert "rules/x.yaml:2:3" in result.stderr
    assert "did you mean 'title'" in result.stderr


def test_the_scoreboard_names_disagreements(tmp_path: Path) -> None:
    text = case_path("article-ankle").read_text(encoding="utf-8").replace("outcome: [chain]", "outcome: [local]")
    (tmp_path / "wrong.yaml").write_text(text, encoding="utf-8")
    result = run("kb", "test", str(tmp_path / "wrong.yaml"))
    assert result.exit_code == 1
    assert "outcome chain, expected local" in result.output


def test_a_broken_law_is_told_with_its_case_and_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.laws.shipped_cases", lambda _session, _base: [])
    bad = str(Path(__file__).parent / "bad_laws" / "silence")
    result = run("kb", "laws", bad, "--people", "1", "--quiet")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "silence      BROKEN by 1 of 1" in result.stdout
    assert result.stdout.rstrip().endswith("1 of 8 laws broken: silence")


def test_laws_that_hold_end_with_0_and_tell_progress_on_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.laws.shipped_cases", lambda _session, _base: [])
    result = run("kb", "laws", "--people", "2")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (0, "the words of the reports on 0 cases")
    assert result.stdout.rstrip().endswith("all 8 laws held")


def test_a_report_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    result = run("diagnose", str(case_path("article-ankle")), "-o", str(tmp_path / "no" / "such" / "place.html"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
