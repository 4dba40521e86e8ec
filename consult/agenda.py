"""What is asked in which order: complaint, red flags, history, then what tells most a minute; and when it is enough.

Time is the clinician-minutes of the findings that were answered in this consult, not the clock, so that a consult that is replayed
stops where it stopped. Complaint and red flags are asked whatever the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from consult.events import Event, Folded
from engine.asking.ranking import Ranking, adaptive_stage
from engine.case import Case
from engine.infer import Reasoner
from engine.result import Inference, Question, Reason
from knowledge.model import UNKNOWN, KnowledgeBase
from knowledge.sides import BODY, NONE, UNSTATED

FIRST = ("complaint", "must_ask")
STAGES = (*FIRST, "history")


@dataclass(frozen=True, slots=True)
class Agenda:
    """The questions that come; or why there are none, what would come if one went on, and the bedside change that would tell most."""

    coming: tuple[Question, ...]
    stop: Reason | None = None
    would: Question | None = None
    trial: Question | None = None


def budget_of(kb: KnowledgeBase, minutes: float | None) -> float:
    """The minutes there are; as many as the strategy gives an interview when nobody says."""
    stage = adaptive_stage(kb)
    return minutes if minutes is not None else stage.adaptive.minutes if stage and stage.adaptive else float("inf")


def spent(events: Iterable[Event], kb: KnowledgeBase) -> float:
    """The clinician-minutes of what was answered, or asked and not known, in this consult."""
    names = {one.finding for one in events if one.what in ("answered", UNKNOWN)}
    return round(sum(kb.findings[name].minutes for name in sorted(names)), 6)


def agenda(folded: Folded, found: Inference, reasoner: Reasoner, minutes: float) -> Agenda:
    """What comes with `minutes` left. After `more` nothing stops it but the end of the questions."""
    kb, left = reasoner.kb, float("inf") if folded.more else minutes
    open_ = [one for one in found.next_questions if not left_alone(one, folded)]
    staged = [one for one in open_ if one.why.code in STAGES]
    fitting = [one for one in staged if one.why.code in FIRST or kb.findings[one.finding].minutes <= left]
    if fitting or adaptive_stage(kb) is None:
        later = [one for one in open_ if one.why.code not in STAGES]
        return Agenda((*fitting, *later))
    return _explored(folded, reasoner.rank(folded.case, found), staged, left)


def _explored(folded: Folded, ranking: Ranking, staged: list[Question], left: float) -> Agenda:
    """The adaptive stage; what is left of the history did not fit in the time."""
    alone = frozenset(one.question.finding for one in ranking.weighed if left_alone(one.question, folded))
    open_, trial = ranking.without(alone), ranking.trial
    tried = trial.question if trial and trial.question.finding not in alone else None
    stop = None if folded.more and open_ else ranking.stop(alone, left)
    if stop is None:
        return Agenda(tuple(one.question for one in open_ if one.minutes <= left), trial=tried)
    would = staged[0] if staged else open_[0].question if open_ else None
    return Agenda((), stop, would, tried)


def left_alone(question: Question, folded: Folded) -> bool:
    """Whether a question was skipped, or nobody knows."""
    one_side_left = question.side != NONE and missing_sides(question.finding, folded.case) != ()
    return question.finding in folded.skipped or (question.finding in folded.unknown and not one_side_left)


def missing_sides(finding: str, case: Case) -> tuple[str, ...]:
    """The sides a finding has no answer for; none when the side was not told."""
    if case.answer(finding, UNSTATED):
        return ()
    return tuple(side for side in BODY if not case.answer(finding, side))
