"""Reading a file as text: UTF-8, of a size that knowledge and cases have, or a problem."""

from __future__ import annotations

from pathlib import Path

from knowledge.problems import Place, Problem

MAX_BYTES = 2_000_000


def read_text(path: Path, shown: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, or the problem that keeps it from being read."""
    here = Place(shown)
    try:
        size = path.stat().st_size if path.is_file() else 0
        if size > MAX_BYTES:
            says = f"the file has {size / 1e6:.0f} MB; {MAX_BYTES / 1e6:.0f} MB is the most that is read"
            return None, [Problem(here, "KB003", says, "split it, or check that it is the right file")]
        content = path.read_bytes()
    except FileNotFoundError:
        return None, [Problem(here, "KB001", "there is no such file", "check the name and the folder")]
    except IsADirectoryError:
        return None, [Problem(here, "KB001", "this is a folder, not a file", "name a file inside it")]
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return None, [Problem(here, "KB001", f"the file cannot be read ({reason})", "check who may read it")]
    return _decoded(content, shown)


def _decoded(content: bytes, shown: str) -> tuple[str | None, list[Problem]]:
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        says = "the file is not saved as UTF-8; here is the first character that cannot be read"
        hint = "save it again and choose the encoding UTF-8 (in a spreadsheet: CSV UTF-8)"
        return None, [Problem(Place(shown, line, column), "KB002", says, hint)]
