"""How long each document takes in each format, once the inference is there; and how large the largest page is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec

from benchmarks.measuring import Part, Table, interleaved, over_cases, p95, seconds, three_digits
from benchmarks.setting import Setting, spread
from engine.case import Case
from engine.infer import Reasoner
from reports import DOCUMENTS, render, render_pdf

CASES, REPEATS = 12, 2
NO_PDF = "Without the extra `pdf` no PDF was made."
COLUMNS = ("document", "format", "median ms", "95th percentile ms", "largest kB")


def documents(setting: Setting) -> Part:
    """A row for each document and format, over some of the cases."""
    reasoner = Reasoner(setting.kb)
    cases = spread(list(setting.cases), CASES)
    first = seconds(dict(_tasks(cases[0], reasoner))["clinician", "pdf"]) if _pdf() else 0.0
    tasks = [dict(_tasks(case, reasoner)) for case in cases]
    repeats = min(REPEATS, setting.effort.repeats)
    times = over_cases(interleaved({f"{a} {b}": one for (a, b), one in each.items()}, repeats) for each in tasks)
    sizes = {f"{a} {b}": max(len(each[a, b]()) for each in tasks) / 1000 for a, b in tasks[0]}
    rows = tuple(_row(name, times[name], sizes[name]) for name in times)
    after = f"The first PDF of a process takes {1000 * first:.0f} ms: fonts are read once." if _pdf() else NO_PDF
    largest = max(size for name, size in sizes.items() if name.endswith(" html"))
    return Part((Table(COLUMNS, rows, after),), {"page": largest})


def _pdf() -> bool:
    return find_spec("typst") is not None


def _tasks(case: Case, reasoner: Reasoner) -> Iterator[tuple[tuple[str, str], Callable[[], str | bytes]]]:
    found = reasoner.infer(case)
    for name, document in DOCUMENTS.items():
        for format_ in document.formats:
            if format_ != "pdf":
                yield (name, format_), partial(render, found, case, reasoner.kb, format_, name, reasoner)
            elif _pdf():
                yield (name, format_), partial(render_pdf, found, case, reasoner.kb, name, reasoner)


def _row(name: str, times: list[float], size: float) -> tuple[str, ...]:
    document, format_ = name.split()
    middle = sorted(times)[len(times) // 2]
    return (document, format_, three_digits(1000 * middle), three_digits(1000 * p95(times)), three_digits(size))
