"""The command line: arguments, files, colour and exit codes; everything else is done in the rooms.

Exit codes: 0 done, 1 problems in knowledge or case (all listed), 2 usage, 3 emergency or urgent referral (the report is
still printed). Standard output carries the report and nothing else; problems and progress go to standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from engine.case import Case
    from engine.infer import Reasoner
    from engine.result import Inference
    from knowledge import KnowledgeBase, Problem

PROBLEMS, REFERRAL = 1, 3
DEMO_CASE, DEMO_REPORT = "article-ankle", "report.html"
FILE = click.Path(path_type=Path)
F = TypeVar("F", bound=Callable[..., Any])


class _Session:
    """What every command shares: where the knowledge is, and how much is said."""

    def __init__(self, packs: Sequence[Path], quiet: bool) -> None:
        self.packs, self.quiet = packs, quiet

    def kb(self) -> KnowledgeBase:
        from knowledge import ProblemsFound, load

        try:
            return load(self.packs)
        except ProblemsFound as found:
            raise _stop(found.problems) from None

    def reasoner(self) -> Reasoner:
        from engine.infer import Reasoner

        return Reasoner(self.kb())

    def say(self, text: str) -> None:
        if not self.quiet:
            click.echo(text, err=True)


def _stop(problems: Iterable[Problem]) -> SystemExit:
    listed = list(problems)
    for problem in listed:
        click.echo(str(problem), err=True)
    click.echo(f"{len(listed)} problem{'s' if len(listed) != 1 else ''}", err=True)
    return SystemExit(PROBLEMS)


def common(command: F) -> F:
    """Add the options every command has, and hand the command a session."""
    def run(*args: Any, knowledge: tuple[Path, ...], quiet: bool, **kwargs: Any) -> Any:
        return command(_Session(knowledge, quiet), *args, **kwargs)

    wrapped: Any = update_wrapper(run, command)
    wrapped = click.option("--quiet", is_flag=True, help="Say nothing but the report and problems.")(wrapped)
    help_ = "Add a folder of knowledge, or override units of the shipped one. May be given more than once."
    return click.option("--knowledge", metavar="DIR", type=FILE, multiple=True, help=help_)(wrapped)  # type: ignore[no-any-return]  # click keeps the type


def case_argument(command: F) -> F:
    """The case file; `-` reads standard input."""
    return click.argument("case_file", metavar="CASE")(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, no_args_is_help=True)
@click.version_option(package_name="backcause", prog_name="backcause")
def main() -> None:
    """Find the true cause of back pain: follow compensation chains, screen red flags first, show every step.

    Decision support for physiotherapists. Not for people under 16, in pregnancy, or within 12 weeks of spinal surgery.

    Example: backcause demo
    """


@main.command()
@common
@click.option("-o", "--output", type=FILE, default=Path(DEMO_REPORT), show_default=True, help="Where the report goes.")
def demo(session: _Session, output: Path) -> None:
    """The source article's patient, end to end: writes a report and says in short what it says.

    Example: backcause demo
    """
    from reports import render
    from reports.brief import brief

    reasoner = session.reasoner()
    case = _shipped_case(DEMO_CASE, reasoner.kb)
    found = reasoner.infer(case)
    _write(output, render(found, case, reasoner.kb, "html"))
    click.echo(brief(found, reasoner.kb))
    click.echo(f"report: {output.resolve()}")


@main.command()
@case_argument
@common
@click.option("--format", "format_", type=click.Choice(["text", "md", "html", "json"]), default="text", show_default=True)
@click.option("--for", "audience", type=click.Choice(["clinician"]), default="clinician", show_default=True, help="Who reads the report.")
@click.option("-o", "--output", type=FILE, help="Write to a file instead of the terminal.")
def diagnose(session: _Session, case_file: str, format_: str, audience: str, output: Path | None) -> None:
    """Reason about a case and print the report.

    Example: backcause diagnose CASE.yaml --format md
    """
    from reports import render

    reasoner = session.reasoner()
    case = _read(case_file, reasoner.kb)
    found = reasoner.infer(case)
    text = render(found, case, reasoner.kb, format_, audience)
    if output:
        _write(output, text)
        session.say(f"report: {output}")
    else:
        click.echo(text.rstrip("\n"))
    _leave(found)


@main.command()
@case_argument
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@common
def how(session: _Session, case_file: str, targets: tuple[str, ...]) -> None:
    """How a conclusion came about, down to the answers and sources.

    Example: backcause how CASE.yaml calf_weakness.left
    """
    from engine.explain import how as proof
    from reports.proofs import proof_text

    reasoner, case, found = _inferred(session, case_file)
    for target in _targets(targets, reasoner.kb, found):
        if target[0] == "rule":
            raise click.BadParameter(f"{target[1]} is a rule; name a conclusion, or use 'why-not' for a rule", param_hint="TARGET")
        click.echo(proof_text(proof((target[1], target[2]), found, reasoner.kb), case, reasoner.kb))
    _leave(found)


@main.command("why-not")
@case_argument
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@common
def why_not(session: _Session, case_file: str, targets: tuple[str, ...]) -> None:
    """Why a conclusion does not hold or a rule did not fire: the failing condition with the value seen.

    Example: backcause why-not CASE.yaml s1_radiculopathy.left
    """
    from engine.explain import why_not as proof
    from reports.proofs import proof_text

    reasoner, case, found = _inferred(session, case_file)
    for target in _targets(targets, reasoner.kb, found):
        click.echo(proof_text(proof(target, found, reasoner.kb), case, reasoner.kb))
    _leave(found)


@main.command()
@case_argument
@common
def trace(session: _Session, case_file: str) -> None:
    """Every step of the reasoning, in the order it happened.

    Example: backcause trace CASE.yaml
    """
    from reports.trace_view import trace_text

    reasoner, case, found = _inferred(session, case_file)
    click.echo(trace_text(found, case, reasoner.kb))
    _leave(found)


@main.command()
@common
@click.option("-o", "--output", type=FILE, default=Path("case.yaml"), show_default=True, help="Where 'save' writes the case.")
@click.option("--from", "start", type=FILE, help="Go on with the answers of this case.")
def consult(session: _Session, output: Path, start: Path | None) -> None:
    """An interview in the terminal: complaint, red flags, then what the live explanations need.

    Answer with a word or number; 'why' tells why this is asked, 'back' takes the last answer back, 'unknown' says that nobody
    knows, 'skip' leaves it, 'report' shows where things stand, 'save' writes the case, 'quit' ends.

    Example: backcause consult -o case.yaml
    """
    from consult.terminal import run_consult

    reasoner = session.reasoner()
    case = _read(str(start), reasoner.kb) if start else None
    sys.exit(run_consult(reasoner, case, output, sys.stdin, sys.stdout))


@main.group()
def kb() -> None:
    """Check, test and look at the knowledge.

    Example: backcause kb check
    """


@kb.command()
@common
@click.argument("folders", metavar="[DIR...]", nargs=-1, type=FILE)
@click.option("--notes", is_flag=True, help="List every note instead of counting them.")
def check(session: _Session, folders: tuple[Path, ...], notes: bool) -> None:
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
        raise _stop(problems)
    told = check_content_of(Reasoner(base), [_read(str(path), base) for path in _all_cases([*session.packs, *folders])])
    if told.problems:
        raise _stop(told.problems)
    for note in told.notes if notes else ():
        click.echo(str(note))
    click.echo(counts_text(base, told.notes))


@kb.command()
@common
@click.argument("cases", metavar="[CASE...]", nargs=-1, type=FILE)
@click.option("--md", is_flag=True, help="Print the scoreboard as a page in Markdown.")
def test(session: _Session, cases: tuple[Path, ...], md: bool) -> None:
    """Run cases, each block of later answers too, and print a scoreboard that names every disagreement.

    Without CASE every shipped case and every case of added knowledge is run. Exit 1 when one of our own cases disagrees; published
    cases are counted and named, for agreement with them is not proof. Why a case disagrees stands in cases/disagreements.yaml.

    Example: backcause kb test
    """
    from engine.cases import run_cases
    from reports.scoreboard import scoreboard_text
    from reports.scoreboard_page import scoreboard_page

    reasoner = session.reasoner()
    read = [_read(str(path), reasoner.kb) for path in (cases or _all_cases(session.packs))]
    marks = run_cases(read, reasoner)
    published = frozenset(case.id for case in read if case.source)
    told = (scoreboard_page if md else scoreboard_text)(marks, published, _explained(session.packs))
    click.echo(told.rstrip("\n"))
    if any(not mark.agrees and mark.case not in published for mark in marks):
        raise SystemExit(PROBLEMS)


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
        raise _stop(found.problems) from None


def _shipped_case(name: str, base: KnowledgeBase) -> Case:
    from knowledge.pack_files import base_folder

    return _read(str(base_folder() / "cases" / f"{name}.yaml"), base)


def _read(name: str, base: KnowledgeBase) -> Case:
    from engine.case_reading import read_case, read_case_text
    from knowledge import ProblemsFound

    try:
        if name != "-":
            return read_case(Path(name), base)
        return read_case_text(_standard_input(), "standard input", base)
    except ProblemsFound as found:
        raise _stop(found.problems) from None


def _standard_input() -> str:
    from knowledge import Place, Problem

    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        says = f"the input is not UTF-8 text (byte {error.start + 1})"
        raise _stop([Problem(Place("standard input"), "KB002", says, "save it as UTF-8")]) from None


def _inferred(session: _Session, case_file: str) -> tuple[Reasoner, Case, Inference]:
    reasoner = session.reasoner()
    case = _read(case_file, reasoner.kb)
    return reasoner, case, reasoner.infer(case)


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


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror or error}") from None


def _leave(found: Inference) -> None:
    if found.urgency in ("emergency", "urgent"):
        sys.exit(REFERRAL)


if __name__ == "__main__":
    main()
