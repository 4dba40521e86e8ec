"""One pass over the bytes of a table before anything runs: what names the file, and for CSV whether it can be read at all."""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cohort.problems import problem, raise_all, stop
from knowledge.problems import Problem, counted

CHUNK = 1 << 20
MOST_TOLD = 20
"""Bad lines that are told; a file that is no table would otherwise tell every line."""
LONGEST_CELL = 1 << 20


@dataclass(frozen=True, slots=True)
class Identity:
    """What names the content of a file: its size in bytes and the sha256 of all of it."""

    size: int
    sha256: str


def identity_of(path: Path, shown: str, text: bool) -> Identity:
    """Read the whole file once. Raises ProblemsFound when it cannot be read, is empty, or should be text and is not UTF-8."""
    try:
        with path.open("rb") as file:
            found = _scan(iter(lambda: file.read(CHUNK), b""), shown, text)
    except OSError as error:
        raise stop("TB001", shown, *unreadable(error)) from None
    if not found.size:
        raise stop("TB003", shown, "the file is empty", "a table has a head with the names of its columns")
    return found


def unreadable(error: OSError) -> tuple[str, str]:
    """What an operating system says about a file, as a sentence and a hint."""
    match error:
        case FileNotFoundError():
            return "there is no such file", "check the name and the folder"
        case IsADirectoryError():
            return "this is a folder, not a table", "name a file inside it"
        case _:
            return f"the file cannot be read ({(error.strerror or str(error)).lower()})", "check who may read it"


def _scan(chunks: Iterator[bytes], shown: str, text: bool) -> Identity:
    decoder, seen, size, lines = codecs.getincrementaldecoder("utf-8")(), hashlib.sha256(), 0, 0
    for chunk in chunks:
        seen.update(chunk)
        size += len(chunk)
        if text:
            _check_text(decoder, chunk, shown, lines)
            lines += chunk.count(b"\n")
    if text:
        _check_text(decoder, b"", shown, lines, final=True)
    return Identity(size, seen.hexdigest())


def _check_text(decoder: codecs.IncrementalDecoder, chunk: bytes, shown: str, lines: int, final: bool = False) -> None:
    pending = decoder.getstate()[0]
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        line = lines + (pending + chunk)[: error.start].count(b"\n") + 1
        says = "the file is not saved as UTF-8; here is the first character that cannot be read"
        raise stop("TB004", shown, says, "save it again as CSV UTF-8", line) from None


def head_of(path: Path, shown: str) -> list[str]:
    """The names in the first line of a CSV file that is not blank. Raises ProblemsFound."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            names = next((row for row in csv.reader(file) if row), [])
    except csv.Error as error:
        raise stop("TB005", shown, f"the head cannot be read ({error})", "close every quote", 1) from None
    for mark, name in ((";", "a semicolon"), ("\t", "a tab")):
        if len(names) == 1 and mark in names[0]:
            raise stop("TB005", shown, f"{name} stands between the columns", "save it with commas between the columns", 1)
    if not names:
        raise stop("TB003", shown, "the file is empty", "a table has a head with the names of its columns")
    return names


def bad_lines(path: Path, shown: str, width: int) -> None:
    """Raise ProblemsFound with the lines, counted from 1, that have another number of cells than the head, or an open quote."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        told = list(_bad_lines(csv.reader(file, strict=True), shown, width))
    if len(told) > MOST_TOLD:
        told[MOST_TOLD:] = [problem("TB005", shown, f"{counted(len(told) - MOST_TOLD, 'more line')} with a wrong number of cells")]
    raise_all(told)


def _bad_lines(rows: Iterator[list[str]], shown: str, width: int) -> Iterator[Problem]:
    line = 1
    try:
        for row in rows:
            if row and len(row) != width:
                says = f"{counted(len(row), 'cell')} where the head has {width}"
                yield problem("TB005", shown, says, "put quotes around a cell with a comma in it", line)
            line = rows.line_num + 1  # type: ignore[attr-defined]  # csv.reader counts lines; its type is private to the stubs
    except csv.Error:
        yield problem("TB005", shown, "a quote is opened here and not closed as it should be", 'write a quote inside a cell as ""', line)
