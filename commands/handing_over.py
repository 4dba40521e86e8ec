"""How a document on a case leaves a command: to the terminal or to a file, as text or as PDF, with the exit code of the result."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.session import Session, leave, write, write_bytes

if TYPE_CHECKING:
    from engine.case import Case
    from engine.result import Inference
    from knowledge import KnowledgeBase


def hand_over(
    session: Session, kb: KnowledgeBase, case: Case, found: Inference, audience: str, format_: str, output: Path | None,
    large_print: bool = False,
) -> None:
    """Make the document of an audience, write or print it, and end the command."""
    if format_ == "pdf":
        _pdf(session, kb, case, found, audience, output, large_print)
    else:
        _text(session, kb, case, found, audience, format_, output, large_print)
    leave(found)


def hand_over_view(session: Session, found: Inference, stem: str, view: object, format_: str, output: Path | None) -> None:
    """Write or print a document whose view is made already, and end the command."""
    from reports.formats import fill, fill_pdf
    from reports.typesetting import NoTypesetterError

    if format_ == "pdf" and output is None and sys.stdout.isatty():
        raise click.UsageError("a PDF is no text for a terminal: name a file with -o")
    try:
        made = fill_pdf(stem, view) if format_ == "pdf" else fill(format_, stem, view)
    except NoTypesetterError as error:
        raise click.ClickException(str(error)) from None
    _put(session, made, stem, output)
    leave(found)


def _put(session: Session, made: str | bytes, called: str, output: Path | None) -> None:
    if output:
        write_bytes(output, made.encode("utf-8") if isinstance(made, str) else made)
        session.say(f"{called}: {output}")
    else:
        click.echo(made.rstrip("\n") if isinstance(made, str) else made, nl=isinstance(made, str))


def _text(
    session: Session, kb: KnowledgeBase, case: Case, found: Inference, audience: str, format_: str, output: Path | None, large_print: bool,
) -> None:
    from reports import render

    try:
        text = render(found, case, kb, format_, audience, large_print)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if output:
        write(output, text)
        session.say(f"report: {output}")
    else:
        click.echo(text.rstrip("\n"))


def _pdf(
    session: Session, kb: KnowledgeBase, case: Case, found: Inference, audience: str, output: Path | None, large_print: bool,
) -> None:
    from reports import NoTypesetterError, render_pdf

    if output is None and sys.stdout.isatty():
        raise click.UsageError("a PDF is no text for a terminal: name a file with -o")
    try:
        made = render_pdf(found, case, kb, audience, large_print)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except NoTypesetterError as error:
        raise click.ClickException(str(error)) from None
    if output:
        write_bytes(output, made)
        session.say(f"report: {output}")
    else:
        click.echo(made, nl=False)
