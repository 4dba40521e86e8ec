"""The published JSON of an inference, `backcause.inference/1`: ids and numbers, no prose; inference.schema.json describes it.

Only additions are allowed within version 1. Scores and terms are whole tenths of a deciban; `decibans` is the sum of the
evidence for a conclusion in decibans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.case import Case
from engine.result import Claimed, Explanation, Fired, Flag, Inference, Node, PathNode, Read, Status, Step
from knowledge.model import KnowledgeBase, Link
from knowledge.sides import NONE
from reports.contract_mind import mind_json
from reports.contract_plan import plan_json, reason_json

if TYPE_CHECKING:
    from engine.arguing.doubt import Doubt

SCHEMA = "backcause.inference/1"
Json = dict[str, object]


def to_json(inference: Inference, case: Case, kb: KnowledgeBase, would_change: Doubt | None = None) -> Json:
    """The inference as the contract tells it, and what would change it when that was asked; only what JSON knows, in a fixed order."""
    links = {(link.source, link.target): link for link in kb.links}
    return {
        "schema": SCHEMA,
        "knowledge": {"version": inference.version, "sha256": inference.sha256},
        "case": case.id,
        "outcome": inference.outcome,
        "urgency": inference.urgency,
        "red_flags": [_flag(one) for one in inference.red_flags],
        "open_red_flags": list(inference.open_red_flags),
        "out_of_scope": [_flag(one) for one in inference.out_of_scope],
        "cautions": [{"rule": one.rule or None, "withholds": list(one.withholds), "because": one.because} for one in inference.cautions],
        "withheld_tests": list(inference.withheld_tests),
        "explanations": [_explanation(one, links) for one in inference.explanations],
        "margin": inference.margin,
        "cover": list(inference.cover),
        "evidence": [_evidence(one) for one in inference.statuses.values() if one.pieces],
        "tried": [{"finding": one.finding, "verdict": one.verdict, "rule": one.rule, "because": one.because, "instead": one.instead}
                  for one in inference.tried],
        "advice": [{"topic": one.topic, "rule": one.rule, "because": one.because, "instead": one.instead} for one in inference.advice],
        "bystanders": [{**_node(one.node), "next_tests": list(one.next_tests), "timing": one.timing} for one in inference.bystanders],
        "claimed": [_claimed(one) for one in inference.claimed],
        "plan": plan_json(inference.plan),
        "next_questions": [{"finding": one.finding, "side": one.side, "why": reason_json(one.why)} for one in inference.next_questions],
        "assumptions": [reason_json(one) for one in inference.assumptions],
        "trace": [_fired(one) for one in inference.trace],
        **({"would_change": mind_json(would_change)} if would_change else {}),
    }


def _node(node: Node) -> Json:
    return {"id": node[0], "side": node[1]}


def _flag(one: Flag) -> Json:
    return {"rule": one.rule, "condition": one.condition, "side": one.side, "urgency": one.urgency, "because": one.because,
            "action": one.action, "safety_net": one.safety_net}


def _explanation(one: Explanation, links: dict[tuple[str, str], Link]) -> Json:
    return {
        "kind": one.kind,
        "cause": _node(one.cause),
        "causes": [{**_node(cause.node), "timing": cause.timing, "score": cause.score} for cause in one.causes],
        "driver": _node(one.driver) if one.driver else None,
        "score": one.score,
        "terms": [{"what": term.what, "about": term.about, "amount": term.amount} for term in one.terms],
        "claim": one.claim,
        "origin_claim": one.origin_claim or None,
        "steps": [_step(step) for step in one.steps],
        "path": [_path_node(part) for part in one.path],
        "links": [_link(links[pair]) for pair in one.spine if pair in links],
        "rules": list(one.rules),
        "explains": list(one.explains),
        "unexplained": list(one.unexplained),
        "against": [{"kind": speaks.kind, "about": speaks.about, "ref": speaks.ref} for speaks in one.against],
        "next_tests": list(one.next_tests),
        "part_of": one.part_of,
    }


def _step(step: Step) -> Json:
    """A step; its side is that of its target, or of its source where the target has none."""
    side = step.source[1] if step.target[1] == NONE else step.target[1]
    ends = {"from": step.source[0], "to": step.target[0]}
    return {**ends, "side": side, "from_side": step.source[1], "to_side": step.target[1], "how": step.how}


def _path_node(part: PathNode) -> Json:
    """A station; what no test can show is no gap."""
    return {**_node(part.node), "status": "gap" if part.gap and not part.inferred else "supported", "inferred": part.inferred}


def _link(link: Link) -> Json:
    return {"from": link.source, "to": link.target, "grade": link.grade, "contested": link.contested, "against": list(link.against)}


def _evidence(status: Status) -> Json:
    return {"conclusion": status.node[0], "side": status.node[1], "decibans": status.amount / 10, "status": status.state,
            "settled": status.settled, "conflict": status.conflict, "rules": list(dict.fromkeys(piece.rule for piece in status.pieces))}


def _claimed(one: Claimed) -> Json:
    return {"node": one.node[0], "side": one.node[1], "by": one.by[0], "by_side": one.by[1], "rule": one.rule}


def _fired(one: Fired) -> Json:
    return {"seq": one.seq, "phase": one.phase, "rule": one.rule, "bindings": dict(one.bindings),
            "matched": [_read(read) for read in one.matched], "asserted": list(one.asserted), "confirmed": list(one.confirmed)}


def _read(read: Read) -> Json:
    return {"subject": read.subject, "side": read.side, "word": read.word, "part": read.part}
