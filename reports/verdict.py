"""What is concluded, in one paragraph: the sentence of the headline, and why the outcome is what it is."""

from __future__ import annotations

from engine.case import Case
from engine.outcome import leads_by
from engine.result import Inference
from knowledge.model import KnowledgeBase
from reports.citing import Citations
from reports.escaping import plain
from reports.naming import Names
from reports.parts.dossier import Dossier
from reports.parts.head import head
from reports.phrases import say


def verdict_text(inference: Inference, case: Case, kb: KnowledgeBase) -> str:
    """Two lines for a terminal."""
    top = head(Dossier(inference, case, kb, Names(kb, case=case, inference=inference), Citations(kb)))
    why = say("decision", outcome=top.outcome_title, **leads_by(inference.explanations, inference.urgency, kb))
    return f"{plain(top.sentence)}\n{plain(why)}"
