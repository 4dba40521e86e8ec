"""A sha256 over the values of a result, whatever its batches, workers and file format were.

Each column has two running hashes, over the lengths of its cells and over their bytes, row after row; both only ever see the
rows one after the other, so where batches begin and end leaves no trace. The digest is the hash of all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Canonical:
    """A column of some rows in bytes: little-endian int32 lengths (-1 for an empty cell) and UTF-8 text, or values alone."""

    name: str
    kind: str
    fixed: bytes
    text: bytes = b""


@dataclass
class Digest:
    """Fed with the columns of batch after batch, in the order of rows."""

    rows: int = 0
    _seen: dict[tuple[str, str], tuple[Any, Any]] = field(default_factory=dict)

    def add(self, columns: Sequence[Canonical], rows: int) -> None:
        """The next rows."""
        self.rows += rows
        for one in columns:
            fixed, text = self._seen.setdefault((one.name, one.kind), (hashlib.sha256(), hashlib.sha256()))
            fixed.update(one.fixed)
            text.update(one.text)

    def value(self) -> str:
        """The digest of all rows so far, in hexadecimal figures."""
        lines = [f"{name}\0{kind}\0{fixed.hexdigest()}\0{text.hexdigest()}" for (name, kind), (fixed, text) in self._seen.items()]
        return hashlib.sha256("\n".join([str(self.rows), *lines]).encode()).hexdigest()
