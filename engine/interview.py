"""What to ask next: the complaint, then safety, then history, then what the live explanations need.

It is quick and part of every inference. `engine.asking` weighs the questions of the last stage one against another; it takes longer, and
only an interview asks for it. Each reason names the step of the strategy it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.case import Case
from engine.result import Bystander, Explanation, Node, Question, Reason
from knowledge.model import KnowledgeBase, Stage
from knowledge.sides import BODY, BOTH, NONE

LIVE = 3
"""How many explanations, best first, get questions of their own."""


def next_questions(
    case: Case, kb: KnowledgeBase, unsafe: frozenset[str], open_flags: Sequence[str], explanations: Sequence[Explanation],
    bystanders: Sequence[Bystander],
) -> tuple[Question, ...]:
    """Every question worth asking now, in the order of the strategy; a finding is asked once, both sides together."""
    stages = {stage.id: stage for stage in kb.stages}
    asked = _Asked(case, kb)
    asked.add(_stage(stages.get("complaint")), asked.reason("complaint"))
    if not any(case.answers):
        return asked.questions
    asked.add(open_flags, asked.reason("must_ask"), ask_unknown=True)
    asked.add(_stage(stages.get("history")), asked.reason("history"))
    for explanation in [one for one in explanations if one.part_of is None][:LIVE]:
        _explore(explanation, asked, kb)
    for one in bystanders:
        asked.add(one.next_tests, asked.reason("bystander", one.node))
    return tuple(one for one in asked.questions if one.finding not in unsafe)


def step_of(code: str, kb: KnowledgeBase) -> str:
    """The step of the strategy in which a question is asked for a reason; none when the strategy has no such step."""
    if code in ("complaint", "history"):
        return next((one.id for one in kb.stages if one.id == code), "")
    return next((one.id for one in kb.stages if one.uses == ("must_ask" if code == "must_ask" else "adaptive")), "")


def _stage(stage: Stage | None) -> tuple[str, ...]:
    return stage.findings if stage else ()


def _explore(explanation: Explanation, asked: _Asked, kb: KnowledgeBase) -> None:
    gaps = [one.node for one in explanation.path if one.gap]
    about = explanation.driver or explanation.cause
    for name in explanation.next_tests:
        code = "tests_link" if kb.findings[name].kind == "response" else "closes_gap" if gaps else "confirms"
        node = gaps[0] if code == "closes_gap" else about
        asked.add([name], asked.reason(code, node))


class _Asked:
    """Questions so far; what is answered, or was asked and not known, is not asked again."""

    def __init__(self, case: Case, kb: KnowledgeBase) -> None:
        self.case, self.kb = case, kb
        self._found: dict[str, Question] = {}

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(self._found.values())

    def reason(self, code: str, node: Node | None = None) -> Reason:
        """A reason with the step of the strategy that asks, where it has one for it."""
        step = step_of(code, self.kb)
        about = [*([("step", step)] if step else []), *([("node", node[0]), ("side", node[1])] if node else [])]
        return Reason(code, tuple(about))

    def add(self, names: Iterable[str], why: Reason, ask_unknown: bool = False) -> None:
        for name in names:
            finding = self.kb.findings[name]
            if name not in self._found and not self._done(name, finding.per_side, ask_unknown):
                self._found[name] = Question(name, BOTH if finding.per_side else NONE, why)

    def _done(self, name: str, per_side: bool, ask_unknown: bool) -> bool:
        answers = [a for side in ((*BODY, "unstated") if per_side else (NONE,)) if (a := self.case.answer(name, side))]
        needed = 2 if per_side and not self.case.answer(name, "unstated") else 1
        return len(answers) >= needed and (not ask_unknown or all(answer.known for answer in answers))
