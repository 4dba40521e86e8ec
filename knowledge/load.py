"""The way in: the knowledge base of some packs, from the cache when nothing has changed since it was built, else built anew.

Building needs pydantic, yaml and some forty modules, so it is imported only when there is something to build: a run that
finds its knowledge in the cache imports none of them here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knowledge.cache import keep, kept
from knowledge.cache_key import cache_key
from knowledge.model import KnowledgeBase
from knowledge.pack_files import base_folder
from knowledge.problems import Problem, ProblemsFound


def load(extra: Sequence[Path] = (), base: Path | None = None) -> KnowledgeBase:
    """The knowledge base of the shipped pack and the extra packs.

    Raises ProblemsFound with every problem when anything is wrong; such knowledge is never kept, so every run tells all again.
    """
    folders = (base or base_folder(), *extra)
    key = cache_key(folders)
    kb = kept(key)
    if kb is None:
        kb = _built(extra, base)
        # what was written while it was read belongs to neither key
        if key == cache_key(folders):
            keep(key, kb)
    return kb


def load_with_problems(extra: Sequence[Path] = (), base: Path | None = None) -> tuple[KnowledgeBase | None, tuple[Problem, ...]]:
    """The knowledge base as far as it could be built, and all problems; always from the files themselves."""
    from knowledge.build import build

    return build([base or base_folder(), *extra])


def _built(extra: Sequence[Path], base: Path | None) -> KnowledgeBase:
    kb, problems = load_with_problems(extra, base)
    if problems or kb is None:
        raise ProblemsFound(problems)
    return kb
