"""The third forward run: why each thing tried failed or was right, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.compile import Reading, compile_rules, counted_facts, status_facts
from engine.conditions import look_at_all
from engine.forward import ForwardEngine, Item, item
from engine.records import fired_record
from engine.result import Advice, Explanation, Fired, Node, Status, Tried
from engine.valuation import Valuation
from knowledge.model import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Counsel:
    """Verdicts on what was tried, advice, and the trace of the run."""

    tried: tuple[Tried, ...]
    advice: tuple[Advice, ...]
    fired: tuple[Fired, ...]


class AdviceRun:
    """The rules on tried exercises and advice, compiled once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.rules = kb.rules_of("explains_failure", "advises")
        self.by_id = {rule.id: rule for rule in self.rules}
        self.reading = Reading(self.rules)
        self.strata = sorted({rule.stratum for rule in self.rules if rule.stratum})
        self._engine = ForwardEngine(compile_rules(self.rules, kb))

    def run(self, valuation: Valuation, statuses: Mapping[Node, Status], outcome: str, leading: Explanation | None) -> Counsel:
        """Every verdict and advice that fits the answers, the statuses and the outcome."""
        states = {node: status.state for node, status in statuses.items() if node[0] in self.reading.conclusions}
        names = tuple(sorted(_led_by(leading)))
        counts = counted_facts(self.reading.late_counts, look_at_all(valuation, states, {"outcome": (outcome,), "leading": names}))
        facts = [*self.reading.finding_facts(valuation), *status_facts(states), *counts, *_result_facts(outcome, names)]
        self._engine.begin([*facts, *(item("Stratum", n=str(n)) for n in self.strata)])
        fired = tuple(fired_record(one, "advice", self.by_id, valuation) for one in self._engine.firings)
        held = [rule for rule in self.rules if any(one.rule.split("/")[0] == rule.id for one in fired)]
        tried = tuple(Tried(r.targets[0], r.verdict, r.id, r.because, r.instead) for r in held if r.verb == "explains_failure")
        advice = tuple(Advice(r.targets[0], r.id, r.because, r.instead) for r in held if r.verb == "advises")
        return Counsel(tried, advice, fired)


def _led_by(leading: Explanation | None) -> set[str]:
    return {leading.cause[0], *((leading.driver[0],) if leading.driver else ())} if leading else set()


def _result_facts(outcome: str, names: Iterable[str]) -> list[Item]:
    return [item("Result", about="outcome", word=outcome), *(item("Result", about="leading", word=name) for name in names)]
