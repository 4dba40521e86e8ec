"""How a conclusion came about and why another does not hold, as an indented tree of sentences.

The engine gives typed statements; the sentence of each kind is a macro `proof_KIND` of templates/phrases.j2. A kind without
one is still told, with everything it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.case import Case
from engine.statement import Statement
from knowledge.model import KnowledgeBase
from knowledge.sides import NONE
from reports.citing import Citations, SourceView
from reports.formats import fill_text
from reports.naming import Titles
from reports.parts.evidence import decibans, said_kind
from reports.phrases import knows, say, word, words_of

NODES = (
    ("node", "conclusion", "side"), ("source", "source", "source_side"), ("by", "by", "by_side"), ("leader", "leader", "leader_side"),
    ("cause", "cause", "cause_side"), ("driver", "driver", "driver_side"), ("was_cause", "was_cause", "was_cause_side"),
    ("was_driver", "was_driver", "was_driver_side"),
)
"""Parameters that together name a station: what a sentence calls it, its id and its side."""


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A line of the tree and how deep it stands; `sign` tells what kind of line it is."""

    depth: int
    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class ProofView:
    """A whole tree, with the sources it names."""

    case_id: str
    lines: tuple[ProofLine, ...]
    sources: tuple[SourceView, ...]


def proof_text(statement: Statement, case: Case, kb: KnowledgeBase) -> str:
    """The tree as text for a terminal."""
    return fill_text("proof.txt.j2", proof_view(statement, case, kb)).rstrip("\n")


def proof_view(statement: Statement, case: Case, kb: KnowledgeBase) -> ProofView:
    """The tree in a reader's words."""
    titles, citations = Titles(kb), Citations(kb)
    lines = tuple(_lines(statement, 0, titles, citations))
    return ProofView(case.id, lines, citations.listed())


def _lines(statement: Statement, depth: int, titles: Titles, citations: Citations) -> Iterator[ProofLine]:
    yield ProofLine(depth, word("proof_signs", statement.get("truth") or statement.kind), sentence(statement, titles))
    yield from _reason(statement, depth + 1, titles, citations)
    for child in statement.children:
        yield from _lines(child, depth + 1, titles, citations)


def _reason(statement: Statement, depth: int, titles: Titles, citations: Citations) -> Iterator[ProofLine]:
    """The text and sources of a rule that spoke, or that is asked about."""
    rule = titles.rule(statement.get("rule"))
    if rule and statement.kind in ("rule", "why-not-rule"):
        numbers = [cite.number for cite in citations.cite(rule.sources)]
        yield ProofLine(depth, word("proof_signs", "because"), say("proof_because", because=rule.because, numbers=numbers))


def sentence(statement: Statement, titles: Titles) -> str:
    """The sentence of one statement."""
    name = f"proof_{statement.kind.replace('-', '_')}"
    about = _about(statement, titles)
    if knows(name):
        return say(name, a=about)
    return say("proof_other", kind=statement.kind.replace("-", " "), parts=[f"{key} {value}" for key, value in about.items() if value])


def _about(statement: Statement, titles: Titles) -> dict[str, str]:
    """The parameters of a statement in a reader's words, under the names its sentence uses."""
    about = dict(statement.about)
    for name, key, side in NODES:
        if key in about:
            about[name] = titles.node((about[key], about.get(side, NONE))) if about[key] else ""
    if "rule" in about:
        about["title"] = titles.rule_title(about["rule"])
    if "subject" in about:
        about |= _subject(about, titles)
    if statement.kind in ("result", "turned", "verdict", "flag"):
        about |= _results(about, titles)
    if about.get("amount", "0").lstrip("+-").isdigit():
        about["amount"] = decibans(int(about.get("amount", "0")))
    if "kind" in about:
        about["kind"] = said_kind(about["kind"], int(statement.get("amount") or 0))
    about["side"] = _sides(about.get("side", NONE), titles)
    return {**about, **{key: word(table, about[key]) for key, table in (("state", "states"), ("how", "hows")) if key in about}}


def _subject(about: dict[str, str], titles: Titles) -> dict[str, str]:
    subject = about["subject"]
    told: dict[str, str] = {key: titles.told(subject, about[key]) for key in ("word", "seen") if key in about}
    wanted = " or ".join(word("answers", one) for one in about.get("wanted", "").split(" or ") if one)
    ends: dict[str, str] = {end: titles.amount(float(about[end]), subject) if about[end] else "" for end in ("low", "high") if end in about}
    if all(ends.values()) and ends:
        ends["low"] = say("amount", number=f"{round(float(about['low']), 1):g}", unit="")  # the unit stands behind the other end
    return {**told, **ends, "wanted": wanted, "finding": titles.finding(subject)}


def _results(about: dict[str, str], titles: Titles) -> dict[str, str]:
    """Outcomes, urgencies, states and verdicts in the words of reports."""
    wording, what = titles.kb.wording, about.get("what", "")
    tables = {"outcome": {name: one["title"] for name, one in wording.outcomes.items()}, "urgency": wording.urgency}
    known = tables.get(what) or words_of({"plan": "plan_words", "claim": "levels"}.get(what, "states"))
    told: dict[str, str] = {key: known.get(about[key], about[key]) for key in ("was", "now") if key in about}
    if "verdict" in about:
        told["verdict"] = wording.verdicts.get(about["verdict"], about["verdict"]).rstrip(".")
    if "urgency" in about:
        told["urgency"] = wording.urgency.get(about["urgency"], about["urgency"])
    return told


def _sides(sides: str, titles: Titles) -> str:
    return say("proof_sides", sides=[titles.side(side) for side in sides.split(" or ") if side != NONE])
