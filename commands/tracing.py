"""The command that shows how a case was reasoned about: trace."""

from __future__ import annotations

from pathlib import Path

import click

from commands.session import FILE, Session, case_argument, common, inferred, leave, write

FORMATS = ("text", "md", "html", "json")


@click.command()
@case_argument
@common
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=FILE, help="Write to a file instead of the terminal.")
@click.option("--html", "page", metavar="FILE", type=FILE, help="The same as --format html -o FILE.")
def trace(session: Session, case_file: str, format_: str, output: Path | None, page: Path | None) -> None:
    """Every step of the reasoning, in the order it happened; json is the whole of it for other programs (backcause.trace/1).

    Example: backcause trace CASE.yaml --format json -o trace.json
    """
    from reports.traces import render_trace

    if page and (output or format_ not in ("text", "html")):
        raise click.UsageError("--html FILE is a format and a file in one: leave --format and -o away")
    reasoner, case, found = inferred(session, case_file)
    text, file = render_trace(found, case, reasoner.kb, "html" if page else format_), page or output
    if file:
        write(file, text)
        session.say(f"trace: {file}")
    else:
        click.echo(text.rstrip("\n"))
    leave(found)
