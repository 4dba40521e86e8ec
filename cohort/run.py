"""A whole run: look at everything first, conclude batch after batch, keep what is finished, then put the result in its place."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cohort import tables
from cohort.columns import Chosen, choose
from cohort.digest import Digest
from cohort.meaning import MEANING
from cohort.parts import Manifest, Parts, begin, unwritable
from cohort.problems import problem, raise_all
from cohort.scanning import identity_of
from cohort.version import program_version
from cohort.work import Setup
from cohort.workers import Runner, here, processes
from engine.cohort.layout import make_layout
from engine.cohort.run import rows_at_once
from knowledge.model import KnowledgeBase
from knowledge.problems import Problem

WORTH_A_WORKER = 4
"""Batches that a further process must get before it is worth its start (some seconds to read the knowledge)."""
CARRIED = "carried on from the input"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for. `shown` names the input in messages; `cluster` is an address.

    `jobs` counts processes and `batch` rows; 0 leaves either to us.
    """

    source: Path
    target: Path
    shown: str
    packs: tuple[Path, ...] = ()
    jobs: int = 0
    cluster: str = ""
    batch: int = 0
    keep: tuple[str, ...] = ()
    keep_unknown: bool = False
    restart: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows could not be read: a column, how many rows, and what the first of them says."""

    column: str
    rows: int
    example: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What came out. `resumed` rows were finished by an earlier run."""

    rows: int
    resumed: int
    errors: int
    reasons: tuple[Reason, ...]
    digest: str


class Watch(Protocol):
    """Whoever wants to see a run going on."""

    def begins(self, rows: int, finished: int, unknown: Sequence[str]) -> None:
        """Everything was looked at: so many rows, so many finished by an earlier run, these columns carried on unasked."""

    def went_on(self, rows: int) -> None:
        """So many more rows are finished."""


@dataclass
class _Tally:
    """What is counted while parts are finished, always in the order of rows."""

    digest: Digest = field(default_factory=Digest)
    parts: int = 0
    errors: int = 0
    reasons: dict[str, tuple[int, str]] = field(default_factory=dict)

    def add(self, payload: bytes) -> int:
        batch = tables.unpack(payload)
        rows: int = batch.num_rows
        self.digest.add(tables.canonical(batch), rows)
        self.parts += 1
        for told in tables.reasons(batch):
            self.errors += 1
            column = told.partition(":")[0]
            seen, example = self.reasons.get(column, (0, told))
            self.reasons[column] = (seen + 1, example)
        return rows

    def summary(self, resumed: int) -> Summary:
        told = (Reason(column, rows, example) for column, (rows, example) in self.reasons.items())
        return Summary(
            self.digest.rows, resumed, self.errors, tuple(sorted(told, key=lambda one: (-one.rows, one.column))), self.digest.value(),
        )


def run(order: Order, kb: KnowledgeBase, watch: Watch) -> Summary:
    """Conclude about every row of a table and write the result. Raises ProblemsFound, before anything runs where that can be known."""
    raise_all(_suffixes(order))
    source = identity_of(order.source, order.shown, tables.FORMATS[order.source.suffix.lower()] == "CSV")
    table = tables.open_table(order.source, order.shown)
    chosen = choose(table.names, make_layout(kb), order.shown, order.keep, order.keep_unknown)
    carried = tuple(tables.kinds_of(table, chosen.carried).items())
    setup = Setup(tuple(pack.resolve() for pack in order.packs), kb.sha256, program_version(), chosen.reasoned, carried)
    parts = begin(order.target, Manifest(source, kb.sha256, setup.program, _batch(order, kb), carried), order.restart)
    try:
        return _go_on(order, kb, table, chosen, setup, parts, watch)
    except OSError as error:
        raise unwritable(order.target, error) from None


def _suffixes(order: Order) -> Iterator[Problem]:
    for path, shown in ((order.source, order.shown), (order.target, str(order.target))):
        if path.suffix.lower() not in tables.FORMATS:
            says = f"a table ends in {', '.join(list(tables.FORMATS)[:-1])} or .csv, and this in '{path.suffix}'"
            yield problem("TB002", shown, says, "Parquet, Arrow and CSV are read and written; save it as one of them")
    if order.source.exists() and order.target.exists() and order.source.samefile(order.target):
        yield problem("TB011", str(order.target), "the result would take the place of its own input", "write it to another file")
    if not order.target.parent.is_dir():
        yield problem("TB011", str(order.target), "there is no such folder to write to", "make the folder first")


def _go_on(
    order: Order, kb: KnowledgeBase, table: tables.Table, chosen: Chosen, setup: Setup, parts: Parts, watch: Watch,
) -> Summary:
    tally = _Tally()
    resumed = sum(tally.add(payload) for payload in parts.finished(table.rows))
    watch.begins(table.rows, resumed, chosen.unknown)
    batch = _batch(order, kb)
    left = -(-(table.rows - resumed) // batch)
    for payload in _runner(order, kb, left)(setup, table.batches(batch, resumed)):
        parts.add(tally.parts, payload)
        watch.went_on(tally.add(payload))
    summary = tally.summary(resumed)
    parts.put_together(order.target, tables.FORMATS[order.target.suffix.lower()], tally.parts, _about(kb, setup, summary))
    return summary


def _batch(order: Order, kb: KnowledgeBase) -> int:
    return order.batch or rows_at_once(kb) // 2  # a batch of a wide table takes as much memory again as concluding about it


def _runner(order: Order, kb: KnowledgeBase, batches: int) -> Runner:
    """Who works: a cluster when one is named, this process when others would have nothing to do."""
    if order.cluster and batches:
        from cohort.cluster import on_cluster

        return on_cluster(order.cluster)
    jobs = min(order.jobs, batches) if order.jobs else min(os.cpu_count() or 1, batches // WORTH_A_WORKER)
    return processes(jobs) if jobs > 1 else here(kb)


def _about(kb: KnowledgeBase, setup: Setup, summary: Summary) -> dict[str, str]:
    meaning = {name: CARRIED for name, _ in setup.carried}
    return {
        "program": setup.program, "knowledge.version": kb.version, "knowledge.sha256": kb.sha256,
        "rows": str(summary.rows), "digest": summary.digest, "columns": tables.as_json({**meaning, **MEANING}),
    }
