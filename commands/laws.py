"""The command that tries the laws of every knowledge base on one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.session import FILE, PROBLEMS, Session, common, read_case_file

if TYPE_CHECKING:
    from engine.case import Case
    from knowledge import KnowledgeBase
    from knowledge.model import Rule

PEOPLE, EVERY = 40, 10
"""How many random people are tried unless said otherwise, and after how many cases progress is told."""


@click.command()
@common
@click.argument("folders", metavar="[DIR...]", nargs=-1, type=FILE)
@click.option("--people", type=click.IntRange(0), default=PEOPLE, show_default=True, help="How many random people are tried besides.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Other people with another number.")
def laws(session: Session, folders: tuple[Path, ...], people: int, seed: int) -> None:
    """Try the laws that every knowledge base must obey, and name the smallest case that breaks one.

    They are tried on the shipped cases, the cases of added knowledge, one person for each added rule, and random people, who answer as
    the examples beside the rules do. Reports on the cases are made at every claim level, and their verbs held against it. Takes about
    half a minute. Exit 1 when a law is broken.

    Example: backcause kb laws --people 20
    """
    from consult.case_writing import case_text
    from engine.laws import LAWS, People, random_people, try_laws
    from reports.claim_check import fixed_words, overclaims
    from reports.laws_text import laws_text, wording_text

    ready = Session([*session.packs, *folders], session.quiet)
    reasoner = ready.reasoner()
    made = People(reasoner.kb)
    added = _added_rules(reasoner.kb)
    shipped = list(shipped_cases(ready, reasoner.kb))
    cases = [*shipped, *random_people(made, people + len(added), seed, added)]
    verdicts = try_laws(LAWS, reasoner, cases, made, seed, _progress(ready, len(cases)))
    ready.say(f"the words of the reports on {len(shipped)} cases")
    too_much = [*fixed_words(reasoner.kb), *(one for case in shipped for one in overclaims(reasoner.infer(case), case, reasoner.kb))]
    click.echo(wording_text(too_much, len(shipped)))
    click.echo(laws_text(verdicts, case_text))
    if too_much or not all(one.held for one in verdicts):
        raise SystemExit(PROBLEMS)


def shipped_cases(session: Session, base: KnowledgeBase) -> Iterator[Case]:
    """The cases of the shipped knowledge and of every added pack."""
    from engine.case_files import case_files
    from knowledge.pack_files import base_folder

    yield from (read_case_file(str(path), base) for path in case_files([base_folder(), *session.packs]))


def _added_rules(base: KnowledgeBase) -> list[Rule]:
    from knowledge.pack_files import SHIPPED

    return [rule for rule in base.rules if rule.fires and not rule.place.file.startswith(f"{SHIPPED}/")]


def _progress(session: Session, cases: int) -> Callable[[int], None]:
    def tell(done: int) -> None:
        if done % EVERY == 0 or done == cases:
            session.say(f"{done} of {cases} cases")

    return tell
