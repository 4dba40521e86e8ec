"""What goes on one exam sheet: the tests worth most in the minutes there are, what to ask beside them, and what must wait.

The tests are those of the ranking and those that the first explanations ask for; while there is no explanation, what is examined
in anyone comes first. The order is one that spares the person, not that of worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.asking.ranking import Ranking, Weighed, adaptive_stage
from engine.interview import step_of
from engine.questions import is_known
from engine.result import Inference, Question, Reason
from knowledge.model import Finding, KnowledgeBase
from knowledge.sides import BOTH, NONE

EXAMINED = ("test", "neuro", "observation", "response", "red_flag")
ROWS, ROWS_BESIDE_COMPLAINT = 14, 11
"""As many tests as fit on one page; fewer while the complaint is still to be asked."""
QUESTIONS = 6
"""As many questions beside complaint and red flags as a visit with tests can take."""


@dataclass(frozen=True, slots=True)
class Bout:
    """Tests done in one position without a change; `last` when they tire and are left to the end."""

    position: str
    last: bool
    tests: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is on one sheet: must-ask questions, the complaint, further questions, tests by position. `minutes` is what the tests take;
    `waiting` counts tests that would tell something and found no room."""

    must_ask: tuple[Question, ...]
    complaint: tuple[Question, ...]
    questions: tuple[Question, ...]
    bouts: tuple[Bout, ...]
    minutes: float
    waiting: int


def sheet_minutes(kb: KnowledgeBase) -> float:
    """The minutes of tests on one sheet when nobody says how many; those of an interview when the strategy has none for a sheet."""
    stage = adaptive_stage(kb)
    how = stage.adaptive if stage else None
    return float("inf") if how is None else how.sheet_minutes or how.minutes


def make_sheet(found: Inference, ranking: Ranking, kb: KnowledgeBase, minutes: float | None = None) -> Sheet:
    """The sheet for what was concluded. While a referral is pending, or the person is out of scope, it holds no test."""
    asked = {code: tuple(one for one in found.next_questions if one.why.code == code) for code in ("complaint", "must_ask", "history")}
    open_ = tuple(Question(name, _side(kb.findings[name]), Reason("must_ask")) for name in found.open_red_flags)
    worth = () if _stopped(found) else tuple(_candidates(found, ranking, kb))
    usual = sheet_minutes(kb)
    rows = len(worth) if minutes is not None and minutes > usual else ROWS_BESIDE_COMPLAINT if asked["complaint"] else ROWS
    chosen = _fitting(worth, kb, usual if minutes is None else minutes, rows)
    taken = {one.finding for one in open_}
    weighed = [one.question for one in _telling(ranking) if not _on_sheet(kb.findings[one.question.finding], kb)]
    beside = dict.fromkeys(one for one in (*asked["history"][: QUESTIONS // 2], *weighed, *asked["history"]) if one.finding not in taken)
    further = () if _stopped(found) or asked["complaint"] else tuple(_once(beside))[:QUESTIONS]
    spent = round(sum(kb.findings[one.finding].minutes for one in chosen), 6)
    return Sheet(open_, asked["complaint"], further, in_bouts(chosen, kb), spent, len(worth) - len(chosen))


def _stopped(found: Inference) -> bool:
    return bool(found.out_of_scope) or found.urgency in ("emergency", "urgent")


def _side(finding: Finding) -> str:
    return BOTH if finding.per_side else NONE


def _once(questions: Iterable[Question]) -> Iterator[Question]:
    told: set[str] = set()
    for one in questions:
        if one.finding not in told:
            told.add(one.finding)
            yield one


def _telling(ranking: Ranking) -> list[Weighed]:
    return [one for one in ranking.weighed if one.gain >= ranking.least_gain or one.turns]


def _on_sheet(finding: Finding, kb: KnowledgeBase) -> bool:
    """Whether it is something to examine in a position that a visit has."""
    position = kb.examination.positions.get(finding.position)
    return finding.kind in EXAMINED and position is not None and not position.off_sheet


def _candidates(found: Inference, ranking: Ranking, kb: KnowledgeBase) -> Iterator[Question]:
    """Tests by worth: basic ones while nothing explains anything, then ranked ones, then those that the explanations name."""
    named = [one for one in found.next_questions if one.why.code in ("tests_link", "closes_gap", "confirms", "bystander")]
    basic = [] if found.explanations else [_basic(kb.findings[name], kb) for name in kb.examination.basic]
    told = {*found.withheld_tests, *found.open_red_flags}
    for one in _once((*basic, *(each.question for each in _telling(ranking)), *named)):
        finding = kb.findings[one.finding]
        if one.finding not in told and _on_sheet(finding, kb) and not is_known(one.finding, NONE, found.valuation, kb):
            yield one


def _basic(finding: Finding, kb: KnowledgeBase) -> Question:
    step = step_of("basic", kb)
    return Question(finding.id, _side(finding), Reason("basic", (("step", step),) if step else ()))


def _fitting(worth: Iterable[Question], kb: KnowledgeBase, minutes: float, rows: int) -> tuple[Question, ...]:
    """The best that fit, each in its turn; what is too long for the time left makes room for what is shorter."""
    chosen: list[Question] = []
    for one in worth:
        took = kb.findings[one.finding].minutes
        if len(chosen) < rows and took <= minutes + 1e-9:
            chosen.append(one)
            minutes -= took
    return tuple(chosen)


def in_bouts(tests: Iterable[Question], kb: KnowledgeBase) -> tuple[Bout, ...]:
    """The tests in an order that spares the person: what tires at the end, each position taken up once before and once then, and
    in a position what brings pain on after what does not. Among equals the order is kept."""
    places = list(kb.examination.positions)
    found: dict[tuple[bool, int], list[Question]] = {}
    for one in tests:
        finding = kb.findings[one.finding]
        tires = any(strain in kb.examination.last for strain in finding.strain)
        found.setdefault((tires, places.index(finding.position)), []).append(one)
    return tuple(
        Bout(places[place], tires, tuple(sorted(group, key=lambda one: _brings_pain(kb.findings[one.finding]))))
        for (tires, place), group in sorted(found.items())
    )


def _brings_pain(finding: Finding) -> bool:
    return finding.provokes or bool(finding.strain)
