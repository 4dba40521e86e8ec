"""Every benchmark in one run, and the page of it.

    python -m benchmarks -o docs/performance.md     about a quarter of an hour; --full for a million rows, --quick for a minute
    python -m benchmarks --only consult --only cold
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.arguments import arguments
from benchmarks.asking import next_question
from benchmarks.building import building
from benchmarks.cohorts import throughput
from benchmarks.cold import cold_start
from benchmarks.consult import explaining, one_consult, stock_experta
from benchmarks.documents import documents
from benchmarks.measuring import Part
from benchmarks.page import render
from benchmarks.setting import FULL, QUICK, USUAL, Setting, make_setting

PARTS: Mapping[str, Callable[[Setting], Part]] = {
    "consult": one_consult, "stock": stock_experta, "explain": explaining, "documents": documents, "build": building, "cold": cold_start,
    "question": next_question, "arguments": arguments, "cohort": throughput,
}


def run_parts(setting: Setting, names: Sequence[str]) -> Iterator[dict[str, Part]]:
    """What was measured so far, after each part. One that fails says so on the page, and the others go on."""
    found: dict[str, Part] = {}
    for name in names:
        start = perf_counter()
        found[name] = _run(PARTS[name], setting)
        print(f"{name}: {found[name].problem or 'done'} ({perf_counter() - start:.0f} s)", file=sys.stderr, flush=True)
        yield dict(found)


def _run(part: Callable[[Setting], Part], setting: Setting) -> Part:
    try:
        return part(setting)
    except Exception as error:  # a run of a quarter of an hour must not be lost to one part
        return Part(problem=f"This part failed: {type(error).__name__}: {' '.join(str(error).split())}")


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the engines beside each other.")
    effort = parser.add_mutually_exclusive_group()
    effort.add_argument("--quick", action="store_true", help="a few cases and small cohorts, under a minute")
    effort.add_argument("--full", action="store_true", help="a million rows, and a hundred thousand on larger knowledge")
    parser.add_argument("--only", action="append", choices=PARTS, metavar="NAME", help=f"one part, may be repeated: {', '.join(PARTS)}")
    parser.add_argument("--base", type=Path, metavar="DIR", help="measure another whole knowledge base than the shipped one")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the page to a file instead of the terminal")
    return parser.parse_args(given)


def _flags(options: argparse.Namespace) -> list[str]:
    """The options that decide what is on the page, as they were given."""
    efforts = [f"--{name}" for name in ("quick", "full") if getattr(options, name)]
    return [*efforts, *(f"--only {name}" for name in options.only or ()), *(["--base DIR"] if options.base else [])]


def _page(parts: Mapping[str, Part], options: argparse.Namespace) -> str:
    return render(parts, "".join(f" {flag}" for flag in _flags(options)))


def main(given: Sequence[str] | None = None) -> int:
    """Run and write; 1 when some part failed."""
    options = _arguments(given)
    setting = make_setting(QUICK if options.quick else FULL if options.full else USUAL, options.base)
    parts: Mapping[str, Part] = {}
    for parts in run_parts(setting, options.only or list(PARTS)):
        if options.output:  # after each part, so that a run that is broken off leaves a page
            options.output.write_text(_page(parts, options), encoding="utf-8", newline="\n")
    if not options.output:
        print(_page(parts, options), end="")
    return int(any(part.problem.startswith("This part failed") for part in parts.values()))


if __name__ == "__main__":
    sys.exit(main())
