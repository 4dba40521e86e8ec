"""The first lines: outcome and urgency, the leading cause and driver in the verbs of their levels, what comes next."""

from __future__ import annotations

from engine.outcome import unaccounted
from engine.result import Explanation
from reports.escaping import Code
from reports.parts.asking import withheld
from reports.parts.dossier import Dossier
from reports.phrases import say, word
from reports.view import CitedText, ClaimView, Head


def head(dossier: Dossier) -> Head:
    """The headline for this person."""
    found, state = dossier.inference, dossier.state
    return Head(
        state=Code(state), outcome=Code(found.outcome), outcome_title=dossier.outcome_title(found.outcome),
        outcome_meaning=_meaning(dossier),
        urgency=Code(found.urgency), urgency_title=_urgency(dossier),
        sentence=_sentence(state, dossier),
        not_now=say("not_now", state=state, plan=found.plan.state) if state in ("stop", "refer") else "",
        claims=claims(dossier), contested=_contested(dossier),
        also=_also(dossier), plan_line=_plan_line(dossier),
    )


def _meaning(dossier: Dossier) -> str:
    """What the outcome means; a referral that leaves room for a plan is told by its flags instead."""
    found = dossier.inference
    told_by_flags = dossier.state == "refer" and found.plan.state == "ready"
    return "" if told_by_flags else dossier.kb.wording.outcomes[found.outcome]["meaning"]


def _urgency(dossier: Dossier) -> str:
    """The urgency; while none was found, with the number of questions that could still change it."""
    found = dossier.inference
    count = len(found.open_red_flags) if found.urgency == "none" else 0
    return say("urgency_title", title=dossier.urgency_title(found.urgency), open=count)


def _sentence(state: str, dossier: Dossier) -> str:
    found = dossier.inference
    if state == "empty":
        return say("head_empty")
    if state == "stop":
        return _stop_sentence(dossier)
    if found.leading:
        return led_sentence(found.leading, dossier)
    return open_sentence(dossier)


def _stop_sentence(dossier: Dossier) -> str:
    found = dossier.inference
    stopping = [flag for flag in found.red_flags if flag.urgency in ("emergency", "urgent")]
    conditions = [dossier.names.conclusion(name) for name in dict.fromkeys(flag.condition for flag in stopping)]
    scope = [dossier.names.rule_title(flag.rule) for flag in found.out_of_scope]
    return say("head_stop", urgency=dossier.urgency_title(found.urgency), conditions=conditions, scope=scope)


def led_sentence(one: Explanation, dossier: Dossier) -> str:
    """Driver to pain and origin to driver, each in the verb of its level."""
    driver = one.driver or one.cause
    origin = dossier.names.quoted(one.cause) if one.origin_claim and one.cause != driver else ""
    origin_verb = dossier.verb(one.origin_claim, "verb_origin") if origin else ""
    return say("head_led", driver=dossier.names.quoted(driver), verb=dossier.verb(one.claim, "verb_driver"),
               origin=origin, origin_verb=origin_verb)


def open_sentence(dossier: Dossier) -> str:
    """What is nearest while nothing stands out, never more than a guess."""
    drivers = list(dict.fromkeys(dossier.names.quoted(one.driver or one.cause) for one in dossier.nearest))
    return say("head_later" if dossier.state == "stop" else "head_open", verb=dossier.verb("speculative", "verb_driver"), drivers=drivers)


def claims(dossier: Dossier) -> tuple[ClaimView, ...]:
    """The two claims of the explanation that leads; none while nothing does."""
    one = dossier.inference.leading
    if one is None or dossier.guess:
        return ()
    driver = one.driver or one.cause
    pain = _claim("claim_driver", one.claim, "verb_driver", dossier.names.quoted(driver), "", dossier)
    if not one.origin_claim or one.cause == driver:
        return (pain,)
    names = dossier.names
    return (pain, _claim("claim_origin", one.origin_claim, "verb_origin", names.quoted(driver), names.quoted(one.cause), dossier))


def _claim(phrase: str, level: str, which: str, driver: str, origin: str, dossier: Dossier) -> ClaimView:
    words = dossier.kb.wording.levels[level]
    sentence = say(phrase, driver=driver, verb=words[which], origin=origin)
    return ClaimView(word("claims", phrase), sentence, Code(level), word("levels", level), words["adverb"], words["meaning"])


def _contested(dossier: Dossier) -> tuple[CitedText, ...]:
    """Every link of the spine that studies contradict, with those studies."""
    one = dossier.inference.leading
    out = []
    for source, target in one.spine if one else ():
        link = dossier.link(source, target)
        if link and link.contested:
            names = dossier.names
            studies = [cite.title for cite in dossier.citations.cite(link.against)]
            text = say("contested", source=names.conclusion(source), target=names.conclusion(target), studies=studies)
            out.append(CitedText(text, dossier.citations.cite(link.against)))
    return tuple(out)


def _also(dossier: Dossier) -> str:
    """The drivers of the other explanations that are needed to account for the complaints."""
    found = dossier.inference
    others = [found.explanations[place] for place in found.cover[1:]] if dossier.state == "led" else []
    left = dossier.findings(unaccounted(found.explanations))
    return say("also", drivers=[dossier.names.quoted(one.driver or one.cause) for one in others], left=left) if others else ""


def _plan_line(dossier: Dossier) -> str:
    plan = dossier.inference.plan
    return say("plan_line", state=plan.state, activities=[one.activity for one in plan.tasks], reasons=withheld(dossier))
