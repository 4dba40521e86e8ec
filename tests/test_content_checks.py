"""Checks of what the knowledge says: for every code a planted fault in tests/bad_content and the exact text beside it.

A planted file is laid over tests/tiny as a pack of its own; the text holds what is told then and was not told before. After a
change of a message run `pytest --update-golden tests/test_content_checks.py` and read the diff as the author who gets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from engine.case_files import case_files, explained
from engine.case_reading import read_case
from engine.cases import run_cases
from engine.coverage import REGISTER, check_coverage, is_near_miss
from engine.examples import play_examples
from engine.infer import Reasoner
from knowledge import KnowledgeBase, Problem, ProblemsFound, load
from knowledge.content import CHECKS, NOTE, PROBLEM, Told, check_content, conclusions_reached, findings_read
from knowledge.model import Example, Weight
from knowledge.pack_files import base_folder
from tests.conftest import Golden
from tests.making import HERE, base, conclusion, finding, link, rule, when
from tests.shipped import reasoner
from tests.tiny_pack import TINY, put

BAD = Path(__file__).parent / "bad_content"
HEAD = "# file: "
PLANTED = sorted(path for path in BAD.iterdir() if path.suffix in (".yaml", ".csv"))
ALL_CHECKS = (*CHECKS, *REGISTER.checks)
YES = "f none is yes"
TO_VERIFY = (Path(__file__).parents[1] / "docs" / "to-verify.md").read_text(encoding="utf-8")


def everything(kb: KnowledgeBase) -> Told:
    """What content and coverage tell of a base, with the cases of the tiny pack."""
    ready = Reasoner(kb)
    return check_content(kb) + check_coverage(play_examples(kb, ready), [read_case(path, kb) for path in case_files([TINY])], ready)


@cache
def before() -> Told:
    return everything(load(base=TINY))


def told(planted: Path, folder: Path) -> tuple[Problem, ...]:
    """What is told once the file is laid over the tiny pack, and was not told before."""
    text = planted.read_text(encoding="utf-8")
    head, _, rest = text.partition("\n")
    target = head.removeprefix(HEAD)
    put(folder / "planted", target, rest if target.endswith(".csv") else text)  # a table has no comments
    after = everything(load([folder / "planted"], TINY))
    return (*new(after.problems, before().problems), *new(after.notes, before().notes))


def new(after: Iterable[Problem], known: Iterable[Problem]) -> list[Problem]:
    return [one for one in after if (one.code, one.says) not in {(old.code, old.says) for old in known}]


class TestPlantedFaults:
    def test_the_tiny_pack_has_no_problem_before(self) -> None:
        assert before().problems == ()

    @pytest.mark.parametrize("planted", [pytest.param(path, id=path.stem) for path in PLANTED])
    def test_each_is_told_in_these_words(self, planted: Path, tmp_path: Path, golden: Golden) -> None:
        golden("".join(f"{problem}\n" for problem in told(planted, tmp_path)), planted.with_suffix(".txt"))

    def test_every_text_tells_the_code_it_is_named_for(self) -> None:
        texts = {path.stem: path.read_text(encoding="utf-8") for path in BAD.glob("*.txt")}
        assert [name for name, text in texts.items() if f": {name.split('-')[0]} " not in text] == []
        assert set(texts) == {path.stem for path in PLANTED}

    def test_no_check_lacks_its_planted_fault(self) -> None:
        assert {check.code for check in ALL_CHECKS} == {path.stem.split("-")[0] for path in PLANTED}


class TestRegister:
    def test_a_code_stands_once_and_belongs_to_content(self) -> None:
        codes = [check.code for check in ALL_CHECKS]
        assert len(set(codes)) == len(codes)
        assert [code for code in codes if not re.fullmatch(r"KB7\d\d", code)] == []

    def test_the_authoring_page_lists_each_code_and_no_other(self) -> None:
        page = (Path(__file__).parents[1] / "docs" / "authoring.md").read_text(encoding="utf-8")
        assert set(re.findall(r"KB7\d\d", page)) == {check.code for check in ALL_CHECKS}

    def test_a_sentence_is_said_to_an_author(self) -> None:
        said = [text for check in ALL_CHECKS for text in (check.says, check.hint)]
        assert [text for text in said if text.endswith((".", "!")) or "invalid" in text] == []
        assert {check.severity for check in ALL_CHECKS} == {PROBLEM, NOTE}


class TestShipped:
    """What holds of the knowledge that ships. That it has no problem is `kb check`, tested where commands are."""

    def test_at_most_15_percent_of_findings_are_for_the_reader_alone(self) -> None:
        kb = reasoner().kb
        alone = set(kb.findings) - findings_read(kb)
        assert len(alone) <= 0.15 * len(kb.findings)
        assert [name for name in alone if kb.findings[name].kind in ("red_flag", "neuro")] == []

    def test_only_that_no_cause_is_clear_cannot_be_reached(self) -> None:
        kb = reasoner().kb
        assert set(kb.conclusions) - conclusions_reached(kb) == {"no_clear_cause"}

    @pytest.mark.slow
    def test_content_and_coverage_find_no_problem(self) -> None:
        kb = reasoner().kb
        cases = [read_case(path, kb) for path in case_files([base_folder()])]
        found = check_content(kb) + check_coverage(play_examples(kb, reasoner()), cases, reasoner())
        assert "".join(f"{problem}\n" for problem in found.problems) == ""

    @pytest.mark.slow
    def test_every_disagreement_is_explained_and_every_explanation_is_needed(self) -> None:
        cases = [read_case(path, reasoner().kb) for path in case_files([base_folder()])]
        differing = {mark.case for mark in run_cases(cases, reasoner()) if not mark.agrees}
        assert set(explained([base_folder()])) == differing


class TestToVerify:
    """docs/to-verify.md names what rests on memory and matters most."""

    NAMED = re.findall(r"`(\w+)`(?: -> `(\w+)`)?", "\n".join(line for line in TO_VERIFY.splitlines() if re.match(r"\| \d+ \|", line)))

    def test_lists_twenty(self) -> None:
        assert len(re.findall(r"^\| \d+ \|", TO_VERIFY, re.MULTILINE)) == 20

    @pytest.mark.parametrize("named", NAMED, ids=" ".join)
    def test_what_it_names_exists_and_still_rests_on_memory(self, named: tuple[str, str]) -> None:
        kb = reasoner().kb
        rules = {one.id: one.sources for one in kb.rules}
        links = {(one.source, one.target): one.sources for one in kb.links}
        bands = {one.id: (one.band_source,) for one in kb.findings.values()} | {one.id: (one.source,) for one in kb.norms.values()}
        assert "memory" in {**{(name, ""): sources for name, sources in (rules | bands).items()}, **links}[named]


class TestReading:
    """What counts as reading a finding."""

    @pytest.mark.parametrize(
        ("parts", "read"),
        [
            pytest.param({}, False, id="nothing"),
            pytest.param({"links": [link("b", "c")]}, False, id="a link that tries something else"),
            pytest.param({"rules": [rule("R1", when(YES), "shows b")]}, True, id="a condition"),
            pytest.param({"rules": [rule("R1", when("g none is yes", none=[YES]), "shows b")]}, True, id="what holds a rule back"),
            pytest.param({"rules": [rule("R1", when("g none is yes"), "explains_failure f")]}, True, id="a rule on why it failed"),
        ],
    )
    def test_by(self, parts: dict[str, list[object]], read: bool) -> None:
        kb = base([finding("f"), finding("g")], [conclusion("b"), conclusion("c")], **parts)  # type: ignore[arg-type]
        assert ("f" in findings_read(kb)) is read

    def test_a_finding_is_read_through_what_is_derived_from_it(self) -> None:
        derived = {"ratio": "side_ratio f", "again": "same_as f"}
        findings = [finding("f", sided=True), *(finding(name, sided=True, derived=how) for name, how in derived.items())]
        kb = base(findings, [conclusion("b", sided=True)], [rule("R1", when("ratio same is low"), "shows b")])
        assert findings_read(kb) == {"ratio", "f"}


class TestReaching:
    """When a conclusion can be reached from answers."""

    @pytest.mark.parametrize(
        ("rules", "reached"),
        [
            pytest.param([], False, id="no rule at all"),
            pytest.param([rule("R1", when(YES), "supports b", weight=Weight(grade="C"))], False, id="one hint too light"),
            pytest.param([rule("R1", when(YES), "against b")], False, id="only evidence against"),
            pytest.param(
                [rule(name, when(YES), "supports b", weight=Weight(grade="C"), cluster="same") for name in ("R1", "R2")], False,
                id="two light hints of one cluster",
            ),
            pytest.param([rule("R1", when("conclusion:c none is supported"), "shows b")], False, id="it waits for what is out of reach"),
            pytest.param(
                [rule(name, when(YES), "supports b", weight=Weight(grade="C")) for name in ("R1", "R2")], True,
                id="two light hints of two clusters",
            ),
            pytest.param([rule("R1", when(YES), "supports b", weight=Weight(lr_positive=1.6))], True, id="one ratio that is enough"),
            pytest.param([rule("R1", when(YES), "shows b")], True, id="a finding that defines it"),
        ],
    )
    def test_by_rules(self, rules: list[object], reached: bool) -> None:
        kb = base([finding("f")], [conclusion("b"), conclusion("c")], rules)  # type: ignore[arg-type]
        assert ("b" in conclusions_reached(kb)) is reached

    def test_an_inferred_one_is_reached_through_a_link_and_another_is_not(self) -> None:
        nodes = [conclusion("a"), conclusion("b", "overload", inferred=True), conclusion("c", "habit")]
        kb = base([finding("f")], nodes, [rule("R1", when(YES), "shows a")], [link("a", "b"), link("b", "c")])
        assert conclusions_reached(kb) == {"a", "b"}


class TestNearMiss:
    """A quiet example on which one thing, and one only, keeps the rule from firing."""

    TWO = when("f none is yes", "g none is yes")
    ONE_OF = when("f none is yes", any=["g none is yes", "h none is yes"])
    COUNT = when(at_least=["f none is yes", "g none is yes", "h none is yes"], count=2)
    HELD_BACK = when("f none is yes", none=["g none is yes"])

    @pytest.mark.parametrize(
        ("condition", "answers", "near"),
        [
            pytest.param(TWO, {}, False, id="two of two missing"),
            pytest.param(ONE_OF, {}, False, id="both parts missing"),
            pytest.param(COUNT, {"f": "no"}, False, id="two of two missing from a count"),
            pytest.param(HELD_BACK, {"g": "yes"}, False, id="held back and missing as well"),
            pytest.param(when(YES), {}, False, id="the one finding not asked"),
            pytest.param(when(YES), {"f": "unknown"}, False, id="the one finding asked and not known"),
            pytest.param(TWO, {"f": "yes"}, True, id="one of two missing"),
            pytest.param(ONE_OF, {"f": "yes", "g": "no"}, True, id="no branch of any"),
            pytest.param(COUNT, {"f": "yes"}, True, id="a count one short"),
            pytest.param(HELD_BACK, {"f": "yes", "g": "yes"}, True, id="only held back"),
            pytest.param(when(YES), {"f": "no"}, True, id="the one finding answered otherwise"),
        ],
    )
    def test_is(self, condition: object, answers: dict[str, object], near: bool) -> None:
        planted = replace(rule("R1", condition, "shows b"), quiet=(Example(answers, "", HERE),))  # type: ignore[arg-type]
        kb = base([finding("f"), finding("g"), finding("h")], [conclusion("b")], [planted])
        (played,) = play_examples(kb, Reasoner(kb))
        assert not played.given
        assert is_near_miss(played, kb) is near


class TestExplanations:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            pytest.param("- a13\n", "explanations need a mapping", id="a list"),
            pytest.param("a13:\n", "an explanation needs a text", id="no sentence"),
            pytest.param("a13: [too thin]\n", "an explanation needs a text", id="a list for a sentence"),
        ],
    )
    def test_are_sentences_by_case(self, text: str, said: str, tmp_path: Path) -> None:
        put(tmp_path, "cases/disagreements.yaml", text)
        with pytest.raises(ProblemsFound, match=said):
            explained([tmp_path])

    def test_are_no_case_and_a_pack_needs_none(self, tmp_path: Path) -> None:
        put(tmp_path, "cases/disagreements.yaml", "a13: Too thin.\n")
        assert case_files([tmp_path]) == []
        assert explained([tmp_path]) == {"a13": "Too thin."}
        assert explained([tmp_path / "nowhere"]) == {}
