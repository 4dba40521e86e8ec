"""Loading packs: later ones add and replace by id, and the hash names the content."""

from __future__ import annotations

import shutil
from itertools import permutations
from pathlib import Path

import pytest

from knowledge import KnowledgeBase, ProblemsFound, load, load_with_problems
from knowledge.problems import Place
from tests.tiny_pack import TINY, copied, put, tiny

FINDING = """\
- id: {0}
  title: {1}
  kind: test
  answer: yes_no
  per_side: false
  ask: Is it so?
"""
RULE = """\
- id: BCK001
  title: {0}
  status: draft
  when: {{any: [{{finding: back_tight, is: yes}}]}}
  then: {{shows: overactive_back}}
  because: Another reason.
  does_not_apply_when: Never.
  sources: [author]
  examples:
    fires: [{{back_tight: yes}}]
    quiet: [{{back_tight: no}}, {{back_tight: unknown}}]
"""


def pack(folder: Path, **files: str) -> Path:
    """A pack with these files; `rules__x` stands for rules/x.yaml."""
    for name, text in files.items():
        put(folder, "links.csv" if name == "links" else f"{name.replace('__', '/')}.yaml", text)
    return folder


def loaded(*extra: Path) -> KnowledgeBase:
    return load(extra, TINY)


class TestTheTinyPack:
    def test_loads_without_a_problem(self) -> None:
        kb, problems = load_with_problems(base=TINY)
        assert problems == ()
        assert kb is not None

    def test_holds_every_kind_of_rule_once_retired_ones_apart(self) -> None:
        verbs = {rule.verb for rule in tiny().rules}
        assert verbs == {
            "shows", "excludes", "supports", "against", "claims", "flags", "out_of_scope", "withholds", "explains_failure", "advises",
        }
        assert "ANK000" not in {rule.id for rule in tiny().rules}

    def test_holds_every_form_of_answer_and_of_derivation(self) -> None:
        forms = {finding.answer.form for finding in tiny().findings.values()}
        assert forms == {"yes_no", "number", "choice", "words", "list", "derived"}
        derived = {finding.derived.how for finding in tiny().findings.values() if finding.derived}
        assert derived == {"side_ratio", "side_difference", "percent_of_norm", "years_before_pain", "score", "same_as"}

    def test_units_stand_in_the_order_of_their_files(self) -> None:
        assert list(tiny().findings)[:2] == ["age", "sex"]
        assert [rule.order for rule in tiny().rules] == sorted(rule.order for rule in tiny().rules)

    def test_no_is_the_word_no(self) -> None:
        rule = next(rule for rule in tiny().rules if rule.id == "ANK002")
        assert rule.when.all[0].words == ("no",)
        assert rule.fires[0].answers["ankle_sprain"] == {"left": "no", "right": "yes"}


class TestProblems:
    def test_load_raises_once_with_every_problem(self, tmp_path: Path) -> None:
        broken = pack(copied(tmp_path), rules__x="- id: X1\n", findings__x="- id: Y\n")
        with pytest.raises(ProblemsFound) as raised:
            load(base=broken)
        assert {problem.place.file for problem in raised.value.problems} == {"tiny/findings/x.yaml", "tiny/rules/x.yaml"}
        assert str(raised.value) == "\n".join(map(str, raised.value.problems))

    def test_problems_are_sorted_by_file_line_and_column(self, tmp_path: Path) -> None:
        problems = load_with_problems(base=pack(copied(tmp_path), rules__x="- id: X1\n", findings__x="- id: Y\n  title:\n"))[1]
        assert list(problems) == sorted(problems)

    def test_there_is_no_knowledge_without_constants(self, tmp_path: Path) -> None:
        folder = copied(tmp_path)
        (folder / "scale.yaml").unlink()
        assert load_with_problems(base=folder)[0] is None

    @pytest.mark.parametrize(
        "name",
        [
            pytest.param("rules/.x.yaml", id="a hidden file"),
            pytest.param("rules/.ipynb_checkpoints/x.yaml", id="a hidden folder"),
            pytest.param("rules/~x.yaml", id="a file an editor left"),
            pytest.param("README.md", id="a note"),
            pytest.param("cases/x.yaml", id="a case"),
        ],
    )
    def test_what_is_no_knowledge_is_passed_over(self, name: str, tmp_path: Path) -> None:
        folder = copied(tmp_path)
        put(folder, name, "not: [yaml")
        assert load_with_problems(base=folder)[1] == ()


