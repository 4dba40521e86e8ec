"""The commands that make papers for the visit: the exam sheet and the referral letter."""

from __future__ import annotations

from pathlib import Path

import click

from commands.handing_over import hand_over_view
from commands.session import FILE, Session, case_argument, common, inferred

MINUTES = click.FloatRange(min=0, min_open=True)


@click.command()
@case_argument
@common
@click.option("--minutes", type=MINUTES, metavar="N", help="Time for the tests; as strategy.yaml says when left out.")
@click.option("--format", "format_", type=click.Choice(["text", "md", "html", "pdf", "yaml"]), default="text", show_default=True)
@click.option("-o", "--output", type=FILE, help="Write to a file instead of the terminal.")
def exam(session: Session, case_file: str, minutes: float | None, format_: str, output: Path | None) -> None:
    """The next questions and tests on one page, in an order that spares the person, with room for the results.

    The format yaml is a list of the same findings to fill in and put under `answers` of the case file.

    Example: backcause exam CASE.yaml --minutes 15
    """
    from reports.exam import build_exam

    reasoner, case, found = inferred(session, case_file)
    hand_over_view(session, found, "exam", build_exam(found, case, reasoner.kb, reasoner, minutes), format_, output)


@click.command()
@case_argument
@common
@click.option("--to", metavar="WORDS", default="", help="Who gets it; the most urgent condition decides when left out.")
@click.option("--format", "format_", type=click.Choice(["text", "md", "html", "pdf"]), default="text", show_default=True)
@click.option("-o", "--output", type=FILE, help="Write to a file instead of the terminal.")
def letter(session: Session, case_file: str, to: str, format_: str, output: Path | None) -> None:
    """A letter to the doctor who takes over: urgency and what is asked for first, findings, true negatives, and what was not asked.

    Without a red flag it is a letter for information. Names, date and signature are added by hand.

    Example: backcause letter CASE.yaml --format md
    """
    from reports.letter import build_letter

    reasoner, case, found = inferred(session, case_file)
    hand_over_view(session, found, "letter", build_letter(found, case, reasoner.kb, to), format_, output)
