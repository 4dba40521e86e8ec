"""Goals over a whole batch: who has reached one, by the array evaluator; the same as `engine.questioning.goals` row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

import numpy as np

from engine.cohort.batch import Batch, Bools
from engine.cohort.derive import derive
from engine.cohort.evidence import States
from engine.cohort.people import Columns, better, choose, columns_of
from engine.cohort.ranking import OUTCOMES
from engine.cohort.run import ArrayEvaluator, Results
from engine.cohort.truths import Truths
from engine.conditions import instance_sides
from engine.evidence import EVIDENCE
from engine.questioning.goals import Goal, is_about
from engine.result import LEVELS, Node
from knowledge.model import URGENCIES, Rule
from knowledge.sides import BODY, LEFT, RIGHT, UNSTATED, mirror

LED = ("chain", "local", "nonmechanical")
IN_EVIDENCE = (*EVIDENCE, "claims")
CALM = URGENCIES.index("routine")


def who_reaches(goals: Sequence[Goal], worlds: Sequence[Batch], evaluator: ArrayEvaluator) -> list[Bools]:
    """For each goal the rows that reach it; `worlds` is one batch, or two for left and right."""
    if len(worlds) == 1 and all(_only_evidence(goal, evaluator) for goal in goals):
        truths = Truths(derive(worlds[0], evaluator.layout), evaluator.looks)
        states = evaluator.evidence.run(truths)
        return [_evident(goal, truths, states) for goal in goals]
    found = [evaluator.run(batch) for batch in worlds]
    return [_Judge(found, evaluator).reached(goal) for goal in goals]


def conclusions(worlds: Sequence[Results], evaluator: ArrayEvaluator) -> Columns:
    """The columns of the world that is kept."""
    return columns_of(evaluator, worlds[0]) if len(worlds) == 1 else better(evaluator, worlds[0], worlds[1])


def _only_evidence(goal: Goal, evaluator: ArrayEvaluator) -> bool:
    """Whether the goal is decided before any chain is followed."""
    return goal.kind == "supported" or (goal.kind == "fires" and _rule(goal, evaluator).verb in IN_EVIDENCE)


def _rule(goal: Goal, evaluator: ArrayEvaluator) -> Rule:
    return next(rule for rule in evaluator.kb.rules if rule.id == goal.name)


def _evident(goal: Goal, truths: Truths, states: States) -> Bools:
    if goal.kind == "supported":
        return states.supported.get(goal.node, truths.never)
    return _any([held for (rule, _), held in states.fired.items() if rule == goal.name], truths.never)


def _any(held: Iterable[Bools], never: Bools) -> Bools:
    return reduce(np.logical_or, held, never)


class _Judge:
    def __init__(self, worlds: Sequence[Results], evaluator: ArrayEvaluator) -> None:
        self.worlds, self.evaluator = worlds, evaluator
        self.kept = choose(worlds[0], worlds[1]) if len(worlds) == 2 else None

    def reached(self, goal: Goal) -> Bools:
        if goal.kind == "supported":
            return self._supported(goal.node)
        return self._fires(goal) if goal.kind == "fires" else self._leads(goal)

    def _pick(self, told: Sequence[Bools]) -> Bools:
        """What is true in the world that is kept."""
        return told[0] if self.kept is None else np.where(self.kept.right, told[1], told[0])

    def _supported(self, node: Node) -> Bools:
        """Where the worlds tie, a conclusion that depends on the untold side stands on an unstated one."""
        if self.kept is None or (node[1] not in BODY and node[1] != UNSTATED):
            return self._pick([found.states.supported.get(node, found.truths.never) for found in self.worlds])
        moved, there = self._moved(node[0]), [(node[0], side) for side in (LEFT, RIGHT)]
        if node[1] == UNSTATED:
            return moved & self._pick([found.states.supported[one] for found, one in zip(self.worlds, there, strict=True)])
        return ~moved & self._pick([found.states.supported[node] for found in self.worlds])

    def _moved(self, name: str) -> Bools:
        """As `engine.worlds`: true here of this side and there of the other, and not there of this one."""
        out = np.zeros(len(self.worlds[0].outcome), np.bool_)
        assert self.kept is not None
        for rows, kept, gone, own in self._tied():
            here, there, same = _state(kept, (name, own)), _state(gone, (name, mirror(own))), _state(gone, (name, own))
            out[rows] = (np.all(here == there, axis=0) & ~np.all(here == same, axis=0))[rows]
        return out

    def _tied(self) -> Iterable[tuple[np.ndarray, Results, Results, str]]:
        assert self.kept is not None
        left, right = self.worlds
        takes_right = self.kept.right[self.kept.tied]
        return ((self.kept.tied[~takes_right], left, right, LEFT), (self.kept.tied[takes_right], right, left, RIGHT))

    def _leads(self, goal: Goal) -> Bools:
        columns = conclusions(self.worlds, self.evaluator)
        outcome, calm = columns["outcome"], ~np.isin(columns["urgency"].astype(str), URGENCIES[:CALM])
        leads = np.isin(outcome.astype(str), LED) | ((outcome == "referral") & calm)
        about = _any([_about(columns[name], columns[side], goal.node) for name, side in (("cause1", "side1"), ("driver", "driver_side"))],
                     np.zeros(len(outcome), np.bool_))
        claimed = np.isin(columns["claim"].astype(str), LEVELS[LEVELS.index(goal.level):]) if goal.kind == "claim" else np.True_
        return np.asarray(leads & about & claimed)

    def _fires(self, goal: Goal) -> Bools:
        rule = _rule(goal, self.evaluator)
        if rule.verb in IN_EVIDENCE:
            return self._pick([_evident(goal, found.truths, found.states) for found in self.worlds])
        held = [self._holds(rule, found) for found in self.worlds]
        if rule.verb in ("explains_failure", "advises"):
            return self._pick(held)
        return _any(held, self.worlds[0].truths.never)

    def _holds(self, rule: Rule, found: Results) -> Bools:
        truths, looks = found.truths, self.evaluator.looks
        if rule.verb in ("flags", "out_of_scope", "withholds"):  # they look at answers alone
            return _any([truths.holds(looks.condition(rule.when, side)) for side in instance_sides(rule.when)], truths.never)
        truths.results = self._results(found)
        return _any([truths.holds(looks.condition(rule.when, side)) for side in instance_sides(rule.when)], truths.never)

    def _results(self, found: Results) -> dict[tuple[str, str], Bools]:
        """Outcome and leading explanation as rules of advice read them."""
        urgent = _any([one.urgency < CALM for one in self.worlds], found.truths.never)
        outcome = np.where(urgent, OUTCOMES.index("referral"), found.outcome)
        out = {("outcome", word): np.asarray(outcome == index) for index, word in enumerate(OUTCOMES)}
        leads = np.isin(outcome, [OUTCOMES.index(word) for word in LED])
        columns = columns_of(self.evaluator, found)
        for name in {*columns["cause1"][leads], *columns["driver"][leads]}:
            out["leading", str(name)] = leads & ((columns["cause1"] == name) | (columns["driver"] == name))
        return out


def _state(found: Results, node: Node) -> np.ndarray:
    states = found.states
    return np.stack([states.supported[node], states.refuted[node], states.amount[node]]).astype(np.int64)


def _about(names: np.ndarray, sides: np.ndarray, node: Node) -> Bools:
    fitting = {str(side) for side in set(sides) if side is not None and is_about((node[0], str(side)), node)}
    return np.asarray((names == node[0]) & np.isin(sides.astype(str), sorted(fitting)))
