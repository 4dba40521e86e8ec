"""The same batches on the machines of a dask cluster; the only module that knows dask."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from cohort import tables
from cohort.problems import MissingExtra, stop
from cohort.work import OtherKnowledge, Setup, concluded
from cohort.workers import UNDER_WAY, Runner, other_knowledge
from knowledge.problems import ProblemsFound

try:
    from dask import config
    from distributed import Client, KilledWorker
except ModuleNotFoundError:
    raise MissingExtra("cluster", "running on a cluster") from None

REACHED, LOOKED_AFTER = 20.0, 5.0
"""Seconds in which a scheduler must answer, and a worker be there; and seconds between looks whether one is left."""
QUIET = {"distributed.admin.large-graph-warning-threshold": "1GB"}
"""A batch travels inside its task, so that any worker can take over from one that dies; dask would warn of that."""


def on_cluster(address: str) -> Runner:
    """The workers of the scheduler at this address. A batch whose worker ends is tried elsewhere."""
    def run(setup: Setup, batches: Iterable[tables.Rows]) -> Iterator[bytes]:
        with config.set(QUIET):
            client = _client(address)
            try:
                yield from _run(client, address, setup, map(tables.pack, batches))
            except OtherKnowledge as error:
                raise other_knowledge(error) from None
            except KilledWorker as error:
                raise _stopped(address, f"the workers ended again and again ({str(error).splitlines()[0][:160]})") from None
            except ModuleNotFoundError as error:
                raise _stopped(address, f"a worker has no module '{error.name}'") from None
            except MissingExtra as error:
                raise _stopped(address, f"a worker lacks something: {error}") from None
            finally:
                client.close(timeout=REACHED)

    return run


def _client(address: str) -> Client:
    try:
        client = Client(address, timeout=REACHED, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise _stopped(address, f"no scheduler answers ({str(error).splitlines()[0][:160]})") from None
    try:
        _need_workers(client, address)
    except ProblemsFound:
        client.close()
        raise
    return client


def _need_workers(client: Client, address: str) -> None:
    """Wait for a worker, also while all are being started again."""
    try:
        client.wait_for_workers(1, timeout=REACHED)
    except TimeoutError:
        raise _stopped(address, "the scheduler has no workers") from None


def _stopped(address: str, says: str) -> ProblemsFound:
    hint = "check the address, and that every worker has backcause and its extra 'cohort'; the same command goes on from here"
    return stop("TB012", f"cluster {address}", says, hint)


def _run(client: Client, address: str, setup: Setup, payloads: Iterable[bytes]) -> Iterator[bytes]:
    waiting: deque[Any] = deque()
    for payload in payloads:
        waiting.append(client.submit(concluded, setup, payload, pure=False))
        if len(waiting) >= UNDER_WAY * max(1, sum(client.nthreads().values())):
            yield _result(client, address, waiting.popleft())
    while waiting:
        yield _result(client, address, waiting.popleft())


def _result(client: Client, address: str, future: Any) -> bytes:
    """Wait for a batch as long as there is somebody to work on it."""
    while True:
        try:
            done: bytes = future.result(timeout=LOOKED_AFTER)
            return done
        except TimeoutError:
            _need_workers(client, address)