class TestPacks:
    def test_a_pack_adds_units(self, tmp_path: Path) -> None:
        kb = loaded(pack(tmp_path / "more", findings__x=FINDING.format("knee", "Knee")))
        assert kb.findings["knee"].title == "Knee"
        assert list(kb.findings)[:-1] == list(tiny().findings)

    def test_a_pack_replaces_a_unit_of_the_same_id_in_its_old_place(self, tmp_path: Path) -> None:
        kb = loaded(pack(tmp_path / "more", rules__other=RULE.format("Told anew")))
        assert [rule.id for rule in kb.rules] == [rule.id for rule in tiny().rules]
        rule = next(rule for rule in kb.rules if rule.id == "BCK001")
        assert (rule.title, rule.place) == ("Told anew", Place("more/rules/other.yaml", 1, 3))

    def test_the_last_pack_wins(self, tmp_path: Path) -> None:
        one = pack(tmp_path / "one", rules__x=RULE.format("One"))
        two = pack(tmp_path / "two", rules__x=RULE.format("Two"))
        titles = [next(rule.title for rule in loaded(*order).rules if rule.id == "BCK001") for order in ((one, two), (two, one))]
        assert titles == ["Two", "One"]

    def test_a_stage_that_is_replaced_keeps_its_turn(self, tmp_path: Path) -> None:
        kb = loaded(pack(tmp_path / "more", strategy="- {id: history, why: Told anew., findings: [ankle_sprain]}\n"))
        assert [stage.id for stage in kb.stages] == ["complaint", "safety", "history", "explore"]
        assert kb.stages[2].findings == ("ankle_sprain",)

    def test_a_link_between_the_same_ends_is_replaced(self, tmp_path: Path) -> None:
        head = (TINY / "links.csv").read_text(encoding="utf-8").splitlines()[0]
        kb = loaded(pack(tmp_path / "more", links=f"{head}\nfear,overactive_back,none,lift,A,Told anew.,,S53,,no\n"))
        assert [(one.source, one.target) for one in kb.links] == [(one.source, one.target) for one in tiny().links]
        assert next(one.grade for one in kb.links if one.source == "fear") == "A"

    def test_a_detail_or_a_constant_is_replaced_and_the_others_stay(self, tmp_path: Path) -> None:
        kb = loaded(pack(tmp_path / "more", details="weeks: {type: number, unit: weeks, min: 0, max: 60}\n", scale="gap: -50\n"))
        detail = kb.findings["tried_core"].detail("weeks")
        assert detail is not None
        assert (detail.high, kb.scale.gap, kb.scale.node) == (60, -50, tiny().scale.node)

    def test_a_programme_is_replaced_and_the_others_stay(self, tmp_path: Path) -> None:
        more = "drivers:\n  - {for: calf_weakness, steps: [Run]}\n  - {for: overactive_back, steps: [Rest]}\n"
        kb = loaded(pack(tmp_path / "more", programmes=more))
        assert [(one.driver, [step.do for step in one.steps]) for one in kb.programmes] == [
            ("calf_weakness", ["Run"]), ("overactive_back", ["Rest"]),
        ]
        assert len(kb.exposure_rules) == 1

    def test_an_id_cannot_change_its_kind(self, tmp_path: Path) -> None:
        problems = load_with_problems([pack(tmp_path / "more", findings__x=FINDING.format("fear", "Fear"))], TINY)[1]
        told = [str(one).split("\n")[0] for one in problems]
        assert told == ["more/findings/x.yaml:1:7: KB205 the id 'fear' is taken by a unit in conclusions"]

    def test_an_id_that_stands_twice_in_one_pack_is_a_problem_across_its_files(self, tmp_path: Path) -> None:
        twice = pack(tmp_path / "more", findings__a=FINDING.format("knee", "Knee"), findings__b=FINDING.format("knee", "Knee"))
        problems = load_with_problems([twice], TINY)[1]
        assert [(one.code, str(one.place)) for one in problems] == [("KB205", "more/findings/b.yaml:1:7")]


