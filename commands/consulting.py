"""The interview in the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from commands.session import FILE, Session, common, read_case_file


@click.command()
@common
@click.option("-o", "--output", type=FILE, default=Path("case.yaml"), show_default=True, help="Where 'save' writes the case.")
@click.option("--from", "start", type=FILE, help="Go on with the answers of this case.")
def consult(session: Session, output: Path, start: Path | None) -> None:
    """An interview in the terminal: complaint, red flags, then what the live explanations need.

    Answer with a word or number; 'why' tells why this is asked, 'back' takes the last answer back, 'unknown' says that nobody
    knows, 'skip' leaves it, 'report' shows where things stand, 'save' writes the case, 'quit' ends.

    Example: backcause consult -o case.yaml
    """
    from consult.terminal import run_consult

    reasoner = session.reasoner()
    case = read_case_file(str(start), reasoner.kb) if start else None
    sys.exit(run_consult(reasoner, case, output, sys.stdin, sys.stdout))
