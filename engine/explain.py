"""Explanations of a conclusion, as trees of typed statements over the recorded trace; nothing is invented afterwards.

`how` goes from a conclusion down to the answers. `why_not` goes through every rule that could have spoken for it and
says which condition failed, with the value seen, what was not asked, and what blocked it.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.conditions import Verdict, holds, instance_sides, sides_read, verdicts
from engine.result import Fired, Inference, Node, Piece, Status
from engine.statement import Statement, state
from knowledge.model import KnowledgeBase, Leaf, Rule
from knowledge.sides import BODY, BOTH, NONE, UNSTATED

FOR = ("shows", "supports")
DECIDING = ("shows", "excludes", "supports", "against")
SPEAKING = (*DECIDING, "flags", "claims")


def parse_target(text: str, kb: KnowledgeBase, inference: Inference) -> tuple[str, ...] | None:
    """The target a person names: ('rule', id), ('node', conclusion, side), or None when nothing has that name.

    Without a side the side that was found is taken, else the left.
    """
    name, _, side = text.partition(".")
    if any(rule.id == text for rule in kb.rules):
        return ("rule", text)
    if name not in kb.conclusions or (side and side not in (*BODY, BOTH, UNSTATED)):
        return None
    return ("node", name, side or _found_side(name, kb, inference))


def _found_side(name: str, kb: KnowledgeBase, inference: Inference) -> str:
    if not kb.conclusions[name].per_side:
        return NONE
    sides = [side for node, side in inference.statuses if node == name]
    present = [side for side in sides if inference.statuses[name, side].state == "supported"]
    spoken = [side for side in sides if inference.statuses[name, side].pieces]
    return (present or spoken or sides)[0]


def how(node: Node, inference: Inference, kb: KnowledgeBase) -> Statement:
    """Why a conclusion has the status it has: every rule that spoke, for and against, down to answers."""
    return _node(node, inference, kb, frozenset())


def _node(node: Node, inference: Inference, kb: KnowledgeBase, above: frozenset[Node]) -> Statement:
    flags = [flag for flag in inference.red_flags if flag.condition == node[0]]
    status = inference.statuses.get(node)
    children = [_flag_proof(flag.rule, inference, kb) for flag in flags]
    if status and node not in above:
        children += [_piece(piece, status, inference, kb, above | {node}) for piece in status.pieces]
    if kb.conclusions[node[0]].inferred:
        children += _leading_in(node, inference, kb, above | {node})
    word = "flagged" if flags else "inferred" if kb.conclusions[node[0]].inferred and children else status.state if status else "open"
    amount = str(status.amount) if status else "0"
    settled = "yes" if status and status.settled else "no"
    return state("status", children, conclusion=node[0], side=node[1], state=word, amount=amount, settled=settled)


def _piece(piece: Piece, status: Status, inference: Inference, kb: KnowledgeBase, above: frozenset[Node]) -> Statement:
    fired = _firing(piece, status.node, inference.trace)
    children = _reads(fired, inference, kb, above) if fired else []
    counted = "yes" if piece.counted else "no"
    return state("rule", children, rule=piece.rule, kind=piece.kind, amount=str(piece.amount), counted=counted)


def _firing(piece: Piece, node: Node, trace: Iterable[Fired]) -> Fired | None:
    """The firing in which the rule said this; on another side only when the conclusion itself has none."""
    wanted = f"{piece.kind} {node[0]}"
    for fired in trace:
        said = [one for one in (*fired.asserted, *fired.confirmed) if one.startswith(wanted)]
        if fired.rule.split("/")[0] == piece.rule and said and (node[1] in (NONE, UNSTATED) or any(f".{node[1]} " in one for one in said)):
            return fired
    return None


def _reads(fired: Fired, inference: Inference, kb: KnowledgeBase, above: frozenset[Node]) -> list[Statement]:
    out = []
    for read in fired.matched:
        below = (read.subject, read.side)
        proof = [_node(below, inference, kb, above)] if below in inference.statuses and below not in above else []
        out.append(state("answer" if read.subject.partition(".")[0] in kb.findings else "read", proof, subject=read.subject, side=read.side,
                         word=read.word, part=read.part))
    return out


def _leading_in(node: Node, inference: Inference, kb: KnowledgeBase, above: frozenset[Node]) -> list[Statement]:
    steps = sorted({step for one in inference.explanations for step in one.steps if step.target == node}, key=lambda step: step.source)
    return [state("step", [_node(s.source, inference, kb, above)], source=s.source[0], source_side=s.source[1], how=s.how) for s in steps]


def _flag_proof(rule: str, inference: Inference, kb: KnowledgeBase) -> Statement:
    fired = next((one for one in inference.trace if one.rule == rule and one.phase == "safety"), None)
    return state("rule", _reads(fired, inference, kb, frozenset()) if fired else [], rule=rule, kind="flags", amount="0", counted="yes")


def why_not(target: tuple[str, ...], inference: Inference, kb: KnowledgeBase, repairs: Statement | None = None) -> Statement:
    """Why a conclusion does not hold or lead, or a rule did not fire; `repairs` tells what would change it, and comes last."""
    last = [repairs] if repairs else []
    if target[0] == "rule":
        rule = next(one for one in kb.rules if one.id == target[1])
        return state("why-not-rule", [*(_failure(rule, side, inference) for side in instance_sides(rule.when)), *last], rule=rule.id)
    node = (target[1], target[2])
    status = inference.statuses.get(node)
    speaking = [rule for rule in kb.rules_of(*SPEAKING) if node[0] in rule.targets]
    for_it = [_failure(rule, side, inference) for rule in speaking for side in _sides(rule, node) if rule.verb in (*FOR, "flags")]
    against = [_failure(rule, side, inference) for rule in speaking for side in _sides(rule, node) if rule.verb in ("excludes", "against")]
    against = [one for one in against if one.get("truth") == "holds"]
    children = [*_rank(node, inference), *_claim(node, inference), *against, *sorted(for_it, key=_nearest_first), *last]
    return state("why-not", children, conclusion=node[0], side=node[1], state=status.state if status else "open",
                 amount=str(status.amount) if status else "0")


def _sides(rule: Rule, node: Node) -> tuple[str, ...]:
    sides = instance_sides(rule.when)
    return (node[1],) if node[1] in sides else sides


def _nearest_first(one: Statement) -> tuple[int, int, str]:
    missing = [leaf for leaf in one.children if leaf.get("truth") != "holds"]
    return (("holds", "unknown", "fails", "blocked").index(one.get("truth")), len(missing), one.get("rule"))


def _failure(rule: Rule, side: str, inference: Inference) -> Statement:
    def look(leaf: Leaf, one: str) -> tuple[str, ...] | None:
        return _look(leaf, one, inference)

    truth = holds(rule.when, side, look)
    leaves = verdicts(rule.when, side, look)
    blocked = any(one.part == "none" and one.truth for one in leaves)
    word = "holds" if truth else "blocked" if blocked else "unknown" if truth is None else "fails"
    needed = str(rule.when.count) if rule.when.at_least else ""
    below = [_leaf(one, inference) for one in leaves]
    return state("condition", below, rule=rule.id, side=side, truth=word, verb=rule.verb, at_least=needed)


def _look(leaf: Leaf, side: str, inference: Inference) -> tuple[str, ...] | None:
    if leaf.about == "finding":
        return inference.valuation.look(leaf.subject, side)
    if leaf.about == "conclusion":
        status = inference.statuses.get((leaf.subject, side))
        return (status.state,) if status else None
    led = inference.leading
    names = {led.cause[0], *((led.driver[0],) if led.driver else ())} if led else set()
    return (inference.outcome,) if leaf.about == "outcome" else tuple(sorted(names))


def _leaf(one: Verdict, inference: Inference) -> Statement:
    sides = sides_read(one.leaf, one.side)
    if one.leaf.about == "finding":
        seen = "; ".join(dict.fromkeys(inference.valuation.shown(one.leaf.subject, side) for side in sides))
    else:
        seen = "; ".join(", ".join(_look(one.leaf, side, inference) or ("open",)) for side in sides)
    holding = one.truth if one.part != "none" else not one.truth
    word = "unknown" if holding is None else "holds" if holding else "blocks" if one.part == "none" else "fails"
    return state("leaf", [], about=one.leaf.about, subject=one.leaf.subject, side=" or ".join(sides), part=one.part, truth=word,
                 wanted=" or ".join(one.leaf.words), seen=seen)


def _rank(node: Node, inference: Inference) -> list[Statement]:
    """Where a conclusion stands among the explanations, when it heads or drives one."""
    for index, one in enumerate(inference.explanations):
        if node in (one.cause, one.driver):
            best = inference.explanations[0]
            scores = {"place": str(index + 1), "score": str(one.score), "best": str(best.score)}
            return [state("rank", [], **scores, leader=best.cause[0], leader_side=best.cause[1])]
    return []


def _claim(node: Node, inference: Inference) -> list[Statement]:
    return [state("claimed", [], by=one.by[0], by_side=one.by[1], rule=one.rule) for one in inference.claimed if one.node == node]
