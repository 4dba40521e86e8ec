"""The shipped knowledge, loaded once for all tests that need it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from engine.case import Case
from engine.case_files import case_files
from engine.case_reading import read_case
from engine.infer import Reasoner
from engine.result import Inference
from knowledge import load
from knowledge.pack_files import base_folder


@cache
def reasoner() -> Reasoner:
    """A reasoner over the shipped knowledge."""
    return Reasoner(load())


def case_path(name: str) -> Path:
    """The file of a shipped case, by its id."""
    return next((base_folder() / "cases").rglob(f"{name}.yaml"))


def case(name: str) -> Case:
    """A shipped case, by its id."""
    return read_case(case_path(name), reasoner().kb)


@cache
def inferred(name: str) -> Inference:
    """What is concluded about a shipped case."""
    return reasoner().infer(case(name))


def every_case() -> list[str]:
    """The ids of all shipped cases, in order."""
    return sorted(path.stem for path in case_files([base_folder()]))
