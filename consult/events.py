"""What happened in a consult, as a list of events that is only ever added to; the case is their fold.

`back` is replay: the events of the last turn are left out and the rest is folded again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from types import MappingProxyType

from engine.case import Answer, Case, Key, Value
from knowledge.sides import BODY, NONE, UNSTATED

LISTED = "listed"
"""The value of an answer that is a list; its items stand beside it."""
Item = Mapping[str, Value]
"""One activity of a list, or a part of it that is still being asked."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was said; what one line said shares its `turn`.

    `what` is answered, unknown, skipped, asked (a finding is to be asked again), part (of an item of a list),
    finished (nothing more to list) or more (go on though it was enough).
    """

    turn: int
    what: str
    finding: str
    side: str = NONE
    value: Answer | None = None


@dataclass(frozen=True, slots=True)
class Folded:
    """What the events come to: the case, what was left alone, and the question that is in the middle of being asked."""

    case: Case
    skipped: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    again: str = ""
    listing: str = ""
    items: tuple[Item, ...] = ()
    parts: tuple[Item, ...] = ()
    more: bool = False


def fold(start: Case, events: Iterable[Event]) -> Folded:
    """The consult after these events, beginning with the answers of `start`."""
    return reduce(_after, events, Folded(start))


def without_last_turn(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events with all of the last line taken back."""
    return tuple(event for event in events if event.turn != events[-1].turn)


def _after(folded: Folded, event: Event) -> Folded:
    match event.what:
        case "answered" | "unknown":
            return _answered(folded, event)
        case "skipped":
            return replace(_closed(folded), skipped=folded.skipped | {event.finding})
        case "asked":
            return _asked_again(folded, event.finding)
        case "more":
            return replace(_closed(folded), more=True)
        case "part":
            part = event.value.details if event.value else {}
            return replace(folded, listing=event.finding, parts=(*folded.parts, part))
        case _:
            return _closed(folded)


def _asked_again(folded: Folded, finding: str) -> Folded:
    """The question is open again; a list that is asked again is gone on with."""
    answer = folded.case.answer(finding)
    begun = replace(_closed(folded), again=finding, items=answer.items if answer else ())
    return replace(begun, skipped=folded.skipped - {finding}, unknown=folded.unknown - {finding})


def _answered(folded: Folded, event: Event) -> Folded:
    assert event.value is not None
    case = _with_answer(folded.case, (event.finding, event.side), event.value)
    unknown = folded.unknown | {event.finding} if event.what == "unknown" else folded.unknown - {event.finding}
    after = replace(_closed(folded), case=case, skipped=folded.skipped - {event.finding}, unknown=unknown)
    return replace(after, listing=event.finding, items=event.value.items) if event.value.value == LISTED else after


def _closed(folded: Folded) -> Folded:
    return replace(folded, again="", listing="", items=(), parts=())


def _with_answer(case: Case, key: Key, answer: Answer) -> Case:
    """A stated side takes the place of an unstated one, and the other way round."""
    finding, side = key
    others = BODY if side == UNSTATED else (UNSTATED,) if side in BODY else ()
    kept = {k: a for k, a in case.answers.items() if k not in [(finding, other) for other in others]}
    return replace(case, answers=MappingProxyType({**kept, key: answer}))
