"""The facts of the CLIPS program: phases, conclusions, links and readers of a knowledge base, and the words of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from engine.questions import readers_of
from engine.valuation import Valuation
from knowledge.model import UNKNOWN, Conclusion, KnowledgeBase, Link
from knowledge.sides import BODY, NONE

STARTING = ("origin", "impairment", "habit", "overload", "modulator", "local_diagnosis")
ENDING = ("origin", "presentation", "serious", "none")
DECIDING = ("shows", "excludes", "supports", "against")
Fact = tuple[str, str, str]
"""A word of a case: finding, side, word."""


def phases(kb: KnowledgeBase) -> Iterator[str]:
    """The order of phases: safety, then for each stratum its rules, weights, sums and statuses, then vetoes and chains."""
    last = max(_decided_after(kb).values(), default=0)
    names = [("safety", 0), *((name, n) for n in range(last + 1) for name in ("say", "weigh", "add", "decide"))]
    names += [(name, 0) for name in ("claim", "own", "step", "reach", "later", "bridge", "gap", "done")]
    yield _deffacts("phases", (f"(next (at {a}) (n {n}) (then {b}) (then-n {m}))" for (a, n), (b, m) in pairwise(names)))


def _decided_after(kb: KnowledgeBase) -> dict[str, int]:
    """The stratum after which each conclusion can be weighed."""
    after = dict.fromkeys(kb.conclusions, 0)
    for rule in kb.rules_of(*DECIDING):
        for target in rule.targets:
            after[target] = max(after[target], rule.stratum)
    return after


def knowledge_facts(kb: KnowledgeBase) -> Iterator[str]:
    """What does not change from case to case."""
    after = _decided_after(kb)
    nodes = [(one.id, side) for one in kb.conclusions.values() for side in (BODY if one.per_side else (NONE,))]
    yield _deffacts("scale", [f"(scale (supported {kb.scale.supported_at}) (refuted {kb.scale.refuted_at}))"])
    yield _deffacts("nodes", (f"(node (conclusion {name}) (side {side}) (after {after[name]}))" for name, side in nodes))
    yield _deffacts("totals", (f"(total (conclusion {name}) (side {side}) (amount 0))" for name, side in nodes))
    yield _deffacts("conclusions", map(_conclusion, kb.conclusions.values()))
    yield _deffacts("links", (_link(one, kb) for one in kb.links if not one.feedback))
    yield _deffacts("readers", _readers(kb))


def _deffacts(name: str, facts: Iterable[str]) -> str:
    return f"\n(deffacts {name}" + "".join(f"\n  {fact}" for fact in facts) + ")"


def _yes(truth: object) -> str:
    return "yes" if truth else "no"


def _conclusion(one: Conclusion) -> str:
    starts, bridged = one.layer in STARTING, one.exposure or one.layer not in ENDING
    told = f"(layer {one.layer}) (sided {_yes(one.per_side)}) (inferred {_yes(one.inferred)}) (pain {_yes(one.pain_side)})"
    return f"(conclusion (id {one.id}) {told} (starts {_yes(starts)}) (bridged {_yes(bridged)}))"


def _link(link: Link, kb: KnowledgeBase) -> str:
    """A link with how it is followed: an association and an inferred node ask more of where the link starts."""
    source, target = kb.conclusions[link.source], kb.conclusions[link.target]
    how = "step"
    walked = True
    if source.layer in ("origin", "impairment") and target.layer == "presentation":
        how, walked = "association", source.modifiable
    elif target.inferred:
        how, walked = "inferred", source.modifiable or source.layer != "origin"
    return f"(link (source {source.id}) (target {target.id}) (side {link.side}) (how {how}) (walked {_yes(walked)}))"


def _readers(kb: KnowledgeBase) -> Iterator[str]:
    for name, findings in readers_of(kb).of.items():
        for finding in findings:
            yield f"(reads (conclusion {name}) (finding {finding}) (sided {_yes(kb.findings[finding].per_side)}))"


def words_of(valuation: Valuation, read: frozenset[str]) -> list[Fact]:
    """The words of a case that some rule reads; what was asked and nobody knows is a word of its own."""
    told = [(name, side, word) for (name, side), words in valuation.words.items() if name in read for word in words]
    return [*told, *((name, side, UNKNOWN) for name, side in sorted(valuation.asked_unknown) if name in read)]


def known_in(valuation: Valuation) -> list[tuple[str, str]]:
    """What has an answer, in a word or a number that no band turns into one."""
    return list(dict.fromkeys((*valuation.words, *valuation.numbers)))
