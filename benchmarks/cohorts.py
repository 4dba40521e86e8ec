"""Many people at once: rows a second of the arrays, on knowledge of one, five and twenty times the size, beside CLIPS."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.cohort_run import Measured
from benchmarks.measuring import Part, Row, Table, ratio
from benchmarks.people import simulated
from benchmarks.setting import Setting

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = (
    "knowledge", "rows", "times CLIPS", "rows a second and core", "CLIPS, rows a second", "peak memory, MB", "worlds with other statuses",
)


def throughput(setting: Setting) -> Part:
    """Each cohort in a process of its own, one after the other; one that fails is told in its row."""
    found = [(copies, rows, _measured(copies, rows, setting)) for copies, rows in setting.effort.cohorts]
    table = Table(COLUMNS, tuple(_row(copies, rows, one) for copies, rows, one in found), _people(setting))
    good = [one for _, _, one in found if isinstance(one, Measured) and one.copies == 1]
    largest = max(good, key=lambda one: one.rows, default=None)
    figures = {} if largest is None else {"rows": largest.rows / largest.seconds, "times_clips": largest.times_clips}
    return Part((table,), {name: value for name, value in figures.items() if value is not None})


def _people(setting: Setting) -> str:
    how = "drawn from the knowledge with a known cause" if simulated() else "who answer at random: this version cannot simulate people yet"
    return f"People {how}. CLIPS ran {setting.effort.sample} of the same rows, on larger knowledge fewer in proportion."


def _measured(copies: int, rows: int, setting: Setting) -> Measured | str:
    """The figures, or in one line why there are none."""
    base = [str(setting.base.resolve())] if setting.base else []
    command = [sys.executable, "-m", "benchmarks.cohort_run", str(copies), str(rows), str(max(1, setting.effort.sample // copies)), *base]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        return "failed: " + (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def _row(copies: int, rows: int, one: Measured | str) -> Row:
    size = f"{copies} x"
    if isinstance(one, str):
        return size, f"{rows:,}", one, "", "", "", ""
    times, own = (ratio(one.times_clips), f"{one.clips_rows:,.0f}") if one.times_clips and one.clips_rows else ("not installed", "")
    same = f"{one.differing} of {one.compared}" if one.compared else ""
    return size, f"{rows:,}", times, f"{rows / one.seconds:,.0f}", own, f"{one.memory:,.0f}", same
