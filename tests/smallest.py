"""Cutting a failing world down until nothing can be left out: what a reader of a failure needs to see; cases: engine/laws/cutting.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace

from engine.case import Answer, Case
from knowledge.model import KnowledgeBase, Leaf, Rule, When
from knowledge.strata import stratify
from tests.small_worlds import World

Check = Callable[[World], object]


def check_or_shrink(world: World, check: Check) -> None:
    """Run the check; when it fails, fail with the smallest world that still fails it."""
    if _passes(world, check):
        return
    small = smallest(world, check)
    try:
        check(small)
    except Exception as fault:
        raise AssertionError(f"{told(small)}\n\n{type(fault).__name__}: {fault}") from fault


def smallest(world: World, check: Check) -> World:
    """Leave out one thing at a time, as long as the check still fails."""
    for smaller in _smaller(world):
        if not _passes(smaller, check):
            return smallest(smaller, check)
    return world


def _passes(world: World, check: Check) -> bool:
    try:
        check(world)
    except Exception:  # whatever goes wrong is a failure to be told
        return False
    return True


def _smaller(world: World) -> Iterator[World]:
    kb, case = world.kb, world.case
    for index in range(len(kb.rules)):
        yield World(_with_rules(kb, (*kb.rules[:index], *kb.rules[index + 1 :])), case)
    for index in range(len(kb.links)):
        yield World(replace(kb, links=(*kb.links[:index], *kb.links[index + 1 :])), case)
    for key in case.answers:
        yield World(kb, Case(case.id, {other: answer for other, answer in case.answers.items() if other != key}))
    for index, rule in enumerate(kb.rules):
        for less in _less_asked(rule):
            yield World(_with_rules(kb, (*kb.rules[:index], less, *kb.rules[index + 1 :])), case)


def _with_rules(kb: KnowledgeBase, rules: tuple[Rule, ...]) -> KnowledgeBase:
    return replace(kb, rules=stratify(rules)[0])


def _less_asked(rule: Rule) -> Iterator[Rule]:
    """The rule with one condition less, where something is still asked for and its side does not change."""
    for part in ("all", "any", "none"):
        leaves: tuple[Leaf, ...] = getattr(rule.when, part)
        for index in range(len(leaves)):
            less = replace(rule.when, **{part: (*leaves[:index], *leaves[index + 1 :])})
            if (less.all or less.any or less.at_least) and less.sided == rule.when.sided and not (rule.weight and rule.weight.lr_negative):
                yield replace(rule, when=less)


def told(world: World) -> str:
    """A world, a line for each thing in it that matters to its rules and links."""
    kb = world.kb
    used = {name for one in kb.rules for name in (*one.targets, one.by, *(leaf.subject for leaf in one.when.leaves))}
    used |= {end for one in kb.links for end in (one.source, one.target)}
    nodes = [
        f"{n.id}: {n.layer}{' sided' * n.per_side}{' inferred' * n.inferred}{' fixed' * (not n.modifiable)}"
        for n in kb.conclusions.values()
        if n.id in used
    ]
    rules = [
        f"{r.id}: {r.verb} {' '.join(r.targets)} {r.by}{' both sides' * r.both_sides} when {_condition(r.when)} {r.weight or ''}"
        for r in kb.rules
    ]
    links = [f"{one.source} -> {one.target} ({one.side}{' feedback' * one.feedback})" for one in kb.links]
    answers = [_answer(*key, one) for key, one in world.case.answers.items()]
    return "\n".join(["the smallest world that fails:", *nodes, *rules, *links, *answers])


def _condition(when: When) -> str:
    parts = {one.name: getattr(when, one.name) for one in fields(when) if one.name != "count"}
    said = [
        f"{name}{f' {when.count}' if name == 'at_least' else ''} [{', '.join(map(_leaf, part))}]" for name, part in parts.items() if part
    ]
    return " ".join(said)


def _leaf(one: Leaf) -> str:
    return f"{one.subject} ({one.side}) is {' or '.join(one.words)}"



def _answer(name: str, side: str, one: Answer) -> str:
    return f"{name}.{side} = {one.value} {dict(one.details) or ''}{list(map(dict, one.items)) or ''}"
