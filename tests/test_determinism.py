"""The same case gives the same inference to the byte, in every process and on every run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.case_reading import read_case
from tests.inference_text import HASHED, as_text
from tests.shipped import reasoner

ROOT = Path(__file__).resolve().parents[1]
CASES = sorted((Path(__file__).parent / "data").glob("ankle-*.yaml"))


def started(hash_seed: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.inference_text", *map(str, CASES)]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": hash_seed}, stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def printed() -> tuple[list[str], list[str]]:
    """What two processes with different hash seeds print: the order of a set first, then the inferences."""
    both = [started(seed) for seed in ("1", "2")]
    first, second = (process.communicate(timeout=120)[0].splitlines() for process in both)
    assert [process.returncode for process in both] == [0, 0]
    return first, second


def test_the_two_processes_do_order_sets_differently(printed: tuple[list[str], list[str]]) -> None:
    first, second = printed[0][0], printed[1][0]
    assert first != second
    assert sorted(first) == sorted(second) == list(HASHED)


def test_two_processes_print_the_same_traces_and_results(printed: tuple[list[str], list[str]]) -> None:
    first, second = printed
    differing = [pair for pair in zip(first[1:], second[1:], strict=True) if pair[0] != pair[1]]
    assert differing == []


def test_what_they_print_is_full_of_reasoning() -> None:
    found = [reasoner().infer(read_case(path, reasoner().kb)) for path in CASES]
    assert all(len(one.trace) > 30 and one.explanations for one in found)


@pytest.mark.parametrize("path", [pytest.param(path, id=f"{path.stem} inferred again after another case") for path in CASES])
def test_a_reasoner_remembers_nothing_of_the_case_before(path: Path) -> None:
    cases = {one: read_case(one, reasoner().kb) for one in CASES}
    fresh = as_text(reasoner().infer(cases[path]))
    for other in CASES:
        reasoner().infer(cases[other])
    assert as_text(reasoner().infer(cases[path])) == fresh
