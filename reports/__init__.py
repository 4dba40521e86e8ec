"""Reports: what an inference says, for a reader. `render` is the way in; `to_json` is the published contract."""

from __future__ import annotations

import json

from engine.case import Case
from engine.result import Inference
from knowledge.model import KnowledgeBase
from reports.contract import to_json
from reports.documents import DOCUMENTS
from reports.formats import fill, fill_pdf
from reports.typesetting import NoTypesetterError

FORMATS = ("text", "md", "html", "json")
"""Formats that are text; PDF is bytes and has `render_pdf`."""
EVERY_FORMAT = (*FORMATS, "yaml")
"""The same with that of papers to be filled in and read again."""
AUDIENCES = tuple(DOCUMENTS)


def render(inference: Inference, case: Case, kb: KnowledgeBase, format: str, audience: str = "clinician") -> str:
    """The document of an audience on a case as text, ending in a newline; `json` is the contract, whoever reads it.

    Raises ValueError for a format or audience not known.
    """
    if format not in EVERY_FORMAT:
        raise ValueError(f"unknown format '{format}'; known are {', '.join(EVERY_FORMAT)}")
    _check(format, audience)
    if format == "json":
        return json.dumps(to_json(inference, case, kb), indent=2) + "\n"
    document = DOCUMENTS[audience]
    return fill(format, document.stem, document.builder()(inference, case, kb))


def render_pdf(inference: Inference, case: Case, kb: KnowledgeBase, audience: str = "clinician") -> bytes:
    """The document of an audience as a tagged PDF. Raises ValueError as `render` does, NoTypesetterError without the extra `pdf`."""
    _check("pdf", audience)
    document = DOCUMENTS[audience]
    return fill_pdf(document.stem, document.builder()(inference, case, kb))


def _check(format: str, audience: str) -> None:
    if audience not in AUDIENCES:
        raise ValueError(f"unknown audience '{audience}'; known are {', '.join(AUDIENCES)}")
    if format != "json" and format not in DOCUMENTS[audience].formats:
        raise ValueError(f"there is no {format} for the {audience}; there is {', '.join(DOCUMENTS[audience].formats)}")


__all__ = ["AUDIENCES", "DOCUMENTS", "FORMATS", "NoTypesetterError", "render", "render_pdf", "to_json"]
