"""What an inference says in a few lines of text, for the end of a demo or a busy screen."""

from __future__ import annotations

from collections.abc import Iterator

from engine.result import Inference, Node
from knowledge.model import KnowledgeBase


def brief(found: Inference, kb: KnowledgeBase) -> str:
    """Outcome, cause, driver, claims, plan, and why what was tried missed."""
    return "\n".join(_lines(found, kb))


def _lines(found: Inference, kb: KnowledgeBase) -> Iterator[str]:
    title = kb.wording.outcomes.get(found.outcome, {}).get("title", found.outcome)
    yield f"outcome: {found.outcome} ({title})"
    for flag in found.red_flags:
        yield f"red flag: {kb.conclusions[flag.condition].title}, {flag.urgency}: {flag.action}"
    if best := found.leading:
        yield f"cause: {named(best.cause, kb)}"
        if best.driver:
            yield f"driver: {named(best.driver, kb)}"
        yield f"claim: driver to pain {best.claim}" + (f", origin to driver {best.origin_claim}" if best.origin_claim else "")
    yield f"plan: {found.plan.state}" + _plan(found)
    for one in found.tried:
        yield f"{kb.findings[one.finding].title}: {kb.wording.verdicts.get(one.verdict, one.verdict).rstrip('.')}. {one.because}"


def _plan(found: Inference) -> str:
    if found.plan.state == "ready":
        return "".join(f"; {task.activity}: {len(task.rungs)} steps" for task in found.plan.tasks)
    return f" ({', '.join(dict.fromkeys(reason.code.replace('_', ' ') for reason in found.plan.why))})"


def named(node: Node, kb: KnowledgeBase) -> str:
    """The title of a node with its side."""
    side = {"none": "", "both": " (both sides)", "unstated": " (side not told)"}.get(node[1], f" ({node[1]})")
    return f"{kb.conclusions[node[0]].title}{side}"
