"""The small whole pack of tests/tiny, copies of it with one file changed, and what its author is then told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from engine.case_reading import read_case_text
from engine.examples import check_examples
from engine.infer import Reasoner
from knowledge import KnowledgeBase, Problem, ProblemsFound, load, load_with_problems

TINY = Path(__file__).parent / "tiny"


@cache
def tiny() -> KnowledgeBase:
    """The pack as it stands, read once."""
    return load(base=TINY)


def copied(folder: Path) -> Path:
    """A copy of the pack to change; it is called tiny too, so that places read the same."""
    return Path(shutil.copytree(TINY, folder / "tiny"))


def put(pack: Path, name: str, text: str) -> Path:
    """A file of the pack, added or replaced."""
    file = pack / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    return file


def pack_problems(pack: Path) -> tuple[Problem, ...]:
    """What loading tells; when it tells nothing, what the examples beside the rules tell."""
    kb, problems = load_with_problems(base=pack)
    return problems or (tuple(check_examples(kb, Reasoner(kb))) if kb else ())


def case_problems(text: str, shown: str = "case.yaml") -> tuple[Problem, ...]:
    """What reading the text as a case tells."""
    return told_by(lambda: read_case_text(text, shown, tiny()))


def told_by(read: Callable[[], object]) -> tuple[Problem, ...]:
    """The problems a reading raises; none when it works."""
    try:
        read()
    except ProblemsFound as found:
        return found.problems
    return ()
