"""What-ifs: for each finding that may be asked, each answer it may get, as one row of a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from engine.case import Case
from engine.cohort.batch import Batch, batch_of, put_relative
from engine.cohort.layout import Layout
from knowledge.model import Finding, KnowledgeBase
from knowledge.sides import BODY, NONE, UNSTATED

Classes = Callable[[Finding], Sequence[tuple[str, ...]]]
"""The words of a finding, those together that nothing tells apart; the first stands for all."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """An answer that a finding may get: on each side asked, the words that come to the same."""

    finding: str
    sides: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]


def open_sides(finding: Finding, case: Case) -> tuple[str, ...]:
    """The sides on which a finding was not asked yet; what was asked and nobody knows is not asked again."""
    if not finding.per_side:
        return () if case.answer(finding.id) else (NONE,)
    return () if case.answer(finding.id, UNSTATED) else tuple(side for side in BODY if not case.answer(finding.id, side))


def may_be_asked(case: Case, kb: KnowledgeBase, withheld: frozenset[str]) -> Iterator[Finding]:
    """The findings that have words, are not answered, and are safe to test now."""
    for one in kb.findings.values():
        if one.words and not one.derived and one.id not in withheld and open_sides(one, case):
            yield one


def what_ifs(findings: Sequence[Finding], case: Case, classes: Classes) -> tuple[WhatIf, ...]:
    """Every answer to each finding, both sides together; the answers to one finding stand together."""
    return tuple(
        WhatIf(one.id, sides, words)
        for one in findings
        for sides in [open_sides(one, case)]
        for words in product(classes(one), repeat=len(sides))
    )


def batch_with(worlds: Sequence[Case], options: Sequence[WhatIf], layout: Layout) -> Batch:
    """The worlds as they are, then every what-if in each: rows of one world stand together, in the order of the options."""
    now = batch_of(worlds, layout)
    batch = now.take(np.concatenate([np.arange(len(worlds)), np.repeat(np.arange(len(worlds)), len(options))]))
    for slot, rows in _rows(options).items():
        every = np.concatenate([len(worlds) + world * len(options) + np.array(rows) for world in range(len(worlds))])
        _put(batch, every, *slot, layout)
    return batch


def _rows(options: Sequence[WhatIf]) -> Mapping[tuple[str, str, str], list[int]]:
    """The options in which a finding has a word on a side."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for row, one in enumerate(options):
        for side, words in zip(one.sides, one.words, strict=True):
            found.setdefault((one.finding, side, words[0]), []).append(row)
    return found


def _put(batch: Batch, rows: np.ndarray, finding: str, side: str, word: str, layout: Layout) -> None:
    batch.code((finding, side))[rows] = layout.code(finding, word)
    put_relative(batch, rows, layout.kb.findings[finding], word, layout)
