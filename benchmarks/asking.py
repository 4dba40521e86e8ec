"""How long the interview takes to decide what it asks next."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from benchmarks.measuring import Part, case_table, interleaved, over_cases, p95
from benchmarks.setting import Setting
from engine.cohort.run import ArrayEvaluator
from engine.infer import Reasoner

RANK, INFER = "ranking every question", "the inference before it"


def next_question(setting: Setting) -> Part:
    """Inference and ranking on each case, as after an answer."""
    if not (find_spec("engine.asking") and find_spec("engine.answer_model")):
        return Part(problem="This version has no adaptive interview, so there is nothing to measure.")
    explorer, reasoner = _explorer(setting), Reasoner(setting.kb)
    found = [(case, reasoner.infer(case)) for case in setting.cases]
    tasks = ({INFER: lambda c=case: reasoner.infer(c), RANK: lambda c=case, f=one: explorer.rank(c, f)} for case, one in found)  # type: ignore[misc]
    times = over_cases(interleaved(each, setting.effort.repeats) for each in tasks)
    both = [a + b for a, b in zip(times[INFER], times[RANK], strict=True)]
    return Part((case_table({**times, "both": both}, INFER),), {"question": p95(both), "ranking": p95(times[RANK])})


def _explorer(setting: Setting) -> Any:
    """The ranker of questions, by name: it is younger than this module."""
    adaptive, model = import_module("engine.asking.adaptive"), import_module("engine.answer_model")
    return adaptive.Explorer(ArrayEvaluator(setting.kb), model.AnswerModel(setting.kb))
