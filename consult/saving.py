"""Writing a case file so that nothing is lost: all of it or none, for its owner alone, and never over somebody else's case."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path


def why_not_writable(path: Path) -> str:
    """Why a case could not be written there, known before the first question; empty when it could."""
    try:
        if path.is_dir():
            return f"{path} is a folder; name a file inside it with -o"
        if path.exists() and not path.is_file():
            return f"{path} is no ordinary file; name another one with -o"
        if not path.parent.is_dir():
            return f"the folder {path.parent} is not there; make it, or name another file with -o"
    except OSError as error:
        return f"{path} cannot be a file ({reason(error)}); name another one with -o"
    return "" if os.access(path.parent, os.W_OK) else f"nothing may be written in {path.parent.resolve()}; name another file with -o"


def write_case(path: Path, text: str) -> None:
    """Write beside the file first, then put it in its place. Raises OSError, and then the file is as it was."""
    place = path.resolve()
    handle, beside = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")  # for its owner alone: 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(place)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(beside).unlink()
        raise


def keep_aside(path: Path) -> Path | None:
    """Copy a file that is there already to the first free name, `case.yaml` to `case.1.yaml`; None when there is none."""
    if not path.is_file():
        return None
    number = 1
    while (aside := path.with_name(f"{path.stem}.{number}{path.suffix}")).exists():
        number += 1
    shutil.copy2(path, aside)
    return aside


def reason(error: OSError) -> str:
    """Why the system refused, in lower case."""
    return (error.strerror or str(error)).lower()
