"""Which findings could still tell something about a conclusion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.valuation import Valuation
from knowledge.model import KnowledgeBase
from knowledge.sides import BODY, NONE

SETTLING = ("shows", "excludes")
DECIDING = ("shows", "excludes", "supports", "against")


@dataclass(frozen=True, slots=True)
class Readers:
    """Per conclusion, the findings that some rule about it reads, those that settle it first, then the cheapest; and the
    bedside changes that test it."""

    kb: KnowledgeBase
    of: Mapping[str, tuple[str, ...]]
    trials: Mapping[str, tuple[str, ...]]

    def open(self, node: tuple[str, str], valuation: Valuation) -> tuple[str, ...]:
        """Those with no known answer on the node's side, cheapest first."""
        return tuple(name for name in self.of.get(node[0], ()) if not is_known(name, node[1], valuation, self.kb))

    def unasked(self, node: tuple[str, str], valuation: Valuation) -> tuple[str, ...]:
        """Those of the open ones that nobody has been asked yet: what was asked and is not known is not asked again."""
        asked = {name for name, _ in valuation.asked_unknown}
        return tuple(name for name in self.open(node, valuation) if name not in asked)


def readers_of(kb: KnowledgeBase) -> Readers:
    """The readers of a knowledge base; built once."""
    named: dict[str, tuple[str, ...]] = {}
    settling = sorted(kb.rules_of(*DECIDING), key=lambda rule: rule.verb not in SETTLING)
    settles: dict[str, set[str]] = {}
    for rule in settling:
        read = [leaf.finding for leaf in rule.when.leaves if leaf.about == "finding" and leaf not in rule.when.none]
        for target in rule.targets:
            named[target] = (*named.get(target, ()), *read)
            if rule.verb in SETTLING:
                settles.setdefault(target, set()).update(source for name in read for source in _answered_by(name, kb))
    return Readers(kb, {target: _in_order(names, settles.get(target, set()), kb) for target, names in named.items()}, trials_of(kb))


def trials_of(kb: KnowledgeBase) -> Mapping[str, tuple[str, ...]]:
    """Per conclusion, the bedside changes that test it."""
    trials: dict[str, tuple[str, ...]] = {}
    for finding in kb.findings.values():
        for node in finding.tests_node:
            trials[node] = (*trials.get(node, ()), finding.id)
    return trials


def _in_order(names: tuple[str, ...], settles: set[str], kb: KnowledgeBase) -> tuple[str, ...]:
    answerable = dict.fromkeys(source for name in dict.fromkeys(names) for source in _answered_by(name, kb))
    return tuple(sorted(answerable, key=lambda name: (name not in settles, kb.findings[name].minutes, name)))


def _answered_by(name: str, kb: KnowledgeBase) -> tuple[str, ...]:
    """A derived finding is answered by the findings it is derived from."""
    derived = kb.findings[name].derived
    if derived is None:
        return (name,)
    return tuple(leaf.finding for leaf in kb.instruments[derived.of].leaves) if derived.how == "score" else (derived.of,)


def is_known(name: str, side: str, valuation: Valuation, kb: KnowledgeBase) -> bool:
    """Whether a finding has an answer on this side (on both, when the side is none)."""
    sides = ((side,) if side in BODY else BODY) if kb.findings[name].per_side else (NONE,)
    return all(valuation.look(name, one) is not None or (name, one) in valuation.numbers for one in sides)
