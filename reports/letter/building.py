"""A referral letter as a view: what is asked for first, then what rests on answers, then what nobody asked."""

from __future__ import annotations

from collections.abc import Iterable

from engine.case import Case
from engine.result import Flag, Inference
from knowledge.model import Finding, KnowledgeBase
from reports.citing import Citations
from reports.escaping import Code
from reports.letter.names import DoctorNames
from reports.letter.telling import Known, known, open_sides, phrases, told, topic, without_answer
from reports.letter.view import Block, ConcernView, Letter
from reports.parts.dossier import Dossier
from reports.parts.head import head
from reports.parts.relevance import flagged, owed, relevant
from reports.phrases import say

REASONS = 3
"""As many reasons of one condition as a page has room for; the signs themselves all stand among the findings."""
PRESSING = ("emergency", "urgent", "routine")
SIGNS = ("red_flag", "neuro", "symptom", "test", "observation")


def build_letter(found: Inference, case: Case, kb: KnowledgeBase, to: str = "") -> Letter:
    """The letter on a case; `to` names who gets it, the knowledge does when it is left out."""
    dossier = Dossier(found, case, kb, DoctorNames(kb, case=case, inference=found), Citations(kb))
    first = head(dossier)
    pressing = [name for name in flagged(found) if _urgency(name, found) in PRESSING]
    watched = [dossier.names.conclusion(name) for name in flagged(found) if name not in pressing]
    return Letter(
        id=case.id, person=_person(dossier), to=to or _to(pressing, kb), urgency=Code(found.urgency), urgency_title=first.urgency_title,
        purpose=_purpose(pressing, dossier), concerns=tuple(_concern(name, dossier) for name in pressing),
        kept_in_mind=say("letter_watch", title=dossier.urgency_title("watch"), conditions=watched) if watched else "",
        blocks=tuple(one for one in _blocks(dossier, first.sentence, first.plan_line) if one.text),
        safety_net=_safety_net(found), version=found.version, sha256=found.sha256,
    )


def _urgency(condition: str, found: Inference) -> str:
    """The highest urgency of a condition; flags come with the most urgent first."""
    return next(one.urgency for one in found.red_flags if one.condition == condition)


def _to(pressing: list[str], kb: KnowledgeBase) -> str:
    return next((kb.conclusions[name].refer_to for name in pressing if kb.conclusions[name].refer_to), say("letter_to_gp"))


def _purpose(pressing: list[str], dossier: Dossier) -> str:
    found = dossier.inference
    scope = [dossier.names.rule_title(one.rule) for one in found.out_of_scope]
    return say("letter_purpose", flagged=bool(pressing), scope=scope, open=len(found.open_red_flags))


def _concern(condition: str, dossier: Dossier) -> ConcernView:
    flags = [one for one in dossier.inference.red_flags if one.condition == condition]
    urgency = flags[0].urgency
    sides = list(dict.fromkeys(one.side for one in flags if one.urgency == urgency))
    name = dossier.names.node((condition, sides[0])) if len(sides) == 1 else dossier.names.conclusion(condition)
    return ConcernView(
        Code(urgency), dossier.urgency_title(urgency), say("letter_ask", urgency=urgency, condition=name), _because(flags, urgency),
    )


def _because(flags: Iterable[Flag], urgency: str) -> tuple[str, ...]:
    told_ = list(dict.fromkeys(one.because for one in flags if one.urgency == urgency))
    more = len(told_) - REASONS
    return (*told_[:REASONS], *([say("letter_more", count=more)] if more > 0 else []))


def _person(dossier: Dossier) -> str:
    """Age and sex, as far as they are known."""
    return say("letter_person", parts=[_value(name, dossier) for name in ("age", "sex") if _answered(name, dossier)])


def _answered(name: str, dossier: Dossier) -> bool:
    answer = dossier.case.answer(name)
    return answer is not None and answer.known


def _value(name: str, dossier: Dossier) -> str:
    answer = dossier.case.answer(name)
    assert answer is not None
    return dossier.names.amount(answer.value, name) if isinstance(answer.value, float) else dossier.names.told(name, answer.value)


def _blocks(dossier: Dossier, explanation: str, plan: str) -> tuple[Block, ...]:
    states = [known(one, dossier) for one in relevant(dossier)]
    led = dossier.state in ("led", "open", "refer")
    return (
        _block("letter_present", _present(SIGNS, dossier)),
        _block("letter_absent", [told(one, dossier) for one in states if one.absent]),
        _block("letter_unknown", _unknown(states, dossier)),
        _block("letter_unasked", [topic(one) for one in owed(dossier) if without_answer(known(one, dossier))]),
        _block("letter_history", (*_complaint(dossier), *_present(("worse", "eased"), dossier))),
        _block("letter_past", _present(("injury", "imaging", "exposure"), dossier)),
        _block("letter_tried", _present(("tried",), dossier)),
        _block("letter_function", (*_activities(dossier), *_scores(dossier), *_present(("belief",), dossier))),
        Block(say("letter_explanation"), say("letter_hypothesis", sentence=explanation, plan=plan) if led else ""),
    )


def _block(title: str, texts: Iterable[str]) -> Block:
    return Block(say(title), say("letter_list", texts=list(texts)))


def _present(kinds: Iterable[str], dossier: Dossier) -> tuple[str, ...]:
    """What is present among findings of some kinds, kind by kind."""
    return phrases([one for kind in kinds for one in _of_kind(kind, dossier)], dossier)


def _of_kind(kind: str, dossier: Dossier) -> tuple[Finding, ...]:
    return tuple(one for one in dossier.kb.findings.values() if one.kind == kind and not one.derived)


def _unknown(states: Iterable[Known], dossier: Dossier) -> tuple[str, ...]:
    """What was asked and is not known, or was answered for one side alone."""
    return tuple(say("letter_side_open", name=topic(one.finding), side=open_sides(one, dossier)) for one in states if one.unknown)


def _complaint(dossier: Dossier) -> tuple[str, ...]:
    """The complaint in the order in which a doctor asks: where, which side, since when, how it began, its course."""
    about = [one for one in _of_kind("about", dossier) if one.id not in ("age", "sex", "activities")]
    return tuple(told(one, dossier) for one in (known(each, dossier) for each in about) if one.words)


def _activities(dossier: Dossier) -> tuple[str, ...]:
    answer = dossier.case.answer("activities")
    if answer is None:
        return ()
    return tuple(say("letter_activity", activity=one.get("activity", ""), today=_today(one.get("psfs"))) for one in answer.items)


def _today(rating: object) -> str:
    return f"{rating:g}" if isinstance(rating, float) else ""


def _scores(dossier: Dossier) -> tuple[str, ...]:
    return tuple(told(one, dossier) for one in (known(each, dossier) for each in _of_kind("score", dossier)) if one.words)


def _safety_net(found: Inference) -> tuple[str, ...]:
    """What the person was told to watch for: for each of the most urgent conditions once, in the words of its gravest sign."""
    first: dict[str, str] = {}
    for one in found.red_flags:
        if one.safety_net and one.urgency == found.urgency:
            first.setdefault(one.condition, one.safety_net)
    return tuple(dict.fromkeys(first.values()))
