"""Deriving words: every answer of a case as the words rules speak of, side by side, with what stayed unknown.

A number becomes a word through the bands of its finding. Where a norm depends on an age or sex that is not known, a
word is only given when every norm that could apply gives the same one. Unasked and unknown are never no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from engine.case import Answer, Case
from engine.derived import derive_number, derive_word
from knowledge.bands import Band, word_for
from knowledge.model import UNKNOWN, Finding, KnowledgeBase, Norm
from knowledge.sides import BODY, NONE, OTHER_SIDE, THIS_SIDE, mirror

Subject = tuple[str, str]
"""A finding, or `finding.detail`, and a side."""


@dataclass(frozen=True, slots=True)
class Valuation:
    """The words of a case. `words` holds only what is known; `asked_unknown` what was asked and nobody knows."""

    words: Mapping[Subject, tuple[str, ...]]
    numbers: Mapping[Subject, float]
    asked_unknown: frozenset[Subject]

    def look(self, subject: str, side: str) -> tuple[str, ...] | None:
        """The words of a subject on a side; None when it is not known."""
        return self.words.get((subject, side))

    def shown(self, subject: str, side: str) -> str:
        """What a reader sees: the number with its word, the word, `unknown`, or `not asked`."""
        words = self.words.get((subject, side))
        number = self.numbers.get((subject, side))
        if words:
            return f"{number:g} ({words[0]})" if number is not None else ", ".join(words)
        if number is not None:
            return f"{number:g} (no band: age or sex not known)"
        return "unknown" if (subject, side) in self.asked_unknown else "not asked"


def valuate(case: Case, kb: KnowledgeBase) -> Valuation:
    """The words of a case whose answers all have a stated side."""
    board = _Board(kb, norm_factors(case, kb))
    for (name, side), answer in case.answers.items():
        board.add_answer(kb.findings[name], side, answer)
    for finding in sorted(kb.findings.values(), key=counts):
        if finding.derived:
            board.add_derived(finding, case)
    return board.done()


def counts(finding: Finding) -> bool:
    """Counted scores come last: they count what other findings derive."""
    return finding.derived is not None and finding.derived.how == "score"


def norm_factors(case: Case, kb: KnowledgeBase) -> Mapping[str, tuple[float, ...]]:
    """For each norm table every value that could apply to the person."""
    age, sex = case.answer("age"), case.answer("sex")
    years = age.value if age and isinstance(age.value, float) else None
    known_sex = str(sex.value) if sex and sex.value in ("male", "female") else ""
    return {norm.id: _norm_values(norm, years, known_sex) for norm in kb.norms.values()}


def _norm_values(norm: Norm, years: float | None, sex: str) -> tuple[float, ...]:
    """Every norm value that could apply; empty when the table says nothing about this age."""
    rows = [r for r in norm.rows if not sex or r.sex in ("", sex)]
    whole = None if years is None else int(years)
    return tuple(sorted({r.value for r in rows if whole is None or r.age_from <= whole <= r.age_to}))


class _Board:
    def __init__(self, kb: KnowledgeBase, norms: Mapping[str, tuple[float, ...]]) -> None:
        self.kb, self.norms = kb, norms
        self.words: dict[Subject, tuple[str, ...]] = {}
        self.numbers: dict[Subject, float] = {}
        self.unknown: set[Subject] = set()

    def done(self) -> Valuation:
        return Valuation(MappingProxyType(self.words), MappingProxyType(self.numbers), frozenset(self.unknown))

    def add_answer(self, finding: Finding, side: str, answer: Answer) -> None:
        if answer.items:
            self._add_items(finding, answer.items)
        elif not answer.known:
            self.unknown.add((finding.id, side))
        elif answer.value != "listed":
            self._put(finding.id, side, self._word(finding, answer.value), answer.value)
            self._put_relative(finding, str(answer.value))
        for name, value in answer.details.items():
            self._add_detail(finding, name, side, value)

    def _put(self, subject: str, side: str, words: tuple[str, ...], raw: object = None) -> None:
        if isinstance(raw, float):
            self.numbers[subject, side] = raw
        if words:
            self.words[subject, side] = words

    def _put_relative(self, finding: Finding, word: str) -> None:
        if {"left", "right"} <= set(finding.answer.choices):
            for side in BODY:
                relative = THIS_SIDE if word == side else OTHER_SIDE if word == mirror(side) else word
                self.words[finding.id, side] = (relative,)

    def _word(self, finding: Finding, value: object) -> tuple[str, ...]:
        if not isinstance(value, float):
            return (str(value),)
        if not finding.norm:
            word = word_for(value, finding.bands)
            return (word,) if word else ()
        return _same_word(value, finding.bands, self.norms.get(finding.norm, ()))

    def _add_detail(self, finding: Finding, name: str, side: str, value: object) -> None:
        detail, subject = finding.detail(name), f"{finding.id}.{name}"
        if value == UNKNOWN:
            self.unknown.add((subject, side))
        elif isinstance(value, float):
            word = word_for(value, detail.bands if detail else ())
            self._put(subject, side, (word,) if word else (), value)
        else:
            self._put(subject, side, (str(value),))

    def _add_items(self, finding: Finding, items: Sequence[Mapping[str, object]]) -> None:
        for detail in finding.details:
            values = [one[detail.name] for one in items if detail.name in one and one[detail.name] != UNKNOWN]
            words = [word_for(v, detail.bands) if isinstance(v, float) else str(v) for v in values]
            self._put(f"{finding.id}.{detail.name}", NONE, tuple(dict.fromkeys(w for w in words if w)))

    def add_derived(self, finding: Finding, case: Case) -> None:
        for side in BODY if finding.per_side else (NONE,):
            if (finding.id, side) in self.words:
                continue
            number = derive_number(finding, side, case, self.kb, self.words, self.norms)
            word = word_for(number, finding.bands) if isinstance(number, float) else derive_word(finding, side, number, self.kb, self.words)
            self._put(finding.id, side, (word,) if word else (), number)


def _same_word(value: float, bands: Sequence[Band], norms: Iterable[float]) -> tuple[str, ...]:
    words = {word_for(value / norm * 100 if any(b.of_norm for b in bands) else value, bands) for norm in norms}
    only = words.pop() if len(words) == 1 else None
    return (only,) if only else ()
