"""A knowledge base as the text of a CLIPS 6.4 program: one defrule for each rule and one for each condition that is counted.

What is common to all knowledge stands in `inference.clp`. Nothing of `engine.compile` or `engine.evidence` is used but what a
rule weighs, so that the program is a second opinion on how rules are matched, summed, vetoed and followed along links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.clips_facts import knowledge_facts, phases
from engine.compile import negative_leaf, tenths
from knowledge.model import KnowledgeBase, Leaf, Rule
from knowledge.sides import BODY, NONE

CORE = Path(__file__).with_name("inference.clp")
SAFETY = ("flags", "out_of_scope", "withholds")
HINTS = ("supports", "against")
DECIDING = ("shows", "excludes", *HINTS)
_SIDES = {"same": "?s", "opposite": "?o", "any": "left|right", "none": "none"}
_PLAIN = re.compile(r"[A-Za-z_][\w.-]*\Z", re.ASCII)


def clips_text(kb: KnowledgeBase) -> str:
    """The whole program: the common rules, the facts about conclusions and links, and every rule of these verbs."""
    rules = kb.rules_of(*SAFETY, *DECIDING, "claims")
    texts = (text for rule in rules for text in rule_texts(rule, kb))
    return "\n".join([CORE.read_text(encoding="utf-8"), *phases(kb), *knowledge_facts(kb), *texts]) + "\n"


def symbol(word: str) -> str:
    """A word as CLIPS reads it back: bare where that is safe, else in quotes."""
    return word if is_plain(word) else f'"{_escaped(word)}"'


def is_plain(word: str) -> bool:
    """Whether CLIPS reads a bare word as itself, and not as a number, a variable or several things."""
    return bool(_PLAIN.match(word))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def rule_texts(rule: Rule, kb: KnowledgeBase) -> Iterator[str]:
    """The defrules of a rule: its counted conditions, the rule itself, and its answered negative."""
    positive, negative = tenths(rule, kb)
    frame, absent = _frame(rule), [f"(not {_pattern(leaf)})" for leaf in rule.when.none]
    for index, leaf in enumerate(rule.when.at_least):
        tally = f"(tally (rule {symbol(rule.id)}) (side {_own_side(rule)}) (leaf {index}))"
        yield _defrule(f"{rule.id}#{index}", rule, [*frame, _pattern(leaf)], [tally])
    must = [*frame, *map(_pattern, rule.when.all), *_any(rule.when.any), *_enough(rule)]
    yield _defrule(rule.id, rule, [*must, *absent], _said(rule, rule.id, positive, kb))
    if negative:
        said = _said(rule, f"{rule.id}/no", negative, kb)
        yield _defrule(f"{rule.id}/no", rule, [*frame, _pattern(negative_leaf(rule)), *absent], said)


def _defrule(name: str, rule: Rule, patterns: Sequence[str], facts: Sequence[str]) -> str:
    asserts = "".join(f"\n  (assert {fact})" for fact in facts)
    return f'\n(defrule kb-{name} "{_escaped(rule.title)}"\n  ' + "\n  ".join(patterns) + "\n  =>" + asserts + ")"


def _frame(rule: Rule) -> list[str]:
    """The phase of a rule, and the two sides of the body when it is about a side."""
    phase = "safety" if rule.verb in SAFETY else "claim" if rule.verb == "claims" else "say"
    number = rule.stratum if phase == "say" else 0
    return [f"(phase (at {phase}) (n {number}))", *(["(body (this ?s) (other ?o))"] if rule.when.sided else [])]


def _own_side(rule: Rule) -> str:
    return "?s" if rule.when.sided else "none"


def _pattern(leaf: Leaf) -> str:
    """One condition; CLIPS matches it once for each fact that fits, and a fact asserted twice is one."""
    side, words = _SIDES[leaf.side], "|".join(map(symbol, leaf.words))
    if leaf.about == "conclusion":
        return f"(status (conclusion {symbol(leaf.subject)}) (side {side}) (state {words}))"
    return f"(word (finding {symbol(leaf.subject)}) (side {side}) (is {words}))"


def _any(leaves: Sequence[Leaf]) -> list[str]:
    if len(leaves) < 2:
        return [_pattern(leaf) for leaf in leaves]
    return ["(or " + "\n      ".join(map(_pattern, leaves)) + ")"]


def _enough(rule: Rule) -> list[str]:
    """As many different counted conditions as are asked for."""
    of = f"(tally (rule {symbol(rule.id)}) (side {_own_side(rule)})"
    wanted = range(rule.when.count if rule.when.at_least else 0)
    return [f"{of} (leaf ?l{index}{f'&:(> ?l{index} ?l{index - 1})' if index else ''}))" for index in wanted]


def _said(rule: Rule, name: str, amount: int, kb: KnowledgeBase) -> list[str]:
    """What firing asserts: that it fired, and a flag, evidence on each target, or a claim."""
    fired = f"(fired (rule {symbol(name)}) (side {_own_side(rule)}))"
    if rule.verb in SAFETY:  # a caution is about a person, whatever side it was found on
        return [_flag(rule, kb)] if rule.verb == "withholds" else [fired, _flag(rule, kb)]
    nodes = [(target, side) for target in rule.targets for side in _target_sides(rule, target, kb)]
    if rule.verb == "claims":
        return [fired, *(_claim(rule, node, side, by) for node, side in nodes for by in _claimers(rule, side, kb))]
    return [fired, *(_evidence(rule, node, side, amount) for node, side in nodes)]


def _flag(rule: Rule, kb: KnowledgeBase) -> str:
    about = kb.conclusions.get(rule.targets[0])
    side = _own_side(rule) if about and about.per_side else NONE
    return f"(flag (verb {rule.verb}) (rule {symbol(rule.id)}) (side {side}))"


def _target_sides(rule: Rule, target: str, kb: KnowledgeBase) -> tuple[str, ...]:
    if not kb.conclusions[target].per_side:
        return (NONE,)
    return ("?s",) if rule.when.sided else BODY


def _claimers(rule: Rule, side: str, kb: KnowledgeBase) -> tuple[str, ...]:
    """The sides of the claimer: that of the rule, else that of what is claimed, else either."""
    if not kb.conclusions[rule.by].per_side:
        return (NONE,)
    return ("?s",) if rule.when.sided else (side,) if side in BODY else BODY


def _claim(rule: Rule, node: str, side: str, by: str) -> str:
    return f"(claim (node {symbol(node)}) (side {side}) (by {symbol(rule.by)}) (by-side {by}))"


def _evidence(rule: Rule, node: str, side: str, amount: int) -> str:
    start = f"(said (rule {symbol(rule.id)}) (conclusion {symbol(node)}) (side {side})"
    if rule.verb not in HINTS:
        return f"{start} (kind {rule.verb}))"
    way = "for" if amount > 0 else "against"
    return f"{start} (kind hint) (amount {amount}) (strength {abs(amount)}) (way {way}) (cluster {symbol(rule.cluster)}))"
