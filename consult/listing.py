"""Own activities, asked one at a time: what it is, what kind of movement, and how well it goes today.

The order follows the details of the finding: its text, its words, then its number with whatever else may be added.
"""

from __future__ import annotations

from types import MappingProxyType

from consult.events import LISTED, Event, Item
from consult.line_reading import HERE, Scalar, read_detail, read_list_number
from consult.recording import Recorded, checked
from consult.state import Dialogue
from engine.case import Answer
from knowledge.model import Detail, Finding, KnowledgeBase
from knowledge.problems import Problem
from knowledge.sides import NONE


def part_asked(finding: Finding, state: Dialogue) -> Detail:
    """The part of the item that is asked now."""
    return _parts(finding)[len(state.folded.parts)]


def list_events(line: str, finding: Finding, state: Dialogue, kb: KnowledgeBase) -> Recorded:
    """What a line adds to a list; a number takes that item out, an empty line ends the list once something is listed."""
    if not line:
        return _finished(finding, state)
    if not state.folded.parts and line in map(str, range(1, len(state.folded.items) + 1)):
        return (_without(int(line), finding, state),), ()
    problems: list[Problem] = []
    item = _read_part(line, finding, state, problems)
    answers = checked([item], finding, kb, problems)
    if problems:
        return (), tuple(dict.fromkeys(problems))
    return (_with_part(answers[finding.id, NONE].items[0], finding, state),), ()


def _without(number: int, finding: Finding, state: Dialogue) -> Event:
    items = tuple(one for index, one in enumerate(state.folded.items, start=1) if index != number)
    return Event(state.turn, "answered", finding.id, NONE, Answer(LISTED, {}, HERE, items))


def skipped_part(finding: Finding, state: Dialogue) -> Event:
    """Skip leaves out a part of an item; before an item it ends the list, or leaves the question when nothing is listed."""
    if state.folded.parts:
        return _with_part(MappingProxyType({}), finding, state)
    return Event(state.turn, "finished" if _something(finding, state) else "skipped", finding.id)


def drafted(finding: Finding, state: Dialogue) -> Event:
    """The item that is being asked, taken as it is."""
    return Event(state.turn, "answered", finding.id, NONE, Answer(LISTED, {}, HERE, (*state.folded.items, draft(state))))


def draft(state: Dialogue) -> Item:
    """What is told so far of the item that is being asked."""
    return _merged(state.folded.parts)


def _read_part(line: str, finding: Finding, state: Dialogue, problems: list[Problem]) -> dict[str, Scalar]:
    detail = part_asked(finding, state)
    if detail.form == "number":
        return read_list_number(line, detail, finding, problems)
    return {detail.name: read_detail(detail.name, line.replace('"', ""), finding, problems)}


def _with_part(part: Item, finding: Finding, state: Dialogue) -> Event:
    parts = (*state.folded.parts, part)
    if len(parts) < len(_parts(finding)):
        return Event(state.turn, "part", finding.id, NONE, Answer(LISTED, part, HERE))
    return Event(state.turn, "answered", finding.id, NONE, Answer(LISTED, {}, HERE, (*state.folded.items, _merged(parts))))


def _finished(finding: Finding, state: Dialogue) -> Recorded:
    if state.folded.parts or not _something(finding, state):
        name = part_asked(finding, state).name
        return (), (Problem(HERE, "CS105", f"nothing was written for '{name}'", "'skip' leaves it out"),)
    return (Event(state.turn, "finished", finding.id),), ()


def _something(finding: Finding, state: Dialogue) -> bool:
    """Whether something is listed: now, or before the list is asked again."""
    return bool(state.folded.items or state.case.answer(finding.id))


def _merged(parts: tuple[Item, ...]) -> Item:
    return MappingProxyType({name: value for part in parts for name, value in part.items()})


def _parts(finding: Finding) -> tuple[Detail, ...]:
    """One text, one choice of words, one number: the first of each that the finding has."""
    of_form = {detail.form: detail for detail in reversed(finding.details)}
    return tuple(of_form[form] for form in ("text", "words", "yes_no", "number") if form in of_form)
