"""What speaks against one explanation: findings, what it would need and is absent, contested links, gaps, time, and what it leaves open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.arguing.links import LinkStanding, standings
from engine.questions import Readers
from engine.result import Explanation, Inference, Node, Piece
from knowledge.model import KnowledgeBase
from knowledge.sides import BODY, BOTH, UNSTATED, target_sides

IN_ORDER = ("before", "load")
"""Times of a cause that leave nothing to say against it."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An answered finding that speaks against a conclusion of the explanation."""

    node: Node
    piece: Piece


@dataclass(frozen=True, slots=True)
class Absent:
    """A conclusion that studies or reasoning lead to expect on the way, and that was looked for and is not there."""

    node: Node
    after: Node
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A conclusion on the way that nobody has found: `ask` would tell and was not asked; `unknown` was asked and is not known."""

    node: Node
    ask: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """A cause whose time does not fit: between, together, after, or unknown."""

    node: Node
    timing: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The honesty panel of an explanation; `place` counts from 0. `beside` are present impairments and habits it has no place for."""

    place: int
    explanation: Explanation
    contradictions: tuple[Contradiction, ...]
    absent: tuple[Absent, ...]
    links: tuple[LinkStanding, ...]
    gaps: tuple[Missing, ...]
    late: tuple[Late, ...]
    unexplained: tuple[str, ...]
    beside: tuple[Node, ...]

    @property
    def contested(self) -> tuple[LinkStanding, ...]:
        """Links that studies contradict."""
        return tuple(one for one in self.links if one.link.contested)

    @property
    def failed(self) -> tuple[LinkStanding, ...]:
        """Links whose bedside change did nothing."""
        return tuple(one for one in self.links if one.tried == "not_supported")

    @property
    def opinions(self) -> tuple[LinkStanding, ...]:
        """Links that rest on plausible reasoning or on a clinical claim alone, and that no bedside change has tested."""
        return tuple(one for one in self.links if one.link.grade in ("C", "D") and not one.link.contested and one.tried != "tested")


def panel(place: int, found: Inference, readers: Readers) -> Panel:
    """What speaks against the explanation at this place. Time is read from its causes; a driver that heads itself has none."""
    one, kb = found.explanations[place], readers.kb
    nodes = nodes_of(one)
    return Panel(
        place, one, _contradictions(nodes, found), _absent(one, nodes, found, kb), standings(one, found, kb),
        tuple(missing(part.node, found, readers) for part in one.path if part.gap),
        tuple(Late(cause.node, cause.timing) for cause in one.causes if cause.timing and cause.timing not in IN_ORDER),
        one.unexplained, beside(nodes, found, kb),
    )


def nodes_of(one: Explanation) -> tuple[Node, ...]:
    """Every conclusion of an explanation: its spine in order, then what stands beside it."""
    steps = [node for step in one.steps for node in (step.source, step.target)]
    return tuple(dict.fromkeys([*(part.node for part in one.path), *steps]))


def own(node: Node, found: Inference) -> tuple[Node, ...]:
    """The nodes with a status of their own that a node of both sides, or of one not told, stands for."""
    if node in found.statuses:
        return (node,)
    return tuple((node[0], side) for side in BODY if node[1] in (BOTH, UNSTATED) and (node[0], side) in found.statuses)


def _contradictions(nodes: Iterable[Node], found: Inference) -> tuple[Contradiction, ...]:
    pieces = [(node, piece) for each in nodes for node in own(each, found) for piece in found.statuses[node].pieces]
    return tuple(Contradiction(node, piece) for node, piece in pieces if speaks_against(piece))


def speaks_against(piece: Piece) -> bool:
    """Whether a piece of evidence lowers what it is about."""
    return piece.amount < 0 or piece.kind == "excludes"


def _absent(one: Explanation, nodes: Iterable[Node], found: Inference, kb: KnowledgeBase) -> tuple[Absent, ...]:
    """Refuted conclusions between two of the explanation: one of its nodes leads to them, and they lead on to another."""
    inside, names = set(nodes), {node[0] for node in nodes}
    onward = {(link.source, link.target) for link in kb.links if not link.feedback}
    out: dict[Node, Absent] = {}
    for part in one.path:
        for link in (link for link in kb.links if link.source == part.node[0] and not link.feedback):
            between = any((link.target, name) in onward for name in names)
            for side in target_sides(part.node[1], link.side, kb.conclusions[link.target].per_side) if between else ():
                status = found.statuses.get((link.target, side))
                if status and status.state == "refuted" and status.node not in inside and link.side != "either":
                    pieces = tuple(piece for piece in status.pieces if speaks_against(piece))
                    out.setdefault(status.node, Absent(status.node, part.node, pieces))
    return tuple(out.values())


def missing(node: Node, found: Inference, readers: Readers) -> Missing:
    """What would show a conclusion that is open, what was not asked told apart from what nobody knows; unsafe tests left out."""
    open_ = readers.open(node, found.valuation)
    unknown = {name for name, _ in found.valuation.asked_unknown}
    safe = [name for name in open_ if name not in found.withheld_tests]
    return Missing(node, tuple(name for name in safe if name not in unknown), tuple(name for name in open_ if name in unknown))


def beside(nodes: Iterable[Node], found: Inference, kb: KnowledgeBase) -> tuple[Node, ...]:
    """Present impairments and habits that the explanation has no place for."""
    inside = {each for node in nodes for each in own(node, found)}
    return tuple(
        node for node, status in sorted(found.statuses.items())
        if status.state == "supported" and kb.conclusions[node[0]].layer in ("impairment", "habit") and node not in inside
    )


