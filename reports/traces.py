"""A whole trace in every format: text and Markdown to read, a page to step through, and the contract for other programs."""

from __future__ import annotations

from engine.case import Case
from engine.result import Inference
from knowledge.model import KnowledgeBase
from reports.formats import fill
from reports.steps_page import steps_page
from reports.trace_contract import trace_json
from reports.trace_view import trace_text

FORMATS = ("text", "md", "html", "json")


def render_trace(inference: Inference, case: Case, kb: KnowledgeBase, format: str) -> str:
    """The trace as text, ending in a newline. Raises ValueError for a format not known."""
    if format not in FORMATS:
        raise ValueError(f"unknown format '{format}'; known are {', '.join(FORMATS)}")
    if format == "json":
        return trace_json(inference, case, kb)
    if format == "text":
        return trace_text(inference, case, kb) + "\n"
    return fill(format, "trace", steps_page(inference, case, kb))
