"""Tables from file to file: the same conclusions in every format, whatever the batches and workers; interrupted runs go on."""

from __future__ import annotations

import math
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra 'cohort' is absent: pip install 'backcause[cohort]'")

from cohort import tables
from cohort.digest import Canonical, Digest
from cohort.meaning import MEANING
from cohort.parts import parts_of
from cohort.run import Summary
from cohort.version import program_version
from cohort.work import Setup
from cohort.workers import by_crew
from engine.cohort.people import RESULT_COLUMNS
from knowledge import ProblemsFound
from tests.people_tables import Watcher, concluded, people, read_rows, write_people, write_typed
from tests.shipped import reasoner
from tests.test_cohort_table import concluded as concluded_in_memory

ROOT = Path(__file__).resolve().parents[1]
MANY = 60


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_people(tmp_path_factory.mktemp("people") / "people.parquet", people(MANY))


@pytest.fixture(scope="module")
def undisturbed(table: Path) -> Summary:
    return concluded(table, table.with_name("undisturbed.parquet"))


def test_a_file_gives_the_conclusions_that_memory_gives(table: Path, undisturbed: Summary) -> None:
    rows, expected = read_rows(table.with_name("undisturbed.parquet")), concluded_in_memory(people(MANY))
    assert [row["case"] for row in rows] == [f"{at:05}" for at in range(MANY)]
    for name in RESULT_COLUMNS:
        assert [row[name] for row in rows] == [cell(value) for value in expected[name]], name
    assert undisturbed.errors == 2 == sum(bool(row["error"]) for row in rows)


def cell(value: object) -> str:
    absent = value is None or (isinstance(value, float) and math.isnan(value))
    return "" if absent else str(int(value) if isinstance(value, float) else value)


@pytest.mark.parametrize(
    ("source", "write"),
    [
        pytest.param("people.csv", write_people, id="CSV"),
        pytest.param("people.feather", write_people, id="Arrow, in small pieces"),
        pytest.param("people.parquet", write_typed, id="Parquet with numbers, dictionaries and truth values"),
        pytest.param("people.arrow", write_typed, id="Arrow with numbers, dictionaries and truth values"),
    ],
)
def test_the_same_people_in_another_file_have_the_same_digest(
    source: str, write: Callable[..., Path], tmp_path: Path, undisturbed: Summary,
) -> None:
    assert concluded(write(tmp_path / source, people(MANY)), tmp_path / "result.csv") == undisturbed


@pytest.mark.parametrize(
    ("target", "batch"),
    [
        pytest.param("result.csv", 1000, id="CSV, all at once"),
        pytest.param("result.arrow", 37, id="Arrow, batches of 37"),
        pytest.param("result.parquet", 13, id="Parquet, batches of 13"),
    ],
)
def test_rows_order_and_digest_know_nothing_of_batches_and_formats(
    target: str, batch: int, table: Path, tmp_path: Path, undisturbed: Summary,
) -> None:
    assert concluded(table, tmp_path / target, batch=batch) == undisturbed
    assert read_rows(tmp_path / target) == read_rows(table.with_name("undisturbed.parquet"))
    assert [path.name for path in tmp_path.iterdir()] == [target]


@pytest.mark.slow
def test_several_processes_give_the_same_digest_also_when_one_is_killed(table: Path, tmp_path: Path, undisturbed: Summary) -> None:
    watch = KillsAWorker()
    assert concluded(table, tmp_path / "result.csv", watch, batch=20, jobs=2) == undisturbed
    assert watch.killed
    assert read_rows(tmp_path / "result.csv") == read_rows(table.with_name("undisturbed.parquet"))


class KillsAWorker(Watcher):
    """Kills the first worker as soon as there is one."""

    killed = False

    def begins(self, rows: int, finished: int, unknown: Sequence[str]) -> None:
        super().begins(rows, finished, unknown)
        threading.Thread(target=self.kill, daemon=True).start()

    def kill(self) -> None:
        while not (workers := multiprocessing.active_children()):
            time.sleep(0.01)
        os.kill(workers[0].pid or 0, signal.SIGKILL)
        self.killed = True


