"""Reports: what an inference says, for a reader. `render` is the way in; `to_json` is the published contract."""

from __future__ import annotations

import json

from engine.case import Case
from engine.result import Inference
from knowledge.model import KnowledgeBase
from reports.building import build_report
from reports.contract import to_json
from reports.formats import TEMPLATED, fill

FORMATS = (*TEMPLATED, "json")
AUDIENCES = ("clinician",)


def render(inference: Inference, case: Case, kb: KnowledgeBase, format: str, audience: str = "clinician") -> str:
    """The report on a case in one of FORMATS, ending in a newline. Raises ValueError for a format or audience not known."""
    if format not in FORMATS:
        raise ValueError(f"unknown format '{format}'; known are {', '.join(FORMATS)}")
    if audience not in AUDIENCES:
        raise ValueError(f"unknown audience '{audience}'; known are {', '.join(AUDIENCES)}")
    if format == "json":
        return json.dumps(to_json(inference, case, kb), indent=2) + "\n"
    return fill(format, build_report(inference, case, kb))


__all__ = ["AUDIENCES", "FORMATS", "render", "to_json"]
