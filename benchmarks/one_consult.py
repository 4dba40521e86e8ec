"""How long one traced consult takes: making ready, the first inference, every shipped case again, its parts, and explaining.

    python benchmarks/one_consult.py [CASE]        about a minute; the parts are those of CASE, else of the article's patient

Milliseconds of processor time, the median and the best of several runs: on a busy machine only the best tells.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine.advice import AdviceRun
from engine.case import Case
from engine.case_files import case_files
from engine.case_reading import read_case
from engine.chains import ChainRun
from engine.evidence import EvidenceRun
from engine.explain import how, why_not
from engine.gaps import pain_sides_of
from engine.infer import Reasoner
from engine.safety import safety_pass
from engine.valuation import valuate
from knowledge import KnowledgeBase, load
from knowledge.pack_files import base_folder

Row = tuple[str, float, float]
"""What was measured, the median and the best, in milliseconds."""


def measured(what: str, work: Callable[[], object], runs: int) -> Row:
    """The median and the best of so many runs."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return what, median(times), min(times)


def shipped(kb: KnowledgeBase) -> dict[str, Case]:
    """Every shipped case by its id."""
    return {path.stem: read_case(path, kb) for path in case_files([base_folder()])}


def over_all(reasoner: Reasoner, cases: dict[str, Case]) -> Row:
    """The median over the shipped cases: of their medians, and of their bests."""
    rows = [measured(name, lambda one=case: reasoner.infer(one), 7) for name, case in cases.items()]  # type: ignore[misc]
    return "an inference, median over the shipped cases", median(row[1] for row in rows), median(row[2] for row in rows)


def parts(case: Case, kb: KnowledgeBase) -> Iterator[Row]:
    """The parts of one inference; a case with answers of unstated side is told as left."""
    told = case.in_world("left") if case.has_unstated else case
    valuation, evidence, chains, advice = valuate(told, kb), EvidenceRun(kb), ChainRun(kb), AdviceRun(kb)
    found = evidence.run(valuation)
    pain, led = pain_sides_of(found.statuses, kb), Reasoner(kb).infer(told).leading
    yield measured("  words", lambda: valuate(told, kb), 40)
    yield measured("  safety", lambda: safety_pass(told, valuation, kb), 40)
    yield measured("  evidence", lambda: evidence.run(valuation), 40)
    yield measured("  chains", lambda: chains.run(found.statuses, found.claimed, pain), 40)
    yield measured("  advice", lambda: advice.run(valuation, found.statuses, "chain", led), 40)


def explaining(case: Case, reasoner: Reasoner) -> Iterator[Row]:
    """How and why-not for the conclusion that takes longest."""
    inference, kb = reasoner.infer(case), reasoner.kb
    hows = [measured("", lambda at=node: how(at, inference, kb), 5) for node in inference.statuses]  # type: ignore[misc]
    whys = [measured("", lambda at=node: why_not(("node", *at), inference, kb), 5) for node in inference.statuses]  # type: ignore[misc]
    for name, rows in (("how", hows), ("why-not", whys)):
        yield f"{name}, the slowest of all conclusions", max(row[1] for row in rows), max(row[2] for row in rows)


def rows_of(name: str) -> Iterator[Row]:
    """Every row of the table."""
    kb = load()
    cases = shipped(kb)
    reasoner = Reasoner(kb)
    yield measured(f"{name}, first inference of a process", lambda: reasoner.infer(cases[name]), 1)
    yield measured("making a reasoner ready", lambda: Reasoner(kb), 7)
    yield measured(f"{name}, inferred again", lambda: reasoner.infer(cases[name]), 40)
    yield from parts(cases[name], kb)
    yield over_all(reasoner, cases)
    yield from explaining(cases[name], reasoner)


def main(name: str = "article-ankle") -> None:
    """Print the table."""
    print(f"{'':<48}{'median':>10}{'best':>10}")
    for what, middle, best in rows_of(name):
        print(f"{what:<48}{middle:>10.2f}{best:>10.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
