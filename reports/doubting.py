"""What would change a result, asked late: the arrays it needs take time to load, and not every document tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.case import Case
from engine.result import Inference
from knowledge.model import KnowledgeBase

if TYPE_CHECKING:
    from engine.arguing.doubt import Doubt
    from engine.infer import Reasoner


def would_change(inference: Inference, case: Case, kb: KnowledgeBase, reasoner: Reasoner | None = None) -> Doubt:
    """The answers, bedside changes and tests that would change what is concluded."""
    from engine.arguing.doubt import doubt
    from engine.arguing.variants import Variants
    from engine.questions import readers_of

    return doubt(inference, case, reasoner.variants if reasoner else Variants(readers_of(kb)))
