"""The steps of a person's chains, worked out a second time: a plain search over the rows of the link table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.result import Node
from knowledge.model import KnowledgeBase, Link
from tests.oracle_words import OTHER

STARTING = ("origin", "impairment", "habit", "overload", "modulator", "local_diagnosis")
Found = tuple[Node, Node, str]


def oracle_steps(kb: KnowledgeBase, states: Mapping[Node, str], claimed: Iterable[tuple[Node, Node]]) -> frozenset[Found]:
    """Every step: first those that follow from what is present, then associations whose source leads nowhere else."""
    search = _Search(kb, states, frozenset(claimed))
    search.spread(associations=False)
    search.leading = search.leads_to_complaint()
    search.spread(associations=True)
    return frozenset(search.steps)


class _Search:
    def __init__(self, kb: KnowledgeBase, states: Mapping[Node, str], claimed: frozenset[tuple[Node, Node]]) -> None:
        self.kb, self.states, self.claimed = kb, states, claimed
        telling = [one.id for one in kb.conclusions.values() if one.pain_side]
        self.pain = [side for side in OTHER if any(states.get((name, side)) == "supported" for name in telling)]
        self.active = {node for node, state in states.items() if state == "supported" and self._layer(node) in STARTING}
        self.steps: set[Found] = set()
        self.leading: set[Node] = set()

    def _layer(self, node: Node) -> str:
        return self.kb.conclusions[node[0]].layer

    def spread(self, associations: bool) -> None:
        """Follow links from what is active until nothing new becomes active."""
        before = -1
        while before != len(self.active):
            before = len(self.active)
            for source in sorted(self.active):
                self.steps |= set(self._steps_from(source, associations))
            self.active |= {target for _, target, _ in self.steps}

    def _steps_from(self, source: Node, associations: bool) -> Iterator[Found]:
        for link in self.kb.links:
            if link.source == source[0] and not link.feedback:
                for side in self._arriving(source, link):
                    how = self._how(source, link, (link.target, side), associations)
                    if how:
                        yield source, (link.target, side), how

    def _how(self, source: Node, link: Link, target: Node, associations: bool) -> str:
        present = self.states.get(target) == "supported"
        if self._layer(source) in ("origin", "impairment") and self._layer(target) == "presentation":
            follows = associations and present and self.kb.conclusions[source[0]].modifiable and source not in self.leading
            return "association" if follows else ""
        if self.kb.conclusions[link.target].inferred:
            past = self._layer(source) == "origin" and not self.kb.conclusions[source[0]].modifiable
            return "" if past else "inferred"  # a past event must lead to something that is there
        return "step" if present and self._open_to(source, target) else ""

    def _open_to(self, source: Node, target: Node) -> bool:
        """A claimed target is open only to its claimer and to what the same conclusion claims."""
        owners = {by for node, by in self.claimed if node == target}
        return not owners or source in owners or any((source, by) in self.claimed for by in owners)

    def _arriving(self, source: Node, link: Link) -> tuple[str, ...]:
        target = self.kb.conclusions[link.target]
        if not target.per_side:
            return ("none",)
        if source[1] in OTHER and link.side in ("same", "opposite"):
            return (source[1] if link.side == "same" else OTHER[source[1]],)
        if target.inferred:  # no test tells its side: it is where the pain is
            return (self.pain[0],) if len(self.pain) == 1 else ("none",)
        return ("left", "right")

    def leads_to_complaint(self) -> set[Node]:
        """The nodes from which the steps so far reach a present complaint."""
        ends = {node for node, state in self.states.items() if state == "supported" and self._layer(node) == "presentation"}
        leading: set[Node] = set()
        for _ in range(len(self.steps) + 1):
            leading |= {source for source, target, _ in self.steps if target in ends | leading}
        return leading
