"""What to ask next: the complaint, then safety, then history, then what the live explanations need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.case import Case
from engine.result import Bystander, Explanation, Question, Reason
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
    asked.add(_stage(stages.get("complaint")), Reason("complaint"))
    if not any(case.answers):
        return asked.questions
    asked.add(open_flags, Reason("must_ask"), ask_unknown=True)
    asked.add(_stage(stages.get("history")), Reason("history"))
    for explanation in [one for one in explanations if one.part_of is None][:LIVE]:
        _explore(explanation, asked, kb)
    for one in bystanders:
        asked.add(one.next_tests, Reason("bystander", (("node", one.node[0]), ("side", one.node[1]))))
    return tuple(one for one in asked.questions if one.finding not in unsafe)


def _stage(stage: Stage | None) -> tuple[str, ...]:
    return stage.findings if stage else ()


def _explore(explanation: Explanation, asked: _Asked, kb: KnowledgeBase) -> None:
    gaps = [one.node for one in explanation.path if one.gap]
    about = explanation.driver or explanation.cause
    for name in explanation.next_tests:
        code = "tests_link" if kb.findings[name].kind == "response" else "closes_gap" if gaps else "confirms"
        node = gaps[0] if code == "closes_gap" else about
        asked.add([name], Reason(code, (("node", node[0]), ("side", node[1]))))


class _Asked:
    """Questions so far; what is answered, or was asked and not known, is not asked again."""

    def __init__(self, case: Case, kb: KnowledgeBase) -> None:
        self.case, self.kb = case, kb
        self._found: dict[str, Question] = {}

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(self._found.values())

    def add(self, names: Iterable[str], why: Reason, ask_unknown: bool = False) -> None:
        for name in names:
            finding = self.kb.findings[name]
            if name not in self._found and not self._done(name, finding.per_side, ask_unknown):
                self._found[name] = Question(name, BOTH if finding.per_side else NONE, why)

    def _done(self, name: str, per_side: bool, ask_unknown: bool) -> bool:
        answers = [a for side in ((*BODY, "unstated") if per_side else (NONE,)) if (a := self.case.answer(name, side))]
        needed = 2 if per_side and not self.case.answer(name, "unstated") else 1
        return len(answers) >= needed and (not ask_unknown or all(answer.known for answer in answers))
