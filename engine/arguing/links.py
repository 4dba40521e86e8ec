"""How far each link of an explanation holds in this person: what bedside changes did to it, and what studies say for and against it.

A change that helped twice and was lost on removal tests every link from its conclusion on to the pain; one that did nothing leaves
the links that leave its conclusion not supported in this person. `engine.claims` draws the claim levels from the same answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from engine.claims import bedside, link_level
from engine.questions import Readers, trials_of
from engine.result import Explanation, Inference, Node
from knowledge.model import KnowledgeBase, Link
from knowledge.sides import BODY

TRIED = {"lasting": "tested", "better": "helped", "same": "not_supported", "": ""}


@dataclass(frozen=True, slots=True)
class LinkStanding:
    """A link of an explanation. `tried` is tested, helped (once, or it did not go when it was taken away), not_supported, or ''.

    `level` is the claim level of the link alone; `gap` tells that it bridges a step nobody has found.
    """

    source: Node
    target: Node
    link: Link
    gap: bool
    tried: str
    level: str


def trial_readers(kb: KnowledgeBase) -> Readers:
    """Readers that know the bedside changes and nothing else: enough for `engine.claims.bedside`."""
    return Readers(kb, {}, trials_of(kb))


def tried_steps(one: Explanation, found: Inference, kb: KnowledgeBase) -> Mapping[tuple[Node, Node], str]:
    """What bedside changes did to each link of an explanation: its spine first, then what stands beside it."""
    readers = trial_readers(kb)
    spine = [part.node for part in one.path]
    at = spine.index(one.driver) if one.driver in spine else 0
    did = [_bedside(node, found, readers) for node in spine]
    tested = did.index("lasting", at) if "lasting" in did[at:] and "same" not in did[at:] else len(spine)
    out = {pair: "tested" if place >= tested else TRIED[did[place]] for place, pair in enumerate(pairwise(spine))}
    beside = {(step.source, step.target): TRIED[_bedside(step.source, found, readers)] for step in one.steps}
    return {**beside, **out}


def _bedside(node: Node, found: Inference, readers: Readers) -> str:
    """As `engine.claims.bedside`; a node of both sides, or of one not told, takes what either side says."""
    return bedside(node if node[1] in BODY else (node[0], "none"), found.valuation, readers)


def standings(one: Explanation, found: Inference, kb: KnowledgeBase) -> tuple[LinkStanding, ...]:
    """The links of the spine, from the cause to the complaint."""
    tried, links = tried_steps(one, found, kb), {(link.source, link.target): link for link in kb.links}
    pairs = [(u, v) for u, v in pairwise(one.path) if (u.node[0], v.node[0]) in links]
    return tuple(_standing(u.node, v.node, links[u.node[0], v.node[0]], u.gap or v.gap, tried[u.node, v.node]) for u, v in pairs)


def _standing(source: Node, target: Node, link: Link, gap: bool, tried: str) -> LinkStanding:
    level = {"tested": "tested", "not_supported": "speculative"}.get(tried) or link_level(link, gap)
    return LinkStanding(source, target, link, gap, tried, level)
