"""What a cached knowledge base is known by: every byte it was built from, and everything that built it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

from knowledge.kept_files import kept_folder
from knowledge.pack_files import base_folder, pack_files
from knowledge.source_mark import source_mark
from knowledge.text_source import MAX_BYTES

LIBRARIES = ("yaml", "pydantic", "networkx")
"""What reads, shapes and checks knowledge beside our own code."""


def cache_key(folders: Sequence[Path]) -> str:
    """A hash over the files of the packs, in the order of the packs, and the code; '' when nothing is to be kept or a file is amiss.

    What is amiss is a problem, and knowledge with problems is built anew each time, so that all of them are told.
    """
    if kept_folder() is None:
        return ""
    try:
        lines = [source_mark(base_folder().parent, *LIBRARIES), *_lines(folders)]
    except (OSError, _Amiss):
        return ""
    return sha256("\n".join(lines).encode()).hexdigest()


class _Amiss(Exception):  # noqa: N818 - it ends a walk over files and never leaves this one
    pass


def _lines(folders: Sequence[Path]) -> Iterator[str]:
    for index, folder in enumerate(folders):
        files, problems = pack_files(folder, extra=index > 0)
        if problems:
            raise _Amiss
        yield from (f"{index}\0{file.inside}\0{file.shown}\0{_digest(file.path)}" for file in files)


def _digest(path: Path) -> str:
    info = path.stat()
    if not S_ISREG(info.st_mode) or info.st_size > MAX_BYTES:
        raise _Amiss
    return sha256(path.read_bytes()).hexdigest()
