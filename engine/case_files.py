"""The case files of knowledge packs, and the sentences that explain where a case comes out otherwise than its author expects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from knowledge.problems import Problem, ProblemsFound
from knowledge.yaml_source import At, read_source, read_text

CASES, EXPLAINED = "cases", "disagreements.yaml"


def case_files(folders: Sequence[Path]) -> list[Path]:
    """Every case of these packs, in order."""
    return sorted(path for folder in folders for path in (folder / CASES).rglob("*.yaml") if path.name != EXPLAINED)


def explained(folders: Sequence[Path]) -> Mapping[str, str]:
    """One sentence for each case that is known to disagree, by case id. Raises ProblemsFound."""
    out: dict[str, str] = {}
    for path in (folder / CASES / EXPLAINED for folder in folders):
        if path.is_file():
            out.update(_sentences(path))
    return out


def _sentences(path: Path) -> Mapping[str, str]:
    text, problems = read_text(path, str(path))
    source, found = read_source(text or "", str(path))
    at = At(source)
    problems.extend(found)
    if not problems and not isinstance(source.tree, dict):
        problems.append(Problem(at.place, "CS113", "explanations need a mapping", "write 'CASE: one sentence' for each case"))
    if problems:
        raise ProblemsFound(problems)
    return {name: _sentence(at / name) for name in at.value}


def _sentence(at: At) -> str:
    if not isinstance(at.value, str) or not at.value.strip():
        hint = "write one sentence; put quotes around one that has a colon in it"
        raise ProblemsFound([Problem(at.place, "CS113", "an explanation needs a text", hint)])
    return " ".join(at.value.split())
