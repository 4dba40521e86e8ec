"""Changes of single answers that can matter for a goal; words that nothing tells apart are one change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.case import Answer, Case, Key
from engine.cohort.run import ArrayEvaluator
from engine.questioning.changes import Change, supposed
from engine.questioning.relevance import Cone
from engine.valuation import Valuation, valuate
from knowledge.model import Finding, KnowledgeBase
from knowledge.sides import BODY, LEFT, NONE, UNSTATED


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to a finding on a side that is not given now: any of `words`, all of which come to the same.

    `given` tells that another answer is known now. A number is thought of as its word alone: what is derived from the number
    itself is then open, and details of the old answer are gone.
    """

    key: Key
    words: tuple[str, ...]
    given: bool
    minutes: float

    @property
    def change(self) -> Change:
        """The change, by the first of the words."""
        return Change(self.key, supposed(self.words[0]))


def options(cone: Cone, case: Case, evaluator: ArrayEvaluator) -> tuple[Option, ...]:
    """Every change of one answer within the cone, findings in order."""
    told = [valuate(world, evaluator.kb) for world in _worlds(case)]
    return tuple(
        option
        for finding in evaluator.kb.findings.values()
        for key in keys(finding, case)
        if key in cone.tests and may_change(finding, key, case, told)
        for option in _of_key(finding, key, cone, case, told[0], evaluator.kb)
    )


def _worlds(case: Case) -> list[Case]:
    return [case.in_world(side) for side in BODY] if case.has_unstated else [case]


def keys(finding: Finding, case: Case) -> tuple[Key, ...]:
    """Where answers to a finding stand, or could."""
    if not finding.per_side:
        return ((finding.id, NONE),)
    loose = [(finding.id, UNSTATED)] if case.answer(finding.id, UNSTATED) else []
    return (*((finding.id, side) for side in BODY), *loose)


def may_change(finding: Finding, key: Key, case: Case, worlds: list[Valuation]) -> bool:
    """Answers in words; what is derived only where nothing derives it, and a counted score never."""
    if not finding.words or finding.answer.form == "list":
        return False
    if finding.derived is None or case.answers.get(key):
        return finding.derived is None or finding.derived.how != "score"
    known = any(key in told for one in worlds for told in (one.words, one.numbers))
    return finding.derived.how != "score" and not known


def _of_key(finding: Finding, key: Key, cone: Cone, case: Case, told: Valuation, kb: KnowledgeBase) -> Iterator[Option]:
    now, word = case.answers.get(key), word_now(finding, key, case, told, kb)
    same = cone.mark(key, word) if _is_word_alone(finding, now) else None
    classes: dict[tuple[bool | str, ...], list[str]] = {}
    for one in finding.words:
        if one != word and (mark := cone.mark(key, one)) != same:
            classes.setdefault(mark, []).append(one)
    for words in classes.values():
        yield Option(key, tuple(words), now is not None and now.known, finding.minutes)


def _is_word_alone(finding: Finding, now: Answer | None) -> bool:
    """Whether another word of the same mark changes nothing.

    A number or a detail that goes may tell something by itself, and a stated word keeps a derived finding from being derived.
    """
    if now is None or not now.known:
        return finding.derived is None and not (now and now.details)
    return not isinstance(now.value, float) and not now.details


def word_now(finding: Finding, key: Key, case: Case, told: Valuation, kb: KnowledgeBase) -> str:
    """The word that an answer of the case has; nothing for a number without a band, what nobody knows, and what was not asked.

    `told` are the words of the world in which what was not told is left.
    """
    answer = case.answers.get(key)
    if answer is None or not answer.known:
        return ""
    if isinstance(answer.value, str):
        return answer.value
    if key[1] != UNSTATED:
        return (told.look(*key) or ("",))[0]
    person = {one: given for one, given in case.answers.items() if one[0] in ("age", "sex")}
    alone = valuate(Case("", {**person, (finding.id, LEFT): answer}), kb)
    return (alone.look(finding.id, LEFT) or ("",))[0]
