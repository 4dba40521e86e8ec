"""The documents that can be made of a case: who reads each, how its view is made, its templates, its formats.

A document is one view shown in several formats, so all of them state the same facts. Its templates share a stem: `report` has
`report.txt.j2`, `report.md.j2`, `report.html.j2` and, for PDF, `report.typ`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from engine.case import Case
from engine.result import Inference
from knowledge.model import KnowledgeBase

if TYPE_CHECKING:
    from engine.infer import Reasoner


class Builder(Protocol):
    """From an inference, its case and its knowledge to a frozen view."""

    def __call__(self, inference: Inference, case: Case, kb: KnowledgeBase, reasoner: Reasoner | None = None, /) -> object:
        """`reasoner` is one of this knowledge where there is one already; a document that asks what other answers would change uses it."""


@dataclass(frozen=True, slots=True)
class Document:
    """The stem of its templates, its formats, and what finds the builder of its view; found late, so that starting stays quick.

    `large_print`: whether its view has a field of that name, for readers who need larger letters.
    """

    stem: str
    formats: tuple[str, ...]
    builder: Callable[[], Builder]
    large_print: bool = False


def _clinician() -> Builder:
    from reports.building import build_report

    return build_report


def _trainee() -> Builder:
    from reports.trainee import build_trainee

    return build_trainee


def _exam() -> Builder:
    from reports.exam import build_exam

    return build_exam


def _patient() -> Builder:
    from reports.guide import build_guide

    return build_guide


def _letter() -> Builder:
    from reports.letter import build_letter

    return lambda found, case, kb, _reasoner=None: build_letter(found, case, kb)


DOCUMENTS: Mapping[str, Document] = {
    "clinician": Document("report", ("text", "md", "html", "pdf"), _clinician),
    "patient": Document("guide", ("text", "md", "html", "pdf"), _patient, large_print=True),
    "trainee": Document("trainee", ("text", "md", "html", "pdf"), _trainee),
    "letter": Document("letter", ("text", "md", "html", "pdf"), _letter),
    "exam": Document("exam", ("text", "md", "html", "pdf", "yaml"), _exam),
}
"""By the name of the audience."""


def documents_of(kb: KnowledgeBase) -> Mapping[str, Document]:
    """The documents that can be made with some knowledge: without a guide.yaml nothing may be told to the person."""
    return {name: document for name, document in DOCUMENTS.items() if name != "patient" or kb.guide.place is not None}


def large_printed() -> tuple[str, ...]:
    """The audiences for whom there is large print."""
    return tuple(name for name, document in DOCUMENTS.items() if document.large_print)
