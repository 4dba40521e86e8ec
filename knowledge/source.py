"""A file as a plain tree whose every key and value knows its place, and a cursor that walks down it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knowledge.problems import Place

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Source:
    """A file as a plain tree, with the place of every key and value in it. `faulty`: values already told to be wrong."""

    file: str
    tree: Any
    places: dict[Path_, Place]
    faulty: frozenset[Place] = frozenset()

    def place(self, path: Path_) -> Place:
        """The place of `path`, or of the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file))


@dataclass(frozen=True)
class At:
    """A cursor into a source: `at / "when" / 0` walks down, `.place` tells where that stands."""

    source: Source
    path: Path_ = ()

    def __truediv__(self, step: str | int) -> At:
        return At(self.source, (*self.path, step))

    @property
    def place(self) -> Place:
        """The place of the value."""
        return self.source.place(self.path)

    @property
    def value(self) -> Any:
        """What stands there; None when nothing does."""
        tree = self.source.tree
        for step in self.path:
            if isinstance(tree, dict):
                tree = tree.get(step)
            elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
                tree = tree[step]
            else:
                return None
        return tree

    def key(self, name: str) -> Place:
        """The place of a key rather than of its value."""
        return self.source.place((*self.path, name, "@key"))


def merged(first: At, second: At) -> At:
    """Two mappings as one, each key with the place where it stands; the second wins, and mappings in both are merged too, at any depth."""
    if not (isinstance(first.value, dict) and isinstance(second.value, dict)):
        return second
    places = {**first.source.places, **second.source.places}
    return At(Source(second.source.file, _joined(first.value, second.value), places, first.source.faulty | second.source.faulty))


def _joined(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    tree = dict(first)
    for key, value in second.items():
        inner = isinstance(value, dict) and isinstance(tree.get(key), dict)
        tree[key] = _joined(tree[key], value) if inner else value
    return tree
