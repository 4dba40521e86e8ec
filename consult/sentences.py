"""Typed reasons and results of the engine as lines for a terminal.

Medicine comes from the texts of the knowledge base and claims from its wording; what stands here only joins them.
"""

from __future__ import annotations

from collections.abc import Iterator

from consult.state import Asked
from engine.result import Flag, Inference, Node, Reason
from knowledge.model import KnowledgeBase
from knowledge.sides import NONE

STOP = "!!"
"""What a line begins with that must not be missed."""
STOPS = ("emergency", "urgent")
STAGE_OF = {"complaint": "complaint", "must_ask": "safety", "history": "history"}
WHY = {
    "tests_link": "Changing this at the bedside tests whether {node} feeds this pain.",
    "closes_gap": "It would close the gap at {node}, which was not tested yet.",
    "confirms": "It tells more about {node}.",
    "separates": "It tells {node} from {other}.",
    "looks_for": "It would show whether {node} is behind this pain.",
    "explores": "It could show an explanation that nothing speaks for yet.",
    "settled": "No single answer that is left would change what stands first or how far it may be claimed.",
    "little_gain": "What is left to ask is expected to tell very little.",
    "no_time": "Nothing that is left fits in the time.",
    "bystander": "It would show whether {node} left anything behind that leads to this pain.",
    "asked_again": "You asked for it.",
}
WITHHELD = {
    "referral": "{condition} has to be checked first",
    "out_of_scope": "this person is outside what this program is for",
    "open_red_flag": "must-ask questions are open",
    "undetermined": "no explanation stands out",
    "no_goal": "no own activity is named",
}
SIDE = {"left": " (left)", "right": " (right)", "both": " (both sides)", "unstated": " (side not told)"}


def why_lines(asked: Asked, kb: KnowledgeBase) -> tuple[str, ...]:
    """Why this is asked, and how it is done."""
    finding = kb.findings[asked.finding]
    how = [f"How: {finding.how}"] if finding.how else []
    return (f"{finding.title}: {reason_text(asked.why, kb)}", *how)


def reason_text(reason: Reason, kb: KnowledgeBase) -> str:
    """Why a question is asked, as a sentence; the stages of the interview say it in the knowledge base."""
    stage = next((one.why for one in kb.stages if one.id == STAGE_OF.get(reason.code)), "")
    about = dict(reason.about)
    node = f"'{node_text((about['node'], about.get('side', NONE)), kb)}'" if "node" in about else ""
    other = f"'{node_text((about['other'], about.get('other_side', NONE)), kb)}'" if "other" in about else ""
    return stage or WHY.get(reason.code, reason.code.replace("_", " ")).format(node=node, other=other)


def node_text(node: Node, kb: KnowledgeBase) -> str:
    """The title of a conclusion with its side."""
    return kb.conclusions[node[0]].title + SIDE.get(node[1], "")


def condition_text(flag: Flag, kb: KnowledgeBase) -> str:
    """A serious condition by its title; what puts a person out of scope by the title of its rule."""
    known = kb.conclusions.get(flag.condition)
    return known.title if known else next((rule.title for rule in kb.rules if rule.id == flag.rule), flag.condition)


def news(before: Inference, after: Inference, kb: KnowledgeBase) -> tuple[str, ...]:
    """What has to be said at once: red flags and scope that were not there before, and those that fell away."""
    known = {(one.rule, one.side) for one in (*before.red_flags, *before.out_of_scope)}
    still = {(one.rule, one.side) for one in (*after.red_flags, *after.out_of_scope)}
    lines = [line for one in after.red_flags if (one.rule, one.side) not in known for line in flag_lines(one, kb)]
    lines += [line for one in after.out_of_scope if (one.rule, one.side) not in known for line in scope_lines(one, kb)]
    gone = [one for one in (*before.red_flags, *before.out_of_scope) if (one.rule, one.side) not in still]
    return (*lines, *dict.fromkeys(f"No longer flagged: {condition_text(one, kb)}" for one in gone))


def flag_lines(flag: Flag, kb: KnowledgeBase) -> Iterator[str]:
    """A red flag: how soon, why, what to do, what to tell the person."""
    stops = flag.urgency in STOPS
    yield urgency_text(flag, kb)
    yield f"   {flag.because}"
    yield f"   To do: {flag.action}"
    if flag.safety_net:
        yield f"   Tell the person: {flag.safety_net}"
    if stops:
        yield "   The plan is withheld. You may go on; 'report' keeps saying this first."


def urgency_text(flag: Flag, kb: KnowledgeBase) -> str:
    """How soon, and what for; marked when it stops the consult."""
    words = kb.wording.urgency[flag.urgency]
    return f"{STOP} {words.upper()}: {condition_text(flag, kb)}" if flag.urgency in STOPS else f"{words}: {condition_text(flag, kb)}"


def scope_text(flag: Flag, kb: KnowledgeBase) -> str:
    """That this person is outside what the program is for."""
    return f"{STOP} OUTSIDE WHAT THIS PROGRAM IS FOR: {condition_text(flag, kb)}"


def scope_lines(flag: Flag, kb: KnowledgeBase) -> Iterator[str]:
    """Why this person is outside what the program is for."""
    yield scope_text(flag, kb)
    yield f"   {flag.because}"
    yield "   The plan is withheld."


def withheld_text(found: Inference, kb: KnowledgeBase) -> str:
    """Every reason why there is no plan, each once."""
    titles = {flag.condition: condition_text(flag, kb) for flag in found.red_flags}
    reasons = [
        WITHHELD.get(one.code, one.code.replace("_", " ")).format(condition=titles.get(dict(one.about).get("condition", ""), ""))
        for one in found.plan.why
    ]
    return "; ".join(dict.fromkeys(reasons))
