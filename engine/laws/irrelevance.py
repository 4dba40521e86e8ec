"""Irrelevance: an answer that no rule, score, ladder or date reads changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from engine.case import Answer, Case, Key
from engine.laws.law import Breach, Law, Thinker, Trial, adding
from engine.laws.orders import parts_that_differ
from engine.laws.people import HERE, People, both_sides, random_answer, random_detail
from engine.laws.seen import breaches_between
from knowledge.content import findings_read
from knowledge.content.reading import onset_details, planning_leaves
from knowledge.model import Finding, KnowledgeBase

ABOUT_WHAT_IS_KNOWN = ("assumptions", "next_questions")
"""Parts of an inference that tell what was answered, whatever comes of it."""
ENGINE_DETAILS = ("years_ago", "months_ago", "first_years_ago", "twice", "lost_on_removal")
"""Details the engine itself uses: what came first, and whether a change at the bedside lasted."""
THERE = "with this answer"


def unread_findings(kb: KnowledgeBase) -> tuple[Finding, ...]:
    """The findings that are there for a reader alone."""
    read = findings_read(kb)
    return tuple(one for one in kb.findings.values() if one.id not in read and one.answer.form != "derived")


def unread_details(kb: KnowledgeBase) -> frozenset[tuple[str, str]]:
    """Details of findings, other than of lists, that nothing reads."""
    leaves = [leaf for rule in kb.rules for leaf in rule.when.leaves]
    leaves += [leaf for node in kb.conclusions.values() for leaf in node.severity]
    leaves += planning_leaves(kb)
    leaves += [leaf for one in kb.instruments.values() for leaf in one.leaves]
    read = {leaf.subject for leaf in leaves} | onset_details(kb)
    told = [(one, detail.name) for one in kb.findings.values() if one.answer.form != "list" for detail in one.details]
    return frozenset((one.id, name) for one, name in told if f"{one.id}.{name}" not in read and name not in ENGINE_DETAILS)


def _trial(case: Case, people: People, chance: Random) -> Trial | None:
    unread = unread_findings(people.kb)
    more: dict[Key, Answer] = {}
    for finding in chance.sample(unread, min(3, len(unread))):
        more |= both_sides(finding, random_answer(finding, chance))
    more |= dict(_with_details(case, people.kb, chance))
    return adding("answers that nothing reads", more) if more else None


def _with_details(case: Case, kb: KnowledgeBase, chance: Random) -> Iterable[tuple[Key, Answer]]:
    """Answers of the case with another value in one detail that nothing reads."""
    unread = unread_details(kb)
    for key, answer in case.answers.items():
        for detail in kb.findings[key[0]].details:
            if (key[0], detail.name) in unread and chance.random() < 0.3:
                yield key, Answer(answer.value, {**answer.details, detail.name: random_detail(detail, chance)}, HERE, answer.items)


def _check(thinker: Thinker, before: Case, after: Case) -> Iterator[Breach]:
    here, now = thinker.infer(before), thinker.infer(after)
    found = list(breaches_between(here, now, THERE, thinker.kb))
    added = tuple(sorted({name for (name, side), one in after.answers.items() if before.answers.get((name, side)) != one}))
    differing = parts_that_differ(here, now, ABOUT_WHAT_IS_KNOWN)
    yield from (Breach(one.says, one.rules, added) for one in found)
    yield from () if found else (Breach(f"{name} is another {THERE}", (), added) for name in differing)


IRRELEVANCE = Law(
    "irrelevance", "An answer that no rule, score, ladder or date reads changes nothing.", _trial, _check,
)
