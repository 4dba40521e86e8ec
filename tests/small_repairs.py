"""Repairs found by trying everything: each word of each finding on each side, alone, in pairs and in threes, with nothing left out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random

from engine.case import Case, Key
from engine.cohort.batch import Batch, batch_of
from engine.cohort.run import ArrayEvaluator
from engine.questioning.changes import Change, changed, supposed
from engine.questioning.goals import Goal, reached
from engine.questioning.judging import who_reaches
from engine.questioning.rows import variants
from engine.result import LEVELS, Inference
from engine.valuation import valuate
from knowledge.bands import word_for
from knowledge.model import Finding, KnowledgeBase
from knowledge.sides import BODY

HEADING = ("origin", "habit", "modulator", "local_diagnosis")
AT_ONCE = 4000
Repairs = set[frozenset[tuple[Key, str]]]


def every_change(about: Case, kb: KnowledgeBase) -> list[tuple[Key, str]]:
    """Every word that is not the answer now; a derived finding only where nothing derives it."""
    worlds = [about.in_world(side) for side in BODY] if about.has_unstated else [about]
    told = [valuate(one, kb) for one in worlds]
    out = []
    for one in kb.findings.values():
        for key in _keys(one, about) if one.answer.form != "list" else ():
            derived = any(key in known for each in told for known in (each.words, each.numbers)) and key not in about.answers
            counted = one.derived is not None and one.derived.how == "score"
            if not counted and not (one.derived and derived):
                out += [(key, word) for word in one.words if word != _now(one, key, about, kb)]
    return out


def _keys(one: Finding, about: Case) -> list[Key]:
    sides = [*BODY, *(["unstated"] if (one.id, "unstated") in about.answers else [])] if one.per_side else ["none"]
    return [(one.id, side) for side in sides]


def _now(one: Finding, key: Key, about: Case, kb: KnowledgeBase) -> str:
    answer = about.answers.get(key)
    if answer is None or not isinstance(answer.value, float):
        return str(answer.value) if answer else ""
    if not one.norm:
        return word_for(answer.value, one.bands) or ""
    side = "left" if key[1] == "unstated" else key[1]
    alone = {other: told for other, told in about.answers.items() if other[0] in ("age", "sex")}
    return (valuate(Case("", {**alone, (one.id, side): answer}), kb).look(one.id, side) or ("",))[0]


def by_trying(goals: Sequence[Goal], about: Case, evaluator: ArrayEvaluator, most: int) -> list[Repairs]:
    """For each goal every smallest set, found by trying all sets there are."""
    every, found = every_change(about, evaluator.kb), [set[frozenset[tuple[Key, str]]]() for _ in goals]
    for size in range(1, most + 1):
        sets = [one for one in combinations(range(len(every)), size) if len({every[number][0] for number in one}) == size]
        for start in range(0, len(sets), AT_ONCE):
            some = sets[start : start + AT_ONCE]
            for here, held in zip(found, who_reaches(goals, _rows(some, every, about, evaluator), evaluator), strict=True):
                reaching = (frozenset(every[number] for number in one) for one, yes in zip(some, held, strict=True) if yes)
                here |= {one for one in reaching if not _holds_one(tuple(one), here)}
    return found


def _rows(sets: Sequence[tuple[int, ...]], every: Sequence[tuple[Key, str]], about: Case, evaluator: ArrayEvaluator) -> Sequence[Batch]:
    """One by one and in pairs each set is a case of its own; in threes they are too many for that, and are rows of a batch at once."""
    changes = [Change(key, supposed(word)) for key, word in every]
    if sets and len(sets[0]) > 2:
        return variants(about, changes, sets, evaluator.layout)
    return _worlds([changed(about, [changes[number] for number in one]) for one in sets], about, evaluator)


def _holds_one(one: tuple[tuple[Key, str], ...], found: Repairs) -> bool:
    return any(frozenset(part) in found for size in range(1, len(one)) for part in combinations(one, size))


def _worlds(cases: Sequence[Case], about: Case, evaluator: ArrayEvaluator) -> Sequence[Batch]:
    if not about.has_unstated:
        return [batch_of(cases, evaluator.layout)]
    return [batch_of([one.in_world(side) for one in cases], evaluator.layout) for side in BODY]


def random_goals(found: Inference, kb: KnowledgeBase, chance: Random) -> list[Goal]:
    """One of each kind of something that is not so now; to lead is asked of what can."""
    nodes = list(found.statuses)
    heads = [(name, side) for name, side in nodes if kb.conclusions[name].layer in HEADING]
    near = [node for one in found.explanations for node in (one.cause, one.driver) if node and node[1] in (*BODY, "none")]
    goals = [
        [Goal("fires", rule.id) for rule in kb.rules],
        [Goal("supported", *node) for node in nodes],
        [Goal("leads", *node) for node in (*heads, *near)],
        [Goal("claim", *node, LEVELS[2]) for node in (near or heads)],
    ]
    open_ = [[goal for goal in some if not reached(goal, found)] for some in goals]
    return [chance.choice(some) for some in open_ if some]
