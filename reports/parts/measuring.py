"""What the bars of a report show: evidence for and against the stations that matter, and the scores of explanations."""

from __future__ import annotations

from collections.abc import Iterable

from engine.result import Node, Status
from reports.parts.dossier import Dossier
from reports.parts.drawing import status_of
from reports.parts.evidence import decibans
from reports.parts.rivals import SIDE_BY_SIDE, title_of
from reports.phrases import say, word
from reports.pictures.bars import Amount, Bars, Threshold, draw_bars


def evidence_bars(dossier: Dossier, id: str = "evidence-bars") -> Bars | None:
    """Evidence for and against each station of the best explanation and what its rivals would treat; none without any."""
    rows = [_amount(own, own in _stations(dossier), dossier) for own in _nodes(dossier)]
    if not rows:
        return None
    scale = dossier.kb.scale
    thresholds = (Threshold(scale.refuted_at, _threshold("absent", scale.refuted_at), True),
                  Threshold(scale.supported_at, _threshold("present", scale.supported_at), False))
    description = say("bars_description", what="evidence", rows=[f"{row.title}: {row.numbers}" for row in rows])
    return draw_bars(say("bars_title", what="evidence"), description, rows, thresholds, id)


def _threshold(name: str, amount: int) -> str:
    return say("bar_threshold", what=name, amount=decibans(amount))


def _nodes(dossier: Dossier) -> tuple[Node, ...]:
    """Stations that evidence speaks about, then what each near rival would treat, each once."""
    heads = [one.driver or one.cause for one in dossier.nearest[1:]]
    owned = [own for node in (*_stations(dossier), *heads) for own in dossier.names.sides_of(node)]
    return tuple(dict.fromkeys(own for own in owned if dossier.inference.statuses[own].pieces))


def _stations(dossier: Dossier) -> tuple[Node, ...]:
    best = dossier.nearest[:1]
    found = [part.node for one in best for part in one.path if status_of(part) != "inferred"]
    return tuple(own for node in found for own in dossier.names.sides_of(node))


def _amount(node: Node, lead: bool, dossier: Dossier) -> Amount:
    status = dossier.inference.statuses[node]
    for_it, against = sum(_counted(status, 1)), -sum(_counted(status, -1))
    settled = "" if not status.settled else "shown" if status.state == "supported" else "excluded"
    state = "conflict" if status.conflict else f"{status.state}_settled" if status.settled else status.state
    told = {name: decibans(amount) if amount else "" for name, amount in (("for_it", for_it), ("against", -against))}
    numbers = say("bar_numbers", **told, sum=decibans(for_it - against), state=word("states", state))
    return Amount(dossier.names.node(node), numbers, for_it, against, settled, lead)


def _counted(status: Status, sign: int) -> Iterable[int]:
    """The amounts of that sign which count; what shows or rules out directly has none."""
    return (piece.amount for piece in status.pieces if piece.counted and piece.amount * sign > 0)


def score_bars(dossier: Dossier, id: str = "score-bars") -> Bars | None:
    """The scores of the explanations told in full, best first, with the least that leads; none for a single one."""
    every = dossier.inference.explanations[:SIDE_BY_SIDE]
    if len(every) < 2:
        return None
    best = every[0].score
    rows = []
    for place, one in enumerate(every):
        numbers = say("bar_score", score=one.score, kind=word("explanation_kinds", one.kind), behind=best - one.score)
        title = say("bar_title", place=place + 1, title=title_of(one, dossier))
        rows.append(Amount(title, numbers, max(one.score, 0), max(-one.score, 0), "", place == 0))
    least = Threshold(dossier.kb.scale.lead_min, say("bar_threshold", what="least", amount=dossier.kb.scale.lead_min), False)
    description = say("bars_description", what="scores", rows=[f"{row.title}: {row.numbers}" for row in rows])
    return draw_bars(say("bars_title", what="scores"), description, rows, (least,), id)