class TestHash:
    """sha256 names the content: everything that can change a result, and nothing else."""

    def test_is_the_same_for_a_copy_in_another_folder(self, tmp_path: Path) -> None:
        assert load(base=copied(tmp_path)).sha256 == tiny().sha256

    @pytest.mark.parametrize(
        ("name", "old", "new"),
        [
            pytest.param("rules/leg.yaml", "is: low", "is: borderline", id="a condition"),
            pytest.param("rules/leg.yaml", "lost strength", "lost power", id="a sentence"),
            pytest.param("rules/leg.yaml", "- id: ANK001", "# this moves the lines below\n- id: ANK001", id="a line number"),
            pytest.param("links.csv", ",C,Loads", ",D,Loads", id="a grade in the table of links"),
            pytest.param("scale.yaml", "gap: -30", "gap: -40", id="a constant"),
            pytest.param("details.yaml", "max: 2600", "max: 2000", id="a range of a detail"),
            pytest.param("wording.yaml", "Refer first", "Refer", id="a word of reports"),
            pytest.param("pack.yaml", "'1'", "'2'", id="the version"),
            pytest.param("norms/strength.yaml", "value: 25", "value: 26", id="a norm"),
        ],
    )
    def test_changes_with_content(self, name: str, old: str, new: str, tmp_path: Path) -> None:
        folder = copied(tmp_path)
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        put(folder, name, text.replace(old, new, 1))
        assert load(base=folder).sha256 != tiny().sha256

    def test_changes_when_a_unit_moves_to_another_file(self, tmp_path: Path) -> None:
        """The order of rules follows their files, and a result may show it."""
        folder = copied(tmp_path)
        shutil.move(folder / "rules/leg.yaml", folder / "rules/zzz.yaml")
        assert load(base=folder).sha256 != tiny().sha256

    def test_does_not_change_with_line_ends_a_byte_order_mark_notes_or_cases(self, tmp_path: Path) -> None:
        folder = copied(tmp_path)
        for file in folder.rglob("*.*"):
            file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
        put(folder, "notes.md", "A note.\n")
        shutil.rmtree(folder / "cases")
        assert load(base=folder).sha256 == tiny().sha256

    def test_does_not_change_with_the_order_of_folders(self, tmp_path: Path) -> None:
        packs = [
            pack(tmp_path / "a", findings__x=FINDING.format("knee", "Knee"), details="a: {type: text}\n"),
            pack(tmp_path / "b", findings__x=FINDING.format("hip", "Hip"), details="b: {type: text}\n"),
            pack(tmp_path / "c", rules__x=RULE.format("Told anew")),
        ]
        known = [loaded(*order) for order in permutations(packs)]
        assert len({kb.sha256 for kb in known}) == 1
        assert len({tuple(kb.findings) for kb in known}) == 1
        assert len({tuple(rule.id for rule in kb.rules) for kb in known}) == 1

    def test_changes_with_the_order_of_folders_when_the_order_decides(self, tmp_path: Path) -> None:
        one, two = pack(tmp_path / "one", rules__x=RULE.format("One")), pack(tmp_path / "two", rules__x=RULE.format("Two"))
        assert loaded(one, two).sha256 != loaded(two, one).sha256

    def test_does_not_change_with_a_pack_of_which_nothing_holds(self, tmp_path: Path) -> None:
        one, two = pack(tmp_path / "one", rules__x=RULE.format("One")), pack(tmp_path / "two", rules__x=RULE.format("Two"))
        assert loaded(one, two).sha256 == loaded(two).sha256
