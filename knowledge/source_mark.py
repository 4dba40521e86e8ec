"""What marks the code of a room and the libraries it builds with: whatever was made by other code has another mark."""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path


def source_mark(room: Path, *libraries: str) -> str:
    """A hash over Python, the text of every module under the folder, and which installed libraries are used.

    The text is read rather than its date: an edit always counts, and a fresh checkout of the same text does not. A library is
    known by the place, size and date of its first module, which differ with every installation; asking for its version would
    import more than all the rest. Raises OSError when the text cannot be read.
    """
    mark = sha256(sys.version.encode())
    for path in sorted(room.rglob("*.py")):
        mark.update(f"\0{path.relative_to(room).as_posix()}\0".encode() + path.read_bytes())
    for name in libraries:
        mark.update(f"\0{_installed(name)}".encode())
    return mark.hexdigest()


def _installed(library: str) -> tuple[str, str, int, int]:
    spec = find_spec(library)
    if spec is None or spec.origin is None:
        return library, "", 0, 0
    info = Path(spec.origin).stat()
    return library, spec.origin, info.st_size, info.st_mtime_ns
