"""Reports: every format states the same facts, in the verbs of the level and no stronger, the same bytes each time."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

import reports
from engine.result import LEVELS
from reports import AUDIENCES, FORMATS, render
from reports.building import build_report
from reports.citing import Citations
from reports.formats import fill
from reports.naming import Names
from reports.parts.asking import QUESTIONS
from reports.parts.dossier import Dossier
from reports.phrases import knows
from tests.reporting import SMALL, WORDY, Page, claimed, inferred, plain_text, reasoner, report, small

TEMPLATES = sorted(path for path in (Path(reports.__file__).parent / "templates").rglob("*") if path.is_file())
ENGINE = Path(reports.__file__).parents[1] / "engine"
TOO_STRONG = re.compile(r"\b(due to|caused by|driven by|causes (the|this|your|back)|results? from|is to blame|responsible for)\b")


def facts(name: str) -> list[str]:
    """What must be found in every worded format of a report."""
    view = build_report(inferred(name), small(name), reasoner().kb)
    found = inferred(name)
    told = [view.head.outcome_title, view.head.urgency_title, view.head.sentence, view.person.id]
    told.append(view.head.plan_line if view.head.state != "empty" else "the plan is withheld")
    told += [claim.sentence for claim in view.head.claims] + [claim.level_word for claim in view.head.claims]
    told += [flag.rule for flag in (*found.red_flags, *found.out_of_scope)] + [one.rule for one in (*found.tried, *found.advice)]
    told += [rule for one in found.explanations for rule in one.rules] + [view.version, view.sha256]
    told += [rival.title for rival in view.rivals.shown] + [f"{rival.score}" for rival in view.rivals.shown]
    return told + [rung.task for task in view.plan.tasks for rung in task.rungs] + list(view.unknowns.withheld)


@pytest.mark.parametrize("format_", WORDY)
@pytest.mark.parametrize("name", SMALL)
def test_every_format_states_the_same_facts(name: str, format_: str) -> None:
    told = plain_text(report(name, format_), format_)
    assert [fact for fact in facts(name) if " ".join(fact.split()) not in told] == []


@pytest.mark.parametrize("format_", WORDY)
def test_every_source_is_listed_with_how_far_it_was_read(format_: str) -> None:
    view = build_report(inferred("chain"), small("chain"), reasoner().kb)
    told = plain_text(report("chain", format_), format_)
    assert view.sources
    for source in view.sources:
        assert f"{source.title}" in told
        assert f"({source.id}; {source.seen_word})" in told


def test_sources_are_numbered_as_they_are_first_named_and_told_in_that_order() -> None:
    citations = Citations(reasoner().kb)
    assert [cite.number for cite in citations.cite(["S55"])] == [1]
    assert [cite.number for cite in citations.cite(["S53", "S55", "S53"])] == [1, 2]
    assert [source.id for source in citations.listed()] == ["S55", "S53"]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", SMALL)
def test_the_same_case_gives_the_same_bytes(name: str, format_: str) -> None:
    fresh = reasoner().infer(small(name))
    assert render(fresh, small(name), reasoner().kb, format_) == report(name, format_)


@pytest.mark.parametrize(
    ("format_", "audience"),
    [
        pytest.param("pdf", "clinician", id="a format nobody made"),
        pytest.param("HTML", "clinician", id="a format in other letters"),
        pytest.param("text", "lawyer", id="an audience nobody wrote for"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(format_: str, audience: str) -> None:
    with pytest.raises(ValueError, match=r"known are") as error:
        render(inferred("chain"), small("chain"), reasoner().kb, format_, audience)
    assert all(one in str(error.value) for one in (FORMATS if format_ != "text" else AUDIENCES))


class TestWording:
    @pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in TEMPLATES])
    def test_no_template_says_more_than_a_level_allows(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        verbs = [verb for level in reasoner().kb.wording.levels.values() for key, verb in level.items() if key.startswith("verb_")]
        assert [verb for verb in verbs if verb in text] == []
        assert TOO_STRONG.findall(text) == []

    @pytest.mark.parametrize("format_", WORDY)
    @pytest.mark.parametrize("origin", LEVELS)
    @pytest.mark.parametrize("driver", LEVELS)
    def test_each_claim_uses_the_verb_of_its_own_level(self, driver: str, origin: str, format_: str) -> None:
        words = reasoner().kb.wording.levels
        shown = plain_text(render(claimed((driver, origin)), small("chain"), reasoner().kb, format_), format_)
        assert f"This back pain {words[driver]['verb_driver']} “Weak calf”" in shown
        assert f"“Weak calf” on the left {words[origin]['verb_origin']} “Old ankle sprain”" in shown
        allowed = (words[driver]["verb_driver"], words[origin]["verb_origin"])
        stronger = {verb for level in words.values() for key, verb in level.items() if key.startswith("verb_")} - set(allowed)
        assert [verb for verb in sorted(stronger) if re.search(rf"(?<!likely ){verb}", shown)] == []

    @pytest.mark.parametrize("format_", WORDY)
    def test_is_due_to_stands_below_tested_nowhere(self, format_: str) -> None:
        assert "is due to" not in plain_text(report("chain", format_), format_)

    @pytest.mark.parametrize("format_", WORDY)
    def test_without_a_leader_everything_is_a_guess(self, format_: str) -> None:
        undetermined = replace(claimed(("tested", "tested")), outcome="undetermined")
        shown = plain_text(render(undetermined, small("chain"), reasoner().kb, format_), format_)
        assert "might be linked to “Weak calf”" in shown
        assert "is due to" not in shown
        assert "goes back to" not in shown

    @pytest.mark.parametrize("format_", WORDY)
    def test_before_a_referral_everything_is_a_guess(self, format_: str) -> None:
        tested = replace(claimed(("tested", "tested")), urgency="emergency", outcome="referral")
        assert "is due to" not in plain_text(render(tested, small("chain"), reasoner().kb, format_), format_)

    @pytest.mark.parametrize("format_", WORDY)
    def test_out_of_scope_everything_is_a_guess(self, format_: str) -> None:
        child = replace(claimed(("tested", "tested")), out_of_scope=inferred("child").out_of_scope)
        shown = plain_text(render(child, small("chain"), reasoner().kb, format_), format_)
        assert "Younger than 16" in shown
        assert "is due to" not in shown
        assert "goes back to" not in shown

    def test_no_part_of_a_report_can_ask_for_a_stronger_verb_while_nothing_leads(self) -> None:
        kb, case, found = reasoner().kb, small("open"), inferred("open")
        dossier = Dossier(found, case, kb, Names(kb, case=case, inference=found), Citations(kb))
        assert dossier.verb("tested", "verb_driver") == kb.wording.levels["speculative"]["verb_driver"]

    @pytest.mark.parametrize("format_", WORDY)
    def test_a_contested_link_names_the_study_beside_it(self, format_: str) -> None:
        shown = plain_text(report("chain", format_), format_)
        assert "Studies disagree on one link" in shown
        assert re.search(r"contested by A study with a PubMed number only", shown)


class TestOrder:
    @pytest.mark.parametrize("format_", WORDY)
    @pytest.mark.parametrize(
        ("name", "first"),
        [
            pytest.param("stop", "Emergency, today", id="an emergency stands before anything else"),
            pytest.param("child", "Outside what this program is for", id="out of scope stands before anything else"),
        ],
    )
    def test_safety_comes_first(self, name: str, first: str, format_: str) -> None:
        shown = plain_text(report(name, format_), format_).lower()
        assert shown.index(first.lower()) < shown.index("not now: no load tests") < shown.index("why the back hurts")

    @pytest.mark.parametrize("format_", WORDY)
    def test_an_emergency_names_action_and_safety_net_and_gives_no_plan(self, format_: str) -> None:
        shown = plain_text(report("stop", format_), format_)
        assert "Do: Send to the emergency department now for an MRI the same day." in shown
        assert "Safety net: Go now and do not wait for an appointment." in shown
        assert "The plan is ready" not in shown

    @pytest.mark.parametrize("format_", WORDY)
    def test_a_chain_is_told_in_the_agreed_order(self, format_: str) -> None:
        shown, place = plain_text(report("chain", format_), format_), 0
        for title in (
            "A distant cause fits best", "This back pain might be linked to", "Why the back hurts", "The true cause",
            "The movement habit", "The way back", "What this rests on", "The chain", "Explanations side by side",
            "What would change our mind", "What was tried", "What to do",
            "The plan is ready", "Next tests", "Next questions", "All the evidence", "What must stand beside this", "Sources", "sha256",
        ):
            place = shown.index(title, place)

    @pytest.mark.parametrize("format_", WORDY)
    def test_an_empty_case_says_so_and_asks_for_the_complaint(self, format_: str) -> None:
        shown = plain_text(report("empty", format_), format_)
        assert "Nothing is known yet. Start with the complaint" in shown
        assert "Ask first" in shown
        assert "The complaint comes first." in shown
        assert "Why the back hurts" not in shown

    def test_no_more_questions_are_shown_than_a_visit_can_take(self) -> None:
        view = build_report(inferred("open"), small("open"), reasoner().kb)
        assert len(view.questions.shown) == QUESTIONS
        assert view.questions.waiting == len(inferred("open").next_questions) - QUESTIONS


class TestThreeReasons:
    def test_cause_habit_and_way_back_are_answered_for_this_person(self) -> None:
        cause, habit, back = build_report(inferred("chain"), small("chain"), reasoner().kb).reasons
        assert cause.items == (
            "Leading cause, likely: Old ankle sprain (left)", "Driver to treat, as a guess: Weak calf (left)",
            "The way: Old ankle sprain (left) → Weak calf (left) → Back that never lets go → Overloaded back muscles [inferred] "
            "→ Your own task still hurts",
        )
        assert habit.items == ("Back that never lets go, found by: Back stays tight all day: yes",)
        assert back.items[0].startswith("“lifting a box”")

    def test_without_a_plan_the_way_back_tells_what_holds_it_up(self) -> None:
        back = build_report(inferred("open"), small("open"), reasoner().kb).reasons[2]
        assert "2 must-ask questions are open." in back.items


def test_every_typed_reason_of_the_engine_has_a_sentence() -> None:
    codes = set().union(*(re.findall(r'[Rr]eason\(f?"(\w+)"', path.read_text(encoding="utf-8")) for path in ENGINE.rglob("*.py")))
    assert {"must_ask", "separates", "settled"} <= codes
    assert [code for code in sorted(codes) if not knows(f"why_{code}")] == []


def test_every_statement_of_a_proof_has_a_sentence() -> None:
    kinds = set(re.findall(r'state\("([\w-]+)"', (ENGINE / "explain.py").read_text(encoding="utf-8")))
    assert "status" in kinds
    assert [kind for kind in sorted(kinds) if not knows(f"proof_{kind.replace('-', '_')}")] == []


def test_numbers_stand_with_their_unit_and_their_word() -> None:
    shown = plain_text(report("chain", "text"), "text")
    assert "Single-leg heel rises, left: 8 reps (low)" in shown
    assert "Heel rises against the other side, left: 33.3 % of the other side (low)" in shown


def test_a_side_that_was_not_told_is_not_shown_as_left_or_right() -> None:
    shown = plain_text(report("open", "text"), "text")
    assert "Ankle sprain, side not told: yes" in shown


@pytest.mark.parametrize("name", SMALL)
def test_text_fits_a_terminal(name: str) -> None:
    too_long = [line for line in report(name, "text").splitlines() if len(line) > 80 and not line.lstrip().startswith("http")]
    assert too_long == []


class TestPage:
    @pytest.mark.parametrize("name", SMALL)
    def test_is_well_formed(self, name: str) -> None:
        assert Page(report(name, "html")).faults == []

    @pytest.mark.parametrize("name", SMALL)
    def test_headings_skip_no_level(self, name: str) -> None:
        levels = [int(tag[1]) for tag, _ in Page(report(name, "html")).tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []

    @pytest.mark.parametrize("name", SMALL)
    def test_labels_and_links_inside_the_page_find_their_target(self, name: str) -> None:
        page = Page(report(name, "html"))
        ids = page.values("id")
        wanted = [one for value in page.values("aria-labelledby") for one in value.split()]
        wanted += [value[1:] for value in page.values("href") if value.startswith("#")]
        assert len(ids) == len(set(ids))
        assert [one for one in wanted if one not in ids] == []

    def test_every_header_cell_says_what_it_heads(self) -> None:
        cells = [attributes for tag, attributes in Page(report("chain", "html")).tags if tag == "th"]
        assert cells
        assert {cell.get("scope") for cell in cells} == {"col", "row"}

    @pytest.mark.parametrize("name", SMALL)
    def test_asks_nobody_for_anything(self, name: str) -> None:
        shown = report(name, "html")
        page = Page(shown)
        used = {tag for tag, _ in page.tags}
        assert not used & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "video", "audio", "use", "image"}
        assert page.values("src") == []
        assert not re.search(r"@import|url\((?!#)", shown)
        fetched = [attributes["href"] for tag, attributes in page.tags if "href" in attributes and tag != "a"]
        assert fetched == []
        assert "default-src 'none'; style-src 'unsafe-inline'" in page.values("content")[0]
        assert [name for _, attributes in page.tags for name in attributes if name.startswith("on")] == []

    def test_works_in_light_dark_and_print(self) -> None:
        shown = report("chain", "html")
        assert "prefers-color-scheme: dark" in shown
        assert "@media print" in shown
        assert "size: A4" in shown


@pytest.mark.parametrize("format_", WORDY)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("S54", ". doi: 10.1000/xyz (S54; seen through another page)", id="by its DOI"),
        pytest.param("S55", ". PMID: 12345 (S55; seen through another page) finds no link", id="by its number in PubMed, with our note"),
    ],
)
def test_a_source_is_told_by_the_numbers_others_keep_it_under(name: str, said: str, format_: str) -> None:
    citations = Citations(reasoner().kb)
    citations.cite([name])
    view = replace(build_report(inferred("chain"), small("chain"), reasoner().kb), sources=citations.listed())
    told = plain_text(fill(format_, "report", view), format_)
    assert said.removeprefix(". ") in told.removesuffix(".")


def test_what_is_assumed_is_told() -> None:
    assert any(reason.code == "unstated_side" for reason in inferred("open").assumptions)
    assert "Some answers do not tell their side" in plain_text(report("open", "md"), "md")


def test_no_word_table_and_no_sentence_stands_twice_under_one_name() -> None:
    """The later one silently took the place of the earlier: a body map once read "lane 1" for "no one place"."""
    source = (Path(reports.__file__).parent / "templates" / "phrases.j2").read_text(encoding="utf-8")
    names = re.findall(r"{%-? (?:set|macro) (\w+)", source)
    assert sorted({name for name in names if names.count(name) > 1}) == []
