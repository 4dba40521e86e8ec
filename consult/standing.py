"""Where a consult stands, in about ten lines: safety first, then what leads, how far it may be claimed, and what is open."""

from __future__ import annotations

from collections.abc import Iterator

from consult.sentences import STOPS, node_text, reason_text, scope_text, urgency_text, withheld_text
from consult.state import Dialogue, open_must_ask, to_ask
from engine.result import Explanation, Inference
from knowledge.model import KnowledgeBase

TITLES_SHOWN = 4


def report(state: Dialogue, kb: KnowledgeBase) -> tuple[str, ...]:
    """The lines of `report`."""
    if not state.case.answers:
        return ("Nothing is known yet.",)
    return (*_stop(state.found, kb), *_leading(state.found, kb), *_watch(state.found, kb), *_open(state, kb), *_coming(state, kb))


def ending(state: Dialogue, kb: KnowledgeBase) -> Iterator[str]:
    """Why nothing more is asked, and what would be if one went on."""
    stop, would, trial = state.agenda.stop, state.agenda.would, state.agenda.trial
    if stop is None or would is None:
        yield "No question is left."
        return
    yield f"Enough asked. {reason_text(stop, kb)}"
    yield f"Next would be: {kb.findings[would.finding].title}. {reason_text(would.why, kb)} 'more' goes on."
    if trial and trial.finding != would.finding:
        yield f"At the bedside would tell most: {kb.findings[trial.finding].title}. {reason_text(trial.why, kb)}"


def _stop(found: Inference, kb: KnowledgeBase) -> Iterator[str]:
    said = [f"{urgency_text(one, kb)}. {one.action}" for one in found.red_flags if one.urgency in STOPS]
    yield from dict.fromkeys([*said, *(scope_text(one, kb) for one in found.out_of_scope)])


def _leading(found: Inference, kb: KnowledgeBase) -> Iterator[str]:
    yield f"Outcome: {kb.wording.outcomes[found.outcome]['title']}"
    best = None if found.out_of_scope else found.leading  # as in reports: nothing is claimed of who should be seen elsewhere
    if best is None:
        yield from _nearest(found, kb)
        return
    yield f"Leading cause: {node_text(best.cause, kb)}"
    if best.driver:
        yield f"Driver: {node_text(best.driver, kb)}"
    yield from _claims(best, kb)


def _nearest(found: Inference, kb: KnowledgeBase) -> Iterator[str]:
    if found.explanations:
        about = "for later" if found.urgency in STOPS or found.out_of_scope else "not enough to lead"
        best = found.explanations[0]
        nodes = dict.fromkeys(node_text(node, kb) for node in (best.cause, best.driver) if node)
        yield f"Nearest so far, {about}: {', through '.join(nodes)}"


def _claims(best: Explanation, kb: KnowledgeBase) -> Iterator[str]:
    treated = node_text(best.driver or best.cause, kb)
    yield f"Claim ({best.claim}): this pain {kb.wording.levels[best.claim]['verb_driver']} '{treated}'"
    if best.driver and best.origin_claim and best.cause != best.driver:
        verb = kb.wording.levels[best.origin_claim]["verb_origin"]
        yield f"Claim ({best.origin_claim}): '{treated}' {verb} '{node_text(best.cause, kb)}'"


def _watch(found: Inference, kb: KnowledgeBase) -> Iterator[str]:
    rest = [one for one in found.red_flags if one.urgency not in STOPS]
    yield from dict.fromkeys(f"{urgency_text(one, kb)}. {one.action}" for one in rest)
    if not found.red_flags:
        yield f"Red flags: {kb.wording.urgency['none']}"


def _open(state: Dialogue, kb: KnowledgeBase) -> Iterator[str]:
    left, names = open_must_ask(state), state.found.open_red_flags
    if left:
        yield f"Open must-ask, left unanswered: {_titled(left, kb)}; 'change {left[0]}' asks again"
    if len(names) > len(left):
        yield f"Must-ask still to come: {len(names) - len(left)}"
    plan = state.found.plan
    yield "Plan: ready" if plan.state == "ready" else f"Plan: withheld, because {withheld_text(state.found, kb)}"


def _coming(state: Dialogue, kb: KnowledgeBase) -> Iterator[str]:
    coming = to_ask(state)
    if coming:
        yield f"Next: {kb.findings[coming[0].finding].title}" + (f", and {len(coming) - 1} more" if len(coming) > 1 else "")


def _titled(names: tuple[str, ...], kb: KnowledgeBase) -> str:
    shown = "; ".join(kb.findings[name].title for name in names[:TITLES_SHOWN])
    return shown + (f" and {len(names) - TITLES_SHOWN} more" if len(names) > TITLES_SHOWN else "")
