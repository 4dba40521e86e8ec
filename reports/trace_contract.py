"""The published JSON of a whole trace, `backcause.trace/1`: enough to follow the reasoning again without this program.

Names are those of `backcause.inference/1` where things are the same; docs/trace.md tells how to read it, trace.schema.json describes
it. Only additions are allowed within version 1. Amounts, scores and terms are whole tenths of a deciban.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from engine.case import Answer, Case
from engine.outcome import leads_by
from engine.recounting.near import NearRule, near_rules
from engine.recounting.origins_of_words import WordOrigin, word_origins, world_of
from engine.recounting.said import Said, rule_of, said, said_by
from engine.recounting.stretches import Stretch, stretches
from engine.recounting.sums import StratumSums, stratum_sums
from engine.result import Fired, Inference, Node, Piece, Status
from engine.score import may_earn
from knowledge.model import Conclusion, KnowledgeBase, Rule, Source
from reports.contract import Json, to_json

SCHEMA = "backcause.trace/1"
SAME = (
    "urgency", "red_flags", "open_red_flags", "out_of_scope", "cautions", "withheld_tests", "margin", "cover", "tried", "advice",
    "bystanders", "claimed", "plan", "next_questions", "assumptions",
)
"""What is told as in the contract of an inference, word for word."""


def trace_json(inference: Inference, case: Case, kb: KnowledgeBase) -> str:
    """The trace as JSON text, ending in a newline; the same bytes for the same case and knowledge."""
    return json.dumps(to_trace(inference, case, kb), indent=2) + "\n"


def to_trace(inference: Inference, case: Case, kb: KnowledgeBase) -> Json:
    """The trace as the contract tells it; only what JSON knows, in a fixed order."""
    told, world = to_json(inference, case, kb), world_of(case, inference.valuation, kb)
    near, rules = near_rules(inference, kb), {rule.id: rule for rule in kb.rules}
    named = [rules[name] for name in dict.fromkeys([*map(rule_of, inference.trace), *(one.rule for one in near)]) if name in rules]
    return {
        "schema": SCHEMA, "knowledge": told["knowledge"], "case": told["case"], "world": world,
        "scale": asdict(kb.scale),
        "answers": [_answer(key, answer, kb) for key, answer in case.answers.items()],
        "words": [_word(one) for one in word_origins(case, inference.valuation, kb)],
        "trace": [_fired(one, rules) for one in inference.trace],
        "sums": [_sums(one, rules) for one in stratum_sums(inference.trace, kb)],
        "evidence": [_status(one, rules) for one in inference.statuses.values() if one.pieces],
        "steps": _steps(inference.trace),
        "explanations": _explanations(told["explanations"], inference, kb, world),
        "outcome": told["outcome"], "decision": dict(leads_by(inference.explanations, inference.urgency, kb)),
        **{key: told[key] for key in SAME},
        "near": [_near(one) for one in near],
        "rules": [_rule(rule) for rule in named],
        "conclusions": [_conclusion(kb.conclusions[name]) for name in _conclusions(inference, named, kb)],
        "sources": [_source(kb.sources[name]) for name in _sources(inference, named, kb) if name in kb.sources],
    }


def _node(node: Node) -> Json:
    return {"id": node[0], "side": node[1]}


def _answer(key: tuple[str, str], answer: Answer, kb: KnowledgeBase) -> Json:
    finding = kb.findings[key[0]]
    filled = [one.id for one in kb.questionnaires.values() if key[0] in (*(score.fills for score in one.scores), one.group_fills)]
    return {
        "finding": key[0], "side": key[1], "kind": finding.kind, "known": answer.known,
        "value": None if answer.items or not answer.known else answer.value, "unit": finding.answer.unit or None,
        "details": dict(answer.details), "items": [dict(item) for item in answer.items], "questionnaires": filled,
    }


def _word(one: WordOrigin) -> Json:
    return {
        "subject": one.subject, "side": one.side, "words": list(one.words), "number": one.number, "how": one.how,
        "reads": [{"subject": subject, "side": side} for subject, side in one.reads], "norm": one.norm or None, "band": one.band or None,
    }


def _fired(one: Fired, rules: Mapping[str, Rule]) -> Json:
    rule = rules.get(rule_of(one))
    return {
        "seq": one.seq, "phase": one.phase, "rule": one.rule, "rule_id": rule_of(one), "title": rule.title if rule else None,
        "bindings": dict(one.bindings),
        "matched": [{"subject": read.subject, "side": read.side, "word": read.word, "part": read.part} for read in one.matched],
        "asserted": list(one.asserted), "confirmed": list(one.confirmed), "says": [_said(text) for text in said_by(one)],
    }


def _said(one: Said) -> Json:
    """A statement in parts; each kind has its own, named as elsewhere in the contract."""
    match one.what:
        case "evidence":
            return {"what": "evidence", "conclusion": one.node[0], "side": one.node[1], "kind": one.kind, "amount": one.amount}
        case "step":
            return _step(one)
        case "claimed" if one.by:
            return {"what": "claimed", "node": one.node[0], "side": one.node[1], "by": one.by[0], "by_side": one.by[1]}
        case "flag":
            return {"what": "flag", "condition": one.node[0], "kind": one.kind, "urgency": one.rest}
        case "verdict":
            return {"what": "verdict", "about": one.node[0], "rule": one.rest}
        case _:
            return {"what": one.what, **_node(one.node)}


def _step(one: Said) -> Json:
    assert one.source is not None
    return {"what": "step", "from": one.source[0], "from_side": one.source[1], "to": one.node[0], "to_side": one.node[1], "how": one.kind}


def _steps(trace: Iterable[Fired]) -> list[Json]:
    """Every step and gap once, with the firing that made it."""
    return [{**_step(one), "seq": fired.seq} for fired in trace for one in map(said, fired.asserted) if one.what == "step"]


def _sums(one: StratumSums, rules: Mapping[str, Rule]) -> Json:
    return {"stratum": one.stratum, "after": [_status(status, rules) for status in one.statuses]}


def _status(status: Status, rules: Mapping[str, Rule]) -> Json:
    return {
        "conclusion": status.node[0], "side": status.node[1], "decibans": status.amount / 10, "amount": status.amount,
        "status": status.state, "settled": status.settled, "conflict": status.conflict,
        "rules": list(dict.fromkeys(piece.rule for piece in status.pieces)),
        "pieces": [_piece(piece, rules) for piece in status.pieces],
    }


def _piece(piece: Piece, rules: Mapping[str, Rule]) -> Json:
    return {
        "rule": piece.rule, "kind": piece.kind, "amount": piece.amount, "cluster": rules[piece.rule].cluster or None,
        "counted": piece.counted,
        "findings": [{"subject": subject, "side": side} for subject, side in piece.findings],
    }


def _explanations(told: object, inference: Inference, kb: KnowledgeBase, world: str) -> list[Json]:
    assert isinstance(told, list)
    pairs = zip(told, inference.explanations, strict=True)
    return [{**plain, "claims": [_stretch(part) for part in stretches(one, inference, kb, world)]} for plain, one in pairs]


def _stretch(one: Stretch) -> Json:
    links = [
        {"from": link.source[0], "to": link.target[0], "grade": link.grade, "contested": link.contested, "gap": link.gap,
         "level": link.level, "bedside": link.bedside or None}
        for link in one.links
    ]
    return {"what": one.what, "level": one.level, "direct": one.direct, "links": links, "last_bedside": one.last_bedside or None,
            "weakest": one.weakest}


def _near(one: NearRule) -> Json:
    lacks = [{"subject": lack.subject, "sides": list(lack.sides), "words": list(lack.words)} for lack in one.lacks]
    return {"rule": one.rule, "side": one.side, "lacks": lacks}


def _rule(rule: Rule) -> Json:
    weight = rule.weight
    return {
        "id": rule.id, "title": rule.title, "status": rule.status, "verb": rule.verb, "targets": list(rule.targets), "by": rule.by or None,
        "stratum": rule.stratum, "cluster": rule.cluster or None, "grade": (weight.grade if weight else "") or rule.grade or None,
        "lr_positive": weight.lr_positive if weight else None, "lr_negative": weight.lr_negative if weight else None,
        "because": rule.because, "does_not_apply_when": rule.does_not_apply_when,
        "sources": list(rule.sources), "against": list(rule.against),
    }


def _conclusion(one: Conclusion) -> Json:
    return {"id": one.id, "title": one.title, "layer": one.layer, "per_side": one.per_side, "inferred": one.inferred,
            "modifiable": one.modifiable, "default": one.default, "earns": may_earn(one)}


def _conclusions(inference: Inference, rules: Iterable[Rule], kb: KnowledgeBase) -> list[str]:
    """Every conclusion that something in the trace is about, in the order of the knowledge."""
    statements = [one for fired in inference.trace for one in said_by(fired)]
    named = {one.node[0] for one in statements} | {one.source[0] for one in statements if one.source}
    named |= {name for rule in rules for name in (*rule.targets, rule.by)}
    named |= {part.node[0] for one in inference.explanations for part in one.path} | {one.node[0] for one in inference.bystanders}
    return [name for name in kb.conclusions if name in named]


def _source(one: Source) -> Json:
    return {"id": one.id, "title": one.title, "seen": one.seen, "url": one.url or None}


def _sources(inference: Inference, rules: Iterable[Rule], kb: KnowledgeBase) -> list[str]:
    """The sources of every rule and link that is named, each once."""
    pairs = {pair for one in inference.explanations for pair in one.spine}
    links = [link for link in kb.links if (link.source, link.target) in pairs]
    return list(dict.fromkeys([*(name for rule in rules for name in (*rule.sources, *rule.against)),
                               *(name for link in links for name in (*link.sources, *link.against))]))


