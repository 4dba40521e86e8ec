"""Sentences that several arguments share: evidence, links, what is missing, time."""

from __future__ import annotations

from collections.abc import Iterable

from engine.arguing.accounts import Account
from engine.arguing.links import LinkStanding
from engine.arguing.panel import Missing
from engine.result import Explanation, Node, Piece
from knowledge.model import Link
from reports.parts.asking import titles
from reports.parts.dossier import Dossier
from reports.parts.evidence import decibans, said_kind
from reports.phrases import say, word


def scored(score: int) -> str:
    """A score."""
    return say("signed", number=str(score))


def title_of(one: Explanation | Account, dossier: Dossier) -> str:
    """An explanation by its cause and its driver."""
    driver = dossier.names.node(one.driver) if one.driver and one.driver != one.cause else ""
    return say("explanation", cause=dossier.names.node(one.cause), driver=driver)


def evidence(node: Node, piece: Piece, dossier: Dossier) -> str:
    """What one rule says about one conclusion: the answers it read, the rule, and how much in decibans when it is a hint."""
    amount = decibans(piece.amount) if piece.kind in ("supports", "against") else ""
    return say("arg_piece", about=dossier.names.node(node), answers=dossier.names.behind(piece, node), rule=piece.rule, amount=amount,
               kind=said_kind(piece.kind, piece.amount))


def by_answers(pieces: Iterable[tuple[Node, Piece]], dossier: Dossier) -> tuple[str, ...]:
    """Evidence as sentences, each once."""
    return tuple(dict.fromkeys(evidence(node, piece, dossier) for node, piece in pieces))


def contested(link: Link, source: Node, target: Node, dossier: Dossier) -> str:
    """A link that studies contradict: what its row tells, the studies for it and those against."""
    names = dossier.names
    return say(
        "arg_contested", source=names.node(source), target=names.node(target), grade=link.grade, mechanism=link.mechanism,
        studies=_studies(link.sources, dossier), against=_studies(link.against, dossier), both=bool(set(link.sources) & set(link.against)),
    )


def _studies(ids: Iterable[str], dossier: Dossier) -> list[str]:
    return [say("arg_study", title=one.title, number=one.number) for one in dossier.citations.cite(ids)]


def opinion(one: LinkStanding, dossier: Dossier) -> str:
    """A link without a study of its own."""
    numbers = [cite.number for cite in dossier.citations.cite(one.link.sources)]
    return say("arg_opinion", source=dossier.names.node(one.source), target=dossier.names.node(one.target), grade=one.link.grade,
               mechanism=one.link.mechanism, numbers=numbers)


def gap(one: Missing, dossier: Dossier) -> str:
    """A step that is not found: what was not asked told apart from what nobody knows."""
    return say("arg_gap", title=dossier.names.node(one.node), ask=titles(one.ask[:4], dossier), more=max(0, len(one.ask) - 4),
               unknown=dossier.findings(one.unknown))


def timed(node: Node, timing: str, dossier: Dossier) -> str:
    """When a cause was, against the pain."""
    return say("arg_time", title=dossier.names.quoted(node), timing=word("timings", timing))


def link_line(one: LinkStanding, dossier: Dossier) -> str:
    """A link by its two ends."""
    return say("arrow", parts=[dossier.names.node(one.source), dossier.names.node(one.target)])
