"""An inference as text with everything in it, in the order in which it stands there; run with case files to print theirs."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from engine.case_reading import read_case
from engine.infer import Reasoner
from engine.result import Inference
from knowledge.load import load

HASHED = "abcdefghijklmnop"


def as_text(inference: Inference) -> str:
    """Every field of every part; pairs of a mapping in their order. A set has no order to tell, so it is sorted."""
    return json.dumps(_plain(inference), indent=1)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(one)] for key, one in value.items()]
    if isinstance(value, Set):
        return sorted(map(_plain, value))
    return list(map(_plain, value)) if isinstance(value, list | tuple) else value


def main(paths: list[str]) -> None:
    """Print how this process orders a set of words, and then every inference."""
    print("".join(set(HASHED)))
    kb = load()
    reasoner = Reasoner(kb)
    for path in paths:
        print(as_text(reasoner.infer(read_case(Path(path), kb))))


if __name__ == "__main__":
    main(sys.argv[1:])
