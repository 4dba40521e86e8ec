"""What-ifs: for each finding that may be asked, each answer it may get, as one row of a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product

import numpy as np

from engine.case import Case
from engine.cohort.batch import Batch, batch_of, put_relative
from engine.cohort.layout import Layout, is_relative
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
    for start, group in _blocks(options):
        for world in range(len(worlds)):
            _put(batch, len(worlds) + world * len(options) + start, group, layout)
    return batch


def _blocks(options: Sequence[WhatIf]) -> Iterator[tuple[int, tuple[WhatIf, ...]]]:
    """The options of each finding, which stand together, and where they begin."""
    start = 0
    for _, group in groupby(options, key=lambda one: one.finding):
        block = tuple(group)
        yield start, block
        start += len(block)


def _put(batch: Batch, start: int, block: Sequence[WhatIf], layout: Layout) -> None:
    """Answers to one finding, a row each, from row `start` on."""
    finding = layout.kb.findings[block[0].finding]
    for place, side in enumerate(block[0].sides):
        words = [one.words[place][0] for one in block]
        batch.code((finding.id, side))[start : start + len(block)] = [layout.code(finding.id, word) for word in words]
        if is_relative(finding):
            for row, word in enumerate(words, start):
                put_relative(batch, np.array([row]), finding, word, layout)
