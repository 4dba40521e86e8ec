"""A whole guide as a view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.case import Case
from engine.result import Inference
from knowledge.model import KnowledgeBase
from reports.citing import Citations
from reports.escaping import Code
from reports.guide.doing import ask, goal, plan, tried, until
from reports.guide.safety import doctor, help_signs, now
from reports.guide.thinking import think, unsure
from reports.guide.view import Guide
from reports.naming import Names
from reports.parts.dossier import Dossier

if TYPE_CHECKING:
    from engine.infer import Reasoner


class NoGuideError(ValueError):
    """The knowledge has no words for the person, least of all when to get help; so nothing is told."""


def build_guide(inference: Inference, case: Case, kb: KnowledgeBase, _reasoner: Reasoner | None = None) -> Guide:
    """Everything a guide says about a case. Raises NoGuideError when the knowledge has no guide.yaml."""
    if kb.guide.place is None:
        raise NoGuideError("this knowledge has no guide.yaml, so there is no guide for a patient; copy it from the shipped knowledge")
    dossier = Dossier(inference, case, kb, Names(kb, case=case, inference=inference), Citations(kb))
    stopped = dossier.state == "stop"
    lines = () if stopped else tried(dossier)
    return Guide(
        id=case.id, state=Code(dossier.state), large_print=False, now=now(dossier), doctor=() if stopped else doctor(dossier),
        think=None if stopped else think(dossier), unsure=None if stopped else unsure(dossier),
        tried_lead=kb.guide.sentences["tried"].text if lines else "", tried=lines,
        plan=plan(dossier), until=() if stopped else until(dossier), ask=None if stopped else ask(dossier),
        goal="" if stopped else goal(dossier), help=help_signs(dossier), bring=kb.guide.bring,
        closing=kb.guide.sentences["closing"].text, version=inference.version,
    )
