"""Finished batches in a folder beside the result, so that a run that was ended half way goes on from there.

A part is written under another name and renamed, so it is there as a whole or not at all; the result itself appears the same
way, after the last part.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from cohort import tables
from cohort.problems import stop
from cohort.scanning import Identity
from knowledge.problems import ProblemsFound

try:
    import fcntl
except ModuleNotFoundError:  # not on Windows; two runs at once then go unnoticed
    fcntl = None  # type: ignore[assignment]  # as mypy asks for an absent module

MANIFEST, LOCK = "manifest.json", "lock"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a part depends on. Parts of a run with another manifest are never joined with ours."""

    input: Identity
    knowledge: str
    program: str
    batch: int
    columns: tuple[tuple[str, str], ...]


CHANGED = {
    "input": "the input file has changed", "knowledge": "the knowledge has changed",
    "program": "the program has another version, or its code was changed",
    "batch": "the batches had another size", "columns": "other columns were carried on",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder with what is finished of one result."""

    folder: Path
    manifest: Manifest
    lock: IO[bytes]

    def path(self, number: int) -> Path:
        """The file of a part; parts count from 0."""
        return self.folder / f"{number:06}.arrow"

    def add(self, number: int, payload: bytes) -> None:
        """Keep a finished batch."""
        write_whole(self.path(number), payload)

    def finished(self, rows: int) -> Iterator[bytes]:
        """The parts from the first on, up to one that is missing or is not whole, for a table of this many rows."""
        for number, start in enumerate(range(0, rows, self.manifest.batch)):
            payload = self._whole(number, min(self.manifest.batch, rows - start))
            if payload is None:
                return
            yield payload

    def _whole(self, number: int, rows: int) -> bytes | None:
        try:
            payload = self.path(number).read_bytes()
            return payload if tables.unpack(payload).num_rows == rows else None
        except (OSError, ValueError):
            return None

    def put_together(self, target: Path, form: str, count: int, metadata: dict[str, str]) -> None:
        """Write the result of `count` parts and, when it is whole and on the disk, give it its name and remove the parts."""
        draft = self.folder / "whole.tmp"
        payloads = (self.path(number).read_bytes() for number in range(count))
        tables.write_result(draft, form, dict(self.manifest.columns), payloads, metadata)
        draft.replace(target)
        _settle(target.parent)
        self.lock.close()
        shutil.rmtree(self.folder)


def parts_of(target: Path) -> Path:
    """Where the parts of a result are kept."""
    return target.with_name(f"{target.name}.parts")


def begin(target: Path, manifest: Manifest, restart: bool) -> Parts:
    """The parts of this run, new or from a run that was ended. Raises ProblemsFound when they belong to another."""
    folder = parts_of(target)
    try:
        folder.mkdir(exist_ok=True)
        lock = _locked(folder)
        if restart:
            _empty(folder)
        if (folder / MANIFEST).is_file():
            _check(folder, manifest)
        write_whole(folder / MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
    except OSError as error:
        raise unwritable(folder, error) from None
    return Parts(folder, manifest, lock)


def _locked(folder: Path) -> IO[bytes]:
    """Hold the folder as long as this process lives; a lock goes with its process, however that ends."""
    file = (folder / LOCK).open("ab")
    if fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            says = "another run is writing this result just now"
            raise stop("TB010", str(folder), says, "wait for it, or write to another file") from None
    return file


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name != LOCK:
            path.unlink()


def unwritable(path: Path, error: OSError) -> ProblemsFound:
    """The problem of a result that cannot be written."""
    reason = (error.strerror or str(error)).lower()
    return stop("TB011", str(path), f"this cannot be written ({reason})", "check the folder, who may write there, and the room on the disk")


def _check(folder: Path, manifest: Manifest) -> None:
    now: dict[str, Any] = json.loads(json.dumps(asdict(manifest)))
    try:
        then = json.loads((folder / MANIFEST).read_bytes())
        changed = [text for name, text in CHANGED.items() if then[name] != now[name]]
    except (ValueError, KeyError, TypeError):
        changed = ["its manifest cannot be read"]
    if changed:
        says = f"this is a part of another run: {' and '.join(changed)} since"
        raise stop("TB010", str(folder), says, "--restart begins anew and deletes it; or write to another file")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there as a whole or not at all, even when the machine stops."""
    draft = path.with_name(f"{path.name}.tmp")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _settle(folder: Path) -> None:
    """See a rename safely on the disk, where the system lets a folder be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
