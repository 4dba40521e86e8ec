"""The sums of evidence as they stood after each stratum, formed again from the firings by the rule that formed them first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.evidence import EVIDENCE, weigh
from engine.recounting.said import rule_of, said_by
from engine.result import Fired, Node, Status
from knowledge.model import KnowledgeBase, Rule

Pieces = dict[Node, dict[tuple[str, str, int], set[Node]]]


@dataclass(frozen=True, slots=True)
class StratumSums:
    """The conclusions whose sum or status a stratum changed, as they stood after it."""

    stratum: int
    statuses: tuple[Status, ...]


def stratum_sums(trace: Iterable[Fired], kb: KnowledgeBase) -> tuple[StratumSums, ...]:
    """After each stratum in which some rule spoke: what its evidence changed, in order of node; pieces without their findings."""
    rules = {rule.id: rule for rule in kb.rules_of(*EVIDENCE)}
    clusters = {rule.id: rule.cluster for rule in rules.values()}
    pieces: Pieces = {}
    out = []
    for stratum, told in _by_stratum(trace, rules).items():
        for node, key in told:
            pieces.setdefault(node, {})[key] = set()
        changed = sorted({node for node, _ in told})
        out.append(StratumSums(stratum, tuple(weigh(node, pieces[node], clusters, kb.scale) for node in changed)))
    return tuple(out)


def _by_stratum(trace: Iterable[Fired], rules: Mapping[str, Rule]) -> Mapping[int, list[tuple[Node, tuple[str, str, int]]]]:
    told: dict[int, list[tuple[Node, tuple[str, str, int]]]] = {}
    for stratum, node, key in _evidence(trace, rules):
        told.setdefault(stratum, []).append((node, key))
    return dict(sorted(told.items()))


def _evidence(trace: Iterable[Fired], rules: Mapping[str, Rule]) -> Iterator[tuple[int, Node, tuple[str, str, int]]]:
    for fired in (one for one in trace if one.phase == "evidence"):
        for one in said_by(fired):
            if one.what == "evidence" and one.amount is not None:
                rule = rules[rule_of(fired)]
                yield rule.stratum, one.node, (rule.id, one.kind, one.amount)
