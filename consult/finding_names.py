"""Which finding a clinician means by a name: its id, its title, a synonym, or the beginning of an id or title."""

from __future__ import annotations

from consult.line_reading import HERE
from engine.case import Case
from knowledge.model import Finding, KnowledgeBase
from knowledge.problems import Problem, did_you_mean, one_of, short

_LIST_HINT = "'list' shows what is answered by name; an id, a title or how one begins will do"


def find(name: str, case: Case, kb: KnowledgeBase) -> tuple[Finding | None, tuple[Problem, ...]]:
    """The finding, or what is wrong with the name. One cut short means what is answered before what was not asked."""
    key = _key(name)
    exact = [one for one in kb.findings.values() if key == _key(one.id)]
    named = [one for one in kb.findings.values() if key in (_key(one.title), *map(_key, one.synonyms))]
    begun = [one for one in kb.findings.values() if key and not one.derived and _begins(one, key)]
    answered = [one for one in begun if one.id in {finding for finding, _ in case.answers}]
    for fitting in (exact, named, answered, begun):
        if len(fitting) == 1:
            return fitting[0], ()
    return None, (_problem(name, [one.id for one in named or begun], kb),)


def _begins(finding: Finding, key: str) -> bool:
    return any(_key(own).startswith(key) for own in (finding.id, finding.title))


def _problem(name: str, fitting: list[str], kb: KnowledgeBase) -> Problem:
    if not name:
        return Problem(HERE, "CS102", "which finding is meant?", _LIST_HINT)
    if fitting:
        return Problem(HERE, "CS102", f"'{name}' can be more than one finding", one_of(fitting))
    near = did_you_mean(_key(name).replace(" ", "_"), kb.findings)
    return Problem(HERE, "CS102", f"unknown finding '{short(name)}'", near or _LIST_HINT)


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").split())
