"""The question that waits, as lines: where in the consult it stands, what is asked, and how it may be answered."""

from __future__ import annotations

from collections.abc import Iterator

from consult.answer_text import answers_text, item_text
from consult.line_reading import SIDE_WORDS
from consult.listing import draft, part_asked
from consult.sentences import STOPS
from consult.state import ENDED, LEAVING, Asked, Dialogue, open_must_ask, to_ask
from knowledge.model import UNKNOWN, Detail, Finding, KnowledgeBase, detail_words
from knowledge.problems import counted
from knowledge.sides import NONE

STAGES = {"complaint": "complaint", "must_ask": "red flags", "history": "history", "asked_again": "asked again"}
EXPLORING = "exploring"
"""The stage in which each answer decides what is asked next, so that nobody knows how much is to come."""
WIDE = 1e6
"""A number without a limit in the vocabulary has one of this size or more, which says nothing to a reader."""


def question(state: Dialogue, kb: KnowledgeBase) -> tuple[str, ...]:
    """What to show before the next line is read."""
    if state.mode == ENDED:
        return ()
    if state.mode == LEAVING:
        return ("", f"The answers are not saved yet. Save them to {state.output}?  yes, no, or back")
    if state.asked is None:
        return ("", "No question is open: back, change FINDING, list, report, save, or quit")
    finding = kb.findings[state.asked.finding]
    head = ("", f"[{progress(state, kb)}]  {finding.title}", finding.ask or finding.title)
    return (*head, *_already(finding, state), *_how_to_answer(finding, state))


def words(state: Dialogue, kb: KnowledgeBase) -> tuple[str, ...]:
    """What the next line may begin or go on with, for completion."""
    if state.mode == LEAVING:
        return ("yes", "no", "back")
    if state.asked is None:
        return ()
    finding = kb.findings[state.asked.finding]
    sides = tuple(dict.fromkeys(SIDE_WORDS.values())) if finding.per_side else ()
    details = tuple(one for detail in finding.details for one in (f"{detail.name}=", *detail_words(detail)))
    return tuple(dict.fromkeys((*finding.words, UNKNOWN, *(s.removesuffix("_side") for s in sides), *details)))


def progress(state: Dialogue, kb: KnowledgeBase) -> str:
    """What stops this person, the stage with how many of its questions come, and how the must-ask questions stand."""
    coming, asked = to_ask(state), state.asked
    code = asked.why.code if asked else ""
    here = sum(1 for one in coming if _stage(one.why.code) == _stage(code))
    left = len(state.found.open_red_flags) - len(open_must_ask(state))
    more = " or more" if _stage(code) == EXPLORING else ""
    parts = [f"{_stage(code)}, {max(here, 1)}{more} to go"]
    if code != "must_ask" and left:
        parts.append(f"red flags, {left} to go")
    if open_must_ask(state):
        parts.append(f"{counted(len(open_must_ask(state)), 'red flag')} left open")
    return "; ".join([*_stop(state, kb), *parts])


def _stop(state: Dialogue, kb: KnowledgeBase) -> Iterator[str]:
    """What must not be forgotten while questions go on."""
    if state.found.urgency in STOPS:
        yield kb.wording.urgency[state.found.urgency].upper()
    if state.found.out_of_scope:
        yield "OUT OF SCOPE"


def _stage(code: str) -> str:
    return STAGES.get(code, EXPLORING)


def _already(finding: Finding, state: Dialogue) -> Iterator[str]:
    """What is told of this finding so far: the other side, the answer to be changed, or the items of a list."""
    told = [(side, answer) for (name, side), answer in state.case.answers.items() if name == finding.id]
    if told:
        yield f"  so far: {answers_text(finding, told)}"
    if state.folded.parts and draft(state):
        yield f"  now: {item_text(draft(state))}"


def _how_to_answer(finding: Finding, state: Dialogue) -> Iterator[str]:
    assert state.asked is not None
    if finding.answer.form == "list":
        yield from _how_to_list(finding, state)
        return
    yield f"  {_sides(state.asked)}{_values(finding)}{_example(finding, state.asked)}"
    if finding.details:
        yield f"  may add: {' '.join(f'{one.name}={_detail(one)}' for one in finding.details)}"


def _how_to_list(finding: Finding, state: Dialogue) -> Iterator[str]:
    part = part_asked(finding, state)
    if part.form == "text":
        ending = "; an empty line when there are no more; a number takes that one out" if state.folded.items else ""
        yield f"  {part.name} {len(state.folded.items) + 1}, in plain words{ending}"
    elif part.form == "number":
        others = [one for one in finding.details if one.form == "number" and one != part]
        yield f"  {part.name}: {_number(part.unit, part.low, part.high)}"
        yield f"  may add: {' '.join(f'{one.name}={_detail(one)}' for one in others)}"
    else:
        yield f"  {part.name}: {_or(detail_words(part))}"


def _sides(asked: Asked) -> str:
    if asked.sides == (NONE,):
        return ""
    return f"{' and '.join(asked.sides)}: "


def _values(finding: Finding) -> str:
    if finding.answer.form == "number":
        number = _number(finding.answer.unit, finding.answer.low, finding.answer.high)
        return number + (f"; or {_or(finding.words)}" if finding.words else "")
    return _or(finding.words) or "unknown"


def _example(finding: Finding, asked: Asked) -> str:
    if len(asked.sides) < 2:
        return ""
    if finding.answer.form == "yes_no":
        return "   (left yes right no; both no)"
    if finding.answer.form == "number":
        return "   (left N right N; N/N)"
    return f"   (both {finding.words[0]}; left {finding.words[-1]} right {finding.words[0]})" if finding.words else ""


def _number(unit: str, low: float, high: float) -> str:
    span = f", {low:g} to {high:g}" if max(abs(low), abs(high)) < WIDE else ""
    return f"a number{f' ({unit})' if unit else ''}{span}"


def _detail(detail: Detail) -> str:
    if detail.form == "number":
        return f"<{detail.unit or 'number'}>"
    return f"<{'|'.join(detail_words(detail)) or 'text'}>"


def _or(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)
