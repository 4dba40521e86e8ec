"""What makes an answer likely or unlikely: the rules read backwards, from a conclusion to the words that speak about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import comb, inf

from engine.conditions import instance_sides, sides_read
from engine.result import Node
from knowledge.bands import Band
from knowledge.model import Finding, KnowledgeBase, Leaf, Rule, Weight
from knowledge.sides import BODY, NONE, OTHER_SIDE, THIS_SIDE, mirror
from knowledge.simulation import Simulation, keyed

FOR, AGAINST = ("shows", "supports", "flags"), ("excludes", "against")
HELPED = "better"
"""The word for a bedside change that helped."""
FIRM, PUBLISHED, GRADED = 0, 1, 2
"""How well a strength is known, best first; only the best known of a cause and an answer count."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Where `node` holds, one of `words` of `subject` is answered on `side` with chance `strength` (or, when `hinders`, so much
    more seldom); `alone`: how often it is answered where the node does not hold, None when not published, and `assumed` when it rests
    on a sensitivity that no source gives."""

    subject: str
    side: str
    words: frozenset[str]
    node: Node
    strength: float
    hinders: bool
    known: int
    alone: float | None = None
    assumed: bool = False


def shares_of(weight: Weight, assumed: float) -> tuple[float, float] | None:
    """Sensitivity, and one minus specificity, behind published ratios; None when no positive ratio above 1 is given.

    From LR+ = S / F and LR- = (1 - S) / (1 - F) follow F = (1 - LR-) / (LR+ - LR-) and S = LR+ F. With the positive ratio
    alone, S is `assumed`.
    """
    positive, negative = weight.lr_positive, weight.lr_negative
    if not positive or positive <= 1:
        return None
    if negative is None or negative >= 1:
        return assumed, assumed / positive
    alone = (1 - negative) / (positive - negative)
    return positive * alone, alone


@lru_cache(maxsize=4096)
def each_of(count: int, among: int, chance: float) -> float:
    """The chance each of `among` independent signs must have so that `count` of them or more hold with `chance`."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        reached = sum(comb(among, k) * middle**k * (1 - middle) ** (among - k) for k in range(count, among + 1))
        low, high = (middle, high) if reached < chance else (low, middle)
    return (low + high) / 2


def causes(kb: KnowledgeBase) -> Iterator[Cause]:
    """Every cause that active rules name, in rule order; what a derived finding says is also said of what it is derived from.

    Bedside changes come last: where what they change holds, they may help.
    """
    for rule in kb.rules_of(*FOR, *AGAINST):
        for target in rule.targets:
            if target in kb.conclusions and not kb.conclusions[target].inferred:
                for side in instance_sides(rule.when):
                    yield from _of_rule(rule, target, side, kb)
    for finding in kb.findings.values():
        yield from _bedside(finding, kb)


def _bedside(finding: Finding, kb: KnowledgeBase) -> Iterator[Cause]:
    for name in finding.tests_node if HELPED in finding.words else ():
        for side in BODY if finding.per_side else (NONE,):
            for node in _nodes(name, side, side, kb):
                yield Cause(finding.id, side, frozenset({HELPED}), node, kb.simulation.answering.responds, False, GRADED)


def _of_rule(rule: Rule, target: str, side: str, kb: KnowledgeBase) -> Iterator[Cause]:
    for leaf, strength, alone in leaf_chances(rule, kb.simulation):
        if leaf.about != "finding" or kb.findings[leaf.finding].answer.form == "list":
            continue
        known = FIRM if rule.verb in ("shows", "excludes") else PUBLISHED if alone is not None else GRADED
        for read in sides_read(leaf, side):
            words, slot = _absolute(leaf.words, read), read if kb.findings[leaf.finding].per_side else NONE
            for node in _nodes(target, side, read, kb):
                shared = node[1] == NONE and slot in BODY and known != PUBLISHED and rule.verb in FOR
                chance = each_of(1, 2, strength) if shared else strength
                assumed = alone is not None and (rule.weight is None or rule.weight.lr_negative is None)
                one = Cause(leaf.subject, slot, words, node, chance, rule.verb in AGAINST, known, alone, assumed)
                yield from _with_sources(one, kb)


def _absolute(words: Sequence[str], side: str) -> frozenset[str]:
    return frozenset({THIS_SIDE: side, OTHER_SIDE: mirror(side)}.get(word, word) for word in words)


def _nodes(target: str, side: str, read: str, kb: KnowledgeBase) -> tuple[Node, ...]:
    """The nodes a rule speaks about, on the side where it looks when it is not about one side itself."""
    if not kb.conclusions[target].per_side:
        return ((target, NONE),)
    if side in BODY:
        return ((target, side),)
    return ((target, read),) if read in BODY else tuple((target, one) for one in BODY)


