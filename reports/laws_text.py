"""Laws as they came out: held or broken, and for a broken one the smallest case that breaks it, ready to be saved as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from textwrap import indent

from engine.case import Case
from engine.laws import Broken, Verdict
from knowledge.problems import counted
from reports.claim_check import Overclaim

MOST = 8
"""How many of the things that are broken at once are listed."""
WORDING = "No report says more about a cause than the weakest link of its claim allows, at any level, in any format."


def wording_text(found: Sequence[Overclaim], cases: int) -> str:
    """Whether reports keep to the words of their claims, with every place where they do not."""
    state = f"BROKEN in {counted(len(found), 'place')}" if found else f"held on {counted(cases, 'case')}"
    return "\n".join([f"wording  {state}: {WORDING}", *(f"  - {one}" for one in found[:MOST]), *_more(len(found))])


def _more(number: int) -> list[str]:
    return [f"  - and {number - MOST} more"] if number > MOST else []


def laws_text(verdicts: Sequence[Verdict], as_yaml: Callable[[Case], str]) -> str:
    """A line for each law, then every broken one with its case; `as_yaml` writes a case as the text of a case file."""
    width = max((len(one.law.id) for one in verdicts), default=0)
    lines = [line for one in verdicts for line in (_line(one, width), *(_broken(one.broken, as_yaml) if one.broken else ()))]
    return "\n".join([*lines, _sum(verdicts)])


def _line(one: Verdict, width: int) -> str:
    state = f"BROKEN by {one.failing} of {one.tried}" if one.broken else f"held on {counted(one.tried, 'case')}"
    return f"{one.law.id:{width}}  {state}: {one.law.sentence}"


def _broken(one: Broken, as_yaml: Callable[[Case], str]) -> Iterator[str]:
    yield from (f"  - {breach.says}" for breach in one.breaches[:MOST])
    yield from _more(len(one.breaches))
    yield from (f"  {rule}" for rule in dict.fromkeys(rule for breach in one.breaches for rule in breach.rules))
    findings = dict.fromkeys(name for breach in one.breaches for name in breach.findings)
    if findings:
        yield f"  findings: {', '.join(findings)}"
    yield f"  done: {one.trial}"
    yield f"  found on {one.by}; the smallest case that breaks it:"
    yield indent(as_yaml(one.case).rstrip("\n"), "    ")


def _sum(verdicts: Sequence[Verdict]) -> str:
    broken = [one.law.id for one in verdicts if one.broken]
    return f"{len(broken)} of {counted(len(verdicts), 'law')} broken: {', '.join(broken)}" if broken else f"all {len(verdicts)} laws held"
