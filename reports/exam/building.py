"""An exam sheet as a view: the chosen questions and tests in a reader's words."""

from __future__ import annotations

from collections.abc import Iterable

from engine.asking.sheet import Bout, Sheet, make_sheet
from engine.case import Case
from engine.infer import Reasoner
from engine.result import Caution, Inference, Question
from engine.valuation import norm_factors
from knowledge.model import UNKNOWN, Finding, KnowledgeBase
from knowledge.sides import BODY, NONE
from reports.citing import Citations
from reports.escaping import Code
from reports.exam.judging import Norms, error, judged
from reports.exam.view import BoutView, ExamSheet, Field, Probe, WaitView
from reports.naming import Names
from reports.parts.asking import reason_sentence
from reports.parts.dossier import Dossier
from reports.parts.head import head
from reports.parts.relevance import owed
from reports.phrases import say, word

NAMED = 6
"""As many tests that wait as are named; the others are counted."""
MEASURED = ("test", "neuro", "observation")


def build_exam(
    found: Inference, case: Case, kb: KnowledgeBase, reasoner: Reasoner | None = None, minutes: float | None = None,
) -> ExamSheet:
    """The sheet for a case. `reasoner` is one of the same knowledge when there is one already; `minutes` is the time for tests."""
    ranking = (reasoner or Reasoner(kb)).rank(case, found)
    sheet = make_sheet(found, ranking, kb, minutes)
    dossier = Dossier(found, case, kb, Names(kb, case=case, inference=found), Citations(kb))
    return _view(sheet, dossier)


def _view(sheet: Sheet, dossier: Dossier) -> ExamSheet:
    found, first, stopped = dossier.inference, head(dossier), dossier.state == "stop"
    norms = norm_factors(dossier.case, dossier.kb)
    return ExamSheet(
        id=dossier.case.id, title=dossier.case.title, so_far=first.sentence, stop=say("exam_stop") if stopped else "",
        actions=_actions(found) if stopped else (),
        must_ask=_fields(sheet.must_ask, dossier, unknown=True), complaint=() if stopped else _fields(sheet.complaint, dossier),
        questions=_open_about_flags(sheet, dossier) if stopped else _fields(sheet.questions, dossier),
        bouts=tuple(_bout(one, norms, dossier) for one in sheet.bouts),
        not_today=() if stopped else tuple(_wait(one, dossier) for one in found.cautions),
        time=say("minutes", number=f"{sheet.minutes:g}"), waiting=say("exam_waiting", count=sheet.waiting),
        version=found.version, sha256=found.sha256,
    )


def _actions(found: Inference) -> tuple[str, ...]:
    """What to do now: for each of the most urgent conditions, and each reason of scope, the action of its first sign."""
    first: dict[str, str] = {}
    for one in (*(flag for flag in found.red_flags if flag.urgency == found.urgency), *found.out_of_scope):
        first.setdefault(one.condition, one.action)
    return tuple(action for action in dict.fromkeys(first.values()) if action)


def _fields(questions: Iterable[Question], dossier: Dossier, unknown: bool = False) -> tuple[Field, ...]:
    return tuple(_field(dossier.kb.findings[one.finding], dossier, unknown) for one in questions)


def _open_about_flags(sheet: Sheet, dossier: Dossier) -> tuple[Field, ...]:
    """What the flagged conditions rest on and nobody asked: of use to whoever takes over."""
    asked = {one.finding for one in sheet.must_ask} | {name for name, _ in dossier.case.answers}
    left = [one for one in owed(dossier) if one.id not in asked and not one.strain and one.kind != "imaging"]
    return tuple(_field(one, dossier, unknown=True) for one in left)


def _field(finding: Finding, dossier: Dossier, unknown: bool = False) -> Field:
    number = finding.answer.form == "number"
    boxes = () if number else finding.words
    words = (*boxes, *((UNKNOWN,) if unknown else ()))
    left, right = (_known(finding, side, dossier) for side in BODY) if finding.per_side else ("", "")
    return Field(
        Code(finding.id), finding.title, finding.ask, finding.how, tuple(word("exam_words", one) for one in words),
        say("exam_unit", unit=finding.answer.unit if number else ""), not boxes, finding.per_side, left, right,
    )


def _known(finding: Finding, side: str, dossier: Dossier) -> str:
    """What is known of one side already; nothing when it is still to be found."""
    known = dossier.inference.valuation.look(finding.id, side) or (finding.id, side) in dossier.inference.valuation.numbers
    return dossier.names.value(finding.id, side) if known else ""


def _bout(bout: Bout, norms: Norms, dossier: Dossier) -> BoutView:
    title = say("exam_bout", title=dossier.kb.examination.positions[bout.position].title, last=bout.last)
    return BoutView(title, tuple(_test(one, norms, dossier) for one in bout.tests))


def _test(one: Question, norms: Norms, dossier: Dossier) -> Probe:
    finding = dossier.kb.findings[one.finding]
    return Probe(
        _field(finding, dossier), judged(finding, norms), _why(one, dossier), error(finding),
        say("minutes", number=f"{finding.minutes:g}"),
    )


def _why(one: Question, dossier: Dossier) -> str:
    """What a test tells apart; of one that is done in anyone, the reason the knowledge gives."""
    return dossier.kb.examination.basic[one.finding] if one.why.code == "basic" else reason_sentence(one.why, dossier)


def _wait(caution: Caution, dossier: Dossier) -> WaitView:
    strains = say("listed", parts=[word("strains", one) for one in caution.withholds])
    waiting = [one.title for one in _waiting(caution, dossier)]
    tests = say("exam_named", titles=waiting[:NAMED], more=max(0, len(waiting) - NAMED))
    return WaitView(strains, caution.because or say("referral_pending"), tests)


def _waiting(caution: Caution, dossier: Dossier) -> Iterable[Finding]:
    """Tests that strain so and were not done yet."""
    known = {name for name, side in dossier.inference.valuation.words if side in (*BODY, NONE)}
    return [one for one in dossier.kb.findings.values()
            if set(one.strain) & set(caution.withholds) and one.id not in known and one.kind in MEASURED and not one.derived]
