"""The adaptive stage of the interview: one batch of what-ifs decides what is asked next."""

from __future__ import annotations

import numpy as np

from engine.asking.belief import beliefs
from engine.asking.chances import Answers, Chances, Tables
from engine.asking.nodes import NodeChances, Ways
from engine.asking.ranking import Ranking, Weighed, adaptive_stage
from engine.asking.reach import Reach
from engine.asking.weighing import Board, board, gains, odds_shift, that_move, turning
from engine.asking.what_if import batch_with, may_be_asked, what_ifs
from engine.asking.why import Reasons
from engine.case import Case
from engine.cohort.run import ArrayEvaluator, Results
from engine.result import Inference, Question
from engine.valuation import valuate
from knowledge.model import Adaptive, Finding, KnowledgeBase
from knowledge.sides import BOTH, LEFT, NONE, RIGHT


class Explorer:
    """Ranks what could be asked next. Built once for a knowledge base; one for each thread.

    Answers of unstated side are thought through as left and as right, and both count alike.
    """

    def __init__(self, evaluator: ArrayEvaluator, answers: Answers, pruned: bool = True) -> None:
        self.kb, self.evaluator, self.answers = evaluator.kb, evaluator, answers
        self.reach, self.ways = Reach(evaluator.readers), Ways(evaluator.kb)
        self.tables = Tables(answers)
        self.trials = frozenset(one.id for one in self.kb.findings.values() if one.tests_node)
        self.stage, self.pruned = adaptive_stage(self.kb), pruned

    def rank(self, case: Case, found: Inference) -> Ranking:
        """Every question of which some answer would change what is believed, the best first. Nothing without an adaptive stage."""
        if self.stage is None or self.stage.adaptive is None:
            return Ranking((), None, 0.0, "")
        how = self.stage.adaptive
        worlds = [case.in_world(side) for side in (LEFT, RIGHT)] if case.has_unstated else [case]
        asked = self._candidates(case, worlds, found)
        options = what_ifs(asked, case, self._classes)
        results = self.evaluator.run(batch_with(worlds, options, self.evaluator.layout))
        nodes = NodeChances(self.ways, results.states, len(worlds), how, self.answers.rate)
        moving, believed = that_move(options, beliefs(results, self.evaluator, how), len(worlds))
        weighed = board(moving, believed, Chances(self.answers, nodes, self.tables, self.trials), len(worlds))
        reasons = Reasons(weighed, _kept(results, len(worlds)), found, self.evaluator.readers, self.stage.id, how.live)
        return self._ranking(weighed, reasons, how)

    def _candidates(self, case: Case, worlds: list[Case], found: Inference) -> list[Finding]:
        asked = list(may_be_asked(case, self.kb, frozenset(found.withheld_tests)))
        if not self.pruned:
            return asked
        live = frozenset().union(*(self.reach.live(valuate(world, self.kb)) for world in worlds))
        return [one for one in asked if one.id in live]

    def _classes(self, finding: Finding) -> tuple[tuple[str, ...], ...]:
        return self.reach.words[finding.id] if self.pruned else tuple((word,) for word in finding.words)

    def _ranking(self, weighed: Board, reasons: Reasons, how: Adaptive) -> Ranking:
        gained, turns = gains(weighed), turning(weighed)
        found = [self._weighed(place, weighed, reasons, gained, turns) for place in range(len(weighed.names))]
        trial = _best_trial(weighed, reasons, found, self.kb)
        return Ranking(tuple(sorted(found, key=lambda one: one.order)), trial, how.least_gain, reasons.step)

    def _weighed(self, place: int, weighed: Board, reasons: Reasons, gained: np.ndarray, turns: np.ndarray) -> Weighed:
        finding = self.kb.findings[weighed.names[place]]
        question = Question(finding.id, BOTH if finding.per_side else NONE, reasons.why(place))
        return Weighed(question, finding.minutes, float(gained[place]), bool(turns[place]), finding.id in self.reach.settling)


def _kept(results: Results, worlds: int) -> int:
    """The world whose best explanation scores higher; the first on a tie."""
    best = [results.ranked.score[results.ranked.start[row]:results.ranked.start[row + 1]] for row in range(worlds)]
    return int(np.argmax([scores.max() if len(scores) else 0 for scores in best]))


def _best_trial(weighed: Board, reasons: Reasons, found: list[Weighed], kb: KnowledgeBase) -> Weighed | None:
    """The bedside change that is expected to move the odds between the first two explanations most; against what is unnamed when
    there is one alone."""
    other = len(weighed.beliefs.accounts) - 1
    pair = (*reasons.accounts, other)[:2]
    trials = [place for place, name in enumerate(weighed.names) if kb.findings[name].tests_node]
    if len(pair) < 2 or not trials:
        return None
    moved = odds_shift(weighed, reasons.world, pair)
    best = min(trials, key=lambda place: (-round(float(moved[place]), 6), found[place].order))
    return found[best] if moved[best] > 1e-6 else None

