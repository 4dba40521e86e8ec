"""The bedside change that would best break the chain, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from engine.arguing.breaking import Break, Outcome, Trial
from engine.case import Case
from engine.result import Inference
from knowledge.model import KnowledgeBase
from reports.arguing.sentences import scored, title_of
from reports.arguing.view import Part, argument_text, dossier_of, table
from reports.parts.dossier import Dossier
from reports.phrases import say, word

WIDTHS = (24, 41, 13, 7, 7)


def breaking_text(told: Break, found: Inference, case: Case, kb: KnowledgeBase) -> str:
    """What to do, how, how long, and what each outcome would mean; the others after it."""
    dossier = dossier_of(found, case, kb)
    parts = [*_best(told, dossier), *_others(told, dossier), *_withheld(told, dossier)]
    return argument_text(say("arg_break_title", case=case.id), _lead(told, dossier), parts, dossier)


def _lead(told: Break, dossier: Dossier) -> Iterator[str]:
    if told.held:
        yield say("arg_break_held")
    elif told.ours is None:
        yield say("arg_nothing_found")
    else:
        rival = title_of(told.rival, dossier) if told.rival else ""
        yield say("arg_break_two", ours=title_of(told.ours, dossier), score=scored(told.ours.score), rival=rival,
                  rival_score=scored(told.rival.score if told.rival else dossier.kb.scale.lead_min))
        if not told.trials:
            yield say("arg_break_none")


def _best(told: Break, dossier: Dossier) -> Iterator[Part]:
    if not told.trials:
        return
    best = told.trials[0]
    finding = dossier.kb.findings[best.finding]
    names = dossier.names
    tests = list(dict.fromkeys(say("arrow", parts=[names.node(step.source), names.node(step.target)]) for step in best.tests))
    points = [
        *([say("arg_break_how", how=finding.how)] if finding.how else []),
        say("arg_break_ask", ask=finding.ask), say("arg_break_minutes", minutes=f"{best.minutes:g}"),
        *([say("arg_break_tests", links=tests)] if tests else []),
    ]
    yield Part(say("arg_break_try", title=finding.title, side=dossier.names.side(best.side)), points=tuple(points))
    heads = [[word("break_heads", name)] for name in ("result", "leads", "claim", "ours", "rival")]
    rows = [heads, *(
        [[word("trial_results", one.result)], [_leads(one, dossier)], [_claim(one)], [scored(one.ours)], [scored(one.rival)]]
        for one in best.outcomes
    )]
    lead = say("arg_break_distance", mean=_mean(best.distance, best), now=_mean(best.now, best))
    yield table(say("arg_break_means"), rows, WIDTHS, lead)


def _mean(total: int, trial: Trial) -> str:
    return f"{total / len(trial.outcomes):g}"


def _leads(one: Outcome, dossier: Dossier) -> str:
    if one.leader is None:
        return say("arg_nobody_leads", outcome=dossier.outcome_title(one.outcome))
    return say("arg_would_lead", title=title_of(one.leader, dossier))


def _claim(one: Outcome) -> str:
    return word("levels", one.claim) if one.leader else say("arg_none")


def _others(told: Break, dossier: Dossier) -> Iterator[Part]:
    lines = tuple(
        say("arg_break_other", title=dossier.kb.findings[one.finding].title, side=dossier.names.side(one.side), minutes=f"{one.minutes:g}",
            mean=_mean(one.distance, one))
        for one in told.trials[1:]
    )
    if lines:
        yield Part(say("arg_break_others"), points=lines)


def _withheld(told: Break, dossier: Dossier) -> Iterator[Part]:
    if told.withheld and not told.held:
        yield Part(say("arg_break_withheld"), points=dossier.findings(told.withheld))
