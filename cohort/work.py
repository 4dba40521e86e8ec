"""What a worker does: one batch of rows in, one batch of conclusions out. A process makes its evaluator once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from cohort import tables
from cohort.meaning import vocabularies
from cohort.version import program_version
from engine.cohort.people import conclude
from engine.cohort.run import ArrayEvaluator
from engine.cohort.table import Column, read_columns
from knowledge import KnowledgeBase, ProblemsFound, load

ONE_AT_A_TIME = Lock()
"""A cluster may give one process several threads; the evaluator remembers what it has searched and serves one of them."""


class OtherKnowledge(Exception):  # noqa: N818 - a fact about a worker, told to its user as a problem
    """A worker that would conclude something else: other knowledge, or another program."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What every batch of a run has in common. `carried` gives the type of each column that is carried on."""

    packs: tuple[Path, ...]
    sha256: str
    program: str
    reasoned: tuple[str, ...]
    carried: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """What a process needs for any batch of a run."""

    evaluator: ArrayEvaluator
    columns: tuple[Column, ...]
    words: Mapping[str, tuple[str, ...]]


def ready_with(kb: KnowledgeBase, setup: Setup) -> Ready:
    """Ready for a run with knowledge that is at hand."""
    evaluator = ArrayEvaluator(kb)
    return Ready(evaluator, tuple(read_columns(setup.reasoned, evaluator.layout)[0]), vocabularies(kb))


@lru_cache(maxsize=1)
def _ready(setup: Setup) -> Ready:
    if program_version() != setup.program:
        raise OtherKnowledge(f"a worker has backcause {program_version()}, and this run needs {setup.program}")
    try:
        kb = load(setup.packs)
    except ProblemsFound as found:
        raise OtherKnowledge(f"a worker cannot read the knowledge ({str(found).splitlines()[0]})") from None
    if kb.sha256 != setup.sha256:
        raise OtherKnowledge(f"a worker has knowledge {kb.sha256[:12]}, and this run needs {setup.sha256[:12]}")
    return ready_with(kb, setup)


def concluded(setup: Setup, payload: bytes) -> bytes:
    """The conclusions about a batch of rows, both packed, in whatever process this is. Raises OtherKnowledge."""
    with ONE_AT_A_TIME:
        return concluded_by(_ready(setup), setup, tables.unpack(payload))


def concluded_by(ready: Ready, setup: Setup, batch: tables.Rows) -> bytes:
    """The conclusions about a batch of rows, packed."""
    cells = tables.encoded(batch, setup.reasoned)
    found = conclude(ready.evaluator, [one for one in ready.columns if one.name in cells], cells, batch.num_rows)
    return tables.result(batch, dict(setup.carried), found, ready.words)
