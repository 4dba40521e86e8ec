"""Findings as a doctor writes them: what is present, what is absent, and what nobody asked, with sides and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.case import Answer
from knowledge.model import UNKNOWN, Finding
from knowledge.rule_checks import NEGATIVES
from knowledge.sides import BODY, BOTH, NONE, UNSTATED
from reports.parts.dossier import Dossier
from reports.phrases import say, word

ABSENT = (*NEGATIVES, "none")
"""Answers that say that something is not there."""


@dataclass(frozen=True, slots=True)
class Known:
    """A finding with the word it has on each side where it is known, and the sides where it was asked and nobody knows."""

    finding: Finding
    words: Mapping[str, str]
    unknown: tuple[str, ...]

    @property
    def present(self) -> bool:
        """Whether something was found on some side."""
        return any(one not in ABSENT for one in self.words.values())

    @property
    def absent(self) -> bool:
        """Whether it was answered, and on no side with anything but a no."""
        return bool(self.words) and not self.present


def known(finding: Finding, dossier: Dossier) -> Known:
    """What the case holds about a finding; an answer of unstated side stays so."""
    words, unknown = {}, []
    for (name, side), answer in dossier.case.answers.items():
        if name != finding.id:
            continue
        if not answer.known:
            unknown.append(side)
        else:
            words[side] = _word(finding, side, answer, dossier)
    return Known(finding, words, tuple(unknown))


def _word(finding: Finding, side: str, answer: Answer, dossier: Dossier) -> str:
    """The word of an answer; a number without a band keeps its own digits."""
    look = dossier.inference.valuation.look
    found = look(finding.id, side) or next((look(finding.id, one) for one in BODY if side == UNSTATED and look(finding.id, one)), None)
    return found[0] if found else str(answer.value)


def topic(finding: Finding) -> str:
    """What a finding is called when it has no answer."""
    return finding.medical_phrase("name") or finding.medical_phrase("yes") or say("letter_lower", text=finding.title)


def told(one: Known, dossier: Dossier) -> str:
    """A known finding in one phrase; what is the same on both sides is told once. Phrases of the knowledge need no name before them."""
    groups: dict[tuple[str, str], list[str]] = {}
    for side, value in one.words.items():
        groups.setdefault((_value(one.finding, side, value, dossier), _details(one.finding, side, dossier)), []).append(side)
    parts = [say("letter_part", value=value, side=_sides(sides, dossier), details=details) for (value, details), sides in groups.items()]
    phrased = all(one.finding.medical_phrase(value) for value in one.words.values())
    return say("letter_told", name="" if phrased else topic(one.finding), parts=parts, bare=_bare(one))


def _bare(one: Known) -> bool:
    """Whether the name says it all: a yes, and nothing else."""
    return one.finding.answer.form == "yes_no" and set(one.words.values()) == {"yes"}


def _sides(sides: list[str], dossier: Dossier) -> str:
    return dossier.names.side(BOTH if set(sides) >= set(BODY) else sides[0])


def _value(finding: Finding, side: str, value: str, dossier: Dossier) -> str:
    """The number with its word, a phrase of the knowledge, or the word; nothing for a plain yes."""
    answer = dossier.case.answers[finding.id, side].value
    shown = finding.medical_phrase(value) or ("" if value == "yes" else word("answers", value))
    if not isinstance(answer, float):
        return shown
    return say("letter_number", number=_digits(answer), unit=finding.answer.unit, word="" if value == str(answer) else shown)


def _digits(number: float) -> str:
    return f"{round(number, 2):g}"


def _details(finding: Finding, side: str, dossier: Dossier) -> str:
    details = dossier.case.answers[finding.id, side].details
    return "; ".join(_detail(name, value, finding) for name, value in details.items() if value != UNKNOWN)


def _detail(name: str, value: str | float, finding: Finding) -> str:
    """A detail beside an answer; a unit that its name holds already is told once."""
    detail, called = finding.detail(name), word("details", name)
    if not isinstance(value, float) or detail is None:
        return say("letter_detail", name=called, value=value)
    rest = " ".join(part for part in called.split() if part not in detail.unit.split())
    return say("letter_number_detail", name=rest, number=_digits(value), unit=detail.unit)


def phrases(findings: Iterable[Finding], dossier: Dossier) -> tuple[str, ...]:
    """What is present among findings, each in one phrase."""
    return tuple(told(one, dossier) for one in (known(each, dossier) for each in findings) if one.present)


def without_answer(one: Known) -> bool:
    """Whether nobody asked, on any side."""
    return not one.words and not one.unknown


def open_sides(one: Known, dossier: Dossier) -> str:
    """The sides of a finding that were asked and are not known, or were left out while the other was answered."""
    asked = (*one.words, *one.unknown)
    left = [side for side in BODY if side not in asked] if one.finding.per_side and asked and not {UNSTATED, NONE} & set(asked) else []
    return "; ".join(dossier.names.side(side) for side in (*one.unknown, *left) if side != NONE)
