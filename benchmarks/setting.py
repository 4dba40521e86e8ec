"""What is measured on: the knowledge, its cases, and how much time there is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from engine.case import Case
from engine.case_files import case_files
from engine.case_reading import read_case
from knowledge import KnowledgeBase, load
from knowledge.pack_files import base_folder
from knowledge.sides import BODY

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: repeats of a run on a case, cases, cases for stock experta, builds, starts of the program, cohorts as
    (copies of the knowledge, rows), and the rows that CLIPS does of each."""

    repeats: int
    cases: int
    stock: int
    builds: int
    starts: int
    cohorts: tuple[tuple[int, int], ...]
    sample: int


QUICK = Effort(3, 4, 1, 1, 2, ((1, 10_000),), 30)
USUAL = Effort(5, 1_000, 1_000, 3, 7, ((1, 1_000), (1, 10_000), (1, 100_000), (1, 1_000_000), (5, 1_000), (5, 10_000), (20, 1_000)), 200)
FULL = replace(USUAL, repeats=7, sample=500, cohorts=(
    (1, 1_000), (1, 10_000), (1, 100_000), (1, 1_000_000), (5, 1_000), (5, 10_000), (5, 100_000), (20, 1_000), (20, 10_000),
))


@dataclass(frozen=True, slots=True)
class Setting:
    """A knowledge base (`base` is its folder, None for the shipped one), its cases world by world, and the effort."""

    kb: KnowledgeBase
    cases: tuple[Case, ...]
    effort: Effort
    base: Path | None = None


def make_setting(effort: Effort, base: Path | None = None) -> Setting:
    """The shipped knowledge, or that of a folder. Raises ProblemsFound when there is anything wrong with it."""
    kb = load(base=base)
    files = spread(case_files([base or base_folder()]), effort.cases)
    return Setting(kb, tuple(world for file in files for world in worlds(read_case(file, kb))), effort, base)


def spread(listed: list[T], most: int) -> list[T]:
    """At most so many, evenly from the whole list."""
    return [listed[index * len(listed) // most] for index in range(most)] if len(listed) > most else listed


def worlds(case: Case) -> tuple[Case, ...]:
    """The case, or the two in which what was not told is left and is right."""
    return tuple(case.in_world(side) for side in BODY) if case.has_unstated else (case,)
