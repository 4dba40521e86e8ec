"""An answer and what follows from it: what is noted, what has to be said at once, and whether a question is left."""

from __future__ import annotations

from consult.answer_text import answers_text
from consult.events import LISTED, Event
from consult.listing import drafted, list_events
from consult.recording import Recorded, answer_events, told
from consult.sentences import news
from consult.standing import ending, report
from consult.state import Dialogue, replayed, wanting_save
from engine.infer import Reasoner
from knowledge.model import UNKNOWN, KnowledgeBase

Shown = tuple[Dialogue, tuple[str, ...]]
"""A consult after something was said, and the lines that tell it."""


def answer(state: Dialogue, line: str, reasoner: Reasoner) -> Shown:
    """A line that is no command, as the answer to what is asked."""
    if state.asked is None:
        return state, ("Nothing is asked now; 'change FINDING' asks something again.",)
    events, problems = _read(state, line, reasoner.kb)
    if problems:
        return state, told(problems)
    if not events:
        return state, ("Nothing was written. 'skip' leaves this question; 'unknown' says that nobody knows.",)
    return go_on(state, events, reasoner, noted(events, reasoner.kb))


def go_on(state: Dialogue, events: tuple[Event, ...], reasoner: Reasoner, said: tuple[str, ...] = ()) -> Shown:
    """The consult with these events: what was said of them, then the news, then the end when nothing is left to ask."""
    after = replayed(state, (*state.events, *events), reasoner)
    return at_end(after, (*said, *news(state.found, after.found, reasoner.kb)), reasoner.kb)


def at_end(state: Dialogue, lines: tuple[str, ...], kb: KnowledgeBase) -> Shown:
    """When nothing more is asked, it is said why and what would come next, with where things stand, and the case is saved."""
    if state.asked is not None:
        return state, lines
    ended = (*lines, "", *ending(state, kb), *report(state, kb))
    return wanting_save(state) if state.unsaved else state, ended


def with_draft(state: Dialogue, reasoner: Reasoner) -> Dialogue:
    """The consult with an item that was only begun, so that an end in the middle of it loses nothing."""
    if not state.folded.parts:
        return state
    event = drafted(reasoner.kb.findings[state.folded.listing], state)
    return replayed(state, (*state.events, event), reasoner)


def noted(events: tuple[Event, ...], kb: KnowledgeBase) -> tuple[str, ...]:
    """The answer as it was understood; a list is shown with the question that follows."""
    answers = [(one.side, one.value) for one in events if one.what in ("answered", UNKNOWN) and one.value]
    if not answers or answers[0][1].value == LISTED:
        return ()
    finding = kb.findings[events[0].finding]
    return (f"noted: {finding.title}: {answers_text(finding, answers)}",)


def _read(state: Dialogue, line: str, kb: KnowledgeBase) -> Recorded:
    assert state.asked is not None
    finding = kb.findings[state.asked.finding]
    if finding.answer.form == "list":
        return list_events(line, finding, state, kb)
    return answer_events(line, state.asked, state, kb) if line else ((), ())
