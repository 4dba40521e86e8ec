"""Small random knowledge bases of every construct that an author may write, each with a random case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from engine.case import Case
from knowledge.model import LAYERS, Conclusion, Finding, KnowledgeBase, Leaf, Link, Rule, Weight, When, detail_words
from knowledge.sides import BODY, LINK_SIDES
from tests.making import HERE, base, conclusion, link, rule
from tests.oracle_words import Words, oracle_words
from tests.small_findings import random_case, vocabulary

HINTS = ("supports", "against")
VERBS = ("shows", "shows", "shows", "excludes", "supports", "supports", "supports", "against")
RATIOS = tuple(Weight(lr_positive=high, lr_negative=low) for high, low in ((2.9, 0.28), (None, 0.05), (40.0, 0.9), (1.0, 1.0)))
WEIGHTS = (*(Weight(grade=grade) for grade in "ABCD"), Weight(lr_positive=3.2), *RATIOS)
RELATIVE = ("this_side", "other_side", "both")


@dataclass(frozen=True, slots=True)
class World:
    """A knowledge base that could have been loaded, and a case that could have been read."""

    kb: KnowledgeBase
    case: Case


def random_world(chance: Random) -> World:
    """Findings and answers first, so that many of the conditions written after them hold."""
    words = vocabulary(chance)
    case = random_case(words.findings, chance)
    bare = base(words.findings, instruments=words.instruments, norms=words.norms)
    true = {key: told for key, told in oracle_words(case, bare, "left").items() if bare.words_of(key[0])}
    return World(_with_rules(Topics(bare, true), chance), case)


@dataclass(frozen=True, slots=True)
class Topics:
    """What conditions may be about, and what is true of the case."""

    kb: KnowledgeBase
    true: Words


def _with_rules(topics: Topics, chance: Random) -> KnowledgeBase:
    """Conclusions of all layers, links without a circle, rules that read only what earlier strata decide."""
    conclusions = _conclusions(chance)
    rules = [_rule(f"R{i}", topics, conclusions, chance) for i in range(chance.randint(5, 18))]
    vetoes = [_veto(f"V{i}", topics, conclusions, chance) for i in range(chance.randint(0, 2))]
    links = [_link(a, b, chance) for i, a in enumerate(conclusions) for b in conclusions[i + 1 :] if chance.random() < 0.5]
    kb = topics.kb
    return base(
        kb.findings.values(), conclusions, [*rules, *(one for one in vetoes if one)], links, instruments=kb.instruments, norms=kb.norms
    )


def _conclusions(chance: Random) -> list[Conclusion]:
    layers = chance.choices((*LAYERS, *LAYERS[:5], "origin", "presentation"), k=chance.randint(4, 9))
    if chance.random() < 0.8:
        layers.sort(key=LAYERS.index)
    found = [_conclusion(f"c{i}", layer, chance) for i, layer in enumerate(layers)]
    return [*found, conclusion("one_sided_pain", "presentation", sided=True, pain_side=True)] if chance.random() < 0.5 else found


def _conclusion(name: str, layer: str, chance: Random) -> Conclusion:
    inferred = layer == "overload" and chance.random() < 0.6
    return conclusion(name, layer, sided=chance.random() < 0.5, modifiable=chance.random() < 0.6, inferred=inferred)


def _link(source: Conclusion, target: Conclusion, chance: Random) -> Link:
    feedback = chance.random() < 0.1
    ends = (target, source) if feedback and chance.random() < 0.5 else (source, target)
    return link(ends[0].id, ends[1].id, chance.choice(LINK_SIDES), feedback=feedback)


def _rule(name: str, topics: Topics, conclusions: Sequence[Conclusion], chance: Random) -> Rule:
    """A rule on evidence; it may read the conclusions before the one it decides."""
    place = chance.randrange(len(conclusions))
    verb, weight, condition = chance.choice(VERBS), None, _when(topics, conclusions[:place], chance)
    if verb in HINTS:
        weight = chance.choice(WEIGHTS)
        if weight.lr_negative:
            condition, weight = _single_test(topics.kb, weight, chance)
    both = conclusions[place].per_side and not condition.sided
    return rule(
        name, condition, f"{verb} {conclusions[place].id}", weight=weight, cluster=chance.choice(("", "", "shared", "other")), both=both
    )


def _veto(name: str, topics: Topics, conclusions: Sequence[Conclusion], chance: Random) -> Rule | None:
    """A claim on what can be claimed, by anything, on the side of its condition or on both."""
    condition = When(all=(_true_leaf(topics, chance),)) if topics.true and chance.random() < 0.6 else _when(topics, conclusions, chance)
    free = [one for one in conclusions if one.layer in ("impairment", "habit") and not one.inferred]
    if not free:
        return None
    targets = chance.sample(free, min(len(free), chance.randint(1, 3)))
    both = not condition.sided and any(one.per_side for one in targets)
    return rule(name, condition, f"claims {' '.join(one.id for one in targets)}", by=chance.choice(conclusions).id, both=both)


def _when(topics: Topics, conclusions: Sequence[Conclusion], chance: Random) -> When:
    def some(most: int, true: float) -> tuple[Leaf, ...]:
        return tuple(_leaf(topics, conclusions, true, chance) for _ in range(chance.randint(0, most)))

    all_, any_, none, counted = some(2, 0.75), some(2, 0.5), some(1, 0.1), some(3, 0.5) if chance.random() < 0.25 else ()
    if not (all_ or any_ or counted):
        all_ = (_leaf(topics, conclusions, 0.75, chance),)
    return When(all_, any_, none, counted, chance.randint(1, len(counted)) if counted else 0)


def _single_test(kb: KnowledgeBase, weight: Weight, chance: Random) -> tuple[When, Weight]:
    """One test, and which of its other answers is the negative one."""
    test = chance.choice([one for one in kb.findings.values() if len(one.words) > 1 and one.id != "pain_side"])
    no, *yes = chance.sample(test.words, len(test.words))
    side = chance.choice(("same", "same", "opposite", "any")) if test.per_side else "none"
    condition = When(all=(Leaf("finding", test.id, tuple(yes[: chance.randint(1, 2)]), side, HERE),))
    return condition, Weight("", weight.lr_positive, weight.lr_negative, no)


def _leaf(topics: Topics, conclusions: Sequence[Conclusion], true: float, chance: Random) -> Leaf:
    if conclusions and chance.random() < 0.3:
        one = chance.choice(conclusions)
        return _about("conclusion", one.id, ("supported", "supported", "refuted", "open"), one.per_side, chance)
    if topics.true and chance.random() < true:
        return _true_leaf(topics, chance)
    subject, words, sided = chance.choice([one for finding in topics.kb.findings.values() for one in _subjects(finding)])
    return _about("finding", subject, words, sided, chance)


def _true_leaf(topics: Topics, chance: Random) -> Leaf:
    """A condition that holds on some side in the world where what was not told is left."""
    subject, side = chance.choice(sorted(topics.true))
    words = topics.true[subject, side] - {*BODY}
    sided = side in BODY or not words
    return _about("finding", subject, tuple(sorted(words)) or RELATIVE, sided, chance)


def _subjects(one: Finding) -> list[tuple[str, tuple[str, ...], bool]]:
    relative = [(one.id, RELATIVE, True)] if "left" in one.words else []
    plain = [(one.id, tuple(word for word in one.words if word not in BODY), one.per_side)] if one.words else []
    details = [(f"{one.id}.{detail.name}", detail_words(detail), one.per_side) for detail in one.details if detail_words(detail)]
    return [*relative, *plain, *details]


def _about(kind: str, subject: str, words: Sequence[str], sided: bool, chance: Random) -> Leaf:
    """A condition on one or two of the words, on any side on which the subject may be read."""
    chosen = tuple(dict.fromkeys(chance.choices(words, k=chance.choice((1, 1, 2)))))
    if subject == "pain_side":  # an answer that is itself a side: read on a side when it is asked for one
        chosen = tuple(dict.fromkeys([*chosen, *chance.choices(RELATIVE, k=chance.randint(0, 2))]))
        return Leaf(kind, subject, chosen, "same" if {"this_side", "other_side"} & {*chosen} else "none", HERE)
    return Leaf(kind, subject, chosen, chance.choice(("same", "same", "same", "opposite", "any")) if sided else "none", HERE)
