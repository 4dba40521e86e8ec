"""The score of an explanation as a list of terms, each with what it is for; integers in tenths of a deciban."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from engine.claims import bedside
from engine.field import Field
from engine.result import Node, Term
from engine.spine import Prices, Way
from knowledge.model import Conclusion

EARNING = ("impairment", "habit")


def prices(field: Field) -> Prices:
    """What nodes earn and links cost for this person."""
    scale = field.kb.scale

    def link_cost(source: Node, target: Node) -> int:
        link = field.link(source, target)
        return scale.link(link.grade, link.contested)

    return Prices(scale.node, scale.nodes_counted, scale.gap, lambda node: _earns(node, field), link_cost)


def _earns(node: Node, field: Field) -> bool:
    return may_earn(field.of(node)) and node in field.statuses and field.statuses[node].state == "supported"


def may_earn(conclusion: Conclusion) -> bool:
    """An impairment or habit earns where it is present; so does a bodily origin that is measured and modifiable, such as a short leg."""
    bodily = conclusion.layer == "origin" and conclusion.modifiable and bool(conclusion.retest) and not conclusion.exposure
    return conclusion.layer in EARNING or bodily


def way_terms(way: Way, field: Field) -> list[Term]:
    """The terms of a spine; they sum to the way's score."""
    scale, terms, counted = field.kb.scale, [], 0
    for node in way.nodes:
        if _earns(node, field) and counted < scale.nodes_counted:
            counted += 1
            terms.append(Term("node", _name(node), scale.node))
    for source, target in pairwise(way.nodes):
        link = field.link(source, target)
        cost = scale.link(link.grade, link.contested)
        if cost:
            terms.append(Term("contested link" if link.contested else "link", f"{source[0]} -> {target[0]}", cost))
        if field.graph.nodes[target].get("gap", False):
            terms.append(Term("gap", _name(target), scale.gap))
    return terms


def cause_terms(origin: Node, field: Field) -> list[Term]:
    """What an origin adds: it came before the pain, and it was bad or left signs."""
    scale, terms = field.kb.scale, []
    if field.timing(origin) == "before":
        terms.append(Term("before the pain", _name(origin), scale.before_pain))
    if field.left_signs(origin):
        terms.append(Term("severity or residual signs", _name(origin), scale.residual))
    return terms


def met_activities(cone: Iterable[Node], field: Field) -> tuple[str, ...]:
    """The hurting activities that a present habit of the cone meets through a step that leaves it."""
    met: set[str] = set()
    inside = set(cone)
    for node in inside:
        if field.of(node).layer == "habit" and field.statuses.get(node) and field.statuses[node].state == "supported":
            onward = [t for t in field.gapless.successors(node) if t in inside] if node in field.gapless else []
            met |= {activity for target in onward for activity in field.link(node, target).activities}
    return tuple(sorted(met & set(field.hurting)))


def activity_terms(activities: Iterable[str], field: Field) -> list[Term]:
    """Hurting activities that the habits explain, up to the number that counts."""
    scale = field.kb.scale
    return [Term("activity", one, scale.activity) for one in list(activities)[: scale.activities_counted]]


def bedside_terms(cone: Iterable[Node], field: Field) -> list[Term]:
    """What bedside changes on nodes of the cone did; one term each way, whatever their number."""
    scale = field.kb.scale
    found = {bedside(node, field.valuation, field.readers): _name(node) for node in sorted(cone, reverse=True)}
    terms = []
    if better := found.get("lasting") or found.get("better"):
        terms.append(Term("bedside change helped", better, scale.try_better))
    if same := found.get("same"):
        terms.append(Term("bedside change did nothing", same, scale.try_same))
    return terms


def head_term(node: Node, field: Field) -> Term:
    """How firmly a diagnosis or modulator itself was found; a routine red flag has a fixed worth."""
    scale, status = field.kb.scale, field.statuses[node]
    if field.of(node).layer == "serious":
        return Term("red flag", _name(node), scale.routine_flag)
    amount = max(status.amount, scale.head_settled) if status.settled else status.amount
    return Term("evidence", _name(node), min(scale.head_cap, amount))


def _name(node: Node) -> str:
    return node[0] if node[1] == "none" else f"{node[0]}.{node[1]}"
