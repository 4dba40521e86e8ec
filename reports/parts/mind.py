"""What would change our mind about the result, in a reader's words."""

from __future__ import annotations

from collections.abc import Iterable

from engine.arguing.accounts import Account
from engine.arguing.breaking import Trial
from engine.arguing.doubt import Doubt
from engine.arguing.meaning import Meaning, Telling
from engine.questioning.fragile import Flip, Fragile, Standing
from engine.questioning.misreads import Misread
from engine.questioning.spans import span_of
from engine.questioning.telling_repairs import ends
from engine.result import Step
from knowledge.sides import UNSTATED
from reports.escaping import Code
from reports.parts.dossier import Dossier
from reports.phrases import say, word
from reports.view.mind import FlipView, MindView, ResultView, TellingView

FLIPS, TESTS, IDLE = 5, 4, 6
"""As many of each as a report tells; the command `fragile` tells every misread, `break-chain` every bedside change."""
CALM = ("routine", "watch", "none")


def mind(told: Doubt, dossier: Dossier) -> MindView:
    """Misreads that would change the result, the bedside change that breaks the chain, and what the next tests would tell."""
    if told.settled or told.fragile is None:
        return MindView(say("mind_settled", state=dossier.state), "", (), None, (), ())
    breaker = told.breaking.trials[0] if told.breaking.trials else None
    rest = [one for one in told.tests if breaker is None or one.finding != breaker.finding]
    return MindView(
        settled="", firm=_firm(told.fragile),
        flips=tuple(_flip(one, told.fragile.now, dossier) for one in told.fragile.flips[:FLIPS]),
        breaker=_breaker(breaker, dossier) if breaker else None,
        tests=tuple(_telling(one, dossier) for one in [one for one in rest if one.tells][:TESTS]),
        idle=tuple(dossier.names.finding(one.finding) for one in rest if not one.tells)[:IDLE],
    )


def _firm(told: Fragile) -> str:
    """How many misreads were tried, and that none or only so many of them would change anything."""
    return say("mind_fragile", possible=told.possible, count=len(told.flips), more=max(0, len(told.flips) - FLIPS))


def _flip(one: Flip, now: Standing, dossier: Dossier) -> FlipView:
    misread, names = one.misreads[0], dossier.names
    (subject, side), finding = misread.key, dossier.kb.findings[misread.key[0]]
    return FlipView(
        title=finding.title, side=names.asked_side(subject, side), now=_now(misread, dossier), other=_other(misread, dossier),
        error=say("flip_error", why=misread.why, figure="" if misread.figure is None else f"{misread.figure:.3g}"),
        then=_then(one.then, now, dossier), repeat=finding.how or finding.ask, minutes=say("minutes", number=f"{finding.minutes:g}"),
    )


def _now(misread: Misread, dossier: Dossier) -> str:
    subject, side = misread.key
    value = dossier.case.answers[misread.key].value
    if side != UNSTATED and dossier.inference.valuation.look(subject, side):
        return dossier.names.value(subject, side)
    return dossier.names.amount(value, subject) if isinstance(value, float) else word("answers", misread.now)


def _other(misread: Misread, dossier: Dossier) -> str:
    finding = dossier.kb.findings[misread.key[0]]
    measured = isinstance(dossier.case.answers[misread.key].value, float)
    interval = span_of((misread.word,), finding, dossier.case, dossier.kb) if measured else None
    return say("flip_other", a={"wanted": word("answers", misread.word), **ends(interval)})


def _then(then: Standing, now: Standing, dossier: Dossier) -> str:
    """What would stand instead: another claim, another that is first, or another outcome."""
    same = (then.outcome, then.cause, then.driver) == (now.outcome, now.cause, now.driver)
    driver = then.driver or then.cause
    return say("flip_then", outcome="" if then.outcome == now.outcome else dossier.outcome_title(then.outcome),
               driver=dossier.names.quoted(driver) if driver and not same else "", level=word("levels", then.claim), nothing=driver is None)


def _breaker(one: Trial, dossier: Dossier) -> TellingView:
    """The bedside change; results that come to the same stand together."""
    groups: dict[str, list[str]] = {}
    for each in one.outcomes:
        groups.setdefault(_stands(each.outcome, "none", each.leader, each.claim, dossier), []).append(word("mind_results", each.result))
    results = tuple(ResultView(say("either", parts=answers), then, False) for then, answers in groups.items())
    return _test(one.finding, one.side, results, one.tests, dossier)


def _telling(one: Telling, dossier: Dossier) -> TellingView:
    return _test(one.finding, one.side, tuple(_result(each, one.bedside, dossier) for each in one.meanings), (), dossier)


def _test(name: str, side: str, results: tuple[ResultView, ...], links: Iterable[Step], dossier: Dossier) -> TellingView:
    finding, names = dossier.kb.findings[name], dossier.names
    told = dict.fromkeys(say("arrow", parts=[names.node(step.source), names.node(step.target)]) for step in links)
    minutes = say("minutes", number=f"{finding.minutes:g}")
    return TellingView(Code(name), finding.title, names.side(side), finding.ask, finding.how, minutes, tuple(told), results)


def _result(one: Meaning, bedside: bool, dossier: Dossier) -> ResultView:
    answers = [word("mind_results" if bedside else "answers", each) for each in one.answers]
    then = say("mind_same") if one.same else _stands(one.outcome, one.urgency, one.leader, one.claim, dossier)
    return ResultView(say("either", parts=answers), then, one.same)


def _stands(outcome: str, urgency: str, leader: Account | None, claim: str, dossier: Dossier) -> str:
    """Who would lead and how far it could be claimed; that a check comes first, when it does."""
    check = dossier.urgency_title(urgency) if urgency not in CALM else ""
    driver = dossier.names.quoted(leader.driver) if leader else ""
    return say("mind_stands", check=check, driver=driver, level=word("levels", claim), outcome=dossier.outcome_title(outcome))
