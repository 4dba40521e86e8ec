"""The sheet of a trainee: nothing is given away before the fold, every format states the same facts, teaching fits the case."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import get_args

import pytest
from pypdf import PdfReader

from commands.reasoning import AUDIENCES
from knowledge.model_plans import CIRCUMSTANCES
from knowledge.schema_plans import Circumstance
from reports import DOCUMENTS, render, render_pdf
from reports.citing import Citations
from reports.naming import Names
from reports.parts.dossier import Dossier
from reports.parts.teaching import MOST, circumstances, slips
from reports.trainee import build_trainee
from reports.view.trainee import Trainee
from tests import shipped
from tests.reporting import SMALL, WORDY, Page, inferred, plain_text, reasoner, small
from tests.test_report_escaping import ALLOWED, HOSTILE, hostile_case, unwanted

LOOKED_AT = ("article-ankle", "article-s1-nerve", "article-saddle", "fear-and-bracing", "article-try-negative", "disc-old-sprain", "empty")
FOLD = {"text": "fold here", "md": "What the program concludes", "html": "Fold here."}


@cache
def view(name: str) -> Trainee:
    return build_trainee(shipped.inferred(name), shipped.case(name), shipped.reasoner().kb)


@cache
def sheet(name: str, format_: str) -> str:
    return render(shipped.inferred(name), shipped.case(name), shipped.reasoner().kb, format_, "trainee")


def of_small(name: str, format_: str) -> str:
    return render(inferred(name), small(name), reasoner().kb, format_, "trainee")


def dossier(name: str) -> Dossier:
    found, case, kb = shipped.inferred(name), shipped.case(name), shipped.reasoner().kb
    return Dossier(found, case, kb, Names(kb, case=case, inference=found), Citations(kb))


@pytest.mark.parametrize("format_", WORDY)
@pytest.mark.parametrize("name", LOOKED_AT)
def test_nothing_is_concluded_before_the_fold(name: str, format_: str) -> None:
    told = plain_text(sheet(name, format_), format_)
    before = told[: told.index(FOLD[format_])]
    found, kb = shipped.inferred(name), shipped.reasoner().kb
    titles = {kb.conclusions[node[0]].title for one in found.explanations for node in (one.cause, one.driver) if node}
    asked = {kb.findings[key[0]].title for key in shipped.case(name).answers}
    assert [title for title in titles - asked if title in before] == []
    assert kb.wording.outcomes[found.outcome]["title"] not in before
    assert not re.search(r"score \d", before)
    assert not found.leading or view(name).sentence not in before
    assert shipped.case(name).title == "" or shipped.case(name).title not in before


@pytest.mark.parametrize("format_", WORDY)
@pytest.mark.parametrize("name", LOOKED_AT)
def test_every_format_states_the_same_facts(name: str, format_: str) -> None:
    told, r = plain_text(sheet(name, format_), format_), view(name)
    facts = [r.sentence, r.decision, r.sha256, *r.story, *r.safety, *r.unsure, *r.commands]
    facts += [row.title for group in r.groups for row in group.rows] + [one.text for one in r.slips]
    facts += [text for task in r.tasks for text in (task.text, *task.answer)] + [one.text for one in r.flags]
    facts += [text for step in r.steps for text in (step.title, *(each.ground.text for each in step.seen))]
    facts += [step.onward.mechanism for step in r.steps if step.onward]
    facts += [text for one in r.rivals for text in (one.title, *one.why, *one.against)]
    assert [fact for fact in facts if " ".join(fact.split()) not in told] == []


@pytest.mark.parametrize("name", LOOKED_AT)
def test_the_printed_sheet_has_three_pages_at_most_and_the_tasks_on_the_first(name: str) -> None:
    pytest.importorskip("typst")
    made = render_pdf(shipped.inferred(name), shipped.case(name), shipped.reasoner().kb, "trainee")
    pages = PdfReader(BytesIO(made)).pages
    assert len(pages) <= 3
    first = " ".join(pages[0].extract_text().split())
    assert all(" ".join(task.text.split())[:30] in first for task in view(name).tasks)
    assert made == render_pdf(shipped.inferred(name), shipped.case(name), shipped.reasoner().kb, "trainee")


@pytest.mark.parametrize("name", SMALL)
def test_the_same_case_gives_the_same_bytes(name: str) -> None:
    for format_ in WORDY:
        assert render(reasoner().infer(small(name)), small(name), reasoner().kb, format_, "trainee") == of_small(name, format_)


@pytest.mark.parametrize("name", LOOKED_AT)
def test_the_page_is_well_formed_and_its_links_lead_somewhere(name: str) -> None:
    page = Page(sheet(name, "html"))
    assert page.faults == []
    assert {tag for tag, _ in page.tags} <= {*ALLOWED, "use", "symbol", "circle", "ellipse", "line", "title"}
    assert [to for to in page.values("href") if to.startswith("#") and to[1:] not in page.values("id")] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_case_brings_stays_text(text: str) -> None:
    case = hostile_case(text)
    found = reasoner().infer(case)
    for format_ in WORDY:
        assert unwanted(render(found, case, reasoner().kb, format_, "trainee")) == []
    page = Page(render(found, case, reasoner().kb, "html", "trainee"))
    assert page.faults == []
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]


def test_an_emergency_leaves_nothing_to_test_and_nothing_to_change() -> None:
    answers = {task.number: " ".join(task.answer) for task in view("article-saddle").tasks}
    assert "nothing is tested under load" in answers[3]
    assert "the red flag decides" in answers[5]
    assert "Cauda equina syndrome" in answers[1]


def test_what_would_change_the_result_is_named_with_what_would_follow() -> None:
    told = view("article-ankle").tasks[4].answer
    assert any("Ankle jerk, left: reduced instead of normal" in text and "S1 nerve root problem" in text for text in told)


def test_what_only_changes_the_claim_says_so() -> None:
    told = view("article-s1-nerve").tasks[4].answer
    assert any("Then the same stands first and the claim is “possible”." in text for text in told)


class TestTeaching:
    @pytest.mark.parametrize(
        ("name", "so"),
        [
            pytest.param("empty", {"always", "undetermined"}, id="of an empty case only that nothing stands out"),
            pytest.param("article-saddle", {"emergency", "referral"}, id="an emergency"),
            pytest.param("article-s1-nerve", {"veto", "local"}, id="a claimed weakness"),
            pytest.param("article-ankle", {"chain", "tried_missed", "bedside_open", "opinion_link"}, id="a chain no bedside change tested"),
            pytest.param("article-sprain-after", {"bystander"}, id="a sprain after the pain is a bystander"),
            pytest.param("article-bladder-unknown", {"open_red_flag", "unknown_answer"}, id="a red flag nobody knows the answer to"),
        ],
    )
    def test_circumstances(self, name: str, so: set[str]) -> None:
        assert so <= set(circumstances(dossier(name)))

    def test_a_bedside_change_that_was_made_is_not_called_missing(self) -> None:
        assert "bedside_open" not in set(circumstances(dossier("article-try-positive")))

    @pytest.mark.parametrize("name", shipped.every_case())
    def test_every_word_is_known_and_what_always_holds_comes_last(self, name: str) -> None:
        one = dossier(name)
        assert set(circumstances(one)) <= set(CIRCUMSTANCES)
        told = [next(each for each in one.kb.teaching if each.text == said.text) for said in slips(one)]
        assert 0 < len(told) <= MOST
        assert [("always" in each.about) for each in told] == sorted("always" in each.about for each in told)

    def test_schema_and_model_know_the_same_circumstances(self) -> None:
        assert get_args(Circumstance) == CIRCUMSTANCES

    def test_every_sentence_can_be_said_by_some_case(self) -> None:
        said = {word for name in shipped.every_case() for word in circumstances(dossier(name))}
        assert [one.id for one in shipped.reasoner().kb.teaching if not said & set(one.about)] == []


def test_the_command_knows_every_audience() -> None:
    assert {*DOCUMENTS} - {"exam", "letter"} == {*AUDIENCES}  # these two have commands of their own
