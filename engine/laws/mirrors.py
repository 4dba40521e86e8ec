"""Mirror: left and right exchanged exchange the conclusions, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from engine.case import Answer, Case, Value, mirrored
from engine.laws.law import Breach, Law, Thinker, Trial
from engine.laws.people import People
from engine.laws.seen import Fires, breaches_between, other_side
from knowledge.model import KnowledgeBase
from knowledge.sides import BODY, NONE, mirror

THERE = "in the mirror image"


def mirror_image(case: Case, kb: KnowledgeBase) -> Case:
    """The same person with left and right exchanged, also in words such as left_leg that stand beside right_leg."""
    sided = frozenset(name for name, one in kb.findings.items() if {*BODY} <= {*one.answer.choices})
    turned = mirrored(case, sided)
    return replace(turned, answers={key: _turned_words(key[0], answer, kb) for key, answer in turned.answers.items()})


def _turned_words(name: str, answer: Answer, kb: KnowledgeBase) -> Answer:
    finding = kb.findings[name]
    details = {one.name: _turned(answer.details[one.name], one.words) for one in finding.details if one.name in answer.details}
    return replace(answer, value=_turned(answer.value, finding.words), details={**answer.details, **details})


def _turned(value: Value, words: tuple[str, ...]) -> Value:
    """A word that speaks of a side among others, with the side exchanged where that is a word too."""
    parts = str(value).split("_")
    other = "_".join(map(mirror, parts))
    return other if len(parts) > 1 and other in words else value


def _trial(_case: Case, people: People, _chance: Random) -> Trial:
    return Trial("left and right exchanged", lambda one: mirror_image(one, people.kb))


def _check(thinker: Thinker, before: Case, after: Case) -> Iterator[Breach]:
    yield from breaches_between(thinker.infer(before), thinker.infer(after), THERE, thinker.kb, other_side, _told)


def _told(one: Fires, only_here: bool) -> str:
    """Both sides are told as in the case: what fires in the mirror image on the left belongs to the right here."""
    name, side = one
    if side == NONE:
        return f"rule {name} fires {'here and not' if only_here else 'only'} {THERE}"
    return f"rule {name} fires on the {side if only_here else mirror(side)} only"


MIRROR = Law("mirror", "Left and right exchanged exchange the conclusions, and change nothing else.", _trial, _check)
