"""One person: the traced engine, the arrays, CLIPS, stock experta and a plain loop on the same cases; then explaining."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from statistics import median

from benchmarks.measuring import Part, Task, case_table, interleaved, over_cases
from benchmarks.plain import PlainLoop
from benchmarks.setting import Setting, spread
from benchmarks.stock import StockEngine
from engine.case import Case
from engine.chains import ChainRun
from engine.cohort.run import ArrayEvaluator
from engine.evidence import Evidence, EvidenceRun
from engine.explain import how, why_not
from engine.gaps import gap_steps, pain_sides_of
from engine.infer import Reasoner
from engine.questions import readers_of
from engine.result import Inference
from engine.safety import safety_pass
from engine.valuation import valuate
from knowledge.model import KnowledgeBase
from reports import FORMATS, render

TRACED, ARRAYS, SAME, EVIDENCE, STOCK, CLIPS, PLAIN = (
    "traced engine, everything", "arrays with one row", "traced engine, what CLIPS does", "evidence alone, our engine",
    "evidence alone, stock experta", "CLIPS", "plain loop",
)
NOTES = {
    TRACED: "from answers to explanations, advice, plan and next questions, with the whole trace",
    ARRAYS: "from answers to explanations and outcome, untraced",
    SAME: "from answers to flags, statuses, claims, steps and gaps, with their trace",
    EVIDENCE: "from words to statuses and claims",
    CLIPS: "from words to flags, statuses, claims, steps and gaps; results are not read out",
    PLAIN: "which evidence rules fire, nothing else; statuses that rules read are given",
}
HOW = "how, of what leads"
STOCK_CASES = 12


def one_consult(setting: Setting) -> Part:
    """A row for each engine, all on the same cases."""
    engines = _Engines(setting.kb)
    times = over_cases(interleaved(engines.tasks(case), setting.effort.repeats) for case in setting.cases)
    after = "" if engines.clips else "clipspy is not installed, so CLIPS was not measured."
    table = replace(case_table(times, TRACED, NOTES), after=after)
    ratios = {"same_work": median(a / b for a, b in zip(times[SAME], times[CLIPS], strict=True))} if CLIPS in times else {}
    return Part((table,), {"untraced": median(times[ARRAYS]), "traced": median(times[TRACED]), **ratios})


def stock_experta(setting: Setting) -> Part:
    """The evidence rules on experta as it comes. It takes turns with our engine alone: it is so large that it slows down its neighbours."""
    ours, stock = EvidenceRun(setting.kb), EvidenceRun(setting.kb, StockEngine)
    valuations = [valuate(case, setting.kb) for case in spread(list(setting.cases), setting.effort.stock)]
    wrong = sum(_differ(ours.run(one), stock.run(one)) for one in valuations)
    timed = spread(valuations, STOCK_CASES)
    pairs = ({EVIDENCE: partial(ours.run, one), STOCK: partial(stock.run, one)} for one in timed)
    table = case_table(over_cases(interleaved(tasks, min(3, setting.effort.repeats)) for tasks in pairs), EVIDENCE)
    return Part((replace(table, after=f"Stock experta concluded something else than our engine in {wrong} of {len(valuations)} cases."),))


def _differ(one: Evidence, other: Evidence) -> bool:
    """Whether statuses differ, or the rules that fired."""
    fired = [{(each.rule, each.bindings) for each in found.fired} for found in (one, other)]
    return one.statuses != other.statuses or fired[0] != fired[1]


class _Engines:
    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb, self.readers = kb, readers_of(kb)
        self.reasoner, self.arrays, self.plain = Reasoner(kb), ArrayEvaluator(kb), PlainLoop(kb)
        self.evidence, self.chains = EvidenceRun(kb), ChainRun(kb)
        self.clips = None
        if find_spec("clips"):
            from benchmarks.clips_engine import ClipsEngine

            self.clips = ClipsEngine(kb)

    def tasks(self, case: Case) -> Mapping[str, Task]:
        """What is run on a case."""
        valuation = valuate(case, self.kb)
        states = {node: status.state for node, status in self.evidence.run(valuation).statuses.items()}
        tasks: dict[str, Task] = {
            TRACED: lambda: self.reasoner.infer(case), ARRAYS: lambda: self.arrays.of_cases([case]),
            SAME: lambda: self.same_as_clips(case), EVIDENCE: lambda: self.evidence.run(valuation),
            PLAIN: lambda: self.plain.fired(valuation, states),
        }
        if clips := self.clips:
            tasks[CLIPS] = lambda: clips.run(valuation)
        return tasks

    def same_as_clips(self, case: Case) -> object:
        """What the CLIPS program does; finding the words, a small part, is in here too."""
        valuation = valuate(case, self.kb)
        safety_pass(case, valuation, self.kb)
        evidence = self.evidence.run(valuation)
        pain = pain_sides_of(evidence.statuses, self.kb)
        chains = self.chains.run(evidence.statuses, evidence.claimed, pain)
        return gap_steps(chains.steps, self.chains.graph, evidence.statuses, evidence.claimed, pain, valuation, self.readers)


def explaining(setting: Setting) -> Part:
    """What comes on top of an inference: how, why not, and a report in each format."""
    reasoner = Reasoner(setting.kb)
    each = (interleaved(dict(_explanations(case, reasoner)), setting.effort.repeats) for case in setting.cases)
    times = over_cases(each)
    table = case_table(times, TRACED)
    return Part((table,), {"explained": median(a + b for a, b in zip(times[TRACED], times[HOW], strict=True))})


def _explanations(case: Case, reasoner: Reasoner) -> Iterator[tuple[str, Task]]:
    found, kb = reasoner.infer(case), reasoner.kb
    nodes = [one.cause for one in found.explanations] or list(found.statuses)[:1]
    yield TRACED, lambda: reasoner.infer(case)
    yield HOW, lambda: how(nodes[0], found, kb)
    yield "why not, of what comes last", lambda: why_not(("node", *nodes[-1]), found, kb)
    for name in FORMATS:
        yield f"report as {name}", _report(found, case, kb, name)


def _report(found: Inference, case: Case, kb: KnowledgeBase, name: str) -> Task:
    return lambda: render(found, case, kb, name)
