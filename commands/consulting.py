"""The interview in the terminal."""

from __future__ import annotations

import sys
from math import isfinite
from pathlib import Path

import click

from commands.session import FILE, Session, common, read_case_file


@click.command()
@common
@click.option("-o", "--output", type=FILE, default=Path("case.yaml"), show_default=True, help="Where 'save' writes the case.")
@click.option("--from", "start", type=FILE, help="Go on with the answers of this case.")
@click.option(
    "--minutes", type=click.FloatRange(min=0), help="Stop when no question fits in so many clinician-minutes; red flags are always asked.",
)
def consult(session: Session, output: Path, start: Path | None, minutes: float | None) -> None:
    """An interview in the terminal: complaint, red flags, history, then what tells most a minute, until nothing would change.

    Answer with a word or number; 'why' tells why this is asked, 'back' takes the last answer back, 'unknown' says that nobody
    knows, 'skip' leaves it, 'more' goes on when it was enough, 'report' shows where things stand, 'save' writes the case, 'quit' ends.

    Example: backcause consult -o case.yaml
    """
    from consult.terminal import run_consult

    if minutes is not None and not isfinite(minutes):
        raise click.BadParameter("write a number of minutes, such as 30", param_hint="--minutes")
    reasoner = session.reasoner()
    case = read_case_file(str(start), reasoner.kb) if start else None
    sys.exit(run_consult(reasoner, case, output, sys.stdin, sys.stdout, minutes))
