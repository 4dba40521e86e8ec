"""The commands for knowledge authors: check and test, and the group they and `laws` stand under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from commands.laws import laws
from commands.session import FILE, PROBLEMS, Session, common, read_case_file, stop


@click.group()
def kb() -> None:
    """Check, test and look at the knowledge.

    Example: backcause kb check
    """


@kb.command()
@common
@click.argument("folders", metavar="[DIR...]", nargs=-1, type=FILE)
@click.option("--notes", is_flag=True, help="List every note instead of counting them.")
def check(session: Session, folders: tuple[Path, ...], notes: bool) -> None:
    """Every mistake in the knowledge at once, with file, line and column: in its form, in its examples, and in what it says.

    A problem must be mended. A note may well be meant so: a link that no case tries, a word that can frighten.

    Example: backcause kb check
    """
    from engine.coverage import check_content_of
    from engine.infer import Reasoner
    from knowledge import load_with_problems
    from reports.scoreboard import counts_text

    base, problems = load_with_problems([*session.packs, *folders])
    if problems or base is None:
        raise stop(problems)
    told = check_content_of(Reasoner(base), [read_case_file(str(path), base) for path in _all_cases([*session.packs, *folders])])
    if told.problems:
        raise stop(told.problems)
    for note in told.notes if notes else ():
        click.echo(str(note))
    click.echo(counts_text(base, told.notes))


@kb.command()
@common
@click.argument("cases", metavar="[CASE...]", nargs=-1, type=FILE)
@click.option("--md", is_flag=True, help="Print the scoreboard as a page in Markdown.")
def test(session: Session, cases: tuple[Path, ...], md: bool) -> None:
    """Run cases, each block of later answers too, and print a scoreboard that names every disagreement.

    Without CASE every shipped case and every case of added knowledge is run. Exit 1 when one of our own cases disagrees; published
    cases are counted and named, for agreement with them is not proof. Why a case disagrees stands in cases/disagreements.yaml.

    Example: backcause kb test
    """
    from engine.cases import run_cases
    from reports.scoreboard import scoreboard_text
    from reports.scoreboard_page import scoreboard_page

    reasoner = session.reasoner()
    read = [read_case_file(str(path), reasoner.kb) for path in (cases or _all_cases(session.packs))]
    marks = run_cases(read, reasoner)
    published = frozenset(case.id for case in read if case.source)
    told = (scoreboard_page if md else scoreboard_text)(marks, published, _explained(session.packs))
    click.echo(told.rstrip("\n"))
    if any(not mark.agrees and mark.case not in published for mark in marks):
        raise SystemExit(PROBLEMS)


kb.add_command(laws)


def _all_cases(packs: Sequence[Path]) -> list[Path]:
    from engine.case_files import case_files
    from knowledge.pack_files import base_folder

    return case_files([base_folder(), *packs])


def _explained(packs: Sequence[Path]) -> Mapping[str, str]:
    from engine.case_files import explained
    from knowledge import ProblemsFound
    from knowledge.pack_files import base_folder

    try:
        return explained([base_folder(), *packs])
    except ProblemsFound as found:
        raise stop(found.problems) from None
