"""The link that decides how far a claim may go, as a sentence."""

from __future__ import annotations

from engine.recounting.stretches import Stretch
from reports.parts.dossier import Dossier
from reports.phrases import say, word


def weakest(part: Stretch, dossier: Dossier) -> str:
    """The deciding link of a claim; nothing where no single link decides."""
    if part.weakest is None:
        return ""
    link = part.links[part.weakest]
    return say("weakest", what=part.what, level=word("levels", part.level), source=dossier.names.node(link.source),
               target=dossier.names.node(link.target), grade=link.grade, contested=link.contested, gap=link.gap)
