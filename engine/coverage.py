"""What examples and cases reach: near misses beside every rule, both sides of the body, both ends of every link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from engine.case import Case, mirrored
from engine.conditions import Look, instance_sides, leaf_truth
from engine.examples import Played, example_problems, given_on, play_examples
from engine.infer import Reasoner
from engine.result import Inference
from engine.valuation import valuate
from knowledge.content import NOTE, PROBLEM, Register, Spot, Told, at, check_content, findings_behind
from knowledge.model import KnowledgeBase, When
from knowledge.sides import BODY, mirror

REGISTER: Register[Reach] = Register()


@dataclass(frozen=True, slots=True)
class Reach:
    """A knowledge base, its examples as run, and what was present or passed in each case."""

    kb: KnowledgeBase
    played: tuple[Played, ...]
    present: tuple[frozenset[str], ...]


def check_content_of(reasoner: Reasoner, cases: Iterable[Case]) -> Told:
    """Everything told of knowledge whose form is right: examples that do not come out, what it says, and what is reached."""
    played = play_examples(reasoner.kb, reasoner)
    return Told(tuple(example_problems(played))) + check_content(reasoner.kb) + check_coverage(played, cases, reasoner)


def check_coverage(played: Iterable[Played], cases: Iterable[Case], reasoner: Reasoner) -> Told:
    """Every problem and note about what examples and cases reach; later batches of a case count as cases."""
    blocks = [block for case in cases for block in _blocks(case)]
    return Told.of(REGISTER.checks, Reach(reasoner.kb, tuple(played), tuple(passed(reasoner.infer(block)) for block in blocks)))


@REGISTER.check("KB751", PROBLEM, "none of the quiet examples of {name} is a near miss",
                "add one on which all but one of the conditions hold, or only 'none' holds it back")
def _without_near_miss(reach: Reach) -> Iterator[Spot]:
    near = {one.rule.id for one in reach.played if not one.fires and is_near_miss(one, reach.kb)}
    yield from (at(rule.place, name=rule.id) for rule in reach.kb.rules if rule.quiet and rule.id not in near)


@REGISTER.check("KB752", PROBLEM, "{name} gives {given} on this example and {other} on its mirror image",
                "a rule must treat both sides alike")
def _one_sided(reach: Reach) -> Iterator[Spot]:
    sided_words = frozenset(name for name, one in reach.kb.findings.items() if {*BODY} <= {*one.answer.choices})
    for one in reach.played:
        if one.found is None and not one.problems:
            turned = valuate(mirrored(one.case, sided_words), reach.kb)
            other = {_mirror_name(name) for name in given_on(one.rule, turned, None, reach.kb)}
            if other != one.given:
                yield at(one.example.place, name=one.rule.id, given=_listed(one.given), other=_listed(map(_mirror_name, other)))


@REGISTER.check("KB753", NOTE, "every example about {name} is on the {side}", "turn one of them round")
def _always_one_side(reach: Reach) -> Iterator[Spot]:
    sides: dict[str, set[str]] = {}
    for one in reach.played:
        name, _, side = one.example.gives.partition(".")
        if side:
            sides.setdefault(name, set()).add(side)
    yield from (at(reach.kb.conclusions[name].place, name=name, side=next(iter(met))) for name, met in sides.items() if len(met) == 1)


@REGISTER.check("KB712", NOTE, "no case reaches both ends of {source} -> {target}",
                "write a case in which this link matters, or live with it untested")
def _untried_link(reach: Reach) -> Iterator[Spot]:
    for link in reach.kb.links:
        if not any({link.source, link.target} <= names for names in reach.present):
            yield at(link.place, source=link.source, target=link.target)


def is_near_miss(one: Played, kb: KnowledgeBase) -> bool:
    """Whether one thing, and one only, keeps the rule from firing on this example on some side.

    A rule with a single condition needs its finding answered: not asked is no near miss.
    """
    if _needs(one.rule.when) == 1 and not _answered(one, kb):
        return False
    return any(_short_of(one, side) == 1 for side in instance_sides(one.rule.when))


def _short_of(one: Played, side: str) -> int:
    """How many conditions are missing; what `none` holds back counts as one, and so does a veto whose owner is absent."""
    when, look = one.rule.when, one.look
    missing, blocked = _missing(when, side, look), any(leaf_truth(leaf, side, look) for leaf in when.none)
    without_owner = one.rule.verb == "claims" and not missing and not blocked
    return missing + blocked + without_owner


def _missing(when: When, side: str, look: Look) -> int:
    """How many of the things that must be there are not."""
    absent = sum(not leaf_truth(leaf, side, look) for leaf in when.all)
    none_of_any = bool(when.any) and not any(leaf_truth(leaf, side, look) for leaf in when.any)
    counted = sum(bool(leaf_truth(leaf, side, look)) for leaf in when.at_least)
    return absent + none_of_any + max(0, when.count - counted)


def _needs(when: When) -> int:
    return len(when.all) + bool(when.any) + when.count


def _answered(one: Played, kb: KnowledgeBase) -> bool:
    """Whether a finding the rule asks for, or what it is made of, is known here on any side.

    Where every answer would do, it is enough that it was asked and is not known.
    """
    when, known = one.rule.when, {subject.partition(".")[0] for subject, _ in one.valuation.words}
    asked = {subject for subject, _ in one.valuation.asked_unknown}
    for leaf in (*when.all, *when.any, *when.at_least):
        if leaf.about != "finding" or known & {leaf.finding, *findings_behind(kb.findings[leaf.finding], kb)}:
            return True
        if leaf.subject in asked and set(leaf.words) >= set(kb.words_of(leaf.subject)):
            return True
    return False


def passed(found: Inference) -> frozenset[str]:
    """The conclusions present in a case, and those a chain passed through."""
    present = {node[0] for node, status in found.statuses.items() if status.state == "supported"}
    walked = (dict(one.bindings) for one in found.trace if one.phase == "chain")
    return frozenset(present | {bound["node"] for bound in walked if "source" in bound})


def _blocks(case: Case) -> Iterator[Case]:
    """The case as it was first, and after every further batch of answers."""
    answers = dict(case.answers)
    yield case
    for batch in case.batches:
        answers.update(batch.answers)
        yield replace(case, answers=dict(answers))


def _mirror_name(name: str) -> str:
    head, _, side = name.partition(".")
    return f"{head}.{mirror(side)}" if side else head


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"
