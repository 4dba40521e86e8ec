"""The report in short, for one page."""

from __future__ import annotations

from dataclasses import dataclass

from reports.view.common import Texts


@dataclass(frozen=True, slots=True)
class InShort:
    """One line of the summary: what it is about, and what there is to say; the detail stands behind it in the report."""

    label: str
    texts: Texts
