"""How long each answer takes with which a result is questioned, beyond the inference that it questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.measuring import Part, Task, case_table, interleaved, over_cases
from benchmarks.setting import Setting
from engine.arguing.breaking import break_chain
from engine.arguing.hypothesis import argue
from engine.arguing.panel import panel
from engine.arguing.rivals import side_by_side
from engine.arguing.variants import Variants
from engine.case import Case
from engine.cohort.run import ArrayEvaluator
from engine.explain import how, why_not
from engine.infer import Reasoner
from engine.questioning.changes import Change
from engine.questioning.fragile import fragile
from engine.questioning.goals import Goal
from engine.questioning.repairs import repairs
from engine.questioning.what_if import what_if
from engine.result import Inference, Node

INFER = "the inference itself"
NOTES = {
    INFER: "from answers to everything concluded",
    "how": "the proof of what leads, down to answers and sources",
    "why not": "why the rival does not lead: each rule and the condition that failed",
    "what would make the rival present": "every smallest set of up to three answers",
    "what would make the rival lead": "the same, with everything that its rivals depend on",
    "what if": "one answer set aside, and everything that differs then",
    "fragile": "every single answer that may have been misread",
    "against": "the honesty panel of what leads",
    "rivals": "all explanations side by side, and the fewest that cover the complaints",
    "break the chain": "every outcome of every bedside change",
    "argue": "the rival as a clinician's own cause, and the finding that would decide",
}


def arguments(setting: Setting) -> Part:
    """Each answer on each case in which something leads; the rival is the next cause in line, or the first diagnosis in the knowledge."""
    reasoner = Reasoner(setting.kb)
    evaluator, variants = ArrayEvaluator(setting.kb, reasoner.readers), Variants(reasoner.readers)
    led = [(case, found) for case in setting.cases if (found := reasoner.infer(case)).explanations]
    each = (dict(_tasks(case, found, reasoner, evaluator, variants)) for case, found in led)
    times = over_cases(interleaved(tasks, setting.effort.repeats) for tasks in each)
    return Part((case_table(times, INFER, NOTES),) if times else ())


def _tasks(
    case: Case, found: Inference, reasoner: Reasoner, evaluator: ArrayEvaluator, variants: Variants,
) -> Iterator[tuple[str, Task]]:
    kb, leads, rival = reasoner.kb, found.explanations[0], _rival(found, reasoner)
    aside = [Change(next(iter(case.answers)), None)]
    given: Mapping[str, Task] = {
        INFER: lambda: reasoner.infer(case),
        "how": lambda: how(leads.driver or leads.cause, found, kb),
        "why not": lambda: why_not(("node", *rival), found, kb),
        "what would make the rival present": lambda: repairs(Goal("supported", *rival), case, evaluator),
        "what would make the rival lead": lambda: repairs(Goal("leads", *rival), case, evaluator),
        "what if": lambda: what_if(case, aside, reasoner, found),
        "fragile": lambda: fragile(case, evaluator),
        "against": lambda: panel(0, found, reasoner.readers),
        "rivals": lambda: side_by_side(found, reasoner.readers),
        "break the chain": lambda: break_chain(found, case, variants),
        "argue": lambda: argue(rival, found, case, variants),
    }
    yield from given.items()


def _rival(found: Inference, reasoner: Reasoner) -> Node:
    """The cause of the next explanation on one known side, else the first diagnosis that is not there."""
    others = [one.cause for one in found.explanations[1:] if one.cause in found.statuses]
    absent = [n for n, s in found.statuses.items() if s.state != "supported" and reasoner.kb.conclusions[n[0]].layer == "local_diagnosis"]
    return (others + absent + [found.explanations[0].cause])[0]
