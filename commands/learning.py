"""The command to learn from a case: predict, then reveal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from commands.session import Session, case_argument, common, read_case_file

if TYPE_CHECKING:
    from consult.learning import Learning, Topic
    from engine.infer import Reasoner


@click.command()
@case_argument
@common
def learn(session: Session, case_file: str) -> None:
    """A case part by part: predict what must be checked, what to test, what leads; then see what the program concludes, and why.

    Answer with the number of a choice; 'skip' leaves one, 'back' takes one back, 'show' repeats what is known, 'quit' ends.

    Example: backcause learn CASE.yaml
    """
    from consult.learning_terminal import run_lesson

    if case_file == "-":
        raise click.UsageError("standard input is where predictions come from: name the case as a file")
    reasoner = session.reasoner()
    case = read_case_file(case_file, reasoner.kb)
    sys.exit(run_lesson(reasoner, case, _teller(reasoner), sys.stdin, sys.stdout))


def _teller(reasoner: Reasoner) -> Callable[[Topic, Learning], str]:
    """Writes what a lesson asks for, by its topic, from the reports."""
    from engine.arguing.hypothesis import argue
    from engine.arguing.variants import Variants
    from engine.explain import how
    from reports.arguing.hypothesis import hypothesis_text
    from reports.proofs import proof_text
    from reports.verdict import verdict_text

    def tell(topic: Topic, state: Learning) -> str:
        case, found, kb = state.lesson.case, state.lesson.found, reasoner.kb
        if topic.node is None:
            return verdict_text(found, case, kb)
        if topic.what == "how":
            return proof_text(how(topic.node, found, kb), case, kb)
        return hypothesis_text(argue(topic.node, found, case, Variants(reasoner.readers)), found, case, kb)

    return tell
