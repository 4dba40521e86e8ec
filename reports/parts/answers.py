"""What was answered, grouped as a clinician takes it down, with what is usual for this person beside the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.case import Key
from engine.valuation import norm_factors
from knowledge.model import Finding
from knowledge.sides import BODY, NONE, UNSTATED
from reports.escaping import Code
from reports.parts.dossier import Dossier
from reports.phrases import say, word, words_of
from reports.view.steps import AnswerGroup, AnswerRow


def answers(dossier: Dossier) -> tuple[AnswerGroup, ...]:
    """Every answer of the case: groups in the order of a consult, findings in the order of the vocabulary."""
    kinds, told = words_of("answer_groups_of_kind"), _by_finding(dossier)
    groups: dict[str, list[AnswerRow]] = {name: [] for name in words_of("answer_groups")}
    norms = norm_factors(dossier.case, dossier.kb)
    for name, finding in dossier.kb.findings.items():
        if name in told:
            groups[kinds[finding.kind]].append(_row(finding, told[name], norms, dossier))
    return tuple(AnswerGroup(word("answer_groups", name), tuple(rows)) for name, rows in groups.items() if rows)


def _by_finding(dossier: Dossier) -> Mapping[str, list[Key]]:
    told: dict[str, list[Key]] = {}
    for key in dossier.case.answers:
        told.setdefault(key[0], []).append(key)
    return told


def _row(finding: Finding, keys: Sequence[Key], norms: Mapping[str, tuple[float, ...]], dossier: Dossier) -> AnswerRow:
    norm = dossier.kb.norms.get(finding.norm)
    usual = norms[norm.id] if norm else ()
    said = say("usual", amount=dossier.names.amount(usual[0], finding.id)) if len(usual) == 1 else ""
    cites = dossier.citations.cite([norm.source]) if norm and said else ()
    return AnswerRow(Code(finding.id), finding.title, _values(finding, keys, dossier), said, cites)


def _values(finding: Finding, keys: Sequence[Key], dossier: Dossier) -> tuple[str, ...]:
    """Each side's answer with its details; once where both say the same."""
    told = {side: _value(finding, side, dossier) for _, side in sorted(keys, key=lambda key: (*BODY, UNSTATED, NONE).index(key[1]))}
    if set(told) == set(BODY) and len(set(told.values())) == 1:
        return (say("on_side", side=word("sides", "both"), value=told[BODY[0]]),)
    return tuple(value if side == NONE else say("on_side", side=word("sides", side), value=value) for side, value in told.items())


def _value(finding: Finding, side: str, dossier: Dossier) -> str:
    answer = dossier.case.answers[finding.id, side]
    if answer.items:
        return say("listed", parts=[_item(finding, item) for item in answer.items])
    if not answer.known:
        return word("answers", "unknown")
    return say("answer_details", value=_main(finding, side, dossier), details=[
        _detail(finding, name, value) for name, value in answer.details.items()
    ])


def _main(finding: Finding, side: str, dossier: Dossier) -> str:
    """The answer as the program read it; of an untold side as it was told, a word or a number with its unit."""
    value = dossier.case.answers[finding.id, side].value
    if side != UNSTATED and dossier.inference.valuation.look(finding.id, side):
        return dossier.names.value(finding.id, side)
    return dossier.names.amount(value, finding.id) if isinstance(value, float) else word("answers", value)


def _item(finding: Finding, item: Mapping[str, object]) -> str:
    rest = [_detail(finding, name, value) for name, value in item.items() if name not in ("activity", "class")]
    return say("answer_details", value=str(item.get("activity", "")), details=rest)


def _detail(finding: Finding, name: str, value: object) -> str:
    detail = finding.detail(name)
    number = f"{round(value, 1):g}" if isinstance(value, float) else word("answers", str(value))
    return say("answer_detail", name=word("details", name), number=number, unit=detail.unit if detail and isinstance(value, float) else "")
