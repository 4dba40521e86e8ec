"""Reading a case file: one person, one visit, in the case format of docs/cases.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from engine.answer_reading import read_answers
from engine.case import Answer, Batch, Case, Expectation, Key
from engine.questionnaire_reading import with_questionnaires
from knowledge.model import OUTCOMES, URGENCIES, KnowledgeBase
from knowledge.problems import Place, Problem, ProblemsFound, did_you_mean, nearest, one_of, short
from knowledge.yaml_source import At, read_source, read_text

KEYS = ("id", "title", "source", "story", "answers", "questionnaires", "expect", "then")
EXPECT_LISTS = ("outcome", "cause_any_of", "driver_any_of", "also_ok", "must_not")
BATCH_KEYS = ("answers", "questionnaires", "expect")
EXPECT_KEYS = (*EXPECT_LISTS, "urgency", "confidence", "too_thin", "note", "checks")


def read_case(path: Path, kb: KnowledgeBase) -> Case:
    """The case of a file. Raises ProblemsFound with everything that is wrong in it."""
    text, problems = read_text(path, str(path))
    if text is None:
        raise ProblemsFound(problems)
    return read_case_text(text, str(path), kb)


def read_case_text(text: str, shown: str, kb: KnowledgeBase) -> Case:
    """The case of a text; `shown` names it in problems. Raises ProblemsFound."""
    source, problems = read_source(text, shown)
    if source.tree is None and problems:
        raise ProblemsFound(problems)
    case = _case(At(source), kb, problems)
    told = [one for one in problems if one.code.startswith("KB") or one.place not in source.faulty]
    if told:
        raise ProblemsFound(told)
    return case


def case_from_answers(tree: Mapping[str, object], at: At, name: str, kb: KnowledgeBase, problems: list[Problem]) -> Case:
    """A case that consists of answers alone, such as an example beside a rule."""
    return Case(name, read_answers(dict(tree), at, kb.findings, problems))


def _case(at: At, kb: KnowledgeBase, problems: list[Problem]) -> Case:
    tree = at.source.tree
    if not isinstance(tree, dict):
        says = "the file is empty" if tree is None else "this is not a case but a list" if isinstance(tree, list) else "this is not a case"
        here = Place(at.source.file) if tree is None else at.place
        problems.append(Problem(here, "CS001", says, "write 'id: ...' and 'answers:' with one finding a line"))
        return Case("", {})
    problems.extend(_key_problems(at, KEYS))
    if _lacks_answers(at):
        problems.append(Problem(at.place, "CS110", "the case has no 'answers'", "add 'answers:'; '{}' says that nothing is known yet"))
    return Case(
        id=_text("id", at, problems) or Path(at.source.file).stem, title=_text("title", at, problems), story=_texts("story", at, problems),
        answers=_answers(at, kb, problems), source=_source(at / "source", problems),
        expect=_expectation(tree.get("expect"), at / "expect", kb, problems), batches=_batches(tree.get("then"), at / "then", kb, problems),
    )


def _answers(at: At, kb: KnowledgeBase, problems: list[Problem]) -> Mapping[Key, Answer]:
    """What is stated, and what filled questionnaires add to it."""
    answers = read_answers(at.value.get("answers", {}), at / "answers", kb.findings, problems)
    if "questionnaires" not in at.value:
        return answers
    return with_questionnaires(at.value["questionnaires"], at / "questionnaires", answers, kb, problems)


def _key_problems(at: At, known: Sequence[str]) -> list[Problem]:
    strange = [key for key in at.value if key not in known]
    return [Problem(at.key(key), "CS101", f"unknown key '{short(key)}'", did_you_mean(key, known) or one_of(known)) for key in strange]


def _lacks_answers(at: At) -> bool:
    """No answers, and none under a misspelt key either."""
    return "answers" not in at.value and not any(nearest(key, KEYS) == "answers" for key in at.value)


def _text(key: str, at: At, problems: list[Problem]) -> str:
    value = (at / key).value
    if isinstance(value, list | dict):
        hint = f"write one text after '{key}:', in quotes when it has a colon in it"
        problems.append(Problem((at / key).place, "CS113", f"'{key}' needs a text", hint))
        return ""
    return "" if value is None else str(value)


def _texts(key: str, at: At, problems: list[Problem]) -> tuple[str, ...]:
    """A text or a list of texts."""
    value = (at / key).value
    if not isinstance(value, list):
        text = _text(key, at, problems)
        return (text,) if text else ()
    here = at / key
    wrong = [index for index, one in enumerate(value) if isinstance(one, list | dict)]
    hint = "put quotes around text that has a colon in it"
    problems.extend(Problem((here / index).place, "CS113", f"an entry of '{key}' needs a text", hint) for index in wrong)
    return tuple(str(one) for index, one in enumerate(value) if index not in wrong and one is not None)


def _source(at: At, problems: list[Problem]) -> Mapping[str, str]:
    value = at.value
    if value is not None and not isinstance(value, dict):
        problems.append(Problem(at.place, "CS113", "'source' needs a mapping", "write source: {url: ..., title: ...}"))
        return MappingProxyType({})
    return MappingProxyType({str(k): _text(k, at, problems) for k in value or {}})


def _batches(tree: Any, at: At, kb: KnowledgeBase, problems: list[Problem]) -> tuple[Batch, ...]:
    if tree is None:
        return ()
    if not isinstance(tree, list) or not all(isinstance(one, dict) for one in tree):
        problems.append(Problem(at.place, "CS001", "'then' is not a list of later answers", "write '- answers: {...}' for each"))
        return ()
    return tuple(_batch(one, at / index, kb, problems) for index, one in enumerate(tree))


def _batch(tree: dict[str, Any], at: At, kb: KnowledgeBase, problems: list[Problem]) -> Batch:
    problems.extend(_key_problems(at, BATCH_KEYS))
    if _lacks_answers(at):
        problems.append(Problem(at.place, "CS110", "this later visit has no 'answers'", "add 'answers:' with what came to light then"))
    return Batch(_answers(at, kb, problems), _expectation(tree.get("expect"), at / "expect", kb, problems))


def _expectation(tree: Any, at: At, kb: KnowledgeBase, problems: list[Problem]) -> Expectation | None:
    if tree is None:
        return None
    if not isinstance(tree, dict):
        problems.append(Problem(at.place, "CS111", "'expect' is not a mapping", "write expect: {outcome: chain}"))
        return None
    problems.extend(_key_problems(at, EXPECT_KEYS))
    lists = {key: _known_list(key, kb, at, problems) for key in EXPECT_LISTS}
    urgency = _word("urgency", (*URGENCIES, "none"), at, problems)
    return Expectation(
        **lists, urgency=urgency, confidence=_text("confidence", at, problems), note=_text("note", at, problems),
        too_thin=_word("too_thin", ("yes", "no"), at, problems) == "yes", checks=_checks(at / "checks", problems),
    )


def _word(key: str, known: Sequence[str], at: At, problems: list[Problem]) -> str:
    word = _text(key, at, problems)
    if word and word not in known:
        says = f"'{short(word)}' cannot stand under '{key}'"
        problems.append(Problem((at / key).place, "CS111", says, did_you_mean(word, known) or one_of(known)))
    return word


def _checks(at: At, problems: list[Problem]) -> Mapping[str, object]:
    value = at.value
    if value is not None and not isinstance(value, dict):
        problems.append(Problem(at.place, "CS111", "'checks' is not a mapping", "write checks: {plan: ready}"))
        return MappingProxyType({})
    return MappingProxyType(value or {})


def _known_list(key: str, kb: KnowledgeBase, at: At, problems: list[Problem]) -> tuple[str, ...]:
    kind, known = ("outcome", tuple(OUTCOMES)) if key == "outcome" else ("conclusion", tuple(kb.conclusions))
    words = _texts(key, at, problems)
    for index, word in enumerate(words):
        if word not in known:
            hint = did_you_mean(word, known) or (one_of(known) if kind == "outcome" else "use an id that stands in conclusions/")
            problems.append(Problem((at / key / index).place, "CS111", f"'{short(word)}' is no {kind}", hint))
    return words
