"""How a document on a case leaves a command: to the terminal or to a file, as text or as PDF, with the exit code of the result."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.session import Session, leave, write_bytes

if TYPE_CHECKING:
    from engine.case import Case
    from engine.infer import Reasoner
    from engine.result import Inference


def hand_over(
    session: Session, reasoner: Reasoner, case: Case, found: Inference, audience: str, format_: str, output: Path | None,
    large_print: bool = False,
) -> None:
    """Make the document of an audience, write or print it, and end the command."""
    from reports import render, render_pdf

    def made() -> str | bytes:
        if format_ == "pdf":
            return render_pdf(found, case, reasoner.kb, audience, reasoner, large_print)
        return render(found, case, reasoner.kb, format_, audience, reasoner, large_print)

    _make(session, made, "report", format_, output)
    leave(found)


def hand_over_view(session: Session, found: Inference, stem: str, view: object, format_: str, output: Path | None) -> None:
    """Write or print a document whose view is made already, and end the command."""
    from reports.formats import fill, fill_pdf

    _make(session, lambda: fill_pdf(stem, view) if format_ == "pdf" else fill(format_, stem, view), stem, format_, output)
    leave(found)


def _make(session: Session, made: Callable[[], str | bytes], called: str, format_: str, output: Path | None) -> None:
    from reports.typesetting import NoTypesetterError

    if format_ == "pdf" and output is None and sys.stdout.isatty():
        raise click.UsageError("a PDF is no text for a terminal: name a file with -o")
    try:
        _put(session, made(), called, output)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except NoTypesetterError as error:
        raise click.ClickException(str(error)) from None


def _put(session: Session, made: str | bytes, called: str, output: Path | None) -> None:
    if output:
        write_bytes(output, made.encode("utf-8") if isinstance(made, str) else made)
        session.say(f"{called}: {output}")
    else:
        click.echo(made.rstrip("\n") if isinstance(made, str) else made, nl=isinstance(made, str))
