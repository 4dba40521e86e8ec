"""Which findings could change an explanation by one answer, and which of their words no rule tells apart; so that few what-ifs are left.

Nothing is left out that could matter: the ranking is the same as without this (tests/test_asking_laws.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.cohort.layout import is_relative
from engine.compile import negative_leaf
from engine.conditions import instance_sides, leaf_truth, look_up
from engine.gaps import BRIDGES
from engine.questions import DECIDING, SETTLING, Readers, is_known
from engine.valuation import Valuation
from knowledge.model import Finding, KnowledgeBase, Leaf, Rule, When
from knowledge.sides import BODY, NONE

TOLD_APART = (("yes",), ("better",), ("same", "worse"))
"""Words that count beside the rules: an activity that hurts, a bedside change that helped or did nothing."""


Part = tuple[tuple[Leaf, frozenset[str]], ...]
"""Leaves, each with the findings whose answers it hangs on; none for a leaf about a conclusion, which any answer may turn."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule on one side of the body, with what each part of its condition hangs on; `able` is all of it."""

    side: str
    count: int
    every: Part
    some: Part
    counted: Part
    none: Part
    able: frozenset[str]


class Reach:
    """The findings of a knowledge base by what hangs on them; built once."""

    def __init__(self, readers: Readers) -> None:
        self.readers, self.kb = readers, readers.kb
        self.sources = {name: frozenset(_sources(name, self.kb)) for name in self.kb.findings}
        self.rules = tuple(one for one in self.kb.rules if _explains(one))
        self.direct = frozenset(self._direct())
        self.settling = frozenset(
            name for one in self.kb.rules_of(*SETTLING) for leaf in one.when.leaves for name in self._of(leaf) if leaf not in one.when.none
        )
        self._leaves: dict[tuple[str, str, tuple[str, ...], str], Leaf] = {}
        self._readings = tuple(self._reading(one.when, side) for one in self.rules for side in instance_sides(one.when))
        bridges = [one for one in self.kb.conclusions.values() if one.layer in BRIDGES]
        self._bridges = tuple((one.id, side) for one in bridges for side in (BODY if one.per_side else (NONE,)))
        self.words = self._told_apart()

    def live(self, valuation: Valuation) -> frozenset[str]:
        """The findings of which one answer could change an explanation, as far as rules alone tell."""
        found = set(self.direct)
        seen: dict[tuple[int, str], bool] = {}
        look = look_up(valuation)

        def true(leaf: Leaf, side: str) -> bool:
            key = (id(leaf), side)  # equal leaves are one object here, and a small key is quick
            if key not in seen:
                seen[key] = bool(leaf_truth(leaf, side, look))
            return seen[key]

        for one in self._readings:
            if not one.able <= found:
                found |= _turning(one, true)
        return frozenset(found | set(self._last_open(valuation)))

    def _reading(self, when: When, side: str) -> Reading:
        every, some, counted, none = (
            tuple((self._same(leaf), self._of(leaf)) for leaf in part) for part in (when.all, when.any, when.at_least, when.none)
        )
        able = frozenset().union(*(sources for _, sources in (*every, *some, *counted, *none)))
        return Reading(side, when.count, every, some, counted, none, able)

    def _same(self, leaf: Leaf) -> Leaf:
        """The one leaf that stands for all that ask the same."""
        return self._leaves.setdefault((leaf.about, leaf.subject, leaf.words, leaf.side), leaf)

    def _of(self, leaf: Leaf) -> frozenset[str]:
        return self.sources[leaf.finding] if leaf.about == "finding" else frozenset()

    def _told_apart(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        read = _words_read(self.rules, self.kb)
        derived = {source for name, sources in self.sources.items() for source in sources - {name}}
        return {name: tuple(_classes(one, read.get(name, ()), name in derived)) for name, one in self.kb.findings.items()}

    def _direct(self) -> Iterator[str]:
        """Findings that count without a rule: hurting activities, bedside changes, signs of severity."""
        yield from (one.id for one in self.kb.findings.values() if one.hurts or one.tests_node)
        for conclusion in self.kb.conclusions.values():
            yield from (name for leaf in conclusion.severity for name in self._of(leaf))

    def _last_open(self, valuation: Valuation) -> Iterator[str]:
        """A gap is a gap as long as something can be asked about it; whose answer would be the last may close it."""
        for node in self._bridges:
            open_ = [name for name in self.readers.of.get(node[0], ()) if not is_known(name, node[1], valuation, self.kb)]
            if len(open_) == 1:
                yield open_[0]


def _explains(rule: Rule) -> bool:
    """Whether a rule says something that explanations are made of."""
    return rule.verb in (*DECIDING, "claims") or (rule.verb == "flags" and rule.urgency == "routine")


def _sources(name: str, kb: KnowledgeBase) -> Iterator[str]:
    """The finding itself, and those it is derived from, however far."""
    derived = kb.findings[name].derived
    if derived is None:
        yield name
        return
    for leaf_of in [leaf.finding for leaf in kb.instruments[derived.of].leaves] if derived.how == "score" else [derived.of]:
        yield from _sources(leaf_of, kb)


def _turning(one: Reading, true: Callable[[Leaf, str], bool]) -> frozenset[str]:
    """The findings of which an answer could make the rule fire or keep it from firing; all others stay as they are."""
    able = one.able
    for leaf, sources in one.every:
        if sources and not true(leaf, one.side):
            able &= sources
    if able and one.some and all(sources and not true(leaf, one.side) for leaf, sources in one.some):
        able &= frozenset().union(*(sources for _, sources in one.some))
    for leaf, sources in one.none if able else ():
        if true(leaf, one.side):
            able &= sources
    return frozenset(name for name in able if _enough(name, one, true)) if one.counted else able


def _enough(name: str, one: Reading, true: Callable[[Leaf, str], bool]) -> bool:
    return sum(not sources or name in sources or true(leaf, one.side) for leaf, sources in one.counted) >= one.count


def _classes(finding: Finding, read: Sequence[tuple[str, ...]], derived: bool) -> Iterator[tuple[str, ...]]:
    """The words of a finding, those together that nothing tells apart; where words are made into other words each stands alone."""
    alike: dict[object, list[str]] = {}
    for word in finding.words:
        alone = derived or is_relative(finding) or finding.id in ("age", "sex")
        alike.setdefault(word if alone else tuple(word in words for words in (*read, *TOLD_APART)), []).append(word)
    yield from map(tuple, alike.values())


def _words_read(rules: Iterable[Rule], kb: KnowledgeBase) -> dict[str, list[tuple[str, ...]]]:
    """For each subject, the sets of words that something asks for."""
    leaves = [leaf for rule in rules for leaf in (*rule.when.leaves, *_negative(rule))]
    leaves += [leaf for one in kb.conclusions.values() for leaf in one.severity]
    found: dict[str, list[tuple[str, ...]]] = {}
    for leaf in leaves:
        found.setdefault(leaf.subject, []).append(leaf.words)
    return found


def _negative(rule: Rule) -> list[Leaf]:
    return [negative_leaf(rule)] if rule.weight and rule.weight.lr_negative else []
