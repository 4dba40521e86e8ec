"""The program started anew from a shell: how long until it is done, and which libraries take the time."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter

from benchmarks.measuring import Part, Table, ms, ratio
from benchmarks.setting import Setting
from knowledge.pack_files import base_folder

ROOT = Path(__file__).resolve().parents[1]
TOP = 12
REFERRAL = 3
"""The exit code of a report on somebody who needs a referral; the report is there all the same."""


def cold_start(setting: Setting) -> Part:
    """Help, a report, and for comparison Python doing nothing. Always with the shipped knowledge."""
    case = str(next((base_folder() / "cases").rglob("article-ankle.yaml")))
    commands = {"Python alone": ["-c", "pass"], "help": ["cli.py", "--help"], "diagnose": ["cli.py", "diagnose", case]}
    for arguments in commands.values():
        _run(*arguments)  # so that compiled modules, and whatever else is kept between runs, are there
    rounds = [{name: _taken(arguments) for name, arguments in commands.items()} for _ in range(setting.effort.starts)]
    clock, processor = ({name: median(one[name][which] for one in rounds) for name in commands} for which in (0, 1))
    rows = tuple((name, ratio(time / clock["Python alone"]), ms(time), ms(processor[name])) for name, time in clock.items())
    imported = libraries(_run("-X", "importtime", *commands["diagnose"]))
    tables = (Table(("command", "times Python alone", "ms", "ms of processor"), rows), imported)
    return Part(tables, {name: clock[name] for name in ("help", "diagnose")})


def _taken(arguments: Sequence[str]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor."""
    before, start = getrusage(RUSAGE_CHILDREN), perf_counter()
    _run(*arguments)
    clock, after = perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _run(*arguments: str) -> str:
    """What a start says on standard error. Raises RuntimeError when it fails."""
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode not in (0, REFERRAL):
        raise RuntimeError(f"`{' '.join(arguments[:2])}` ended with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}")
    return done.stderr


def libraries(told: str) -> Table:
    """The libraries that take most of the import time, each with all its modules, without what those import of others."""
    spent: Counter[str] = Counter()
    for line in told.splitlines():
        own, _, rest = line.removeprefix("import time:").partition("|")
        if line.startswith("import time:") and own.strip().isdigit():
            spent[rest.rpartition("|")[2].strip().partition(".")[0]] += int(own)
    total = sum(spent.values())
    rows = tuple((name, f"{time / total:.0%}", ms(time / 1e6)) for name, time in spent.most_common(TOP))
    after = f"All {len(spent)} libraries together: {ms(total / 1e6)} ms, a little more than without the count."
    return Table((f"imported by diagnose, the first {TOP}", "share", "ms"), rows, after)
