"""The commands that argue with a result: what-if, fragile; and what `why-not` adds about what would change it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from commands.session import Session, case_argument, common, inferred, leave, read_case_file, stop

if TYPE_CHECKING:
    from engine.case import Case
    from engine.infer import Reasoner
    from engine.questioning.changes import Change
    from engine.result import Inference
    from engine.statement import Statement
    from knowledge import KnowledgeBase

_PAUSE = re.compile(r"-[A-Za-z_]\w+(\..*)?")
_AWAY = "\x00"
"""Stands before such an argument while click reads the line; no argument can hold it."""


class ChangeCommand(click.Command):
    """Reads `-heel_rise.left` as an argument: one minus before a name sets an answer aside and is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hide the minus from the parser."""
        return super().parse_args(ctx, [f"{_AWAY}{one}" if _PAUSE.fullmatch(one) else one for one in args])


@click.command("what-if", cls=ChangeCommand)
@case_argument
@click.argument("changes", metavar="CHANGE...", nargs=-1, required=True)
@common
def what_if(session: Session, case_file: str, changes: tuple[str, ...]) -> None:
    """What would fall, stand and be new if some answers were other.

    A change is written finding=answer, finding.left=answer or finding.left.detail=answer; -finding.left sets an answer aside, as
    if it had not been asked.

    Example: backcause what-if CASE.yaml heel_rise.left=25
    """
    from engine.questioning.telling import difference_told
    from engine.questioning.what_if import what_if as suppose
    from reports.proofs import proof_text

    reasoner = session.reasoner()
    case = read_case_file(case_file, reasoner.kb)
    difference = suppose(case, _changes(changes, case, reasoner.kb), reasoner)
    click.echo(proof_text(difference_told(difference), case, reasoner.kb))
    leave(difference.before)


@click.command()
@case_argument
@click.option("--pairs", is_flag=True, help="Try every two answers together as well.")
@common
def fragile(session: Session, case_file: str, pairs: bool) -> None:
    """On which answers the result hangs: those that may be misread and would change it, and the test to repeat.

    Example: backcause fragile CASE.yaml
    """
    from engine.cohort.run import ArrayEvaluator
    from engine.questioning.fragile import fragile as weigh
    from engine.questioning.telling import fragile_told
    from reports.proofs import proof_text

    reasoner, case, found = inferred(session, case_file)
    weighed = weigh(case, ArrayEvaluator(reasoner.kb, reasoner.readers), pairs)
    click.echo(proof_text(fragile_told(weighed, case, reasoner.kb), case, reasoner.kb))
    leave(found)


def _changes(texts: tuple[str, ...], case: Case, base: KnowledgeBase) -> tuple[Change, ...]:
    from engine.questioning.change_reading import read_changes
    from knowledge import ProblemsFound

    try:
        return read_changes([one.removeprefix(_AWAY) for one in texts], case, base)
    except ProblemsFound as found:
        raise stop(found.problems) from None


def what_would_change(target: tuple[str, ...], case: Case, found: Inference, reasoner: Reasoner) -> Statement | None:
    """The repairs for a target that does not hold; nothing when it does, or when no answer can show it."""
    from engine.cohort.run import ArrayEvaluator
    from engine.questioning.goals import goal_of
    from engine.questioning.repairs import repairs
    from engine.questioning.telling_repairs import repairs_told

    goal = goal_of(target, found, reasoner.kb)
    if goal is None:
        return None
    evaluator = ArrayEvaluator(reasoner.kb, reasoner.readers)
    return repairs_told(repairs(goal, case, evaluator), case, found, evaluator)
