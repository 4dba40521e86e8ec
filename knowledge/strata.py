"""Strata: a rule that reads a conclusion is evaluated after every rule that decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from knowledge.model import Rule
from knowledge.problems import Problem

DECIDING = ("shows", "excludes", "supports", "against")


def stratify(rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], list[Problem]]:
    """The rules with their stratum, counted from 0; or the problem of rules that wait for each other."""
    by_id = {rule.id: rule for rule in rules}
    waits = _waits(rules)
    problems: list[Problem] = []
    while True:
        try:
            order = list(TopologicalSorter(waits).static_order())
            break
        except CycleError as error:
            circle: list[str] = error.args[1][::-1]
            problems.append(_story([by_id[name] for name in circle]))
            waits[circle[0]].pop(circle[1])
    strata: dict[str, int] = {}
    for name in order:
        strata[name] = 1 + max((strata[one] for one in waits[name]), default=0) if _read(by_id[name]) else 0
    return tuple(replace(rule, stratum=strata[rule.id]) for rule in rules), problems


def _waits(rules: Sequence[Rule]) -> dict[str, dict[str, None]]:
    """For each rule the rules that decide what it reads, in the order written."""
    deciders: dict[str, list[str]] = {}
    for rule in rules:
        for target in rule.targets if rule.verb in DECIDING else ():
            deciders.setdefault(target, []).append(rule.id)
    return {rule.id: dict.fromkeys(name for subject in _read(rule) for name in deciders.get(subject, ())) for rule in rules}


def _read(rule: Rule) -> list[str]:
    return [leaf.subject for leaf in rule.when.leaves if leaf.about == "conclusion"]


def _story(circle: Sequence[Rule]) -> Problem:
    """`circle` begins and ends with the same rule, each reading what the next decides."""
    first = circle[0]
    if len(circle) == 2:
        read = next(leaf for leaf in first.when.leaves if leaf.about == "conclusion" and leaf.subject in first.targets)
        says = f"{first.id} reads '{read.subject}' and helps to decide it"
        return Problem(read.place, "KB408", says, "let it read findings instead of the conclusion")
    walk = " -> ".join(rule.id for rule in circle)
    steps = [f"\n      {one.id} ({one.place}) reads {_shared(one, after)}, which {after.id} decides" for one, after in pairwise(circle)]
    says = f"these rules wait for each other: {walk}{''.join(steps)}"
    return Problem(first.place, "KB408", says, "let one of them read findings instead of a conclusion")


def _shared(reader: Rule, decider: Rule) -> str:
    return next(subject for subject in _read(reader) if subject in decider.targets)


