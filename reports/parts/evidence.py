"""The evidence in full, past injuries without a step, claimed findings, and what must stand beside any chain."""

from __future__ import annotations

from engine.result import Bystander, Claimed, Node, Piece, Status
from knowledge.model import LAYERS, STATUSES, Statement
from reports.escaping import Code
from reports.parts.asking import titles
from reports.parts.dossier import Dossier
from reports.phrases import say, word
from reports.view import BystanderView, CitedText, ClaimedView, EvidenceRow, PieceView


def decibans(tenths: int) -> str:
    """An amount of belief with its sign."""
    return say("signed", number=f"{tenths / 10:+.1f}")


def said_kind(kind: str, amount: int) -> str:
    """What a rule says in a reader's words; the negative answer of a test that supports speaks against."""
    return word("kinds", "against" if kind == "supports" and amount < 0 else kind)


def evidence(dossier: Dossier) -> tuple[EvidenceRow, ...]:
    """Every conclusion that some answer speaks about: the present ones first, then by layer and title."""
    spoken = [status for status in dossier.inference.statuses.values() if status.pieces]
    return tuple(_row(status, dossier) for status in sorted(spoken, key=lambda status: evidence_order(status, dossier)))


def evidence_order(status: Status, dossier: Dossier) -> tuple[int, int, str, str]:
    """Where a conclusion stands among the others: present first, then open, then by layer and title."""
    conclusion = dossier.kb.conclusions[status.node[0]]
    order = (STATUSES.index("supported"), STATUSES.index("open"), STATUSES.index("refuted")).index(STATUSES.index(status.state))
    return (order, LAYERS.index(conclusion.layer), conclusion.title, status.node[1])


def _row(status: Status, dossier: Dossier) -> EvidenceRow:
    conclusion = dossier.kb.conclusions[status.node[0]]
    state = "conflict" if status.conflict else f"{status.state}_settled" if status.settled else status.state
    return EvidenceRow(
        title=conclusion.title, side=dossier.names.side(status.node[1]), layer_word=word("layers", conclusion.layer),
        state=Code(status.state), state_word=word("states", state), decibans=decibans(status.amount),
        pieces=tuple(_piece(piece, status, dossier) for piece in status.pieces),
    )


def _piece(piece: Piece, status: Status, dossier: Dossier) -> PieceView:
    amount = decibans(piece.amount) if piece.kind in ("supports", "against") else ""
    kind = said_kind(piece.kind, piece.amount)
    return PieceView(Code(piece.rule), kind, amount, piece.counted, dossier.names.behind(piece, status.node))


def bystanders(dossier: Dossier) -> tuple[BystanderView, ...]:
    """Past injuries that head nothing here, with the tests that would tell."""
    return tuple(_bystander(one, dossier) for one in dossier.inference.bystanders)


def _bystander(one: Bystander, dossier: Dossier) -> BystanderView:
    return BystanderView(dossier.names.node(one.node), word("timings", one.timing), titles(one.next_tests, dossier))


def claimed(dossier: Dossier) -> tuple[ClaimedView, ...]:
    """Findings that belong to one conclusion alone, together when it is for the same reason."""
    groups: dict[tuple[Node, str], list[Claimed]] = {}
    for one in dossier.inference.claimed:
        groups.setdefault((one.by, one.rule), []).append(one)
    return tuple(_claimed(group, dossier) for group in groups.values())


def _claimed(group: list[Claimed], dossier: Dossier) -> ClaimedView:
    nodes = [dossier.names.quoted(one.node) for one in group]
    rule = dossier.names.rule(group[0].rule)
    sentence = say("claimed", nodes=nodes, by=dossier.names.quoted(group[0].by))
    return ClaimedView(sentence, dossier.ground(group[0].rule, rule.because if rule else ""))


def honesty(dossier: Dossier) -> tuple[CitedText, ...]:
    """The statements of the honesty panel that are about a node or link shown in this report."""
    shown = _shown(dossier)
    return tuple(_statement(one, dossier) for one in dossier.kb.honesty if shown & set(one.about))


def _statement(one: Statement, dossier: Dossier) -> CitedText:
    return CitedText(one.text, dossier.citations.cite(one.sources))


def _shown(dossier: Dossier) -> set[str]:
    found = dossier.inference
    nodes = {part.node[0] for one in found.explanations for part in one.path}
    links = {f"{source}>{target}" for one in found.explanations for source, target in one.spine}
    for step in found.explanations[0].steps if found.explanations else ():
        nodes |= {step.source[0], step.target[0]}
        links.add(f"{step.source[0]}>{step.target[0]}")
    return nodes | links | {one.node[0] for one in found.bystanders}
