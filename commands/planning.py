"""The plan of one case by itself: ladders, programmes, schedule, calendar file, and what comes after a session."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.session import FILE, Session, case_argument, common, inferred, leave, write

if TYPE_CHECKING:
    from engine.case import Case
    from engine.result import Inference
    from knowledge import KnowledgeBase
    from reports.plan_page import After


@click.command()
@case_argument
@common
@click.option("--format", "format_", type=click.Choice(["text", "md", "html", "json"]), default="text", show_default=True)
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="The first day; dates are told from it.")
@click.option("--ics", "calendar_file", type=FILE, metavar="FILE", help="Write a calendar file as well; needs --start.")
@click.option("--after", "sessions", multiple=True, metavar="NOTES", help="What was noted of a session; once for each.")
@click.option("-o", "--output", type=FILE, help="Write to a file instead of the terminal.")
def plan(
    session: Session, case_file: str, format_: str, start: datetime | None, calendar_file: Path | None, sessions: tuple[str, ...],
    output: Path | None,
) -> None:
    """The way back to the person's own activities: where to start today, each step, the programme beside it, and when.

    After a session, ask what comes next: --after rung=3,pain=4,settled=yes,next_day=yes,fear=20,confidence=8,smooth=yes. Left out is not
    noted, and what was not noted moves nobody up. Also: small=2, half=yes, flare=yes, spreading=yes, signs=yes, day=9,
    task=2.

    Example: backcause plan CASE.yaml --start 2026-11-02
    """
    from reports.plan_page import render_plan

    if calendar_file and not start:
        raise click.UsageError("--ics needs the first day: add --start YYYY-MM-DD")
    after = _after(sessions)
    reasoner, case, found = inferred(session, case_file)
    first = start.date() if start else None
    try:
        text = render_plan(found, case, reasoner.kb, format_, first, after)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--after") from None
    if calendar_file and first:
        _write_calendar(calendar_file, found, case, reasoner.kb, first)
        session.say(f"calendar: {calendar_file}")
    if output:
        write(output, text)
        session.say(f"plan: {output}")
    else:
        click.echo(text.rstrip("\n"))
    leave(found)


def _after(sessions: tuple[str, ...]) -> After | None:
    from reports.plan_page import after_sessions

    try:
        return after_sessions(sessions)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--after") from None


def _write_calendar(path: Path, found: Inference, case: Case, base: KnowledgeBase, first: date) -> None:
    from reports.ics import MissingCalendar, ics

    try:
        content = ics(found.plan, base, case.id, first)
    except MissingCalendar as missing:
        raise click.ClickException(str(missing)) from None
    try:
        path.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror or error}") from None
