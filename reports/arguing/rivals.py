"""The leading explanation and its rivals side by side, for a terminal of 100 columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.arguing.rivals import Rival, Sides
from engine.case import Case
from engine.result import Explanation, Inference
from knowledge.model import KnowledgeBase
from reports.arguing.sentences import evidence, gap, link_line, scored, timed, title_of
from reports.arguing.view import Part, argument_text, dossier_of, equal, table
from reports.parts.chain import in_one_line
from reports.parts.dossier import Dossier
from reports.parts.rivals import signed
from reports.phrases import say, word

Cells = list[list[str]]
_Cell = Callable[[Explanation], list[str]]


def rivals_text(sides: Sides, found: Inference, case: Case, kb: KnowledgeBase) -> str:
    """A table over all, for and against of each, and which account for the complaints together."""
    dossier = dossier_of(found, case, kb)
    parts = [_overview(sides, dossier), *(_two(one, dossier) for one in sides.columns), _together(sides, dossier)] if sides.columns else []
    more = len(found.explanations) - len(sides.columns)
    lead = say("arg_rivals_lead", count=len(sides.columns), more=more, leads=not dossier.guess, state=dossier.state)
    return argument_text(say("arg_rivals_title", case=case.id), [lead], parts, dossier)


def _overview(sides: Sides, dossier: Dossier) -> Part:
    shown = [(one.panel.place, one.panel.explanation) for one in sides.columns]
    heads = [[say("arg_column", place=place + 1, title=title_of(one, dossier))] for place, one in shown]
    rows = [[[""], *heads], *(_line(name, [cell(one) for _, one in shown]) for name, cell in _cells(dossier))]
    rows += [_line("signs", [list(dossier.findings(one.signs)) for one in sides.columns])]
    rows += [_line("leaves", [list(dossier.findings(_leaves(one))) for one in sides.columns])]
    rows += [_line("complaints", [[dossier.names.node(node) for node in one.complaints] for one in sides.columns])]
    rows += [_line("beside", [[dossier.names.node(node) for node in one.panel.beside] for one in sides.columns])]
    rows += list(_terms([one for _, one in shown]))
    return table(say("arg_overview"), rows, equal(len(shown), 17))


def _line(name: str, cells: Cells) -> Cells:
    return [[word("rival_rows", name)], *(cell or [say("arg_none")] for cell in cells)]


def _cells(dossier: Dossier) -> Iterator[tuple[str, _Cell]]:
    yield "score", lambda one: [scored(one.score)]
    yield "kind", lambda one: [word("explanation_kinds", one.kind)]
    yield "claim", lambda one: [word("levels", one.claim)]
    yield "origin_claim", lambda one: [word("levels", one.origin_claim)] if one.origin_claim else []
    yield "explains", lambda one: list(dossier.findings(one.explains))


def _terms(shown: list[Explanation]) -> Iterator[Cells]:
    """The score by kinds of terms, in the order in which they first come."""
    for kind in dict.fromkeys(term.what for one in shown for term in one.terms):
        sums = [[term.amount for term in one.terms if term.what == kind] for one in shown]
        name = word("terms", kind)
        yield [[name[:1].upper() + name[1:]], *([signed(sum(amounts))] if amounts else [say("arg_none")] for amounts in sums)]


def _two(one: Rival, dossier: Dossier) -> Part:
    """For and against in two columns."""
    explanation = one.panel.explanation
    for_ = [evidence(node, piece, dossier) for node, piece in one.speaks_for]
    against = list(_against(one, dossier))
    rows = [[[word("two_heads", "for")], [word("two_heads", "against")]], [_pointed(for_), _pointed(against)]]
    title = say("arg_column", place=one.panel.place + 1, title=title_of(explanation, dossier))
    return table(title, rows, equal(2), in_one_line(explanation, dossier))


def _pointed(texts: list[str]) -> list[str]:
    return [say("arg_point", text=text) for text in dict.fromkeys(texts)] or [say("arg_none")]


def _leaves(one: Rival) -> tuple[str, ...]:
    """What it neither explains nor is known by."""
    return tuple(name for name in one.panel.unexplained if name not in one.signs)


def _against(one_of: Rival, dossier: Dossier) -> Iterator[str]:
    names, panel = dossier.names, one_of.panel
    yield from (evidence(one.node, one.piece, dossier) for one in panel.contradictions)
    yield from (say("arg_absent_short", title=names.node(one.node)) for one in panel.absent)
    yield from (say("arg_failed", link=link_line(one, dossier)) for one in panel.failed)
    for one in panel.contested:
        numbers = [cite.number for cite in dossier.citations.cite(one.link.against)]
        yield say("arg_contested_short", link=link_line(one, dossier), numbers=numbers)
    yield from (gap(one, dossier) for one in panel.gaps)
    yield from (timed(one.node, one.timing, dossier) for one in panel.late)
    if _leaves(one_of):
        yield say("arg_leaves", findings=dossier.findings(_leaves(one_of)))
    weak = [one for one in panel.opinions if one.link.grade == "D"]
    if weak:
        yield say("arg_weak_links", links=[link_line(one, dossier) for one in weak])


def _together(sides: Sides, dossier: Dossier) -> Part:
    """The fewest that account for the complaints, ties told, and what nobody accounts for."""
    sets, without = ([[place + 1 for place in one] for one in every] for every in (sides.sets, sides.without))
    explained = any(one.panel.explanation.explains for one in sides.columns)
    lines = [
        say("arg_cover", sets=sets, any=explained), say("arg_cover_without", sets=without) if without else "",
        say("arg_unaccounted", findings=dossier.findings(sides.unaccounted)) if sides.unaccounted else "",
    ]
    return Part(say("arg_together"), points=tuple(line for line in lines if line))
