"""Which pain rule holds for a person."""

from __future__ import annotations

from engine.planned import PainChoice
from engine.planning.today import any_holds
from engine.result import Explanation
from engine.valuation import Valuation
from knowledge.model import KnowledgeBase
from knowledge.model_demands import PainRule


def pain_choice(leading: Explanation | None, valuation: Valuation, kb: KnowledgeBase) -> PainChoice | None:
    """The first rule whose condition holds or that belongs to what leads; the one without conditions is for everybody else."""
    led = {leading.cause[0], leading.driver[0] if leading.driver else ""} if leading else set()
    chosen = next((one for one in kb.demands.pain_rules if _fits(one, led, valuation)), None)
    return PainChoice(chosen.rule, chosen.says, chosen.free, chosen.most, chosen.by) if chosen else None


def _fits(one: PainRule, led: set[str], valuation: Valuation) -> bool:
    return not (one.any or one.leading) or any_holds(one.any, valuation) or bool(led & set(one.leading))
