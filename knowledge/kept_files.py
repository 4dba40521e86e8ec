"""Files that the program keeps for itself between runs, in the user's own cache folder; losing them costs time and nothing else.

What is kept is turned back into objects and code, so a file counts only when this user owns it, nobody else can write it, and
the digest at its head is that of its name and content. It is written under another name and then renamed: whoever reads
finds a whole file or none. Every failure reads as "nothing is kept", and where nobody can say whose a file is, none is.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

VARIABLE = "BACKCAUSE_CACHE"
"""Names another folder; the word 'off' keeps nothing."""
OFF = "off"
NEWEST = 8
"""How many files of a family stay: one for each set of packs somebody works with, and a few of before."""
_NO_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_DIGEST = sha256().digest_size
_SAFELY = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def kept_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where files are kept; None when nothing is to be kept, or nobody can say whose a file is (Windows)."""
    named = environment.get(VARIABLE, "")
    if named == OFF or not hasattr(os, "geteuid"):
        return None
    if named:
        return Path(named)
    root = Path(environment.get("XDG_CACHE_HOME", ""))
    if root.is_absolute():  # the XDG specification has relative ones ignored
        return root / "backcause"
    return _in_own_home()


def _in_own_home() -> Path | None:
    """An administrator who works in somebody's home leaves no folder there that its owner could not use."""
    with suppress(RuntimeError, OSError):  # a user without a home
        if Path.home().stat().st_uid == os.geteuid():
            return Path.home() / ".cache" / "backcause"
    return None


def trusted(info: os.stat_result, user: int) -> bool:
    """Whether a file or folder belongs to this user and nobody else can write it."""
    return info.st_uid == user and not info.st_mode & _NO_OTHERS


def read_kept(name: str) -> bytes | None:
    """The content kept under a name; None when there is none that can be trusted, or it is damaged."""
    folder = kept_folder()
    if folder is None:
        return None
    try:
        content = _content(folder, name)
    except OSError:
        return None
    digest, rest = content[:_DIGEST], content[_DIGEST:]
    return rest if digest == _digest(name, rest) else None


def write_kept(family: str, key: str, content: bytes) -> None:
    """Keep the content as `family-key`; when that cannot be done, it is not. Older files of the family go."""
    folder = kept_folder()
    if folder is None:
        return
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if trusted(folder.stat(), os.geteuid()):
            name = f"{family}-{key}"
            _write_whole(folder / name, _digest(name, content) + content)
            _prune(folder, family)


def _content(folder: Path, name: str) -> bytes:
    """Raises OSError. The opened file itself is asked whose it is, so that it cannot be exchanged in between."""
    user = os.geteuid()
    descriptor = os.open(folder / name, _SAFELY)
    with os.fdopen(descriptor, "rb") as file:
        info = os.fstat(descriptor)
        if not (stat.S_ISREG(info.st_mode) and trusted(info, user) and trusted(folder.stat(), user)):
            return b""
        with suppress(OSError):  # its last use, by which the oldest are found
            os.utime(descriptor)
        return file.read()


def _digest(name: str, content: bytes) -> bytes:
    return sha256(name.encode() + b"\0" + content).digest()


def _write_whole(path: Path, content: bytes) -> None:
    passing = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        passing.replace(path)
    except OSError:
        passing.unlink(missing_ok=True)
        raise


def _prune(folder: Path, family: str) -> None:
    """The newest stay; so do the newest unfinished ones, since they may still be at work."""
    for pattern in (f"{family}-*", f".{family}-*"):
        oldest_last = sorted(folder.glob(pattern), key=lambda path: (-path.stat().st_mtime_ns, path.name))
        for path in oldest_last[NEWEST:]:
            path.unlink(missing_ok=True)
