"""The scoreboard of cases used as tests, and the counts of a knowledge base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from engine.cases import RANKED, Mark
from knowledge.content import conclusions_reached, findings_read
from knowledge.model import SEEN, KnowledgeBase
from knowledge.problems import Problem
from reports.scoreboard_page import name_of, over_triage, why


def scoreboard_text(marks: Sequence[Mark], published: Set[str], explained: Mapping[str, str]) -> str:
    """Our own cases first, then published ones with their rates; every disagreement is named."""
    own = [mark for mark in marks if mark.case not in published]
    told = [mark for mark in marks if mark.case in published]
    tables = [*_table("Our own cases", own), *_table("Published cases (agreement is not proof)", told)]
    return "\n".join([*tables, *_rates(told), *over_triage(marks), "", *_disagreements(marks, explained)])


def _table(title: str, marks: Sequence[Mark]) -> Iterator[str]:
    if not marks:
        return
    width = max(len(name_of(mark)) for mark in marks)
    yield f"{title}: {sum(mark.agrees for mark in marks)} of {len(marks)} agree"
    for mark in marks:
        sign = "ok  " if mark.agrees else "thin" if mark.too_thin else "DIFF"
        margin = "" if mark.margin is None else f"  margin {mark.margin}"
        rank = "" if mark.rank is None else f"  accepted cause at {mark.rank}"
        yield f"  {sign} {name_of(mark):{width}}  {mark.outcome:13} {mark.urgency:9} {mark.cause or '-'}{rank}{margin}"
    yield ""


def _rates(marks: Sequence[Mark]) -> Iterator[str]:
    full = [mark for mark in marks if not mark.too_thin]
    if not full:
        return
    named = [mark for mark in full if mark.wanted]
    first, near = (sum(1 for m in named if m.rank and m.rank <= most) for most in (1, RANKED))
    thin = len(marks) - len(full)
    right = sum(mark.outcome in mark.wanted for mark in named)
    yield f"Published, {len(full)} blocks ({thin} too thin left out): outcome as expected in {right}, " \
          f"accepted cause first in {first}, among the first {RANKED} in {near}"
    yield ""


def _disagreements(marks: Sequence[Mark], explained: Mapping[str, str]) -> Iterator[str]:
    differing = [mark for mark in marks if not mark.agrees]
    if differing:
        yield "Disagreements"
    for mark in differing:
        yield f"  {name_of(mark)}{' (too thin)' if mark.too_thin else ''}: {'; '.join(mark.disagreements)}"
        yield f"    {why(mark, explained)}"


def counts_text(kb: KnowledgeBase, notes: Sequence[Problem] = ()) -> str:
    """How much knowledge there is, by kind, and how many notes its checks made, by code."""
    read, verbs, noted = findings_read(kb), Counter(rule.verb for rule in kb.rules), Counter(note.code for note in notes)
    seen = Counter(source.seen for source in kb.sources.values())
    contested = sum(link.contested for link in kb.links)
    rows = [
        ("findings", f"{len(kb.findings)} ({sum(f.must_ask is not None for f in kb.findings.values())} must be asked, "
                     f"{len(read)} read, {len(kb.findings) - len(read)} for the reader)"),
        ("conclusions", f"{len(kb.conclusions)} ({len(conclusions_reached(kb))} can be reached from answers)"),
        ("links", f"{len(kb.links)} ({contested} contested)"),
        ("rules", f"{len(kb.rules)} (" + ", ".join(f"{verb} {count}" for verb, count in sorted(verbs.items())) + ")"),
        ("ladders", str(len(kb.ladders))),
        ("sources", f"{len(kb.sources)} (" + ", ".join(f"{how} {seen[how]}" for how in SEEN if seen[how]) + ")"),
        ("notes", f"{len(notes)}" + (f" ({', '.join(f'{code} {noted[code]}' for code in sorted(noted))})" if notes else "")),
    ]
    return "\n".join([f"knowledge {kb.version} {kb.sha256[:12]}: 0 problems", *(f"  {name:12} {text}" for name, text in rows)])
