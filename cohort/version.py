"""Which program made a result."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_ROOMS = ("knowledge", "engine", "cohort")


@cache
def program_version() -> str:
    """The version of this program and a mark of the code that concludes, so that an edit between two releases counts too."""
    try:
        released = version("backcause")
    except PackageNotFoundError:
        released = "not installed"
    return f"{released}+{_code_mark()}"


def _code_mark() -> str:
    mark = sha256()
    for room in _ROOMS:
        folder = Path(str(resources.files(room)))
        for path in sorted(folder.rglob("*.py")):
            mark.update(f"{room}/{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return mark.hexdigest()[:12]