def leaf_chances(rule: Rule, simulation: Simulation) -> list[tuple[Leaf, float, float | None]]:
    """What must be there, with the chance of each sign where the conclusion holds and, when published, where it does not.

    The latter is known of one sign, or of one of several; signs that must come together may each be frequent or rare without it.
    """
    held, alone = _rule_chances(rule, simulation)
    when, most = rule.when, simulation.answering.most
    parts = bool(when.any) + bool(when.at_least) + len(when.all)
    out: list[tuple[Leaf, float, float | None]] = []
    for leaves, count in ((when.all, 0), (when.any, 1), (when.at_least, when.count)):
        if rule.verb in AGAINST:
            less = 1 - (1 - held) ** (1 / max(parts, count))
            out.extend((leaf, min(most, less), None) for leaf in leaves)
        elif leaves:
            one_sign = parts == 1 and (count == 1 or len(leaves) == 1)
            known = _each(alone, parts, count, len(leaves)) if alone is not None and one_sign else None
            out.extend((leaf, min(most, _each(held, parts, count, len(leaves))), known) for leaf in leaves)
    return out


def _each(chance: float, parts: int, count: int, among: int) -> float:
    """The chance of each sign, where `parts` hold together with `chance`; the part is one sign, or `count` of `among` when not 0."""
    own: float = chance ** (1 / parts)
    return each_of(count, among, own) if count else own


def _rule_chances(rule: Rule, simulation: Simulation) -> tuple[float, float | None]:
    """The chance of the whole condition where the conclusion holds (or how much it is hindered there), and where it does not."""
    how, weight = simulation.answering, rule.weight or Weight()
    if rule.verb == "against":
        if weight.lr_positive and weight.lr_positive > 1:
            return 1 - 1 / weight.lr_positive, None
        return how.against.of(weight.grade or "C"), None
    if rule.verb in ("shows", "excludes"):
        return (how.shows if rule.verb == "shows" else how.excludes), None
    if rule.verb == "flags":
        return keyed(how.flags, rule.urgency), None
    return shares_of(weight, how.lr_sensitivity) or (how.supports.of(weight.grade or "C"), None)


def _with_sources(one: Cause, kb: KnowledgeBase) -> Iterator[Cause]:
    """The cause, and the same of what must be answered before: the finding of a detail, what a derived finding is derived from."""
    yield one
    name, _, detail = one.subject.partition(".")
    finding = kb.findings[name]
    if detail:
        if finding.answer.form == "yes_no" and not one.hinders:
            yield replace(one, subject=name, words=frozenset({"yes"}), alone=None, known=max(one.known, GRADED))
    elif finding.derived and not one.hinders:
        yield from _sources(one, finding, kb)


def _sources(one: Cause, finding: Finding, kb: KnowledgeBase) -> Iterator[Cause]:
    assert finding.derived is not None
    how, of = finding.derived.how, finding.derived.of
    if how == "score":
        yield from _counted(one, finding, kb)
    elif how == "years_before_pain":
        yield from _with_sources(replace(one, subject=of, words=frozenset({"yes"}), alone=None), kb)
    elif words := (_overlapping if how == "same_as" else _at_that_end)(one.words, finding.bands, kb.findings[of].bands):
        yield from _with_sources(replace(one, subject=of, words=words, alone=one.alone if how == "same_as" else None), kb)


def _counted(one: Cause, finding: Finding, kb: KnowledgeBase) -> Iterator[Cause]:
    """A score that is reached because enough of its signs hold; nothing is said of one that is not reached."""
    assert finding.derived is not None
    lows = [band.interval.low for band in finding.bands if band.interval and band.word in one.words]
    if finding.derived.of not in kb.instruments or not lows or min(lows) in (-inf, 0):
        return
    leaves = kb.instruments[finding.derived.of].leaves
    count = min(len(leaves), max(1, round(min(lows))))
    strength, alone = each_of(count, len(leaves), one.strength), one.alone
    for leaf in leaves:
        side = one.side if kb.findings[leaf.finding].per_side else NONE
        if (side == NONE) != kb.findings[leaf.finding].per_side:
            chance = None if alone is None else each_of(count, len(leaves), alone)
            sign = replace(one, subject=leaf.subject, side=side, words=frozenset(leaf.words), strength=strength, alone=chance)
            yield from _with_sources(sign, kb)


def _overlapping(words: frozenset[str], own: Sequence[Band], bands: Sequence[Band]) -> frozenset[str]:
    """The words of one partition of a number that share numbers with words of another."""
    mine = [band.interval for band in own if band.interval and band.word in words]
    return frozenset(
        band.word for band in bands for one in mine if band.interval and max(one.low, band.interval.low) < min(one.high, band.interval.high)
    )


def _at_that_end(words: frozenset[str], own: Sequence[Band], bands: Sequence[Band]) -> frozenset[str]:
    """The word at the same end: a low ratio of the sides goes with a low number on this side."""
    mine, theirs = (sorted((one for one in some if one.interval), key=lambda one: one.interval.low) for some in (own, bands))  # type: ignore[union-attr]
    if len(mine) < 2 or len(theirs) < 2:
        return frozenset()
    ends = {mine[0].word: theirs[0].word, mine[-1].word: theirs[-1].word}
    return frozenset(ends[word] for word in words if word in ends)
