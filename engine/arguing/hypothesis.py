"""A clinician's cause beside ours: what speaks for each and against, where theirs would stand if its missing pieces were found, and
which single finding would decide."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from engine.arguing.accounts import Account, World, node_of, world_of
from engine.arguing.deciding import Decider, decider
from engine.arguing.panel import Contradiction, Missing, missing, panel, speaks_against
from engine.arguing.pieces import MissingPiece, missing_pieces
from engine.arguing.rivals import signs_among, speaks_for
from engine.arguing.serious import Watch, watch
from engine.arguing.variants import Change, Variants
from engine.arguing.ways import Station, status_at, way_to_pain
from engine.case import Case
from engine.origins import hurting_activities, timing
from engine.result import Claimed, Explanation, Inference, Node, Piece
from knowledge.model import KnowledgeBase, Link

RELATIONS = ("same", "step", "rival", "absent", "serious", "complaint", "effect", "background")
"""How theirs stands to ours: the same, a step on our way, another explanation, none yet, a serious condition, a complaint, a tissue
state that something else must bring about, or a condition that explains no back pain by itself."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the argument: its way to the pain, the evidence for each station, and everything against it.

    `refuted` are stations that answers have ruled out, `absent` what an explanation would lead one to expect beside them, `timing` that of
    a past event ('' for what has none); `meets` are hurting findings that its habits account for,
    `signs` those that its evidence counts, `leaves` the others.
    """

    node: Node
    explanation: Explanation | None
    score: int
    way: tuple[Station, ...]
    speaks_for: tuple[tuple[Node, Piece], ...]
    against: tuple[Contradiction, ...]
    absent: tuple[Node, ...]
    missing: tuple[Missing, ...]
    refuted: tuple[Node, ...]
    claimed: tuple[Claimed, ...]
    links: tuple[Link, ...]
    timing: str
    meets: tuple[str, ...]
    signs: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Where both would stand if the missing pieces of theirs were found. `beyond` are stations that no open answer would show, those
    that answers have ruled out among them: what was looked for and is not there is not missing."""

    pieces: tuple[MissingPiece, ...]
    beyond: tuple[Node, ...]
    world: World | None
    theirs: int
    ours: int


@dataclass(frozen=True, slots=True)
class Argument:
    """Both sides, and what would settle it. `ours` is None while nothing was found; `watch` is for serious conditions alone.

    While a referral is pending, or the person is outside what the program is for, nothing is to be tried: there is no decider.
    """

    relation: str
    theirs: Side
    ours: Side | None
    found: Found | None
    decider: Decider | None
    watch: Watch | None


def argue(theirs: Node, found: Inference, case: Case, variants: Variants) -> Argument:
    """The argument about a conclusion of the knowledge base, on a side when it has sides."""
    kb, now = variants.kb, world_of(found, case.has_unstated)
    best = found.explanations[0] if found.explanations else None
    relation = _relation(theirs, best, now, found, kb)
    arguable, calm = relation in ("rival", "absent"), found.urgency not in ("emergency", "urgent") and not found.out_of_scope
    mine = _side(theirs, now.of(theirs, node_of(best) if best and arguable else None), now, found, case, variants)
    ours = _side(node_of(best), now.accounts[0], now, found, case, variants) if best else None
    return Argument(
        relation, mine, ours,
        _if_found(mine, ours, found, case, variants) if arguable else None,
        decider(theirs, ours.node, now, found, case, variants) if arguable and ours and calm else None,
        watch(theirs[0], found, kb) if relation == "serious" else None,
    )


def _relation(theirs: Node, best: Explanation | None, now: World, found: Inference, kb: KnowledgeBase) -> str:
    one = kb.conclusions[theirs[0]]
    if one.layer == "serious":
        return "serious"
    if one.layer == "presentation":
        return "complaint"
    account = now.of(theirs)
    vetoed = any(each.node == theirs and each.by != theirs for each in found.claimed)
    if best and account is not None and account == now.accounts[0] and not vetoed:
        return "same" if theirs[0] in (account.driver[0], account.cause[0]) else "step"
    if one.layer in ("overload", "none") or one.inferred:
        return "effect"
    return "background" if one.background else "rival" if account and not vetoed else "absent"


