"""Tables of people for tests: rows made of shipped cases, some cells changed, in any of the formats."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.feather
import pyarrow.parquet

from cohort.case_rows import row_of
from cohort.run import Order, Summary, run
from tests.shipped import case, every_case, reasoner

Row = dict[str, object]


@cache
def people(number: int) -> tuple[Row, ...]:
    """So many people: shipped cases, with cells exchanged and left out, always the same ones."""
    choose = random.Random(20)
    shipped = [row_of(case(name)) for name in every_case()]
    names = sorted({name for row in shipped for name in row if name != "case"})
    values = {name: [row[name] for row in shipped if name in row] for name in names}
    return tuple(_changed(shipped[at % len(shipped)], at, names, values, choose) for at in range(number))


def _changed(row: Row, at: int, names: Sequence[str], values: dict[str, list[object]], choose: random.Random) -> Row:
    out: Row = {**row, "case": f"{at:05}", "age": 440 if at % 50 == 7 else row.get("age", 44)}
    out |= {name: choose.choice(values[name]) for name in choose.sample(names, 3) if name != "age"}
    for name in choose.sample([name for name in out if name not in ("case", "age")], 2):
        del out[name]
    return out


def as_text(value: object) -> str | None:
    """A cell as a spreadsheet shows it."""
    return None if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def write_people(path: Path, rows: Sequence[Row]) -> Path:
    """Write rows in the format of the file's ending, every cell as text."""
    names = sorted({name for row in rows for name in row})
    write(path, pa.table({name: pa.array([as_text(row.get(name)) for row in rows], pa.string()) for name in names}))
    return path


def write_typed(path: Path, rows: Sequence[Row]) -> Path:
    """Write rows with numbers as numbers, words as dictionaries, and yes and no as truth values where a column has nothing else."""
    names = sorted({name for row in rows for name in row})
    write(path, pa.table({name: _typed([row.get(name) for row in rows]) for name in names}))
    return path


def _typed(values: list[object]) -> pa.Array:
    told = {value for value in values if value is not None}
    if told <= {"yes", "no"}:
        return pa.array([None if one is None else one == "yes" for one in values], pa.bool_())
    if all(isinstance(one, int | float) for one in told):
        return pa.array([float("nan") if one is None else one for one in values], pa.float64())
    return pa.array([as_text(one) for one in values], pa.string()).dictionary_encode()


def write(path: Path, table: pa.Table) -> None:
    """Write an Arrow table in the format of the file's ending."""
    match path.suffix:
        case ".parquet":
            pa.parquet.write_table(table, path, row_group_size=70)
        case ".csv":
            pa.csv.write_csv(table, path)
        case _:
            pa.feather.write_feather(table, path, chunksize=33)


class Watcher:
    """Remembers what a run told."""

    def __init__(self) -> None:
        self.finished, self.rows, self.unknown = 0, 0, ()

    def begins(self, rows: int, finished: int, unknown: Sequence[str]) -> None:
        self.total, self.finished, self.rows, self.unknown = rows, finished, finished, tuple(unknown)

    def went_on(self, rows: int) -> None:
        self.rows += rows


def concluded(source: Path, target: Path, watch: Watcher | None = None, **options: object) -> Summary:
    """Run with the shipped knowledge, which is loaded once for all tests."""
    return run(Order(source, target, source.name, **options), reasoner().kb, watch or Watcher())  # type: ignore[arg-type]  # options of Order


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV result."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a result in any format, as a CSV result has them."""
    if path.suffix == ".csv":
        return read_csv(path)
    table = pa.parquet.read_table(path) if path.suffix == ".parquet" else pa.feather.read_table(path)
    return [{name: "" if value is None else str(value) for name, value in row.items()} for row in table.to_pylist()]
