"""The commands that reason about one case: demo, diagnose, how, why-not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.handing_over import hand_over
from commands.session import FILE, Session, case_argument, common, inferred, leave, read_case_file, write

if TYPE_CHECKING:
    from engine.case import Case
    from engine.result import Inference
    from knowledge import KnowledgeBase

AUDIENCES = ("clinician", "patient", "trainee")
"""As in reports.documents, which takes time to load."""
DEMO_CASE, DEMO_REPORT = "article-ankle", "report.html"


@click.command()
@common
@click.option("-o", "--output", type=FILE, default=Path(DEMO_REPORT), show_default=True, help="Where the report goes.")
def demo(session: Session, output: Path) -> None:
    """The source article's patient, end to end: writes a report and says in short what it says.

    Example: backcause demo
    """
    from reports import render
    from reports.brief import brief

    reasoner = session.reasoner()
    case = _shipped_case(DEMO_CASE, reasoner.kb)
    found = reasoner.infer(case)
    write(output, render(found, case, reasoner.kb, "html", reasoner=reasoner))
    click.echo(brief(found, reasoner.kb))
    click.echo(f"as a PDF: backcause diagnose {_case_path(DEMO_CASE)} --format pdf -o report.pdf (extra 'pdf')")
    click.echo(f"report: {output.resolve()}")


@click.command()
@case_argument
@common
@click.option("--format", "format_", type=click.Choice(["text", "md", "html", "json", "pdf"]), default="text", show_default=True)
@click.option("--for", "audience", type=click.Choice(AUDIENCES), default="clinician", show_default=True, help="Who reads the report.")
@click.option("--large-print", is_flag=True, help="For the patient: letters of 18 points, on more pages.")
@click.option("-o", "--output", type=FILE, help="Write to a file instead of the terminal.")
def diagnose(session: Session, case_file: str, format_: str, audience: str, large_print: bool, output: Path | None) -> None:
    """Reason about a case and print the report; a PDF goes to a file.

    Example: backcause diagnose CASE.yaml --format md
    """
    reasoner, case, found = inferred(session, case_file)
    hand_over(session, reasoner, case, found, audience, format_, output, large_print)


@click.command()
@case_argument
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@common
def how(session: Session, case_file: str, targets: tuple[str, ...]) -> None:
    """How a conclusion came about, down to the answers and sources.

    Example: backcause how CASE.yaml calf_weakness.left
    """
    from engine.explain import how as proof
    from reports.proofs import proof_text

    reasoner, case, found = inferred(session, case_file)
    for target in _targets(targets, reasoner.kb, found):
        if target[0] == "rule":
            raise click.BadParameter(f"{target[1]} is a rule; name a conclusion, or use 'why-not' for a rule", param_hint="TARGET")
        click.echo(proof_text(proof((target[1], target[2]), found, reasoner.kb), case, reasoner.kb))
    leave(found)


@click.command("why-not")
@case_argument
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@common
def why_not(session: Session, case_file: str, targets: tuple[str, ...]) -> None:
    """Why a conclusion does not hold or a rule did not fire: the failing condition with the value seen, and what would change it.

    Example: backcause why-not CASE.yaml s1_radiculopathy.left
    """
    from commands.questioning import what_would_change
    from engine.explain import why_not as proof
    from reports.proofs import proof_text

    reasoner, case, found = inferred(session, case_file)
    for target in _targets(targets, reasoner.kb, found):
        repairs = what_would_change(target, case, found, reasoner)
        click.echo(proof_text(proof(target, found, reasoner.kb, repairs), case, reasoner.kb))
    leave(found)


def _shipped_case(name: str, base: KnowledgeBase) -> Case:
    return read_case_file(str(_case_path(name)), base)


def _case_path(name: str) -> Path:
    from knowledge.pack_files import base_folder

    return base_folder() / "cases" / f"{name}.yaml"


def _targets(names: Sequence[str], base: KnowledgeBase, found: Inference) -> list[tuple[str, ...]]:
    from engine.explain import parse_target
    from knowledge.problems import did_you_mean

    out = []
    for name in names:
        target = parse_target(name, base, found)
        if target is None:
            hint = did_you_mean(name.partition(".")[0], [*base.conclusions, *(rule.id for rule in base.rules)])
            raise click.BadParameter(f"'{name}' is no conclusion and no rule. {hint}".strip(), param_hint="TARGET")
        out.append(target)
    return out
