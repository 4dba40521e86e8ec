"""What an argument is about: a conclusion is present, leads, may be claimed so far, or a rule fires; read off the traced inference."""

from __future__ import annotations

from dataclasses import dataclass

from engine.result import LEVELS, Explanation, Inference, Node
from knowledge.model import KnowledgeBase
from knowledge.sides import BODY, BOTH, NONE


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that is to become true. `kind` is supported, leads, claim or fires; `name` a conclusion or a rule.

    A conclusion leads when it is the cause or the driver of the first explanation and the outcome says that one leads;
    it is claimed when it leads and the claim from driver to pain is at least `level`.
    """

    kind: str
    name: str
    side: str = NONE
    level: str = ""

    @property
    def node(self) -> Node:
        """The conclusion and its side."""
        return (self.name, self.side)


def reached(goal: Goal, inference: Inference) -> bool:
    """Whether it is true of an inference."""
    if goal.kind == "fires":
        return any(fires(goal.name, one.rule) for one in inference.trace)
    if goal.kind == "supported":
        status = inference.statuses.get(goal.node)
        return status is not None and status.state == "supported"
    led = inference.leading
    if led is None or not _names(led, goal.node):
        return False
    return goal.kind == "leads" or LEVELS.index(led.claim) >= LEVELS.index(goal.level)


def fires(rule: str, record: str) -> bool:
    """Whether a firing is one of the rule itself, and not of its answered negative."""
    name, _, branch = record.partition("/")
    return name == rule and branch != "no"


def _names(led: Explanation, node: Node) -> bool:
    return any(is_about(one, node) for one in (led.cause, led.driver) if one)


def is_about(found: Node, wanted: Node) -> bool:
    """Whether a node of an explanation is the wanted one; an explanation about both sides is about each."""
    return found == wanted or (found == (wanted[0], BOTH) and wanted[1] in BODY)


def goal_of(target: tuple[str, ...], inference: Inference, kb: KnowledgeBase) -> Goal | None:
    """What a person who asks why not would have: the rule to fire, the conclusion to be present, then to lead, then to be claimed more.

    None when all of it is so already, or when no answer can show the conclusion.
    """
    if target[0] == "rule":
        goal = Goal("fires", target[1])
        return None if reached(goal, inference) else goal
    node, conclusion = (target[1], target[2]), kb.conclusions[target[1]]
    claim = inference.leading.claim if inference.leading else LEVELS[-1]
    more = [Goal("claim", *node, level) for level in LEVELS[LEVELS.index(claim) + 1 :][:1]]
    goals = (Goal("supported", *node), Goal("leads", *node), *more)
    if conclusion.inferred or conclusion.layer == "none":
        return None
    return next((one for one in goals if not reached(one, inference)), None)
