"""The hash that names the content of a knowledge base: equal content, equal hash, in whatever order folders are given."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from knowledge.pack import Pack
from knowledge.yaml_source import At


def fingerprint(pack: Pack, trees: Mapping[str, At | None]) -> str:
    """What counts is the text of each file of which something holds, and which unit of an id holds."""
    return hashlib.sha256("\n".join(sorted(_lines(pack, trees))).encode()).hexdigest()


def _lines(pack: Pack, trees: Mapping[str, At | None]) -> Iterator[str]:
    for section, entries in pack.units.items():
        yield from (f"{section}\0{name}\0{one.file.digest}\0{one.rank[0]}" for name, one in entries.items())
    for (source, target), link in pack.links.items():
        yield f"link\0{source}\0{target}\0{link.file.digest}\0{link.row.place.line}\0{link.rank[0]}"
    for name, at in trees.items():
        yield f"{name}\0{json.dumps(at.value if at else None, sort_keys=True, ensure_ascii=False)}"
