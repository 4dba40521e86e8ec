"""The weakest link in words: templates, wording and free texts say no more about a cause than their claim allows.

That wording.yaml and free texts keep to it is KB733 and KB734, planted in tests/bad_content.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult.dialogue import start
from consult.standing import report
from engine.result import LEVELS, Flag, Inference
from knowledge.claim_phrases import phrases_of
from reports.claim_check import at_levels, fixed_words, overclaims, own_templates
from reports.laws_text import wording_text
from reports.parts.dossier import Dossier
from tests.shipped import case, every_case, inferred, reasoner

LED, STOPPED, OPEN = "article-ankle", "article-saddle", "weak-back"


class TestPhrases:
    @pytest.mark.parametrize(
        ("text", "levels"),
        [
            pytest.param("A leg that pushes less leaves the work to the back.", [], id="no causal phrase"),
            pytest.param("Nothing found so far leads to this back pain.", [], id="denied in its clause"),
            pytest.param("It is not known whether this comes from the hip.", [], id="left open"),
            pytest.param("Pain that comes from nothing known.", [], id="denied right after"),
            pytest.param("It is overdue to start.", [], id="a part of a longer word"),
            pytest.param("It might be linked to the hip.", ["speculative"], id="a guess"),
            pytest.param("It may go back to the hip.", ["possible"], id="hedged once"),
            pytest.param("It likely goes back to the hip.", ["supported"], id="the longest phrase counts"),
            pytest.param("It goes\nback to the hip.", ["tested"], id="over the end of a line"),
            pytest.param("Nothing hurts, and it is due to the hip.", ["tested"], id="denied in another clause"),
        ],
    )
    def test_are_found_at_their_level(self, text: str, levels: list[str]) -> None:
        assert [one.level for one in phrases_of(reasoner().kb.wording).found(text)] == levels

    def test_the_verbs_of_each_level_are_listed_at_it(self) -> None:
        wording = reasoner().kb.wording
        verbs = {level: f"{words['verb_driver']}; {words['verb_origin']}" for level, words in wording.levels.items()}
        found = {level: [one.level for one in phrases_of(wording).found(text)] for level, text in verbs.items()}
        assert found == {level: [level, level] for level in LEVELS}


class TestFixedWords:
    def test_no_template_claims_by_itself(self) -> None:
        assert list(map(str, fixed_words(reasoner().kb))) == []
        assert {"reports/templates/phrases.j2", "reports/templates/report.txt.j2"} <= set(own_templates())

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            pytest.param("{# This pain is due to X #}\nAll is well", [], id="a comment"),
            pytest.param("{% if state == 'led' %}{{ driver }} {{ verb }} {{ origin }}{% endif %}", [], id="verbs that are filled in"),
            pytest.param("{{ driver }} is due to {{ origin }}", ["page.j2:1: 'is due to'"], id="text"),
            pytest.param("\n{{ ('It ' ~ \"comes from \" ~ origin) }}", ["page.j2:2: 'comes from'"], id="a text in code"),
            pytest.param("Origins that lead to this driver", ["page.j2:1: 'lead to'"], id="the heading that stood in three templates"),
            pytest.param("{#\n#}\n{{ driver }} is likely driven by it", ["page.j2:3: 'is likely driven by'"], id="below a comment"),
        ],
    )
    def test_are_told_by_file_and_line(self, line: str, told: list[str]) -> None:
        assert [str(one).split(" stands")[0] for one in fixed_words(reasoner().kb, {"page.j2": line})] == told


def found_in(name: str) -> list[str]:
    return list(map(str, overclaims(inferred(name), case(name), reasoner().kb)))


class TestRendered:
    @pytest.mark.parametrize("name", [LED, STOPPED, OPEN])
    def test_a_report_keeps_to_its_level_in_every_format(self, name: str) -> None:
        assert found_in(name) == []

    @pytest.mark.slow
    def test_so_do_the_reports_on_every_shipped_case(self) -> None:
        assert [line for name in every_case() for line in found_in(name)] == []

    def test_a_verb_that_does_not_ask_for_the_level_is_caught(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Dossier, "verb", lambda self, _claim, which: self.kb.wording.levels["tested"][which])
        told = found_in(LED)
        assert told[0].startswith(f"{LED}, text for the clinician, claim ")
        assert "a verb of the level tested stands where speculative is the most: This back pain claimmarkdrivertested" in "\n".join(told)
        assert {line.split(", ")[1].split()[0] for line in told} == {"text", "md", "html"}

    def test_the_level_of_the_other_claim_is_caught(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def of_the_driver(self: Dossier, _claim: str, which: str) -> str:
            leading = self.inference.leading
            return self.kb.wording.levels[self.level(leading.claim if leading else "speculative")][which]

        monkeypatch.setattr(Dossier, "verb", of_the_driver)
        assert any("claim tested, origin speculative" in line and "claimmarkorigintested" in line for line in found_in(LED))

    @pytest.mark.parametrize("name", [STOPPED, OPEN])
    def test_a_claim_where_nothing_leads_is_caught(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Dossier, "level", lambda _self, _claim: "tested")
        assert "a verb of the level tested stands where speculative is the most" in "\n".join(found_in(name))

    def test_is_told_as_a_law(self) -> None:
        found = list(fixed_words(reasoner().kb, {"page.j2": "is due to\n" * 9}))
        told = wording_text(found, 3).splitlines()
        assert told[0].startswith("wording  BROKEN in 9 places: No report says more")
        assert told[1] == "  - page.j2:1: 'is due to' stands here at every level, and is a verb of the level tested"
        assert told[-1] == "  - and 1 more"
        assert wording_text([], 3).startswith("wording  held on 3 cases: ")

    def test_levels_reach_every_explanation_and_make_no_claim_about_an_origin_that_is_not_there(self) -> None:
        found: Inference = at_levels(inferred(LED), "tested", "possible")
        assert {(one.claim, one.origin_claim) for one in found.explanations} <= {("tested", "possible"), ("tested", "")}


def test_nothing_is_claimed_in_a_consult_of_someone_out_of_scope() -> None:
    """The report spoke of a guess and the consult in the verb of the claim."""
    scope = reasoner().kb.rules_of("out_of_scope")[0]
    flag = Flag(scope.id, scope.targets[0], "none", "watch", scope.because, "")
    state = start(case(LED), "case.yaml", reasoner())[0]
    assert "Claim (" in "\n".join(report(state, reasoner().kb))
    aside = "\n".join(report(replace(state, found=replace(state.found, out_of_scope=(flag,))), reasoner().kb))
    assert "Claim (" not in aside
    assert "Nearest so far, for later" in aside
