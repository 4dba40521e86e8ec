"""From rules to sound productions, and from a valuation to facts.

Only joins of facts and of single absent facts are compiled. An `any` becomes one production for each branch. Counts, and
leaves that several facts could match at once, are settled beforehand by plain evaluation and enter as one fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import log10

from engine.conditions import Look, counted, instance_sides, leaf_truth, look_up
from engine.forward import Item, Pattern, Production, Term, Var, in_order, item, pattern, without
from engine.valuation import Valuation
from knowledge.model import KnowledgeBase, Leaf, Rule
from knowledge.sides import ANY, BODY, LEFT, NONE, RIGHT

_SIDES: Mapping[str, Term] = {"same": Var("side"), "opposite": Var("other"), "any": ANY, "none": NONE}
UNSIDED, EITHER = "One ", "Any "
BODY_FACTS = (item("Side", side=LEFT, other=RIGHT), item("Side", side=RIGHT, other=LEFT))


def tenths(rule: Rule, kb: KnowledgeBase) -> tuple[int, int]:
    """What a hint adds when it holds and when its test was negative, in tenths of a deciban, capped."""
    weight, cap = rule.weight, kb.scale.rule_cap
    if weight is None:
        return 0, 0
    positive = _from_ratio(weight.lr_positive) if weight.lr_positive else kb.scale.grade(weight.grade) if weight.grade else 0
    negative = _from_ratio(weight.lr_negative) if weight.lr_negative else 0
    sign = -1 if rule.verb == "against" else 1
    return sign * min(cap, positive), sign * max(-cap, negative)


def _from_ratio(ratio: float) -> int:
    return round(100 * log10(ratio))


def compile_rules(rules: Iterable[Rule], kb: KnowledgeBase) -> list[Production]:
    """The productions of evidence and advice rules, in rule order."""
    return [production for rule in rules for production in _productions(rule, kb)]


def _productions(rule: Rule, kb: KnowledgeBase) -> Iterator[Production]:
    frame, absent = _frame(rule), [without(_leaf_pattern(leaf)) for leaf in rule.when.none]
    positive, negative = tenths(rule, kb)
    must = [*frame, *(_leaf_pattern(leaf) for leaf in rule.when.all), *_count_pattern(rule)]
    absent = [*_stratum(rule), *absent]  # late, so that its fact meets few partial matches
    branches = [[_leaf_pattern(leaf)] for leaf in rule.when.any] or [[]]
    for index, branch in enumerate(branches):
        name = rule.id if len(branches) == 1 else f"{rule.id}/{index + 1}"
        yield Production(name, (*must, *branch, *absent), _Say(rule, positive, kb))
    if negative:
        yield Production(f"{rule.id}/no", (*frame, _leaf_pattern(negative_leaf(rule)), *absent), _Say(rule, negative, kb))


def negative_leaf(rule: Rule) -> Leaf:
    """The answered negative of a rule whose condition is one finding."""
    return replace(rule.when.all[0], words=(rule.weight.negative,) if rule.weight else ())


def _frame(rule: Rule) -> list[Pattern]:
    """The sides of the body, where no other pattern tells on which side the rule is."""
    told = rule.when.at_least or any(leaf.side == "same" for leaf in rule.when.all)
    needs_other = any(leaf.side == "opposite" for leaf in rule.when.leaves)
    return [pattern("Side", side=Var("side"), other=Var("other"))] if rule.when.sided and (needs_other or not told) else []


def _stratum(rule: Rule) -> list[Pattern]:
    return [pattern("Stratum", n=str(rule.stratum))] if rule.stratum else []


def _count_pattern(rule: Rule) -> list[Pattern]:
    side: Term = Var("side") if rule.when.sided else NONE
    return [pattern("Counted", rule=rule.id, side=side)] if rule.when.at_least else []


def fact_kind(kind: str, side: str) -> str:
    """Facts without a side, and about either side, are kinds of their own: a side variable must never bind to `none` or `any`."""
    return {NONE: f"{UNSIDED}{kind}", ANY: f"{EITHER}{kind}"}.get(side, kind)


def plain_kind(kind: str) -> str:
    """The kind of a fact, whatever its side."""
    return kind.removeprefix(UNSIDED).removeprefix(EITHER)


def _leaf_pattern(leaf: Leaf) -> Pattern:
    side = _SIDES[leaf.side]
    if leaf.about == "conclusion":
        return pattern(fact_kind("Status", leaf.side), conclusion=leaf.subject, side=side, word=_words(leaf.words))
    if leaf.about in ("outcome", "leading"):
        return pattern("Result", about=leaf.about, word=leaf.words[0])
    if _several(leaf):
        return pattern("Holds", leaf=_key(leaf), side=side)
    return pattern(fact_kind(f"Finding {leaf.subject}", leaf.side), side=side, word=_words(leaf.words))


def _words(words: Sequence[str]) -> Term:
    return words[0] if len(words) == 1 else frozenset(words)


def _several(leaf: Leaf) -> bool:
    """Whether more than one fact could match the leaf at once: several words of a list or of either side."""
    return len(leaf.words) > 1 and (leaf.side == "any" or "." in leaf.subject)


def _key(leaf: Leaf) -> str:
    return f"{leaf.subject} {leaf.side} {' '.join(leaf.words)}"


class _Say:
    """What a production asserts: evidence on a side, a claim, a verdict or advice."""

    def __init__(self, rule: Rule, amount: int, kb: KnowledgeBase) -> None:
        self.rule, self.amount = rule, amount
        self.sided = {target: target in kb.conclusions and kb.conclusions[target].per_side for target in rule.targets}
        self.by_sided = bool(rule.by) and kb.conclusions[rule.by].per_side

    def __call__(self, bound: Mapping[str, str]) -> list[Item]:
        rule, side = self.rule, bound.get("side", NONE)
        if rule.verb == "claims":
            return [one for target in rule.targets for one in self._claims(target, side)]
        if rule.verb in ("explains_failure", "advises"):
            return [item("Verdict", rule=rule.id, about=rule.targets[0])]
        return [self._evidence(target, one) for target in rule.targets for one in self._sides(target, side)]

    def _sides(self, target: str, side: str) -> tuple[str, ...]:
        if not self.sided[target]:
            return (NONE,)
        return (side,) if side in BODY else BODY

    def _evidence(self, target: str, side: str) -> Item:
        return item("Evidence", rule=self.rule.id, conclusion=target, side=side, kind=self.rule.verb, amount=str(self.amount))

    def _claims(self, target: str, side: str) -> list[Item]:
        """A veto on both sides by a conclusion with sides claims each side for that side of the conclusion."""
        owner = {"by": self.rule.by, "rule": self.rule.id}
        pairs = [(one, by) for one in self._sides(target, side) for by in claimer_sides(self.by_sided, side, one)]
        return [item("Claimed", node=target, side=one, by_side=by, **owner) for one, by in pairs]


def claimer_sides(sided: bool, evaluated: str, claimed: str) -> tuple[str, ...]:
    """The sides of the claiming conclusion: that of the rule, else that of what is claimed, else either."""
    if not sided:
        return (NONE,)
    return (evaluated,) if evaluated in BODY else (claimed,) if claimed in BODY else BODY


class Reading:
    """What a set of rules reads of a case, looked for once: findings, conclusions, leaves to settle beforehand, and counts."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        leaves = [leaf for rule in rules for leaf in rule.when.leaves]
        self.findings = frozenset(leaf.subject for leaf in leaves if leaf.about == "finding")
        self.conclusions = frozenset(leaf.subject for leaf in leaves if leaf.about == "conclusion")
        self.several = tuple(leaf for leaf in leaves if leaf.about == "finding" and _several(leaf))
        counting = [rule for rule in rules if rule.when.at_least]
        self.counts = tuple(rule for rule in counting if not _counts_more(rule))
        self.late_counts = tuple(rule for rule in counting if _counts_more(rule))  # settled only when statuses are known

    def finding_facts(self, valuation: Valuation) -> list[Item]:
        """The facts of a valuation that some rule reads: sides of the body, words, settled leaves and counts; sorted."""
        settled = (one for leaf in self.several for one in _leaf_facts(leaf, valuation))
        facts = {*self._word_facts(valuation), *counted_facts(self.counts, look_up(valuation)), *settled}
        return [*BODY_FACTS, *in_order(facts)]

    def _word_facts(self, valuation: Valuation) -> Iterator[Item]:
        for (subject, side), words in valuation.words.items():
            for word in words if subject in self.findings else ():
                yield item(fact_kind(f"Finding {subject}", side), side=side, word=word)
                if side in BODY:
                    yield item(fact_kind(f"Finding {subject}", ANY), side=ANY, word=word)