class Deadly:
    """A batch that ends whoever takes it up."""

    def __reduce__(self) -> tuple[Callable[[int], object], tuple[int]]:
        return os._exit, (9,)


def setup(**changes: object) -> Setup:
    return replace(Setup((), reasoner().kb.sha256, program_version(), ("age",), ()), **changes)  # type: ignore[arg-type]  # fields of Setup


@pytest.mark.slow
@pytest.mark.parametrize(
    ("payload", "own", "says"),
    [
        pytest.param(Deadly(), setup(), "a worker process ended 3 times", id="a batch that kills every worker"),
        pytest.param(b"", setup(program="0.0.0"), "and this run needs 0.0.0", id="another program"),
    ],
)
def test_workers_that_cannot_work_end_a_run_with_one_sentence(payload: bytes, own: Setup, says: str) -> None:
    with pytest.raises(ProblemsFound, match=says):
        list(by_crew(1, own, [payload]))


def test_workers_with_other_knowledge_end_a_run() -> None:
    from cohort.work import OtherKnowledge
    from cohort.work import concluded as work

    with pytest.raises(OtherKnowledge, match="this run needs 000000000000"):
        work(setup(sha256="0" * 64), b"")


def test_a_damaged_file_ends_a_run_with_one_sentence(tmp_path: Path) -> None:
    path = write_people(tmp_path / "people.parquet", people(5))
    content = path.read_bytes()
    path.write_bytes(content[:4] + bytes(400) + content[404:])
    with pytest.raises(ProblemsFound, match=r"people\.parquet: TB003 the file is damaged"):
        concluded(path, tmp_path / "result.csv")


@pytest.mark.slow
def test_a_killed_run_leaves_no_result_and_goes_on_when_told_again(table: Path, tmp_path: Path, undisturbed: Summary) -> None:
    target = tmp_path / "result.parquet"
    kill_half_way(table, target)
    assert not target.exists()
    (parts_of(target) / "000001.arrow").write_bytes(b"cut off")
    watch = Watcher()
    found = concluded(table, target, watch, batch=10)
    assert (watch.finished, watch.rows, found.resumed) == (10, MANY, 10)
    assert replace(found, resumed=0) == undisturbed
    assert read_rows(target) == read_rows(table.with_name("undisturbed.parquet"))
    assert [path.name for path in tmp_path.iterdir()] == ["result.parquet"]


def kill_half_way(table: Path, target: Path) -> None:
    command = [sys.executable, "cli.py", "cohort", "run", str(table), "-o", str(target), "--batch", "10", "--jobs", "1", "--quiet"]
    started = subprocess.Popen(command, cwd=ROOT)
    until = time.monotonic() + 60
    while not (parts_of(target) / "000001.arrow").exists():
        assert started.poll() is None, "the run ended before it could be killed"
        assert time.monotonic() < until
        time.sleep(0.01)
    started.send_signal(signal.SIGKILL)
    assert started.wait() == -signal.SIGKILL


class Ends(Exception):  # noqa: N818 - not an error: it stands for whatever ends a run
    """Stands for whatever ends a run."""


