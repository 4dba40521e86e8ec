"""One cohort in a process of its own, so that its peak of memory is its own: `python -m benchmarks.cohort_run COPIES ROWS SAMPLE [DIR]`.

Prints one line of JSON, the fields of `Measured`.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.measuring import seconds, without_collecting
from benchmarks.people import Cells, People, cases_of
from benchmarks.replicate import replicated, replicated_columns
from benchmarks.setting import worlds
from engine.cohort.people import conclude
from engine.cohort.run import ArrayEvaluator, rows_at_once
from engine.cohort.table import Column, read_columns
from engine.valuation import Valuation, valuate
from knowledge import KnowledgeBase, load

if TYPE_CHECKING:
    from benchmarks.clips_engine import ClipsEngine

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds for all rows, peak memory in MB; of the sample: how many times as long CLIPS takes for a row, worlds compared, worlds
    that differ. `times_clips` is None without CLIPS."""

    copies: int
    rows: int
    seconds: float
    memory: float
    times_clips: float | None
    clips_rows: float | None
    compared: int
    differing: int


def measure(kb: KnowledgeBase, copies: int, rows: int, sample: int) -> Measured:
    """Runs every row through the arrays, then a sample of the same rows through both engines in turns."""
    cohort = _Cohort(kb, copies)
    taken = cohort.run(rows)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    if not find_spec("clips"):
        return Measured(copies, rows, taken, memory, None, None, 0, 0)
    return Measured(copies, rows, taken, memory, *cohort.beside_clips(min(rows, rows_at_once(cohort.kb)), min(rows, sample)))


class _Cohort:
    def __init__(self, kb: KnowledgeBase, copies: int) -> None:
        self.people, self.small, self.copies = People(kb), kb, copies
        self.kb = replicated(kb, copies)
        self.evaluator = ArrayEvaluator(self.kb)

    def cells(self, start: int, n: int) -> tuple[Cells, list[Column]]:
        """The columns of these rows, answered for every copy alike. Raises ValueError for a column that nobody knows."""
        cells: Cells = replicated_columns(self.people.rows(start, n), self.small, self.copies)
        columns, wrong = read_columns(cells, self.evaluator.layout)
        if wrong:
            raise ValueError("; ".join(wrong[:3]))
        return cells, columns

    def run(self, rows: int) -> float:
        """The seconds it takes to conclude about so many rows; drawing them is not counted."""
        self._concluded(0, min(rows, 200))  # the first use of anything is not counted either
        block = rows_at_once(self.kb)
        return sum(self._concluded(start, min(block, rows - start)) for start in range(0, rows, block))

    def _concluded(self, start: int, n: int) -> float:
        cells, columns = self.cells(start, n)
        return seconds(lambda: conclude(self.evaluator, columns, cells, n))

    def beside_clips(self, n: int, sample: int) -> tuple[float, float, int, int]:
        """How many times as long CLIPS takes, CLIPS rows a second, worlds compared, worlds with other statuses."""
        from benchmarks.clips_engine import ClipsEngine

        clips = ClipsEngine(self.kb)
        cells, columns = self.cells(0, n)
        told = [world for case in cases_of(cells, range(sample), self.evaluator.layout) for world in worlds(case)]
        valuations = [valuate(one, self.kb) for one in told]
        with without_collecting():
            rounds = [(seconds(lambda: conclude(self.evaluator, columns, cells, n)) / n, _clips_time(clips, valuations) / sample)
                      for _ in range(ROUNDS)]
        found = self.evaluator.of_cases(told).states
        differing = sum(
            clips.conclude(one).statuses != {
                node: (state, int(found.amount[node][row]), bool(found.settled[node][row]))
                for node in found.supported for state in [_state(found.supported[node][row], found.refuted[node][row])]
            } for row, one in enumerate(valuations)
        )
        return median(b / a for a, b in rounds), 1 / median(b for _, b in rounds), len(told), differing


def _clips_time(clips: ClipsEngine, valuations: Sequence[Valuation]) -> float:
    return seconds(lambda: [clips.run(one) for one in valuations])


def _state(supported: object, refuted: object) -> str:
    return "supported" if supported else "refuted" if refuted else "open"


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    copies, rows, sample, *base = arguments
    kb = load(base=Path(base[0]) if base else None)
    print(json.dumps(asdict(measure(kb, int(copies), int(rows), int(sample)))))


if __name__ == "__main__":
    main(sys.argv[1:])
