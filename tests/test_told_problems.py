"""What an author is told: for every code a wrong file in tests/bad and the exact text beside it.

The first line of a wrong file says where in a copy of tests/tiny it goes (`# file: rules/x.yaml`) or that it is a case
(`# file: case.yaml`). What can't be kept as a text file is made by tests/wrong_inputs.py. After a change of a message run
`pytest --update-golden tests/test_told_problems.py` and read the diff as the author who gets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from knowledge import Problem
from knowledge.codes import CODES
from tests.conftest import Golden
from tests.tiny_pack import TINY, case_problems, copied, pack_problems, put
from tests.wrong_inputs import MADE

ROOT = Path(__file__).resolve().parents[1]
BAD = Path(__file__).parent / "bad"
HEAD = "# file: "
WRONG_FILES = sorted(path for path in BAD.iterdir() if path.suffix in (".yaml", ".csv", ".bin"))
def shown(problems: Iterable[Problem]) -> str:
    return "".join(f"{problem}\n" for problem in problems)


def told(wrong: Path, pack: Path) -> Iterable[Problem]:
    """What the author of the wrong file is told once it stands where its first line says."""
    text = wrong.read_bytes().decode("utf-8")
    head, _, rest = text.partition("\n")
    target = head.removeprefix(HEAD)
    if target == "case.yaml":
        return case_problems(text)
    put(pack, target, rest if target.endswith(".csv") else text)  # a table has no comments
    return pack_problems(pack)


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tiny pack, in the folder where the test runs."""
    monkeypatch.chdir(tmp_path)
    return copied(tmp_path)


def test_the_pack_is_right_before_it_is_made_wrong() -> None:
    assert shown(pack_problems(TINY)) == ""


@pytest.mark.parametrize("wrong", [pytest.param(path, id=path.stem) for path in WRONG_FILES])
def test_a_wrong_file_is_told_in_these_words(wrong: Path, pack: Path, golden: Golden) -> None:
    golden(shown(told(wrong, pack)), wrong.with_suffix(".txt"))


@pytest.mark.parametrize("name", MADE)
def test_a_wrong_input_that_is_no_text_file_is_told_in_these_words(name: str, pack: Path, golden: Golden) -> None:
    golden(shown(MADE[name](pack)), BAD / f"{name}.txt")


class TestPairs:
    def test_every_wrong_file_says_where_it_goes(self) -> None:
        assert [path.name for path in WRONG_FILES if not path.read_text(encoding="utf-8").startswith(HEAD)] == []

    def test_every_text_has_its_wrong_input_and_every_wrong_input_its_text(self) -> None:
        assert {path.stem for path in BAD.glob("*.txt")} == {*MADE, *(path.stem for path in WRONG_FILES)}

    def test_no_code_lacks_its_pair_and_no_pair_its_code(self) -> None:
        assert {path.stem for path in BAD.glob("*.txt")} & set(CODES) == set(CODES)
        assert {path.stem.split("-")[0] for path in BAD.glob("*.txt")} <= set(CODES)

    def test_every_text_tells_the_code_it_is_named_for(self) -> None:
        texts = {path.stem: path.read_text(encoding="utf-8") for path in BAD.glob("*.txt")}
        assert [name for name, text in texts.items() if f": {name.split('-')[0]} " not in text] == []


class TestCodes:
    def test_no_code_in_the_sources_is_left_out_of_the_list_and_no_listed_code_is_unused(self) -> None:
        # a check of content (KB7) carries its sentence where it is registered
        modules = [path for room in ("knowledge", "engine") for path in (ROOT / room).glob("*.py") if path.name != "codes.py"]
        used = {code for path in modules for code in re.findall(r'"((?:KB|CS)\d{3})"', path.read_text(encoding="utf-8"))}
        assert {code for code in used if not code.startswith("KB7")} == set(CODES)

    def test_every_code_has_one_plain_sentence_of_its_own(self) -> None:
        assert [code for code, sentence in CODES.items() if not re.fullmatch(r"[^.]+\.", sentence.replace(".yaml", ""))] == []
        assert len(set(CODES.values())) == len(CODES)

    def test_codes_stand_in_order(self) -> None:
        assert list(CODES) == sorted(CODES, key=lambda code: (code.startswith("CS"), code))


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        pytest.param("KB103-several-mistakes-in-one-file", {"KB005", "KB101", "KB103", "KB201", "KB202", "KB203"}, id="in a file of rules"),
        pytest.param("CS102-several-mistakes-in-one-file", {"KB005", "CS102", "CS106", "CS109", "CS111"}, id="in a case"),
        pytest.param("KB203-ids-in-the-table-of-links", {"KB201", "KB202", "KB203"}, id="in the table of links"),
    ],
)
def test_several_mistakes_are_told_at_once(name: str, codes: set[str]) -> None:
    assert set(re.findall(r": ((?:KB|CS)\d{3}) ", (BAD / f"{name}.txt").read_text(encoding="utf-8"))) == codes


class TestEchoes:
    """One mistake is one problem: what only follows from it is not told as well."""

    @pytest.mark.parametrize(
        ("file", "old", "new", "codes"),
        [
            pytest.param("findings/body.yaml", "  kind: test", "  kind: tset", ["KB103"], id="a finding that rules name is misshapen"),
            pytest.param("findings/body.yaml", "  title:", "\ttitle:", ["KB004"], id="a file of findings that rules name cannot be read"),
            pytest.param("sources.yaml", "seen: full", "seen: yes", ["KB103"], id="a source that everyone cites is misshapen"),
            pytest.param("details.yaml", "weeks: {type: number", "weeks: {type: numbre", ["KB103"], id="a detail with bands is misshapen"),
            pytest.param("conclusions/nodes.yaml", "- id: fear", "- ido: fear", ["KB101"], id="a conclusion without an id"),
            pytest.param("findings/about.yaml", "'16..<70'", "'16 to 70'", ["KB301"], id="a band that rules ask for cannot be read"),
            pytest.param("rules/back.yaml", "finding: back_tight", "finding: back_tite", ["KB201"], id="the only condition is wrong"),
            pytest.param("links.csv", "from,to", "form,to", ["KB501"], id="the head of the table of links is wrong"),
            pytest.param("scale.yaml", "gap: -30", "gap: many", ["KB103"], id="a constant is no number"),
        ],
    )
    def test_is_told_once(self, file: str, old: str, new: str, codes: list[str], pack: Path) -> None:
        text = (pack / file).read_text(encoding="utf-8")
        assert old in text
        put(pack, file, text.replace(old, new, 1))
        assert [problem.code for problem in pack_problems(pack)] == codes