class EndsEarly(Watcher):
    """Ends a run after its first batch."""

    def went_on(self, _: int) -> None:
        raise Ends


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a table and the first part of its result."""
    folder = tmp_path_factory.mktemp("ended")
    with pytest.raises(Ends):
        concluded(write_people(folder / "people.csv", people(20)), folder / "result.csv", EndsEarly(), batch=10)
    return folder


def other_people(table: Path) -> dict[str, object]:
    write_people(table, people(21)[1:])
    return {}


def garbled(table: Path) -> dict[str, object]:
    (parts_of(table.with_name("result.csv")) / "manifest.json").write_text("{", encoding="utf-8")
    return {}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(other_people, "the input file has changed", id="the table has changed"),
        pytest.param(lambda _: {"batch": 11}, "the batches had another size", id="other batches"),
        pytest.param(lambda _: {"keep": ("sex",)}, "other columns were carried on", id="another column is carried on"),
        pytest.param(garbled, "its manifest cannot be read", id="the manifest is garbled"),
    ],
)
def test_parts_of_another_run_are_refused(
    change: Callable[[Path], dict[str, object]], says: str, ended: Path, tmp_path: Path,
) -> None:
    shutil.copytree(ended, tmp_path, dirs_exist_ok=True)
    table = tmp_path / "people.csv"
    with pytest.raises(ProblemsFound, match=says) as found:
        concluded(table, tmp_path / "result.csv", **{"batch": 10, **change(table)})
    assert "--restart begins anew" in str(found.value)


def test_two_runs_do_not_write_one_result(table: Path, tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="another run is writing this result just now"):
        concluded(table, tmp_path / "result.csv", RunsAgain(table, tmp_path / "result.csv"))


class RunsAgain(Watcher):
    """Begins the same run while it is going on."""

    def __init__(self, table: Path, target: Path) -> None:
        super().__init__()
        self.table, self.target = table, target

    def begins(self, *_: object) -> None:
        concluded(self.table, self.target, restart=True)


def test_parts_of_another_run_go_when_told_to_begin_anew(ended: Path, tmp_path: Path) -> None:
    shutil.copytree(ended, tmp_path, dirs_exist_ok=True)
    assert concluded(tmp_path / "people.csv", tmp_path / "result.csv", batch=11, restart=True).resumed == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["people.csv", "result.csv"]


@pytest.mark.parametrize("target", ["result.parquet", "result.arrow"])
def test_a_result_tells_its_knowledge_its_digest_and_what_its_columns_mean(
    target: str, table: Path, tmp_path: Path, undisturbed: Summary,
) -> None:
    concluded(table, tmp_path / target)
    told = tables.metadata_of(tmp_path / target)
    assert (told["knowledge.sha256"], told["digest"], told["rows"]) == (reasoner().kb.sha256, undisturbed.digest, str(MANY))
    assert told["program"] == program_version()
    assert tuple(MEANING) == RESULT_COLUMNS
    assert all(text in told["columns"] for text in MEANING.values())


def columns(*cells: str | None) -> list[Canonical]:
    lengths = b"".join((-1 if one is None else len(one)).to_bytes(4, "little", signed=True) for one in cells)
    return [Canonical("cause1", "text", lengths, "".join(one or "" for one in cells).encode())]


def digest(*batches: tuple[str | None, ...]) -> str:
    out = Digest()
    for batch in batches:
        out.add(columns(*batch), len(batch))
    return out.value()


@pytest.mark.parametrize(
    ("batches", "same"),
    [
        pytest.param((("ab",), ("c", None)), True, id="in other batches"),
        pytest.param((("ab", "c"), (), (None,)), True, id="with an empty batch between"),
        pytest.param((("a", "bc", None),), False, id="a letter moved to the next row"),
        pytest.param((("ab", "c", ""),), False, id="an empty text for no text"),
        pytest.param((("c", "ab", None),), False, id="in another order"),
        pytest.param((("ab", "c"),), False, id="one row less"),
    ],
)
def test_a_digest_sees_values_and_their_order_alone(batches: tuple[tuple[str | None, ...], ...], same: bool) -> None:
    assert (digest(*batches) == digest(("ab", "c", None))) == same


@pytest.fixture
def scheduler() -> Iterator[str]:
    distributed = pytest.importorskip("distributed", reason="the extra 'cluster' is absent: pip install 'backcause[cluster]'")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, worker_dashboard_address=None, silence_logs=50,
    ) as cluster:
        yield cluster.scheduler_address


@pytest.mark.slow
def test_a_cluster_gives_the_same_digest(scheduler: str, table: Path, tmp_path: Path, undisturbed: Summary) -> None:
    assert concluded(table, tmp_path / "result.csv", batch=20, cluster=scheduler) == undisturbed
