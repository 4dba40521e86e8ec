"""What `backcause cohort report` does, whatever reads its table: sum results with known causes, and tell how well these were found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import click

from commands.session import Session, write

Batch = Mapping[str, Sequence[object]]
"""Result columns by name, and the columns of the truth."""
Read = Callable[[Sequence[str]], Iterable[Batch]]
"""Reads these columns of a result, a batch at a time."""
FORMATS = {".html": "html", ".htm": "html", ".txt": "text"}


def report_results(session: Session, names: Iterable[str], read: Read, page: Path | None, form: str | None) -> None:
    """Sum what is read of a result with these columns and write the page, or print it when there is none.

    `form` is text, html or None: then the end of the page's name decides. Ends the command when a column is missing.
    """
    from engine.cohort.summary import NEEDED, Summary
    from reports.cohort_page import cohort_page

    there = set(names)
    if missing := [name for name in NEEDED if name not in there]:
        hint = "make the people with 'backcause cohort simulate' and their results with 'backcause cohort run'"
        raise click.ClickException(f"these columns are missing: {', '.join(missing)}; {hint}")
    summary = Summary()
    for batch in read(NEEDED):
        summary.add(batch)
    told = cohort_page(summary, session.kb(), form or (FORMATS.get(page.suffix.lower(), "text") if page else "text"))
    if page is None:
        click.echo(told.rstrip("\n"))
    else:
        write(page, told)
