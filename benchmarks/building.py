"""Everything that is made once: knowledge read and checked, networks of rules, arrays."""

from __future__ import annotations

from importlib.util import find_spec

from benchmarks.measuring import Part, Table, Task, interleaved, ms, ratio
from benchmarks.setting import Setting
from benchmarks.stock import StockEngine
from engine.cohort.run import ArrayEvaluator
from engine.evidence import EvidenceRun
from engine.infer import Reasoner
from knowledge import load, load_with_problems

FRESH, KEPT, REASONER = "knowledge, from its files", "knowledge, kept from an earlier run", "traced engine, all its networks"


def building(setting: Setting) -> Part:
    """One row for each thing that is made."""
    kb = setting.kb
    tasks: dict[str, Task] = {REASONER: lambda: Reasoner(kb), FRESH: lambda: load_with_problems(base=setting.base)}
    if find_spec("knowledge.cache"):
        tasks[KEPT] = lambda: load(base=setting.base)
    tasks |= {
        "evidence alone, our engine": lambda: EvidenceRun(kb), "evidence alone, stock experta": lambda: EvidenceRun(kb, StockEngine),
        "arrays": lambda: ArrayEvaluator(kb), **_clips(setting),
    }
    times = interleaved(tasks, setting.effort.builds)
    rows = tuple((name, ratio(time / times[REASONER]), ms(time)) for name, time in times.items())
    after = "" if KEPT in times else "This version keeps no built knowledge between runs."
    return Part((Table(("what is made", f"times {REASONER}", "ms"), rows, after),))


def _clips(setting: Setting) -> dict[str, Task]:
    if not find_spec("clips"):
        return {}
    from benchmarks.clips_engine import ClipsEngine
    from benchmarks.clips_rules import clips_text

    text = clips_text(setting.kb)
    return {"CLIPS, from the text of its program": lambda: ClipsEngine(setting.kb, text)}