def status_facts(states: Mapping[tuple[str, str], str]) -> list[Item]:
    """Statuses as facts, and for either side; sorted."""
    own = {item(fact_kind("Status", side), conclusion=name, side=side, word=word) for (name, side), word in states.items()}
    sided = [(name, word) for (name, side), word in states.items() if side in BODY]
    either = {item(fact_kind("Status", ANY), conclusion=name, side=ANY, word=word) for name, word in sided}
    return in_order(own | either)


def _counts_more(rule: Rule) -> bool:
    return any(leaf.about != "finding" for leaf in rule.when.at_least)


def counted_facts(rules: Iterable[Rule], look: Look) -> Iterator[Item]:
    """A fact for every count that is reached."""
    for rule in rules:
        for side in instance_sides(rule.when) if rule.when.at_least else ():
            if counted(rule.when, side, look):
                yield item("Counted", rule=rule.id, side=side)


def _leaf_facts(leaf: Leaf, valuation: Valuation) -> Iterator[Item]:
    sides = {"any": (ANY,), "none": (NONE,)}.get(leaf.side, BODY)
    own = replace(leaf, side=leaf.side if leaf.side in ("any", "none") else "same")
    for side in sides:
        if leaf_truth(own, side, look_up(valuation)):
            yield item("Holds", leaf=_key(leaf), side=side)
