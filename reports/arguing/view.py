"""What an argument says, as frozen data: parts in points or in rows of columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.case import Case
from engine.result import Inference
from knowledge.model import KnowledgeBase
from reports.citing import Citations, SourceView
from reports.formats import fill_text
from reports.naming import Names
from reports.parts.dossier import Dossier
from reports.phrases import say
from reports.view import Texts

PAGE, GAP = 100, 2
"""The width of a table, and the space between its columns."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; each cell holds texts that begin on lines of their own."""

    cells: tuple[Texts, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part with a heading: a sentence, a table whose first row heads it, points. `widths` are the columns of the table."""

    title: str
    lead: str = ""
    points: Texts = ()
    rows: tuple[Row, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """A whole argument, with the sources it names."""

    title: str
    lead: Texts
    parts: tuple[Part, ...]
    sources: tuple[SourceView, ...]
    last: str


def dossier_of(found: Inference, case: Case, kb: KnowledgeBase) -> Dossier:
    """What an argument is told from."""
    return Dossier(found, case, kb, Names(kb, case=case, inference=found), Citations(kb))


def argument_text(title: str, lead: Iterable[str], parts: Iterable[Part], dossier: Dossier) -> str:
    """The argument as text for a terminal; parts with nothing in them are left out."""
    kept = tuple(part for part in parts if part.lead or part.points or part.rows)
    view = ArgumentView(title, tuple(line for line in lead if line), kept, dossier.citations.listed(), say("arg_last"))
    return fill_text("argument.txt.j2", view).rstrip("\n")


def table(title: str, rows: Iterable[Iterable[Iterable[str]]], widths: tuple[int, ...], lead: str = "") -> Part:
    """A part that is a table; a cell may be one text or several."""
    return Part(title, lead, rows=tuple(Row(tuple(tuple(cell) for cell in one)) for one in rows), widths=widths)


def equal(columns: int, label: int = 0) -> tuple[int, ...]:
    """Widths of equal columns that fill a page, behind a column of labels when one is wanted."""
    free = PAGE - (label + GAP if label else 0) - GAP * (columns - 1)
    return (*((label,) if label else ()), *(free // columns for _ in range(columns)))
