"""A plan as a calendar file (RFC 5545); icalendar is hidden here.

Nothing about the person goes in but the words of the own activities: no case code, no diagnosis, no driver.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from engine.planned import Plan
from engine.planning.calendar import Entry, calendar
from knowledge.model import KnowledgeBase
from reports.escaping import plain
from reports.phrases import say

PRODUCT = "-//backcause//plan//EN"


class MissingCalendar(Exception):  # noqa: N818 - it names what to install; "Error" would name a fault of the program
    """The library is absent. `str()` is one sentence that says how to install it."""

    def __str__(self) -> str:
        return "writing a calendar needs the extra 'calendar': pip install 'backcause[calendar]'"


def ics(plan: Plan, kb: KnowledgeBase, case_id: str, first: date) -> bytes:
    """The calendar of a plan from its first day on. The same case, plan and day give the same bytes."""
    try:
        from icalendar import Calendar, Event
    except ModuleNotFoundError:
        raise MissingCalendar from None
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    for one in calendar(plan, kb, first):
        event = Event()
        event.add("uid", _uid(case_id, one))
        event.add("dtstamp", datetime(first.year, first.month, first.day, tzinfo=UTC))
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", _summary(one))
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())


def _summary(one: Entry) -> str:
    return say(f"ics_{one.kind}", about=plain(one.about[0]) if one.kind == "exposure" else "")


def _uid(case_id: str, one: Entry) -> str:
    content = "\0".join((case_id, one.day.isoformat(), one.kind, *one.about))
    return f"{sha256(content.encode()).hexdigest()[:32]}@backcause"
