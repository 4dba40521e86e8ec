"""A knowledge base as bytes and back; pickle is hidden here.

Pickle restores frozen dataclasses with slots through a Python loop over their fields, twice as slow as making them anew, and
has no way with read-only mappings. So both are written as the call that makes them, and only such calls are read.
"""

from __future__ import annotations

import gc
import io
import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from knowledge.model import KnowledgeBase

_ROOM = __name__.partition(".")[0]


def packed(kb: KnowledgeBase) -> bytes:
    """The knowledge base as bytes that `unpacked` reads with the same code."""
    out = io.BytesIO()
    _Packer(out, pickle.HIGHEST_PROTOCOL).dump(kb)
    return out.getvalue()


def unpacked(content: bytes) -> KnowledgeBase | None:
    """The knowledge base, or None when these bytes do not hold one."""
    try:
        with _uncollected():
            kb = _Unpacker(io.BytesIO(content)).load()
    except Exception:  # pickle promises no particular error for bytes that are not its own
        return None
    return kb if isinstance(kb, KnowledgeBase) else None


def sealed(words: dict[str, Any]) -> Mapping[str, Any]:
    """A mapping that only reads."""
    return MappingProxyType(words)


class _Packer(pickle.Pickler):
    def __init__(self, out: io.BytesIO, protocol: int) -> None:
        super().__init__(out, protocol)
        self._texts: dict[Any, Any] = {}

    def reducer_override(self, one: Any) -> Any:
        if isinstance(one, MappingProxyType):
            return sealed, (dict(one),)
        if is_dataclass(one) and not isinstance(one, type):
            return type(one), tuple(self._once(getattr(one, name)) for name in _names(type(one)))
        return NotImplemented

    def _once(self, value: Any) -> Any:
        """Equal texts, and equal tuples of texts, as one object, which is written once; file names stand here thousands of times."""
        text = isinstance(value, str) or (isinstance(value, tuple) and all(isinstance(part, str) for part in value))
        return self._texts.setdefault(value, value) if text else value


class _Unpacker(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Callable[..., Any]:
        """Dataclasses of this room and read-only mappings; nothing else is ever called."""
        if module.partition(".")[0] == _ROOM:
            found: Callable[..., Any] = super().find_class(module, name)
            if found is sealed or (isinstance(found, type) and is_dataclass(found)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of knowledge")


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


@contextmanager
def _uncollected() -> Iterator[None]:
    """None of thousands of new objects is garbage; looking for some among them takes half of the reading time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