def _side(node: Node, account: Account | None, now: World, found: Inference, case: Case, variants: Variants) -> Side:
    kb = variants.kb
    one = found.explanations[now.accounts.index(account)] if account else None
    way = _way(node, one, found, kb)
    nodes = [each.node for each in way]
    told = panel(found.explanations.index(one), found, variants.readers) if one else None
    pieces = [(each, piece) for each in nodes for piece in _pieces(each, found) if piece.counted and speaks_against(piece)]
    pairs = {(u[0], v[0]) for u, v in pairwise(nodes)}
    every, met = _activities(way, one, found, case, kb)
    speaking = speaks_for(nodes, found, kb)
    signs = signs_among(every, speaking)
    return Side(
        node, one, account.score if account else 0, way,
        speaking,
        told.contradictions if told else tuple(Contradiction(each, piece) for each, piece in pieces),
        tuple(each.node for each in told.absent) if told else (),
        tuple(missing(each.node, found, variants.readers) for each in way if each.state == "open"),
        tuple(each.node for each in way if each.state == "refuted"),
        tuple(each for each in found.claimed if each.node in nodes and each.by not in nodes),
        tuple(link for link in kb.links if (link.source, link.target) in pairs),
        _timing(one.cause if one else node, found, case, kb), met, signs,
        tuple(name for name in every if name not in (*met, *signs)),
    )


def _way(node: Node, one: Explanation | None, found: Inference, kb: KnowledgeBase) -> tuple[Station, ...]:
    """The spine of its explanation, or the way it would take."""
    if one is None:
        return way_to_pain(node, found, kb)
    return tuple(Station(part.node, "open" if part.gap else "inferred" if part.inferred else "found") for part in one.path)


def _pieces(node: Node, found: Inference) -> tuple[Piece, ...]:
    status = status_at(node, found)
    return status.pieces if status else ()


def _timing(node: Node, found: Inference, case: Case, kb: KnowledgeBase) -> str:
    one, status = kb.conclusions[node[0]], status_at(node, found)
    return timing(status, one, case, kb) if one.layer == "origin" and status and status.state == "supported" else ""


def _activities(
    way: tuple[Station, ...], one: Explanation | None, found: Inference, case: Case, kb: KnowledgeBase,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The findings that say what hurts, and those of them that present habits of the way account for."""
    hurting = hurting_activities(case, found.valuation, kb)
    every = tuple(dict.fromkeys(name for names in hurting.values() for name in names))
    if one:
        return every, one.explains
    habits = {each.node[0] for each in way if each.state == "found" and kb.conclusions[each.node[0]].layer == "habit"}
    after = {each.node[0] for each in way}
    met = {activity for link in kb.links if link.source in habits and link.target in after for activity in link.activities}
    return every, tuple(name for name in every if any(name in hurting[activity] for activity in sorted(met & set(hurting))))


def _if_found(theirs: Side, ours: Side | None, found: Inference, case: Case, variants: Variants) -> Found | None:
    """The missing stations as if found, by answers that are still open; None when none is missing."""
    nodes = [one.node for one in theirs.way if one.state == "open"]
    if not nodes and not theirs.refuted:
        return None
    pieces = missing_pieces(nodes, found, case, variants)
    together: Change = {key: answer for piece in reversed(pieces) for key, answer in piece.answers.items()}
    beyond = (*theirs.refuted, *(piece.node for piece in pieces if not piece.answers))
    world = variants.worlds(case, [together])[0] if together else None
    theirs_then = world.score(theirs.node, ours.node if ours else None) if world else theirs.score
    ours_then = (world.score(ours.node, theirs.node) if world else ours.score) if ours else 0
    return Found(tuple(piece for piece in pieces if piece.answers), beyond, world, theirs_then, ours_then)
