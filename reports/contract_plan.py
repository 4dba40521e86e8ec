"""The plan in the published JSON: ids, numbers and the words of the knowledge base."""

from __future__ import annotations

from engine.planned import Demand, Held, Need, Node, PainChoice, Plan, ProgrammePlan, Reason, Rung, TaskPlan

Json = dict[str, object]


def plan_json(plan: Plan) -> Json:
    """The plan; only additions are allowed within a version of the contract."""
    return {
        "state": plan.state, "why": [reason_json(one) for one in plan.why], "tasks": [_task(task) for task in plan.tasks],
        "without_ladder": list(plan.without_ladder), "programme": plan.programme or None,
        "programmes": [_programme(one) for one in plan.programmes], "pain_rule": _pain(plan.pain) if plan.pain else None,
    }


def reason_json(reason: Reason) -> Json:
    """A typed reason; its members name what it is about."""
    return {"code": reason.code, **dict(reason.about)}


def _task(task: TaskPlan) -> Json:
    return {
        "activity": task.activity, "ladder": task.ladder, "details": dict(task.details), "gate_open": task.gate_open,
        "gate_says": task.gate_says, "rungs": [_rung(rung) for rung in task.rungs], "kind": task.kind, "start": task.start,
        "demands": [_demand(one) for one in task.demands], "added": list(task.added), "needs": [_need(one) for one in task.needs],
        "today": {"share": task.today.share, "limits": dict(task.today.limits), "cuts": list(task.today.cuts)},
    }


def _rung(rung: Rung) -> Json:
    return {
        "number": rung.number, "task": rung.task, "dose": rung.dose, "dims": dict(rung.dims), "blocked": rung.blocked,
        "changes": list(rung.changes), "steps": list(rung.steps), "held": [_held(one) for one in rung.held],
    }


def _demand(one: Demand) -> Json:
    number = one.level.number if one.level else None
    words = one.level.words if one.level else None
    return {"dimension": one.dimension, "words": words, "number": number, "source": one.source, "about": one.about}


def _need(one: Need) -> Json:
    return {"finding": one.finding, "side": one.side, "shown": one.shown, "wanted": list(one.wanted), "known": one.known,
            "claimed_by": _node(one.claimed_by) if one.claimed_by else None}


def _held(one: Held) -> Json:
    return {"strain": one.strain, "rules": [rule or None for rule in one.rules]}


def _programme(one: ProgrammePlan) -> Json:
    return {
        "driver": _node(one.driver), "state": one.state, "start": one.start,
        "held": [{"step": number, "why": [_held(each) for each in why]} for number, why in one.held],
        "claimed": [{"step": number, "by": _node(by)} for number, by in one.claimed],
    }


def _pain(one: PainChoice) -> Json:
    return {"rule": one.rule, "free": one.free, "most": one.most, "by": one.by}


def _node(node: Node) -> Json:
    return {"id": node[0], "side": node[1]}
