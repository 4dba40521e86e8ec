"""Compiled templates kept between runs: compiling the two of a report takes as long as all the rest of writing it."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from knowledge.kept_files import kept_folder, read_kept, write_kept
from knowledge.source_mark import source_mark

LIBRARIES = ("jinja2", "markupsafe")


class KeptTemplates(BytecodeCache):
    """Compiled templates of one kind of environment, by their text, their place, and the code that compiles them.

    jinja2 itself asks for the text of the template only. The kind counts since options are compiled in, and our own code
    since filters of constant texts are worked out then.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket when that template is kept and can be trusted."""
        content = read_kept(f"{self._family(bucket)}-{self._key(bucket)}")
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        write_kept(self._family(bucket), self._key(bucket), bucket.bytecode_to_string())

    def _family(self, bucket: Bucket) -> str:
        return f"template-{self._kind}-{bucket.key}"

    def _key(self, bucket: Bucket) -> str:
        return sha256(f"{_mark()}\0{bucket.checksum}".encode()).hexdigest()


def kept_templates(kind: str) -> KeptTemplates | None:
    """Where an environment of that kind keeps its compiled templates; None when nothing is to be kept."""
    return KeptTemplates(kind) if kept_folder() is not None and _mark() else None


@cache
def _mark() -> str:
    try:
        return source_mark(Path(str(files("reports"))), *LIBRARIES)
    except OSError:
        return ""
