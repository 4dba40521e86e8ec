"""Knowledge bases built before, each under the hash of all that it was built from."""

from __future__ import annotations

from knowledge.kept_files import read_kept, write_kept
from knowledge.model import KnowledgeBase
from knowledge.packing import packed, unpacked

FAMILY = "knowledge"


def kept(key: str) -> KnowledgeBase | None:
    """The knowledge base of that key, equal to one built anew; None when none is kept, or none can be trusted."""
    content = read_kept(f"{FAMILY}-{key}") if key else None
    return unpacked(content) if content is not None else None


def keep(key: str, kb: KnowledgeBase) -> None:
    """Keep a knowledge base without problems for the next run, if that can be done."""
    if key:
        write_kept(FAMILY, key, packed(kb))
