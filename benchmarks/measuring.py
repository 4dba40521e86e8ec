"""Measured times, and what a part of the benchmarks hands over: tables of text, and the figures that goals are held against."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from time import process_time

Task = Callable[[], object]
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page, all text; `after` is said below it."""

    columns: Row
    rows: tuple[Row, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one part measured. `figures` are for the goals; `problem` says why there is nothing, or not everything."""

    tables: tuple[Table, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)
    problem: str = ""


def interleaved(tasks: Mapping[str, Task], repeats: int) -> dict[str, float]:
    """The median seconds of each task. They take turns, so that a busy moment of the machine does not fall on one of them alone.

    Each is run once before, unmeasured, so that nothing is measured on its first use.
    """
    with without_collecting():
        return _in_turns(tasks, repeats)


def _in_turns(tasks: Mapping[str, Task], repeats: int) -> dict[str, float]:
    for task in tasks.values():
        task()
    rounds = [{name: seconds(task) for name, task in tasks.items()} for _ in range(repeats)]
    return {name: median(one[name] for one in rounds) for name in tasks}


def seconds(task: Task) -> float:
    """The processor time of one run. Other programs do not count in it, and on an idle machine it is what the clock shows."""
    start = process_time()
    task()
    return process_time() - start


@contextmanager
def without_collecting() -> Iterator[None]:
    """No garbage is collected meanwhile: it would fall on whoever's turn it is. Nor is it before each run: that empties the
    processor's caches, which slows down the fastest engine most."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def over_cases(each: Iterable[Mapping[str, float]]) -> dict[str, list[float]]:
    """The seconds of each task, case by case."""
    out: dict[str, list[float]] = {}
    for times in each:
        for name, time in times.items():
            out.setdefault(name, []).append(time)
    return out


def p95(values: Sequence[float]) -> float:
    """The 95th percentile; the highest of few values."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def case_table(times: Mapping[str, list[float]], against: str, notes: Mapping[str, str] | None = None) -> Table:
    """A row for each task: median and 95th percentile over cases in ms, and the median over cases of the ratio to one of them."""
    told = notes or {}
    ratios = {name: median(a / b for a, b in zip(own, times[against], strict=True)) for name, own in times.items()}
    rows = [(name, ratio(ratios[name]), ms(median(own)), ms(p95(own)), told.get(name, "")) for name, own in times.items()]
    columns = ("what", f"times {against}", "ms", "ms, 95th percentile", "what it does")
    return Table(columns, tuple(rows)) if notes else Table(columns[:-1], tuple(row[:-1] for row in rows))


def ratio(value: float) -> str:
    """A ratio in three digits."""
    return "1" if value == 1 else three_digits(value)


def ms(time: float) -> str:
    """Seconds as milliseconds in three digits."""
    return three_digits(time * 1000)


def three_digits(value: float) -> str:
    """A figure in three digits, and never as a power of ten."""
    digits = next((places for places, least in enumerate((100, 10, 1, 0.1)) if abs(value) >= least), 4)
    return f"{value:,.{digits}f}"
