"""Batches to workers and back: in this process or in several, a bounded number under way, results in the order of batches."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait

from cohort import tables
from cohort.problems import stop
from cohort.work import OtherKnowledge, Setup, concluded, concluded_by, ready_with
from knowledge.model import KnowledgeBase
from knowledge.problems import ProblemsFound

Runner = Callable[[Setup, Iterable[tables.Rows]], Iterator[bytes]]
"""Batches in, packed conclusions out, in the same order. Only what goes to another process is packed on its way."""
UNDER_WAY = 2
"""Batches per worker that are read and not yet concluded: one in work, one at hand."""
MOST_DEATHS = 3


def here(kb: KnowledgeBase) -> Runner:
    """One batch after the other, in this process."""
    def run(setup: Setup, batches: Iterable[tables.Rows]) -> Iterator[bytes]:
        ready = ready_with(kb, setup)
        return (concluded_by(ready, setup, batch) for batch in batches)

    return run


def processes(jobs: int) -> Runner:
    """Several processes of this machine."""
    return lambda setup, batches: by_crew(jobs, setup, map(tables.pack, batches))


def by_crew(jobs: int, setup: Setup, payloads: Iterable[bytes]) -> Iterator[bytes]:
    """Packed batches to so many processes. A batch whose worker ends is tried again, by new workers."""
    crew = _Crew(setup, jobs)
    try:
        yield from crew.run(iter(payloads))
    except OtherKnowledge as error:
        raise other_knowledge(error) from None
    finally:
        crew.end()


def other_knowledge(error: OtherKnowledge) -> ProblemsFound:
    """The problem of a worker that would conclude something else."""
    return stop("TB012", "workers", str(error), "change neither knowledge nor program during a run; on a cluster, install both alike")


class _Crew:
    """A pool of processes that is made anew when one of them dies, until the same batches have killed it too often."""

    def __init__(self, setup: Setup, jobs: int) -> None:
        self.setup, self.jobs, self.deaths = setup, jobs, 0
        self.waiting: deque[tuple[bytes, Future[bytes]]] = deque()
        self.pool = self._pool()

    def _pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.jobs, multiprocessing.get_context("spawn"), _begin)

    def run(self, payloads: Iterator[bytes]) -> Iterator[bytes]:
        for payload in payloads:
            self._submit(payload)
            if len(self.waiting) >= UNDER_WAY * self.jobs:
                yield self._next()
        while self.waiting:
            yield self._next()

    def _submit(self, payload: bytes) -> None:
        try:
            self.waiting.append((payload, self.pool.submit(concluded, self.setup, payload)))
        except BrokenProcessPool:
            self._again()
            self._submit(payload)

    def _next(self) -> bytes:
        while True:
            try:
                done = self.waiting[0][1].result()
            except BrokenProcessPool:
                self._again()
                continue
            self.waiting.popleft()
            self.deaths = 0
            return done

    def _again(self) -> None:
        self.deaths += 1
        if self.deaths >= MOST_DEATHS:
            says = f"a worker process ended {MOST_DEATHS} times without finishing a batch (out of memory?)"
            raise stop("TB012", "workers", says, "run the same command with fewer --jobs, or a smaller --batch and --restart")
        self.pool.shutdown(wait=False, cancel_futures=True)
        self.pool = self._pool()
        payloads = [payload for payload, _ in self.waiting]
        self.waiting.clear()
        for payload in payloads:
            self._submit(payload)

    def end(self) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """A worker leaves an interrupt to its parent, and ends when the parent has died without saying so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(parent: int) -> None:
    wait([parent])
    os._exit(1)
