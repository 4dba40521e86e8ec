"""The commands for many people at once: tables in, conclusions out."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.session import FILE, PROBLEMS, Session, common, stop

if TYPE_CHECKING:
    from cohort.run import Summary
    from knowledge import KnowledgeBase

STANDARD = "-"
MOST_REASONS = 3


@click.group()
def cohort() -> None:
    """Conclude about many people at once, from a table to a table.

    Example: backcause cohort run PEOPLE.csv -o RESULT.csv
    """


@cohort.command()
@common
@click.argument("source", metavar="IN")
@click.option("-o", "--output", "target", metavar="OUT", required=True, help="Where the result goes; its ending says in which format.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; default: one for each core, where that is worth it.")
@click.option("--cluster", default="", metavar="ADDRESS", help="Let the workers of this dask scheduler do it (tcp://HOST:PORT).")
@click.option("--batch", type=click.IntRange(1, 1_000_000), metavar="ROWS", help="Rows concluded about at once; more need more memory.")
@click.option("--keep", metavar="COLUMN", multiple=True, help="Carry a column on without reasoning with it. May be given more than once.")
@click.option("--ignore-unknown", is_flag=True, help="Carry every column on that is none of ours.")
@click.option("--restart", is_flag=True, help="Begin anew, and delete what an earlier run has finished.")
def run(session: Session, source: str, target: str, **options: Any) -> None:
    """Conclude about every row of a table: leading explanation, driver, urgency, red flags.

    IN and OUT end in .parquet, .arrow, .feather or .csv; '-' is CSV on standard input or output. IN may also be a folder of cases. A row
    that cannot be read gets its reason in the column 'error'. A run that was ended goes on when the same command is given again.

    Example: backcause cohort run PEOPLE.csv -o RESULT.csv
    """
    from cohort.problems import MissingExtra
    from knowledge import ProblemsFound

    try:
        with tempfile.TemporaryDirectory() as folder, _Bar(session) as bar:
            summary = _run(session, source, target, Path(folder), options, bar)
        _tell(session, summary, bar.seconds())
    except MissingExtra as missing:
        raise click.ClickException(str(missing)) from None
    except ProblemsFound as found:
        raise stop(found.problems) from None
    except KeyboardInterrupt:
        session.say("\nstopped; the same command goes on from what is finished")
        raise SystemExit(PROBLEMS) from None


@cohort.command()
@common
@click.argument("people", metavar="N", type=click.IntRange(1, 100_000_000))
@click.option("-o", "--output", "target", metavar="OUT", required=True, type=FILE, help="Where they go; its ending says in which format.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="The same seed draws the same people.")
def simulate(session: Session, people: int, target: Path, seed: int) -> None:
    """Draw N synthetic people with a known cause, to try the program on.

    They are drawn from the knowledge that then looks for the cause, so what comes out is no clinical accuracy. OUT ends in .parquet,
    .arrow, .feather or .csv; the columns 'true_cause', 'true_side' and 'true_kind' hold what is true.

    Example: backcause cohort simulate 1000 -o PEOPLE.csv
    """
    from commands.cohort_simulate import simulate_people

    with _told():
        tables = _tables(target)
        simulate_people(session, people, seed, lambda portions: tables.write_people(target, portions))


@cohort.command()
@common
@click.argument("results", metavar="RESULTS", type=FILE)
@click.option("-o", "--output", "page", metavar="PAGE", type=FILE, help="Write a page (.html) or text (.txt) instead of printing it.")
@click.option("--format", "form", type=click.Choice(["text", "html"]), help="Default: by the end of PAGE, else text.")
def report(session: Session, results: Path, page: Path | None, form: str | None) -> None:
    """Tell how well known causes were found in the results of synthetic people.

    Example: backcause cohort report RESULT.csv -o PAGE.html
    """
    from commands.cohort_report import report_results

    with _told():
        tables = _tables(results)
        table = tables.open_table(results, str(results))
        report_results(session, table.names, lambda names: tables.concluded_columns(table, names), page, form)


def _tables(path: Path) -> Any:
    """The module of tables, once the name of the file says a format that it knows."""
    from cohort import tables
    from cohort.problems import stop as stopped

    if path.suffix.lower() not in tables.FORMATS:
        says = f"a table ends in {', '.join(tables.FORMATS)}, and this in '{path.suffix}'"
        raise stopped("TB002", str(path), says, "Parquet, Arrow and CSV are read and written; save it as one of them")
    return tables


@contextmanager
def _told() -> Iterator[None]:
    """Whatever is wrong with a table or a file, as a message."""
    from cohort.problems import MissingExtra
    from knowledge import ProblemsFound

    try:
        yield
    except MissingExtra as missing:
        raise click.ClickException(str(missing)) from None
    except ProblemsFound as found:
        raise stop(found.problems) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror or error}") from None


def _run(session: Session, source: str, target: str, folder: Path, options: Mapping[str, Any], bar: _Bar) -> Summary:
    from cohort.run import Order
    from cohort.run import run as conclude_all

    kb = session.kb()
    out = folder / "standard-output.csv" if target == STANDARD else Path(target)
    order = Order(
        _table(source, folder, kb), out, "standard input" if source == STANDARD else source, tuple(session.packs),
        options["jobs"] or 0, options["cluster"], options["batch"] or 0, options["keep"], options["ignore_unknown"], options["restart"],
    )
    summary = conclude_all(order, kb, bar)
    if target == STANDARD:
        _copy_out(out)
    return summary


def _table(source: str, folder: Path, kb: KnowledgeBase) -> Path:
    """The table to read; one is made of what stands on standard input, or of cases."""
    from cohort.case_rows import holds_cases, read_cases, write_cases

    if source == STANDARD:
        return _copy_in(folder / "standard-input.csv")
    path = Path(source)
    return write_cases(folder / "cases.csv", read_cases(path, kb)) if holds_cases(path) else path


def _copy_in(path: Path) -> Path:
    with path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return path


def _copy_out(path: Path) -> None:
    with path.open("rb") as file:
        shutil.copyfileobj(file, sys.stdout.buffer)


class _Bar:
    """Shows how far a run is, on a terminal; the clock runs from the first row on."""

    def __init__(self, session: Session) -> None:
        self.session, self.stack, self.began = session, ExitStack(), time.perf_counter()
        self.bar: Any = None

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def begins(self, rows: int, finished: int, unknown: Sequence[str]) -> None:
        """Everything was looked at."""
        if unknown:
            self.session.say(f"carried on without reasoning: {', '.join(unknown)}")
        if finished:
            self.session.say(f"going on after row {finished} of {rows}, where an earlier run ended")
        if not self.session.quiet and sys.stderr.isatty():
            own: AbstractContextManager[Any] = click.progressbar(length=rows, label="rows", show_pos=True, file=sys.stderr)
            self.bar = self.stack.enter_context(own)
            self.bar.update(finished)
        self.began = time.perf_counter()

    def went_on(self, rows: int) -> None:
        """So many more rows are finished."""
        if self.bar is not None:
            self.bar.update(rows)

    def seconds(self) -> float:
        """Since the first row."""
        return time.perf_counter() - self.began


def _tell(session: Session, summary: Summary, seconds: float) -> None:
    """What came out, on standard error."""
    speed = (summary.rows - summary.resumed) / max(seconds, 1e-9)
    session.say(f"{summary.rows} rows, {summary.errors} of them error rows, {speed:.0f} rows/s")
    for one in summary.reasons[:MOST_REASONS]:
        session.say(f"  {one.rows} in column {one.column}, such as: {one.example}")
    session.say(f"digest {summary.digest}")
