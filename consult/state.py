"""The state of a consult between two lines: what was said, what it leads to, and what is asked now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from consult.agenda import Agenda, agenda, budget_of, missing_sides, spent
from consult.events import Event, Folded, fold
from engine.case import Answer, Case, Key
from engine.infer import Reasoner
from engine.interview import step_of
from engine.result import Inference, Question, Reason
from knowledge.model import KnowledgeBase
from knowledge.sides import BODY, NONE

ASKING, LEAVING, ENDED = "asking", "leaving", "ended"


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that waits for an answer: on which sides, and why it is asked."""

    finding: str
    sides: tuple[str, ...]
    why: Reason


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A consult between two lines. `wants_save` asks the terminal to write the case to `output` before it goes on."""

    start: Case
    events: tuple[Event, ...]
    folded: Folded
    found: Inference
    asked: Asked | None
    output: str
    saved: Mapping[Key, Answer]
    budget: float
    agenda: Agenda
    mode: str = ASKING
    wants_save: bool = False

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.folded.case

    @property
    def turn(self) -> int:
        """The number of the next line that says something."""
        return self.events[-1].turn + 1 if self.events else 1

    @property
    def unsaved(self) -> bool:
        """Whether something was told that stands in no file."""
        return bool(self.folded.parts) or dict(self.case.answers) != dict(self.saved)


def opened(case: Case, output: str, reasoner: Reasoner, minutes: float | None = None) -> Dialogue:
    """A consult before the first line; the answers of `case`, if any, come from a file. `minutes` is the time there is."""
    folded, found, budget = fold(case, ()), reasoner.infer(case), budget_of(reasoner.kb, minutes)
    coming = agenda(folded, found, reasoner, budget)
    return Dialogue(case, (), folded, found, _next(folded, coming, reasoner.kb), output, case.answers, budget, coming)


def replayed(state: Dialogue, events: tuple[Event, ...], reasoner: Reasoner) -> Dialogue:
    """The same consult with these events; inference runs only when an answer differs."""
    folded = fold(state.start, events)
    same = dict(folded.case.answers) == dict(state.case.answers)
    found = state.found if same else reasoner.infer(folded.case)
    coming = agenda(folded, found, reasoner, state.budget - spent(events, reasoner.kb))
    return replace(state, events=events, folded=folded, found=found, asked=_next(folded, coming, reasoner.kb), agenda=coming)


def wanting_save(state: Dialogue, path: str = "") -> Dialogue:
    """The same consult, to be written before it goes on; `path` names another file."""
    return replace(state, wants_save=True, output=path or state.output)


def to_ask(state: Dialogue) -> tuple[Question, ...]:
    """The questions that come, without those left alone in this consult."""
    return state.agenda.coming


def open_must_ask(state: Dialogue) -> tuple[str, ...]:
    """Must-ask questions that were left alone: skipped, or answered unknown."""
    left = state.folded.skipped | state.folded.unknown
    return tuple(name for name in state.found.open_red_flags if name in left)


def _next(folded: Folded, coming: Agenda, kb: KnowledgeBase) -> Asked | None:
    begun, asked = folded.again or folded.listing, coming.coming
    if begun:
        why = next((one.why for one in asked if one.finding == begun), _reason(begun, kb))
        return Asked(begun, _sides(begun, folded, kb), why)
    return Asked(asked[0].finding, _sides(asked[0].finding, folded, kb), asked[0].why) if asked else None


def _sides(finding: str, folded: Folded, kb: KnowledgeBase) -> tuple[str, ...]:
    """Both sides together; the other one alone when one is answered."""
    if not kb.findings[finding].per_side:
        return (NONE,)
    return BODY if finding == folded.again else missing_sides(finding, folded.case) or BODY


def _reason(finding: str, kb: KnowledgeBase) -> Reason:
    """Why a finding is asked that the engine does not ask for now."""
    if kb.findings[finding].must_ask:
        return Reason("must_ask", (("step", step_of("must_ask", kb)),))
    stage = next((one.id for one in kb.stages if finding in one.findings), "")
    return Reason(stage or "asked_again")
