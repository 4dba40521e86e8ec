"""When what happens, as lines: days of the week, weeks, and dates where the first day is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engine.planning.calendar import WEEK, Entry, calendar
from reports.parts.asking import titles
from reports.parts.dossier import Dossier
from reports.phrases import say

ANY_MONDAY = date(2001, 1, 1)
"""Days are counted from here while the first day is not known; no date of it is ever told."""


def schedule(dossier: Dossier, first: date | None) -> tuple[str, ...]:
    """A line for each activity and programme, and for each day on which tests are repeated or the plan is questioned."""
    start = first or ANY_MONDAY
    entries = calendar(dossier.inference.plan, dossier.kb, start)
    return tuple(_lines(entries, start, first is not None, dossier))


def _lines(entries: tuple[Entry, ...], start: date, dated: bool, dossier: Dossier) -> Iterator[str]:
    for kind, about in dict.fromkeys((one.kind, one.about) for one in entries):
        days = [(one.day - start).days for one in entries if (one.kind, one.about) == (kind, about)]
        if kind in ("exposure", "programme"):
            weekly = [day + 1 for day in days if day < WEEK]
            name = about[0] if kind == "exposure" else dossier.names.conclusion(about[0])
            yield say(f"every_week_{kind}", about=name, count=len(weekly), days=weekly, weeks=max(days) // WEEK + 1)
        else:
            dates = [(start + timedelta(days=day)).isoformat() for day in days] if dated else []
            weeks = [day // WEEK for day in days]
            yield say(f"on_days_{kind}", tests=titles(about, dossier), weeks=weeks, dates=dates, says=_says(kind, dossier))


def _says(kind: str, dossier: Dossier) -> str:
    planned = dossier.kb.demands.schedule
    return getattr(planned, f"{kind}_says", "") if planned else ""
