"""What every command shares: where the knowledge is, how much is said, how files are read and written, how a command ends."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Sequence
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
FILE = click.Path(path_type=Path)
F = TypeVar("F", bound=Callable[..., Any])


class Session:
    """What every command shares: where the knowledge is, and how much is said."""

    def __init__(self, packs: Sequence[Path], quiet: bool) -> None:
        self.packs, self.quiet = packs, quiet

    def kb(self) -> KnowledgeBase:
        """The knowledge of all packs; ends the command with every problem when there is any."""
        from knowledge import ProblemsFound, load

        try:
            return load(self.packs)
        except ProblemsFound as found:
            raise stop(found.problems) from None

    def reasoner(self) -> Reasoner:
        """The knowledge, made ready to reason."""
        from engine.infer import Reasoner

        gc.set_threshold(1_000_000, 20, 50)  # thousands of lasting objects are made at once; looking for garbage among them costs a tenth
        return Reasoner(self.kb())

    def say(self, text: str) -> None:
        """Progress, on standard error."""
        if not self.quiet:
            click.echo(text, err=True)


def stop(problems: Iterable[Problem]) -> SystemExit:
    """Tell every problem; to be raised."""
    listed = list(problems)
    for problem in listed:
        click.echo(str(problem), err=True)
    click.echo(f"{len(listed)} problem{'s' if len(listed) != 1 else ''}", err=True)
    return SystemExit(PROBLEMS)


def common(command: F) -> F:
    """Add the options every command has, and hand the command a session."""
    def run(*args: Any, knowledge: tuple[Path, ...], quiet: bool, **kwargs: Any) -> Any:
        return command(Session(knowledge, quiet), *args, **kwargs)

    wrapped: Any = update_wrapper(run, command)
    wrapped = click.option("--quiet", is_flag=True, help="Say nothing but the report and problems.")(wrapped)
    help_ = "Add a folder of knowledge, or override units of the shipped one. May be given more than once."
    return click.option("--knowledge", metavar="DIR", type=FILE, multiple=True, help=help_)(wrapped)  # type: ignore[no-any-return]  # click keeps the type


def case_argument(command: F) -> F:
    """The case file; `-` reads standard input."""
    return click.argument("case_file", metavar="CASE")(command)


def read_case_file(name: str, base: KnowledgeBase) -> Case:
    """The case in a file, `-` for standard input; ends the command with every problem."""
    from engine.case_reading import read_case, read_case_text
    from knowledge import ProblemsFound

    try:
        if name != "-":
            return read_case(Path(name), base)
        return read_case_text(_standard_input(), "standard input", base)
    except ProblemsFound as found:
        raise stop(found.problems) from None


def _standard_input() -> str:
    from knowledge import Place, Problem

    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        says = f"the input is not UTF-8 text (byte {error.start + 1})"
        raise stop([Problem(Place("standard input"), "KB002", says, "save it as UTF-8")]) from None


def inferred(session: Session, case_file: str) -> tuple[Reasoner, Case, Inference]:
    """A case read and reasoned about."""
    reasoner = session.reasoner()
    case = read_case_file(case_file, reasoner.kb)
    return reasoner, case, reasoner.infer(case)


def write(path: Path, text: str) -> None:
    """Write a text file, or say why it cannot be."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, or say why it cannot be."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror or error}") from None


def leave(found: Inference) -> None:
    """End the command with the exit code of an urgent referral where it is one."""
    if found.urgency in ("emergency", "urgent"):
        sys.exit(REFERRAL)
