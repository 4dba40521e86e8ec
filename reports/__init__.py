"""Reports: what an inference says, for a reader. `render` is the way in; `to_json` is the published contract."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.case import Case
from engine.result import Inference
from knowledge.model import KnowledgeBase
from reports.contract import to_json
from reports.documents import DOCUMENTS, Document, large_printed
from reports.doubting import would_change
from reports.formats import fill, fill_pdf
from reports.typesetting import NoTypesetterError

if TYPE_CHECKING:
    from engine.infer import Reasoner

FORMATS = ("text", "md", "html", "json")
"""Formats that are text; PDF is bytes and has `render_pdf`."""
EVERY_FORMAT = (*FORMATS, "yaml")
"""The same with that of papers to be filled in and read again."""
AUDIENCES = tuple(DOCUMENTS)


def render(
    inference: Inference, case: Case, kb: KnowledgeBase, format: str, audience: str = "clinician", reasoner: Reasoner | None = None,
    large_print: bool = False,
) -> str:
    """The document of an audience on a case as text, ending in a newline; `json` is the contract, whoever reads it.

    `reasoner` is the one that inferred, where it is at hand: it saves making its parts again. Raises ValueError for a format or
    audience not known, and for large print where there is none.
    """
    if format not in EVERY_FORMAT:
        raise ValueError(f"unknown format '{format}'; known are {', '.join(EVERY_FORMAT)}")
    _check(format, audience, large_print)
    if format == "json":
        return json.dumps(to_json(inference, case, kb, would_change(inference, case, kb, reasoner)), indent=2) + "\n"
    document = DOCUMENTS[audience]
    return fill(format, document.stem, _view(document, inference, case, kb, reasoner, large_print))


def render_pdf(
    inference: Inference, case: Case, kb: KnowledgeBase, audience: str = "clinician", reasoner: Reasoner | None = None,
    large_print: bool = False,
) -> bytes:
    """The document of an audience as a tagged PDF. Raises ValueError as `render` does, NoTypesetterError without the extra `pdf`."""
    _check("pdf", audience, large_print)
    document = DOCUMENTS[audience]
    return fill_pdf(document.stem, _view(document, inference, case, kb, reasoner, large_print))


def _view(
    document: Document, inference: Inference, case: Case, kb: KnowledgeBase, reasoner: Reasoner | None, large_print: bool,
) -> Any:
    view: Any = document.builder()(inference, case, kb, reasoner)
    return replace(view, large_print=True) if large_print else view


def _check(format: str, audience: str, large_print: bool) -> None:
    if audience not in AUDIENCES:
        raise ValueError(f"unknown audience '{audience}'; known are {', '.join(AUDIENCES)}")
    if format != "json" and format not in DOCUMENTS[audience].formats:
        raise ValueError(f"there is no {format} for the {audience}; there is {', '.join(DOCUMENTS[audience].formats)}")
    if large_print and not DOCUMENTS[audience].large_print:
        raise ValueError(f"there is no large print for the {audience}; there is for {', '.join(large_printed())}")


__all__ = ["AUDIENCES", "DOCUMENTS", "FORMATS", "NoTypesetterError", "render", "render_pdf", "to_json"]
