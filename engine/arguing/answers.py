"""What could still be answered: every way an open finding may come out, and the outcomes of a bedside change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from types import MappingProxyType

from engine.asking.what_if import open_sides
from engine.case import Answer, Case, Key
from knowledge.model import Finding, KnowledgeBase
from knowledge.problems import Place

SUPPOSED = Place("supposed")
"""The place of an answer that nobody gave."""
RESULTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "lasting": ("better", {"twice": "yes", "lost_on_removal": "yes"}), "better": ("better", {}),
    "same": ("same", {}), "worse": ("worse", {}),
}
"""The outcomes of a bedside change: the answer with its details, for what `engine.claims.bedside` makes of it."""


@cache
def supposed(word: str) -> Answer:
    """An answer that nobody gave yet."""
    return Answer(word, MappingProxyType({}), SUPPOSED)


def ways_to_answer(finding: Finding, case: Case) -> list[dict[Key, Answer]]:
    """Every way in words in which the open sides of a finding may come out together; a number enters by its words."""
    sides = open_sides(finding, case)
    words = product(finding.words, repeat=len(sides)) if sides and finding.words and not finding.derived else ()
    return [{(finding.id, side): supposed(word) for side, word in zip(sides, one, strict=True)} for one in words]


def bedside_changes(kb: KnowledgeBase) -> Iterator[Finding]:
    """The findings that say what changing a link did to the own task: those that links name, and those that test a conclusion."""
    named = {name for link in kb.links for name in link.tries}
    for finding in kb.findings.values():
        if finding.kind == "response" and (finding.id in named or finding.tests_node):
            yield finding


def result_of(finding: Finding, side: str, result: str) -> dict[Key, Answer]:
    """One outcome of a bedside change as an answer, with the details that the finding knows."""
    word, details = RESULTS[result]
    return {(finding.id, side): Answer(word, {name: value for name, value in details.items() if finding.detail(name)}, SUPPOSED)}
