"""The first forward run: evidence for and against the presence of each conclusion, then its status.

Rules that read a conclusion run after the rules that decide it; between those strata the sums are formed here and
declared as facts. Vetoes come last, when every status is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.compile import Reading, compile_rules, counted_facts, negative_leaf, status_facts
from engine.conditions import look_at_all, sides_read
from engine.forward import Firing, ForwardEngine, Item, in_order, item
from engine.records import fired_record
from engine.result import Claimed, Fired, Node, Piece, Read, Status
from engine.valuation import Valuation
from knowledge.model import KnowledgeBase, Rule
from knowledge.scale import Scale
from knowledge.sides import BODY, NONE

EVIDENCE = ("shows", "excludes", "supports", "against")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The statuses of every conclusion on every side, the nodes claimed by vetoes, and the trace of the run."""

    statuses: Mapping[Node, Status]
    claimed: tuple[Claimed, ...]
    fired: tuple[Fired, ...]


class EvidenceRun:
    """The evidence rules of a knowledge base, compiled once; `forward` is the kind of engine they run on."""

    def __init__(self, kb: KnowledgeBase, forward: type[ForwardEngine] = ForwardEngine) -> None:
        deciding = kb.rules_of(*EVIDENCE)
        last = 1 + max((rule.stratum for rule in deciding), default=0)
        vetoes = tuple(replace(rule, stratum=last) for rule in kb.rules_of("claims"))
        self.kb, self.rules, self.last = kb, (*deciding, *vetoes), last
        self.by_id = {rule.id: rule for rule in self.rules}
        self.reading = Reading(self.rules)
        self.due = self._due(_ready_after(kb, deciding))
        self._clusters = {rule.id: rule.cluster for rule in self.rules}
        self._silent = {node: weigh(node, {}, {}, kb.scale) for node in _nodes(kb)}
        self._engine = forward(compile_rules(self.rules, kb))

    def run(self, valuation: Valuation) -> Evidence:
        """Evidence, statuses and vetoes for one valuation."""
        engine = self._engine
        engine.begin(self.reading.finding_facts(valuation))
        for stratum, (nodes, counts) in self.due.items():
            states = {node: status.state for node, status in self._statuses(engine.firings, nodes).items()}
            counted = counted_facts(counts, look_at_all(valuation, states, {}))
            engine.go_on([*status_facts(states), *counted, item("Stratum", n=str(stratum))])
        statuses = self._statuses(engine.firings, self._silent, valuation)
        claimed = tuple(_claims(engine.facts_known, statuses))
        fired = tuple(fired_record(one, "evidence", self.by_id, valuation) for one in engine.firings)
        return Evidence(statuses, claimed, fired)

    def _due(self, ready: Mapping[str, int]) -> Mapping[int, tuple[tuple[Node, ...], tuple[Rule, ...]]]:
        """What is settled before each stratum: the nodes some rule reads whose status is final, and the counts of the stratum."""
        read = [node for node in _nodes(self.kb) if node[0] in self.reading.conclusions]
        return {
            stratum: (tuple(n for n in read if ready[n[0]] < stratum), tuple(r for r in self.reading.late_counts if r.stratum == stratum))
            for stratum in range(1, self.last + 1)
        }

    def _statuses(self, firings: Sequence[Firing], nodes: Iterable[Node], valuation: Valuation | None = None) -> Mapping[Node, Status]:
        """The statuses of these nodes so far; with a valuation each piece also keeps the findings it was read from."""
        pieces: dict[Node, dict[tuple[str, str, int], set[Node]]] = {}
        for firing in firings:
            for said in (*firing.asserted, *firing.confirmed):
                if said.kind == "Evidence":
                    key = (said["rule"], said["kind"], int(said["amount"]))
                    read = pieces.setdefault((said["conclusion"], said["side"]), {}).setdefault(key, set())
                    read |= findings_read(firing, self.by_id[said["rule"]], valuation) if valuation else set()
        return {n: weigh(n, pieces[n], self._clusters, self.kb.scale) if n in pieces else self._silent[n] for n in nodes}


def _nodes(kb: KnowledgeBase) -> list[Node]:
    """Every conclusion on every side it has."""
    return [(c.id, side) for c in kb.conclusions.values() for side in (BODY if c.per_side else (NONE,))]


def findings_read(firing: Firing, rule: Rule, valuation: Valuation) -> set[Node]:
    """The findings that made a rule fire, each on the side where its answer fits; an answered negative for `no`."""
    side = dict(firing.bindings).get("side", NONE)
    leaves = [negative_leaf(rule)] if firing.production.endswith("/no") else [*rule.when.all, *rule.when.any, *rule.when.at_least]
    places = [(leaf, one) for leaf in leaves if leaf.about == "finding" for one in sides_read(leaf, side)]
    return {(leaf.subject, one) for leaf, one in places if set(leaf.words) & set(valuation.look(leaf.subject, one) or ())}


def weigh(node: Node, pieces: Mapping[tuple[str, str, int], set[Node]], clusters: Mapping[str, str], scale: Scale) -> Status:
    """The status of one node: settled by what defines it, else by the sum in which a cluster counts once each way."""
    best: dict[tuple[str, bool], tuple[int, str]] = {}
    for rule, kind, amount in pieces:
        if kind in ("supports", "against"):
            slot = (clusters[rule], amount > 0)
            best[slot] = max(best.get(slot, (0, "")), (abs(amount), rule))
    counted = {(rule, positive) for (_, positive), (_, rule) in best.items()}
    told = tuple(sorted(
        (Piece(rule, kind, amount, kind in ("shows", "excludes") or (rule, amount > 0) in counted, tuple(sorted(read)))
         for (rule, kind, amount), read in pieces.items()),
        key=lambda piece: (piece.kind not in ("shows", "excludes"), -abs(piece.amount), piece.rule),
    ))
    total = sum(piece.amount for piece in told if piece.counted)
    shown, excluded = (any(piece.kind == kind for piece in told) for kind in ("shows", "excludes"))
    if shown and excluded:
        return Status(node, "open", False, total, told, conflict=True)
    if shown or excluded:
        return Status(node, "supported" if shown else "refuted", True, total, told)
    state = "supported" if total >= scale.supported_at else "refuted" if total <= scale.refuted_at else "open"
    return Status(node, state, False, total, told)


def _ready_after(kb: KnowledgeBase, rules: Sequence[Rule]) -> Mapping[str, int]:
    """The stratum after which each conclusion's status is final."""
    ready = dict.fromkeys(kb.conclusions, 0)
    for rule in rules:
        for target in rule.targets:
            ready[target] = max(ready[target], rule.stratum)
    return ready


def _claims(facts: Iterable[Item], statuses: Mapping[Node, Status]) -> Iterable[Claimed]:
    taken = set()
    for one in in_order(fact for fact in facts if fact.kind == "Claimed"):
        node, by = (one["node"], one["side"]), (one["by"], one["by_side"])
        if statuses[by].state == "supported" and (node, by) not in taken:
            taken.add((node, by))
            yield Claimed(node, by, one["rule"])


__all__ = ["Evidence", "EvidenceRun", "Read", "weigh"]
