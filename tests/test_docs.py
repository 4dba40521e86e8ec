"""The commands in the guides are run as they stand there, in the order in which they stand, in one folder."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from tests.shipped import case_path

ROOT = Path(__file__).resolve().parents[1]
GUIDES = ("docs/clinician.md", "README.md")
ANSWERS = "low_back\nquit\n"
"""What is typed in a consult of a guide."""
REFERS = 3
NOT_RUN = {
    "backcause kb laws": "takes half a minute; tests/test_cli.py runs it on few people",
    "backcause kb test": "takes half a minute; tests/test_scoreboard.py runs it",
    "backcause demo": "writes into the folder it is called in; tests/test_cli.py runs it",
}


def commands(page: str) -> list[str]:
    """The lines of a page that are commands: in code blocks, without what is told of them behind two blanks."""
    lines = re.findall(r"^ {4}(backcause .*)$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    return [re.split(r" {2,}| +#", line)[0].strip() for line in lines]


@pytest.mark.parametrize("page", GUIDES)
def test_every_command_of_a_guide_does_what_it_says(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = commands(page)
    assert found
    for command in found:
        if not command.startswith(tuple(NOT_RUN)):
            _run(command, tmp_path)


def _run(command: str, folder: Path) -> None:
    words = shlex.split(command)[1:]
    _provide(words, folder)
    (folder / "case.yaml").write_text(case_path("article-ankle").read_text(encoding="utf-8"), encoding="utf-8")  # a consult has its own
    done = CliRunner().invoke(main, words, input=ANSWERS)
    assert done.exit_code in (0, REFERS), f"{command}: {done.output[-600:]} {done.exception}"
    for flag, name in pairwise(words):
        if flag in ("-o", "--ics", "--html"):
            assert (folder / name).stat().st_size > 0, command


def _provide(words: list[str], folder: Path) -> None:
    """A table of people for those who have none of their own."""
    if words[:2] == ["cohort", "run"] and not (folder / words[2]).exists():
        (folder / words[2]).write_text("case,age,pain_where\na,40,low_back\n", encoding="utf-8")


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    broken = [
        f"{page.name}: {target}" for page in pages for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]
    assert broken == []
