"""Cases as rows of a table, so that a folder of case files can be concluded about as a table is."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from cohort.problems import stop
from engine.case import Case
from engine.case_files import EXPLAINED
from engine.case_reading import read_case
from knowledge.model import KnowledgeBase
from knowledge.problems import Problem, ProblemsFound
from knowledge.sides import NONE

ENDINGS = (".yaml", ".yml")
CASE = "case"


def row_of(about: Case) -> dict[str, object]:
    """A case as a row of a table: its id under `case`, and a cell for each answer and detail."""
    row: dict[str, object] = {CASE: about.id}
    for (finding, side), answer in about.answers.items():
        name = finding if side == NONE else f"{finding}.{side}"
        for number, one in enumerate(answer.items, start=1):
            row |= {f"{finding}.{number}.{part}": value for part, value in one.items()}
        if not answer.items:
            row |= {name: answer.value, **{f"{name}.{detail}": value for detail, value in answer.details.items()}}
    return row


def holds_cases(path: Path) -> bool:
    """Whether a name is that of a case file, or of a folder."""
    return path.is_dir() or path.suffix.lower() in ENDINGS


def read_cases(path: Path, kb: KnowledgeBase) -> list[Case]:
    """A case, or every case in a folder, by file name. Raises ProblemsFound with the problems of all of them."""
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.suffix in ENDINGS and one.name != EXPLAINED)
    cases: list[Case] = []
    problems: list[Problem] = []
    for file in files:
        try:
            cases.append(read_case(file, kb))
        except ProblemsFound as found:
            problems.extend(found.problems)
    if problems:
        raise ProblemsFound(problems)
    if not cases:
        raise stop("TB001", str(path), "no case stands in this folder", "case files end in .yaml; a table ends in .parquet, .arrow or .csv")
    return cases


def write_cases(path: Path, cases: Sequence[Case]) -> Path:
    """Cases as a CSV table, a row each, in their order."""
    rows = [{name: _cell(value) for name, value in row_of(one).items()} for one in cases]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [CASE, *_names(rows)])
        writer.writeheader()
        writer.writerows(rows)
    return path


def _names(rows: Iterable[dict[str, object]]) -> list[str]:
    return sorted({name for row in rows for name in row if name != CASE})


def _cell(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value
