"""What would change the result, in the published JSON: ids, words of findings and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.result import Node

if TYPE_CHECKING:  # these need arrays, which take time to load
    from engine.arguing.accounts import Account
    from engine.arguing.breaking import Trial
    from engine.arguing.doubt import Doubt
    from engine.arguing.meaning import Telling
    from engine.questioning.fragile import Flip, Fragile

Json = dict[str, object]


def mind_json(told: Doubt) -> Json:
    """Misreads that flip the result, bedside changes best first, next tests with what each answer would mean."""
    return {
        "settled": told.settled, "fragile": _fragile(told.fragile) if told.fragile else None,
        "break_chain": [_trial(one) for one in told.breaking.trials], "tests": [_test(one) for one in told.tests],
    }


def _fragile(told: Fragile) -> Json:
    return {"misreads_tried": told.possible, "flips": [_flip(one) for one in told.flips]}


def _flip(one: Flip) -> Json:
    misread, then = one.misreads[0], one.then
    return {
        "finding": misread.key[0], "side": misread.key[1], "now": misread.now, "other": misread.word, "why": misread.why,
        "figure": misread.figure,
        "then": {"outcome": then.outcome, "cause": _node(then.cause), "driver": _node(then.driver), "claim": then.claim or None},
    }


def _trial(one: Trial) -> Json:
    outcomes = [
        {"result": each.result, "outcome": each.outcome, **_leader(each.leader), "claim": each.claim if each.leader else None,
         "score": each.ours, "rival_score": each.rival}
        for each in one.outcomes
    ]
    return {"finding": one.finding, "side": one.side, "outcomes": outcomes}


def _test(one: Telling) -> Json:
    results = [
        {"answers": list(each.answers), "outcome": each.outcome, "urgency": each.urgency, **_leader(each.leader),
         "claim": each.claim or None, "same": each.same}
        for each in one.meanings
    ]
    return {"finding": one.finding, "side": one.side, "bedside": one.bedside, "results": results}


def _leader(one: Account | None) -> Json:
    return {"cause": _node(one.cause), "driver": _node(one.driver)} if one else {"cause": None, "driver": None}


def _node(node: Node | None) -> Json | None:
    return {"id": node[0], "side": node[1]} if node else None
