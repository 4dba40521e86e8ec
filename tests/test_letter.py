"""The referral letter: every flag in it, the urgency of the report, true negatives alone, and what nobody asked told as such."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cli import main
from engine.case import Case
from engine.case_reading import read_case_text
from engine.result import Inference
from knowledge.sides import BODY
from reports import render
from reports.citing import Citations
from reports.formats import fill_pdf
from reports.letter import Letter, build_letter
from reports.letter.names import DoctorNames
from reports.letter.telling import known, told
from reports.parts.dossier import Dossier
from reports.parts.head import head
from reports.parts.relevance import relevant
from tests.random_people import random_person
from tests.shipped import case, case_path, every_case, inferred, reasoner

LOOKED_AT = (
    "article-saddle", "c01_ces_54m", "c04_discitis_57m", "c08_aaa_58m", "c26_footdrop_30m", "article-ankle", "article-bladder-unknown",
)
ABSENT, UNKNOWN, UNASKED = "Relevant negatives, as answered or tested", "Asked and not known", "Not asked or not tested"


@cache
def letter(name: str) -> Letter:
    return build_letter(inferred(name), case(name), reasoner().kb)


def block(one: Letter, title: str) -> str:
    return next((each.text for each in one.blocks if each.title == title), "")


def dossier(person: Case, found: Inference) -> Dossier:
    kb = reasoner().kb
    return Dossier(found, person, kb, DoctorNames(kb, case=person, inference=found), Citations(kb))


def on(answers: str) -> Letter:
    one = read_case_text(f"id: x\nanswers:\n{answers}", "x", reasoner().kb)
    return build_letter(reasoner().infer(one), one, reasoner().kb)


def check_negatives(person: Case, found: Inference) -> None:
    """What stands as absent was answered so: on every side that is named with a no, and nowhere with a yes."""
    about = dossier(person, found)
    for one in (known(finding, about) for finding in relevant(about)):
        answers = {side: answer for (name, side), answer in person.answers.items() if name == one.finding.id}
        assert set(one.words) == {side for side, answer in answers.items() if answer.known}
        assert set(one.unknown) == {side for side, answer in answers.items() if not answer.known}
        if one.absent:
            text = told(one, about)
            assert text
            if set(one.words) & set(BODY) and not set(one.words) >= set(BODY):
                assert about.names.side(next(iter(one.words))) in text


def check_flags(person: Case, found: Inference) -> None:
    """Every flagged condition is in the letter, with the urgency words of the report."""
    one, about = build_letter(found, person, reasoner().kb), dossier(person, found)
    said = " ".join([one.kept_in_mind, *(each.ask for each in one.concerns)])
    assert [flag.condition for flag in found.red_flags if about.names.conclusion(flag.condition) not in said] == []
    assert one.urgency_title == head(about).urgency_title
    assert {each.urgency_title for each in one.concerns} <= {reasoner().kb.wording.urgency[flag.urgency] for flag in found.red_flags}
    if found.red_flags and found.urgency != "watch":
        assert one.concerns[0].urgency == found.urgency
        assert one.to == reasoner().kb.conclusions[found.red_flags[0].condition].refer_to


class TestLaws:
    @pytest.mark.parametrize("name", every_case())
    def test_on_every_shipped_case(self, name: str) -> None:
        check_negatives(case(name), inferred(name))
        check_flags(case(name), inferred(name))

    @given(st.integers(0, 2**32))
    def test_on_random_people(self, seed: int) -> None:
        person = random_person(Random(seed))
        found = reasoner().infer(person)
        check_negatives(person, found)
        check_flags(person, found)

    @pytest.mark.parametrize("name", every_case())
    def test_an_open_must_ask_question_is_told_as_open(self, name: str) -> None:
        one, kb = letter(name), reasoner().kb
        told_open = (block(one, UNKNOWN) + block(one, UNASKED)).lower()
        known = {each: kb.findings[each] for each in inferred(name).open_red_flags}
        phrases = {each: one.medical_phrase("yes") or one.medical_phrase("name") for each, one in known.items()}
        assert [each for each, phrase in phrases.items() if phrase.lower() not in told_open] == []


class TestWhatItSays:
    def test_the_urgency_comes_first_and_says_what_is_asked(self) -> None:
        one = letter("article-saddle")
        assert one.to.startswith("Emergency department")
        assert one.concerns[0].ask == "Please assess for cauda equina syndrome today."
        text = render(inferred("article-saddle"), case("article-saddle"), reasoner().kb, "text", "letter")
        assert text.index("EMERGENCY, TODAY") < text.index("cauda equina") < text.index("Findings")

    def test_signs_are_told_in_a_doctors_words_with_side_and_value(self) -> None:
        found = block(on("  reflex_ankle: {left: reduced, right: normal}\n  slr_angle: {left: 40}\n  saddle_numbness: yes\n"), "Findings")
        assert "ankle reflex: reduced left, normal right" in found
        assert "40 deg" in found
        assert "ltered perineal (saddle) sensation" in found

    def test_a_no_on_one_side_is_no_no_on_the_other(self) -> None:
        one = on("  slr: {left: negative}\n  pain_where: low_back\n")
        assert "straight leg raise (leg pain): negative left" in block(one, ABSENT).lower()

    def test_unknown_is_told_as_unknown(self) -> None:
        one = letter("article-bladder-unknown")
        assert "urinary disturbance" in block(one, UNKNOWN)
        assert "urinary disturbance" not in block(one, ABSENT)

    def test_without_a_flag_it_says_that_none_was_found_so_far_and_what_is_open(self) -> None:
        assert letter("article-ankle").purpose.startswith("For information. No urgent sign was found so far.")
        assert "1 screening question was not asked" in letter("article-bladder-unknown").purpose

    def test_the_explanation_is_told_in_the_verbs_of_its_claim_and_not_at_all_in_an_emergency(self) -> None:
        level = reasoner().kb.wording.levels[inferred("article-ankle").explanations[0].claim]
        assert level["verb_driver"] in block(letter("article-ankle"), "Working explanation")
        assert block(letter("article-saddle"), "Working explanation") == ""

    def test_it_names_nobody_and_tells_no_story(self) -> None:
        one = letter("c01_ces_54m")
        assert case("c01_ces_54m").title not in str(one)
        assert "borrowed walker" not in str(one)

    def test_who_gets_it_can_be_said(self) -> None:
        assert build_letter(inferred("article-ankle"), case("article-ankle"), reasoner().kb, "Dr on call").to == "Dr on call"


class TestTheFormats:
    @pytest.mark.parametrize("format_", ["text", "md", "html"])
    @pytest.mark.parametrize("name", LOOKED_AT)
    def test_every_format_holds_all_of_it(self, name: str, format_: str) -> None:
        flat = re.sub(r"[\\\s]+", "", unescape(render(inferred(name), case(name), reasoner().kb, format_, "letter")))
        one = letter(name)
        said = [
            one.to, one.purpose, one.kept_in_mind, *one.safety_net, *(each.ask for each in one.concerns),
            *(each.text for each in one.blocks), *(why for each in one.concerns for why in each.why),
        ]
        assert [text for text in said if re.sub(r"[\\\s]+", "", text) not in flat] == []

    @pytest.mark.parametrize("name", every_case())
    def test_it_is_one_page(self, name: str) -> None:
        assert len(re.findall(rb"/Type\s*/Page\b", fill_pdf("letter", letter(name)))) == 1

    def test_the_same_case_gives_the_same_bytes(self) -> None:
        assert fill_pdf("letter", letter("c01_ces_54m")) == fill_pdf("letter", letter("c01_ces_54m"))


class TestTheCommand:
    def test_it_writes_a_file_and_leaves_with_the_code_of_the_result(self, tmp_path: Path) -> None:
        out = tmp_path / "letter.pdf"
        done = CliRunner().invoke(main, ["letter", str(case_path("article-saddle")), "--format", "pdf", "-o", str(out)])
        assert done.exit_code == 3
        assert out.read_bytes().startswith(b"%PDF")
