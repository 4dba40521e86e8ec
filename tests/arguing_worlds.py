"""The same arguments by the traced engine, one inference for each supposed answer; and random worlds with bedside changes in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from engine.arguing.accounts import World, node_of, world_of
from engine.arguing.answers import RESULTS, result_of, ways_to_answer
from engine.arguing.breaking import Outcome, Trial, candidates, rival_of, trial_of
from engine.arguing.deciding import Decider, decided, scores
from engine.case import Answer, Case, Key
from engine.infer import Reasoner
from engine.result import Inference, Node
from knowledge.model import Detail, Finding, KnowledgeBase
from tests.making import choice, finding
from tests.small_worlds import random_world

TRIAL_DETAILS = tuple(Detail(name, "yes_no") for name in ("twice", "lost_on_removal"))


def traced(case: Case, changes: Iterable[dict[Key, Answer]], reasoner: Reasoner) -> list[World]:
    """What the traced engine concludes with each change."""
    return [world_of(reasoner.infer(case.with_answers(change)), case.has_unstated) for change in changes]


def every_trial(found: Inference, case: Case, reasoner: Reasoner) -> list[Trial]:
    """Every bedside change with its outcomes, best first, and those that move nothing left out; by exhaustive search."""
    kb, ours = reasoner.kb, found.explanations[0]
    rival, out = rival_of(found, kb), []
    for name, side in candidates(found, case, kb):
        worlds = traced(case, [result_of(kb.findings[name], side, result) for result in RESULTS], reasoner)
        out.append(trial_of((name, side), worlds, ours, rival, found, case, kb))
    return sorted((one for one in out if one.moves), key=lambda one: one.order)


def best_decider(theirs: Node, found: Inference, case: Case, reasoner: Reasoner, among: Sequence[str] | None = None) -> Decider | None:
    """The finding that moves the difference most; by exhaustive search over all findings, or over some."""
    ours, now, kb = node_of(found.explanations[0]), world_of(found, case.has_unstated), reasoner.kb
    told = []
    for name in among or [one for one in kb.findings if one not in found.withheld_tests]:
        ways = ways_to_answer(kb.findings[name], case)
        if ways:
            now_told, *each = scores([now, *traced(case, ways, reasoner)], theirs, ours)
            told.append(decided(name, ways, each, now_told, kb))
    best = min(told, key=lambda one: one.order, default=None)
    return best if best and best.spread else None


def shown(trials: Iterable[Trial], sideless: bool) -> list[object]:
    """Trials as they are told; where sides were not told, without the names of the sides of who leads."""
    if not sideless:
        return list(trials)
    return [(one.finding, one.side, one.distance, one.now, [_without_sides(each) for each in one.outcomes]) for one in trials]


def _without_sides(one: Outcome) -> object:
    return (one.result, one.outcome, one.leader and one.leader.driver[0], one.claim, one.ours, one.rival)


def world_with_trials(seed: int) -> tuple[KnowledgeBase, Case]:
    """Random knowledge in which most conclusions can be changed at the bedside, tested again and headed; one or two changes for each."""
    chance = Random(seed)
    world = random_world(chance)
    conclusions = {name: replace(one, retest=("f0",)) if chance.random() < 0.8 else one for name, one in world.kb.conclusions.items()}
    tried = [one for one in conclusions.values() if chance.random() < 0.7]
    trials = {f"try_{one.id}": _trial(one.id, one.per_side and chance.random() < 0.8) for one in tried}
    return replace(world.kb, conclusions=conclusions, findings={**world.kb.findings, **trials}), world.case


def _trial(name: str, sided: bool) -> Finding:
    one = finding(f"try_{name}", choice("better", "same", "worse"), sided=sided, details=TRIAL_DETAILS)
    return replace(one, kind="response", tests_node=(name,))
