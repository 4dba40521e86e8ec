"""What is not known yet: assumptions, open must-ask questions, next tests and next questions, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable

from engine.result import Caution, Explanation, Reason
from knowledge.sides import BOTH, NONE
from reports.escaping import Code
from reports.parts.dossier import Dossier
from reports.phrases import knows, say, word
from reports.view import AskView, CautionView, Questions, TestsView, Unknowns

QUESTIONS = 8
"""As many next questions as a reader can use at once."""


def unknowns(dossier: Dossier) -> Unknowns:
    """What the result rests on and what would free the plan."""
    found = dossier.inference
    reason = reason_sentence(Reason("must_ask"), dossier)
    return Unknowns(
        assumptions=tuple(dict.fromkeys(reason_sentence(one, dossier) for one in found.assumptions)),
        cautions=tuple(_caution(one, dossier) for one in found.cautions), held_back=_held_back(dossier),
        must_ask=tuple(ask(name, reason, dossier) for name in found.open_red_flags),
        withheld=withheld(dossier) if found.plan.state == "withheld" else (),
    )



def _held_back(dossier: Dossier) -> tuple[str, ...]:
    """The tests held back, by name; while a referral is pending all of them are, and a list would say no more."""
    found = dossier.inference
    pending = any(not one.rule for one in found.cautions)
    return () if pending else dossier.findings(found.withheld_tests)


def _caution(one: Caution, dossier: Dossier) -> CautionView:
    strains = say("listed", parts=[word("strains", strain) for strain in one.withholds])
    return CautionView(strains, dossier.ground(one.rule, one.because or say("referral_pending")))


def withheld(dossier: Dossier) -> tuple[str, ...]:
    """Why there is no plan; the open must-ask questions in one sentence, the others one by one."""
    why = dossier.inference.plan.why
    asked = sum(1 for one in why if one.code == "open_red_flag")
    told = [say("why_open_red_flags", count=asked) if one.code == "open_red_flag" else reason_sentence(one, dossier) for one in why]
    return tuple(dict.fromkeys(told))


def reason_sentence(reason: Reason, dossier: Dossier) -> str:
    """A typed reason as a sentence; a code without a sentence of its own is told with what it is about."""
    about = dict(reason.about)
    names = dossier.names
    told = {
        "node": names.quoted((about["node"], about.get("side", NONE))) if "node" in about else "",
        "finding": names.finding(about["finding"]) if "finding" in about else "",
        "side": names.side(about.get("side", NONE)),
        "condition": _condition(about, dossier),
    }
    if "other" in about:
        told["other"] = names.quoted((about["other"], about.get("other_side", NONE)))
    name = f"why_{reason.code}"
    if knows(name):
        return say(name, **told)
    return say("why_other", code=reason.code.replace("_", " "), parts=[part for part in told.values() if part])


def _condition(about: dict[str, str], dossier: Dossier) -> str:
    """A serious condition by its title; what puts a person out of scope by the title of its rule."""
    if "condition" not in about:
        return ""
    known = about["condition"] in dossier.kb.conclusions
    return dossier.names.conclusion(about["condition"]) if known else dossier.names.rule_title(about.get("rule", ""))


def ask(name: str, why: str, dossier: Dossier, side: str = "") -> AskView:
    """A finding as something still to ask or test."""
    finding = dossier.kb.findings[name]
    where = side or (BOTH if finding.per_side else NONE)
    minutes = say("minutes", number=f"{finding.minutes:g}")
    return AskView(Code(name), finding.title, dossier.names.side(where), finding.ask, finding.how, minutes, why)


def next_tests(dossier: Dossier) -> tuple[TestsView, ...]:
    """The tests that would tell about the explanations that lead or are near, each test once."""
    if dossier.state in ("stop", "empty"):
        return ()
    told: set[str] = set()
    groups = [_tests_of(one, told, dossier) for one in dossier.nearest]
    return tuple(group for group in groups if group.tests)


def _tests_of(one: Explanation, told: set[str], dossier: Dossier) -> TestsView:
    reasons = {question.finding: question.why for question in dossier.inference.next_questions}
    fresh = [name for name in one.next_tests if name not in told]
    told.update(fresh)
    driver = one.driver or one.cause
    fallback = Reason("confirms", (("node", driver[0]), ("side", driver[1])))
    tests = [ask(name, reason_sentence(reasons.get(name, fallback), dossier), dossier) for name in fresh]
    return TestsView(dossier.names.node(driver), tuple(tests))


def questions(dossier: Dossier) -> Questions:
    """The first of the next questions, with why each is asked, and how many wait."""
    asked = dossier.inference.next_questions
    shown = [ask(one.finding, reason_sentence(one.why, dossier), dossier, one.side) for one in asked[:QUESTIONS]]
    return Questions(tuple(shown), max(0, len(asked) - QUESTIONS))


def titles(names: Iterable[str], dossier: Dossier) -> tuple[str, ...]:
    """Titles of tests with the time each takes."""
    findings = [dossier.kb.findings[name] for name in dict.fromkeys(names)]
    return tuple(say("timed", title=one.title, minutes=f"{one.minutes:g}") for one in findings)
