"""Changes as a person writes them: `heel_rise.left=25`, `fever=yes`, `ankle_sprain.left.years_ago=1`, `-heel_rise.left`.

The last sets an answer aside, as if it had not been asked. Changes are read like answers of a case, with the same problems;
every problem of all of them is told at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.answer_reading import SIDE_KEYS, finding_near, read_answers
from engine.case import Case, Key
from engine.questioning.changes import Change, changed
from knowledge.model import Finding, KnowledgeBase
from knowledge.problems import Place, Problem, ProblemsFound, short
from knowledge.sides import BODY, BOTH, NONE, UNSTATED
from knowledge.yaml_source import At, Source

FORM = "write finding=answer, finding.left=answer, finding.left.detail=answer, or -finding.left to set an answer aside"


def read_changes(texts: Sequence[str], case: Case, kb: KnowledgeBase) -> tuple[Change, ...]:
    """The changes in order. Raises ProblemsFound with everything that is wrong in any of them."""
    problems: list[Problem] = []
    changes: list[Change] = []
    for text in texts:
        changes += _read(text, changed(case, changes), kb, problems)
    if problems:
        raise ProblemsFound(problems)
    return tuple(changes)


def _read(text: str, case: Case, kb: KnowledgeBase, problems: list[Problem]) -> list[Change]:
    place = Place(short(text) or "''")
    name, equals, value = text.removeprefix("-").partition("=")
    pause = text.startswith("-")
    if pause == bool(equals) or not name or (equals and not value.strip()):
        problems.append(Problem(place, "CS105", "this is no change of an answer", FORM))
        return []
    subject, *path = name.strip().split(".")
    finding = kb.findings.get(subject)
    if finding is None:
        problems.append(Problem(place, "CS102", f"unknown finding '{short(subject)}'", finding_near(subject, kb.findings)))
        return []
    sides = _sides(finding, path, place, pause, problems)
    if pause:
        return _paused(finding, sides, path, case, place, problems)
    return [one for side in sides for one in _answered(finding, side, path, value.strip(), case, place, problems)]


def _sides(finding: Finding, path: list[str], place: Place, pause: bool, problems: list[Problem]) -> tuple[str, ...]:
    """The sides a change is about; takes the side off the front of the path."""
    told = path[0] if path else ""
    if not finding.per_side:
        if told in (*SIDE_KEYS, UNSTATED):
            problems.append(Problem(place, "CS103", f"'{finding.id}' has no sides", f"write '{finding.id}' without {told}"))
            return ()
        return (NONE,)
    if told in (*SIDE_KEYS, UNSTATED):
        del path[0]
        return BODY if told == BOTH else (UNSTATED,) if told not in BODY else (told,)
    if pause and not path:
        return (*BODY, UNSTATED)
    hint = f"write {finding.id}.left, {finding.id}.right or {finding.id}.both"
    says = f"'{short(told)}' is no side" if told and not finding.detail(told) else f"'{finding.id}' has sides and none is given"
    problems.append(Problem(place, "CS104", says, hint))
    return ()


def _paused(finding: Finding, sides: Sequence[str], path: list[str], case: Case, place: Place, problems: list[Problem]) -> list[Change]:
    if path:
        hint = f"write -{finding.id} with its side, or give the detail another value"
        problems.append(Problem(place, "CS107", "a detail cannot be set aside alone", hint))
        return []
    given = [(finding.id, side) for side in sides if (finding.id, side) in case.answers]
    if sides and not given:
        says = f"'{finding.id}' is not answered there, so there is nothing to set aside"
        problems.append(Problem(place, "CS105", says, _given_sides(finding, case)))
    return [Change(key, None) for key in given]


def _given_sides(finding: Finding, case: Case) -> str:
    sides = [side for name, side in case.answers if name == finding.id]
    return f"it is answered for {', '.join(sides)}" if sides else "leave this change out"


def _answered(
    finding: Finding, side: str, path: list[str], value: str, case: Case, place: Place, problems: list[Problem]
) -> list[Change]:
    key, told = (finding.id, side), _value(value)
    if len(path) > 1:
        problems.append(Problem(place, "CS107", f"'{short('.'.join(path))}' is no detail of '{finding.id}'", FORM))
        return []
    if finding.answer.form == "list":
        problems.append(Problem(place, "CS105", f"'{finding.id}' is a list", "change it in the case file"))
        return []
    tree: object = told if not path else {"value": _now(key, case), path[0]: told}
    if path and key not in case.answers:
        says, hint = f"'{finding.id}' is not answered there, so it has no '{short(path[0])}'", f"give {_written(key)}=... before it"
        problems.append(Problem(place, "CS105", says, hint))
        return []
    return _checked(key, tree, finding, case, place, problems)


def _checked(key: Key, tree: object, finding: Finding, case: Case, place: Place, problems: list[Problem]) -> list[Change]:
    """Read like an answer of a case; a detail joins the details that were told, a new answer comes without them."""
    sided = {"unstated_side" if key[1] == UNSTATED else key[1]: tree} if finding.per_side else tree
    found: list[Problem] = []
    answers = read_answers({finding.id: sided}, At(Source(place.file, {finding.id: sided}, {})), {finding.id: finding}, found)
    problems += [replace(one, place=place) for one in found]
    answer, now = answers.get(key), case.answers.get(key)
    if answer is None:
        return []
    if now is not None and answer.value == now.value:
        answer = replace(now, details={**now.details, **answer.details})
    return [Change(key, replace(answer, place=place))]


def _now(key: Key, case: Case) -> object:
    answer = case.answers.get(key)
    return answer.value if answer else None


def _written(key: Key) -> str:
    return key[0] if key[1] == NONE else f"{key[0]}.{key[1]}"


def _value(text: str) -> str | int | float:
    """A number where it is one, else the word."""
    for kind in (int, float):
        try:
            return kind(text) if text.lower() not in ("nan", "inf", "-inf", "infinity", "-infinity") else text
        except ValueError:
            continue
    return text
