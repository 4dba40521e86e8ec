"""The guide for the person: right for every kind of result, safe when there is no plan, the same in every format."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from engine.case import Case
from engine.result import Flag, Inference
from knowledge import load
from knowledge.model_guide import GuideWords
from reports import render, render_pdf
from reports.citing import Citations
from reports.guide import Guide, NoGuideError, build_guide
from reports.guide.prose import described, warned
from reports.guide.safety import NETS
from reports.guide.stations import MOST, stations_of
from reports.naming import Names
from reports.parts.dossier import Dossier
from tests.browser import showing
from tests.random_people import random_person
from tests.reporting import PACK, Page, plain_text, words
from tests.shipped import case, every_case, inferred, reasoner
from tests.test_report_escaping import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LED, STOPPED, EMPTY, OPEN = "article-ankle", "article-saddle", "empty", "control-diabetic-calves"
WORDY = ("text", "md", "html")
A4_PAGES = 2
BYTES = 400_000
SAID = MappingProxyType({name: one.text for name, one in reasoner().kb.guide.sentences.items()})


def guide(name: str) -> Guide:
    return build_guide(inferred(name), case(name), reasoner().kb)


@cache
def shown(name: str, format_: str, large: bool = False) -> str:
    return render(inferred(name), case(name), reasoner().kb, format_, "patient", large_print=large)


def changed(name: str, **parts: object) -> Guide:
    found: Inference = replace(inferred(name), **parts)  # type: ignore[arg-type]  # each test names a field and gives its kind
    return build_guide(found, case(name), reasoner().kb)


class TestVariants:
    @pytest.mark.parametrize(
        ("name", "state", "says", "never"),
        [
            pytest.param(EMPTY, "empty", ["nothing_told", "tell_us", "questions_first", "no_goal"], ["stay_active", "not_known"],
                         id="nothing told: nothing is explained, and the questions come first"),
            pytest.param(LED, "led", ["start_elsewhere", "no_whole_chain", "tried", "often"], ["questions_first", "stay_active", "several"],
                         id="a distant cause"),
            pytest.param("control-two-drivers", "led", ["several", "studies_disagree"], ["questions_first"], id="two drivers"),
            pytest.param("article-s1-nerve", "led", ["starts_here"], ["start_elsewhere"], id="a local diagnosis"),
            pytest.param("fear-and-bracing", "led", ["whole_system"], ["start_elsewhere", "starts_here"], id="fear first"),
            pytest.param(OPEN, "open", ["not_known", "stay_active"], ["often", "ladder"], id="nothing stands out"),
            pytest.param("control-spondyloarthritis", "refer", ["routine", "often"], ["emergency", "urgent"],
                         id="a routine referral with a plan"),
            pytest.param("article-bladder-unknown", "led", ["questions_first", "stay_active"], ["often", "no_goal"],
                         id="a question is open"),
            pytest.param("a20_psoas_45m", "led", ["side_not_told"], ["often"], id="a leading side that was not told"),
            pytest.param(STOPPED, "stop", ["emergency", "check_first", "no_exercises", "show_this"],
                         ["stay_active", "often", "tried", "no_goal"], id="an emergency"),
            pytest.param("c20_vertebral_fx_78m", "stop", ["urgent", "no_exercises"], ["emergency", "questions_first"],
                         id="an urgent referral"),
        ],
    )
    def test_each_result_has_its_sentences_and_no_others(self, name: str, state: str, says: list[str], never: list[str]) -> None:
        made = guide(name)
        told = set(described(made)) | set(warned(made))
        assert made.state == state
        assert [one for one in says if SAID[one] not in told] == []
        assert [one for one in never if SAID[one] in told] == []

    def test_someone_out_of_scope_is_told_whom_to_ask(self) -> None:
        rule = reasoner().kb.rules_of("out_of_scope")[0]
        made = changed(LED, out_of_scope=(Flag(rule.id, rule.targets[0], "none", "watch", rule.because, ""),))
        assert made.now is not None
        assert (made.now.urgency, made.plan, made.now.told) == ("scope", None, ())
        assert rule.plain in made.now.texts

    def test_a_condition_speaks_only_with_the_haste_of_its_flag(self) -> None:
        quiet = Flag("any", "aortic_aneurysm", "none", "routine", "", "", "Mind this.")
        made = changed(LED, red_flags=(quiet,), urgency="routine")
        assert "ambulance" not in " ".join(made.doctor)
        assert made.help.yours == ("Mind this.",)

    def test_who_takes_over_reads_answers_that_were_given_and_a_few_things_to_mind(self) -> None:
        now = guide("c01_ces_54m").now
        assert now is not None
        assert "Changed feeling between the legs: yes" in now.told
        assert [line for line in now.told if "not asked" in line] == []
        nets = {flag.safety_net for flag in inferred("c01_ces_54m").red_flags if flag.safety_net}
        assert 1 <= len(nets & set(now.texts)) <= NETS < len(nets)

    def test_what_a_doctor_has_to_see_is_told_once_and_with_how_sure_it_is(self) -> None:
        made = guide("control-spondyloarthritis")
        assert made.think is None
        assert made.doctor[0] == reasoner().kb.guide.certainty["possible"].driver

    def test_where_nothing_comes_near_the_next_questions_are_named(self) -> None:
        found = guide(OPEN).unsure
        assert found is not None
        assert len(found.tests) == 3

    def test_a_diagnosis_without_a_programme_is_shown_by_someone(self) -> None:
        plan = guide("article-s1-nerve").plan
        assert plan is not None
        assert [(one.do, one.often) for one in plan.exercises] == [(SAID["no_programme"], "")]

    def test_levels_of_the_claim_are_told_in_its_words(self) -> None:
        for level, sure in reasoner().kb.guide.certainty.items():
            best = replace(inferred(LED).explanations[0], claim=level, origin_claim=level)
            think = changed(LED, explanations=(best, *inferred(LED).explanations[1:])).think
            assert think is not None
            assert [(one.sure, one.origin) for one in think.thoughts] == [(sure.driver, sure.origin)]

    def test_today_and_the_last_step_in_own_words_are_marked(self) -> None:
        plan = guide(LED).plan
        assert plan is not None
        for climb in plan.climbs:
            assert [step.number for step in climb.steps if step.today] == [climb.today.number if climb.today else 0]
            assert climb.activity in climb.steps[-1].task
            assert [step.last for step in climb.steps] == [False] * (len(climb.steps) - 1) + [True]

    @pytest.mark.parametrize(
        ("name", "colours", "limit"),
        [
            pytest.param(LED, ["green", "amber", "red"], "Pain is above 5", id="the usual rule"),
            pytest.param("article-s1-nerve", ["green", "red"], "Pain is above 3", id="a nerve root has no middle light"),
            pytest.param("fear-and-bracing", ["green", "amber", "red"], "Pain is above 7", id="by plan with high fear"),
        ],
    )
    def test_the_pain_rule_is_that_of_this_person(self, name: str, colours: list[str], limit: str) -> None:
        plan = guide(name).plan
        assert plan is not None
        assert [light.colour for light in plan.lights] == colours
        assert plan.lights[-1].text.startswith(limit)
        assert len({light.word for light in plan.lights}) == len(colours)


class TestSafety:
    @pytest.mark.parametrize("name", every_case())
    def test_no_exercise_without_a_plan_and_help_always(self, name: str) -> None:
        self._holds(inferred(name), guide(name))

    @pytest.mark.slow
    def test_nor_for_random_people(self) -> None:
        for seed in range(60):
            person = random_person(Random(seed))
            found = reasoner().infer(person)
            self._holds(found, build_guide(found, person, reasoner().kb))

    def _holds(self, found: Inference, made: Guide) -> None:
        assert (made.plan is not None) == (found.plan.state == "ready" and made.state not in ("stop", "empty"))
        assert len(made.help.now) >= 5
        assert made.help.call
        if made.state == "stop":
            assert made.now is not None
            assert (made.think, made.tried, made.plan) == (None, (), None)

    @pytest.mark.parametrize("format_", WORDY)
    def test_a_withheld_plan_shows_no_step_of_any_ladder_or_programme(self, format_: str) -> None:
        kb = reasoner().kb
        steps = {step.task for ladder in kb.ladders for step in ladder.steps} | {step.plain for one in kb.programmes for step in one.steps}
        for name in (STOPPED, EMPTY, OPEN, "article-bladder-unknown"):
            told = plain_text(shown(name, format_), format_)
            assert [step for step in steps if step and len(step.split()) > 3 and words(step) in told] == []

    def test_every_open_question_is_asked(self) -> None:
        made = guide(EMPTY)
        assert made.ask is not None
        assert len(made.ask.questions) == len(inferred(EMPTY).open_red_flags)

    def test_knowledge_without_a_guide_tells_the_person_nothing(self) -> None:
        silent = replace(reasoner().kb, guide=GuideWords())
        with pytest.raises(NoGuideError, match="no guide"):
            build_guide(inferred(LED), case(LED), silent)
        with pytest.raises(ValueError, match="no guide"):
            render(inferred(LED), case(LED), silent, "html", "patient")
        assert load(base=PACK).guide.place is None


class TestStations:
    @pytest.mark.parametrize("name", every_case())
    def test_few_are_told_with_the_driver_and_the_pain_among_them(self, name: str) -> None:
        think = guide(name).think
        for thought in think.thoughts if think else ():
            assert 1 <= len(thought.lines) <= MOST
            assert all(line.texts and line.place for line in thought.lines)


class TestFormats:
    @pytest.mark.parametrize("format_", WORDY)
    @pytest.mark.parametrize("name", [LED, STOPPED, EMPTY, OPEN, "control-two-drivers", "control-spondyloarthritis"])
    def test_every_format_says_all_of_it(self, name: str, format_: str) -> None:
        made, told = guide(name), plain_text(shown(name, format_), format_)
        steps = [step.task for climb in made.plan.climbs for step in climb.steps] if made.plan else []
        facts = [*described(made), *warned(made), *steps, *made.bring, *(made.unsure.tests if made.unsure else ()), made.version]
        assert [fact for fact in facts if words(fact) not in told and not (fact in made.bring and made.state == "stop")] == []

    @pytest.mark.parametrize("format_", WORDY)
    def test_the_same_case_gives_the_same_bytes(self, format_: str) -> None:
        again = render(reasoner().infer(case(LED)), case(LED), reasoner().kb, format_, "patient")
        assert again == shown(LED, format_)

    @pytest.mark.parametrize("name", [LED, STOPPED, EMPTY])
    def test_a_page_is_one_small_file_that_asks_for_nothing(self, name: str) -> None:
        page = Page(shown(name, "html"))
        assert page.faults == []
        assert len(shown(name, "html").encode()) <= BYTES
        assert "default-src 'none'" in shown(name, "html")
        assert [tag for tag, _ in page.tags if tag in ("script", "link", "img", "iframe")] == []

    @pytest.mark.parametrize("format_", WORDY)
    def test_words_of_the_person_stay_words(self, format_: str) -> None:
        told = shown_for(hostile(), format_)
        if format_ == "html":
            assert {tag for tag, _ in Page(told).tags} <= {tag for tag, _ in Page(shown(LED, "html")).tags}
        if format_ == "md":
            html = MarkdownIt("commonmark").enable("table").render(told)
            assert not re.search(r"<(script|img|svg|a|h4|h5|h6)\b", html)
        assert "\x1b" not in told
        assert "\u202e" not in told

    def test_large_print_is_a_larger_page_with_the_same_words(self) -> None:
        assert Page(shown(LED, "html", True)).text == Page(shown(LED, "html")).text
        assert 'class="large"' in shown(LED, "html", True)
        with pytest.raises(ValueError, match="no large print for the clinician"):
            render(inferred(LED), case(LED), reasoner().kb, "html", "clinician", large_print=True)


def hostile() -> Case:
    """The leading case with hostile words for its own activity."""
    own = case(LED)
    answer = own.answers["activities", "none"]
    items = tuple({**item, "activity": f"{item['activity']} {' '.join(HOSTILE)}"} for item in answer.items)
    return replace(own, answers={**own.answers, ("activities", "none"): replace(answer, items=items)})


def shown_for(person: Case, format_: str) -> str:
    return render(reasoner().infer(person), person, reasoner().kb, format_, "patient")


class TestPdf:
    @pytest.mark.parametrize("name", [LED, "article-try-negative", STOPPED, EMPTY])
    def test_is_tagged_and_of_two_pages_at_most(self, name: str) -> None:
        pytest.importorskip("typst")
        made = render_pdf(inferred(name), case(name), reasoner().kb, "patient")
        assert made == render_pdf(inferred(name), case(name), reasoner().kb, "patient")
        assert b"/StructTreeRoot" in made
        assert pages(made) <= A4_PAGES

    @pytest.mark.slow
    def test_so_is_that_of_every_shipped_case(self) -> None:
        pytest.importorskip("typst")
        counts = {name: pages(render_pdf(inferred(name), case(name), reasoner().kb, "patient")) for name in every_case()}
        assert {name: count for name, count in counts.items() if count > A4_PAGES} == {}

    def test_large_print_may_take_more(self) -> None:
        pytest.importorskip("typst")
        assert pages(render_pdf(inferred(LED), case(LED), reasoner().kb, "patient", large_print=True)) > A4_PAGES


def pages(pdf: bytes) -> int:
    """The number of pages that the root of the page tree tells."""
    return max(int(count) for count in re.findall(rb"/Count (\d+)", pdf))


@pytest.mark.slow
class TestPrinted:
    def test_every_page_prints_on_two_sheets_at_most(self, browser: Browser) -> None:
        counts = {}
        for name in every_case():
            with showing(browser, shown(name, "html"), printed=True) as page:
                counts[name] = pages_of(page.pdf(prefer_css_page_size=True, print_background=True))
        assert {name: count for name, count in counts.items() if count > A4_PAGES} == {}

    def test_large_print_is_of_18_points_at_least_on_paper(self, browser: Browser) -> None:
        with showing(browser, shown(LED, "html", True), printed=True) as page:
            sizes = page.evaluate("[...document.querySelectorAll('p, li, dd')].map(one => parseFloat(getComputedStyle(one).fontSize))")
        assert min(sizes) >= 24  # pixels: 18 pt


def pages_of(pdf: bytes) -> int:
    """The pages of a PDF that Chromium made."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_a_chain_is_told_in_few_stations() -> None:
    found = inferred(LED).explanations[0]
    kb = reasoner().kb
    dossier = Dossier(inferred(LED), case(LED), kb, Names(kb, case=case(LED), inference=inferred(LED)), Citations(kb))
    assert [station.mark for station in stations_of(found, dossier)] == ["1", "2", "3"]
    assert [station.node[0] for station in stations_of(found, dossier)] == ["old_ankle_sprain", "calf_weakness", "back_overuse_walking"]
