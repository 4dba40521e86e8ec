"""The trace as text: every firing in the order it happened, with what it matched, what was absent, and what it said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.case import Case
from engine.result import Fired, Inference, Read
from knowledge.model import KnowledgeBase
from knowledge.sides import ANY, BODY, NONE
from reports.citing import Citations, Cite, SourceView
from reports.escaping import Code
from reports.formats import fill_text
from reports.naming import Names
from reports.parts.evidence import decibans, said_kind
from reports.phrases import say, word

_EVIDENCE = re.compile(r"(\w+) ([\w.]+) ([+-]\d+)")
_FLAG = re.compile(r"(\w+) (\w+) \((\w+)\)")
_STEP = re.compile(r"(step|gap) ([\w.]+) -> ([\w.]+)(?: \((\w+)\))?")
_CLAIM = re.compile(r"([\w.]+) belongs to ([\w.]+)")


@dataclass(frozen=True, slots=True)
class FiringView:
    """One firing: the rule, what it read, and what it asserted or confirmed."""

    seq: int
    rule: Code
    title: str
    matched: tuple[str, ...]
    absent: tuple[str, ...]
    asserted: tuple[str, ...]
    confirmed: tuple[str, ...]
    because: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class PhaseView:
    """The firings of one phase."""

    title: str
    firings: tuple[FiringView, ...]


@dataclass(frozen=True, slots=True)
class TraceView:
    """A whole trace."""

    case_id: str
    count: int
    phases: tuple[PhaseView, ...]
    sources: tuple[SourceView, ...]
    version: str
    sha256: str


def trace_text(inference: Inference, case: Case, kb: KnowledgeBase) -> str:
    """Every step of the reasoning as text for a terminal."""
    return fill_text("trace.txt.j2", trace_view(inference, case, kb)).rstrip("\n")


def trace_view(inference: Inference, case: Case, kb: KnowledgeBase) -> TraceView:
    """The trace, phase by phase, in a reader's words."""
    names, citations = Names(kb, case=case, inference=inference), Citations(kb)
    phases = tuple(
        PhaseView(word("phases", phase), tuple(_firing(one, names, citations) for one in inference.trace if one.phase == phase))
        for phase in dict.fromkeys(one.phase for one in inference.trace)
    )
    return TraceView(case.id, len(inference.trace), phases, citations.listed(), inference.version, inference.sha256)


def _firing(fired: Fired, names: Names, citations: Citations) -> FiringView:
    rule = names.rule(fired.rule)
    title = say("fired", title=names.rule_title(fired.rule), where=where_fired(fired, names))
    return FiringView(
        fired.seq, Code(fired.rule), title, matched=_lines(fired.rule, (read for read in fired.matched if read.part != "none"), names),
        absent=_lines(fired.rule, (read for read in fired.matched if read.part == "none"), names),
        asserted=tuple(statement(text, names) for text in fired.asserted),
        confirmed=tuple(statement(text, names) for text in fired.confirmed),
        because=rule.because if rule else "", cites=citations.cite(rule.sources if rule else ()),
    )


def where_fired(fired: Fired, names: Names) -> str:
    """Where the firing was: the station it looks on from, or its side."""
    bound = dict(fired.bindings)
    if "node" in bound and "source" not in bound:
        return names.node((bound["node"], bound.get("side", NONE)))
    return names.side(bound.get("side", NONE))


def _lines(rule: str, reads: Iterable[Read], names: Names) -> tuple[str, ...]:
    return tuple(dict.fromkeys(read_line(rule, read, names) for read in reads))


def read_line(rule: str, read: Read, names: Names) -> str:
    """What a rule read, in a reader's words; of what had to be absent, whether it was answered."""
    value = say("listed", parts=_known(read, names)) or names.told(read.subject, read.word)
    line = say("read", title=names.finding(read.subject), side=names.asked_side(read.subject, read.side), value=value)
    if read.part == "at_least":
        return say("counted" if names.counts(read, rule) else "looked_at", line=line)
    if read.part != "none":
        return line
    answered = read.word not in ("", "not asked", "unknown")
    return say("absent_answered" if answered else "absent_open", line=line)


def _known(read: Read, names: Names) -> list[str]:
    """The answers behind a read on either side: those sides that were answered. Nothing for any other read."""
    either = read.side == ANY or (read.side == NONE and names.has_sides(read.subject) and read.subject in names.kb.findings)
    sides = [side for side in BODY if either and names.inference.valuation.look(read.subject, side)]
    return [say("on_side", side=names.side(side), value=names.value(read.subject, side)) for side in sides]


def statement(text: str, names: Names) -> str:
    """A short statement of the engine, written in ids, in a reader's words; one of no known form stays as it is."""
    if match := _EVIDENCE.fullmatch(text):
        amount = decibans(int(match[3])) if int(match[3]) else ""
        return say("said_evidence", kind=said_kind(match[1], int(match[3])), about=names.about(match[2]), amount=amount)
    if match := _STEP.fullmatch(text):
        return say("said_step", source=names.about(match[2]), target=names.about(match[3]), how=word("hows", match[4] or match[1]))
    if match := _FLAG.fullmatch(text):
        return say("said_flag", kind=word("kinds", match[1]), about=_target(match[2], names), urgency=word("urgencies", match[3]))
    if match := _CLAIM.fullmatch(text):
        return say("said_claim", node=names.about(match[1]), by=names.about(match[2]))
    kind, _, rest = text.partition(" ")
    about = [_target(part, names) for part in rest.split() if not names.rule(part)]
    return say("said_other", kind=word("facts", kind), about=" ".join(about))


def _target(text: str, names: Names) -> str:
    """What a statement is about: a station or finding by its title, anything else as words."""
    name = text.partition(".")[0]
    if name in names.kb.conclusions or name in names.kb.findings:
        return names.part(text)
    return text.replace("_", " ")
