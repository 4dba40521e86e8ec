"""A larger knowledge base of the same kind: copies of findings, conclusions, links, rules and instruments under ids of their own.

Each copy concludes about its own answers what the original concludes about the original ones. Shared are norms, sources and the
list of own activities (a table of people has one such list); what a plan says about a copy is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from engine.case import Case
from knowledge.model import Conclusion, Finding, Instrument, KnowledgeBase, Leaf, Link, Rule, When

MARK = "__"
T = TypeVar("T")


def replicated(kb: KnowledgeBase, times: int) -> KnowledgeBase:
    """The knowledge `times` times: the original and `times - 1` copies."""
    copies = [_Copy(kb, _names(kb, number)) for number in range(2, times + 1)]
    findings = [one for copy in copies for one in copy.findings()]
    conclusions = [one for copy in copies for one in copy.conclusions()]
    instruments = [one for copy in copies for one in copy.instruments()]
    return replace(
        kb, findings={**kb.findings, **{one.id: one for one in findings}},
        conclusions={**kb.conclusions, **{one.id: one for one in conclusions}},
        instruments={**kb.instruments, **{one.id: one for one in instruments}},
        links=(*kb.links, *(one for copy in copies for one in copy.links())),
        rules=(*kb.rules, *(one for number, copy in enumerate(copies, start=1) for one in copy.rules(number * len(kb.rules)))),
        sha256=f"{kb.sha256} x {times}",
    )


def replicated_case(case: Case, kb: KnowledgeBase, times: int) -> Case:
    """The same answers to the original findings and to every copy of them."""
    names = [_names(kb, number) for number in range(2, times + 1)]
    more = {(one[name], side): answer for one in names for (name, side), answer in case.answers.items() if name in one}
    return case.with_answers(more)


def replicated_columns(columns: Mapping[str, T], kb: KnowledgeBase, times: int) -> dict[str, T]:
    """The same cells in the columns of the original findings and of every copy; see `engine.cohort.table` for their names."""
    out = dict(columns)
    for number in range(2, times + 1):
        names = _names(kb, number)
        for column, cells in columns.items():
            finding, dot, rest = column.partition(".")
            if finding in names:
                out[f"{names[finding]}{dot}{rest}"] = cells
    return out


def _names(kb: KnowledgeBase, number: int) -> Mapping[str, str]:
    """The id of every part in a copy; what is not here is shared."""
    findings = [one.id for one in kb.findings.values() if one.answer.form != "list"]
    rules = [name for rule in kb.rules for name in (rule.id, rule.cluster) if name]
    return {name: f"{name}{MARK}{number}" for name in (*findings, *kb.conclusions, *kb.instruments, *rules)}


@dataclass(frozen=True, slots=True)
class _Copy:
    """One copy; an id that has no new name stays as it is."""

    kb: KnowledgeBase
    names: Mapping[str, str]

    def _new(self, name: str) -> str:
        return self.names.get(name, name)

    def _all(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self._new, names))

    def findings(self) -> list[Finding]:
        return [self._finding(one) for one in self.kb.findings.values() if one.id in self.names]

    def _finding(self, one: Finding) -> Finding:
        derived = replace(one.derived, of=self._new(one.derived.of)) if one.derived else None
        must_ask = replace(one.must_ask, any_of=self._all(one.must_ask.any_of)) if one.must_ask else None
        return replace(one, id=self._new(one.id), derived=derived, must_ask=must_ask, tests_node=self._all(one.tests_node))

    def conclusions(self) -> list[Conclusion]:
        return [
            replace(one, id=self._new(one.id), severity=self._leaves(one.severity), retest=self._all(one.retest))
            for one in self.kb.conclusions.values()
        ]

    def instruments(self) -> list[Instrument]:
        return [
            replace(one, id=self._new(one.id), count=self._leaves(one.count), either=tuple(map(self._leaves, one.either)))
            for one in self.kb.instruments.values()
        ]

    def links(self) -> list[Link]:
        return [
            replace(one, source=self._new(one.source), target=self._new(one.target), tries=self._all(one.tries)) for one in self.kb.links
        ]

    def rules(self, after: int) -> list[Rule]:
        return [self._rule(one, after) for one in self.kb.rules]

    def _rule(self, one: Rule, after: int) -> Rule:
        return replace(
            one, id=self._new(one.id), when=self._when(one.when), targets=self._all(one.targets), by=self._new(one.by),
            cluster=self._new(one.cluster), order=one.order + after, fires=(), quiet=(),
        )

    def _when(self, when: When) -> When:
        all_, any_, none, at_least = (self._leaves(part) for part in (when.all, when.any, when.none, when.at_least))
        return When(all_, any_, none, at_least, when.count)

    def _leaves(self, leaves: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
        return tuple(self._leaf(one) for one in leaves)

    def _leaf(self, one: Leaf) -> Leaf:
        if one.about == "outcome":
            return one
        finding, dot, detail = one.subject.partition(".")
        words = self._all(one.words) if one.about == "leading" else one.words
        return replace(one, subject=f"{self._new(finding)}{dot}{detail}", words=words)
