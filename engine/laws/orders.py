"""Order: answers in any order give the same, to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from random import Random

from engine.case import Case
from engine.laws.law import Breach, Law, Thinker, Trial
from engine.laws.people import People
from engine.result import Inference

ABOUT_THE_CASE = ("case_id", "valuation")
"""Parts of an inference that only repeat the case, in the order in which it was told."""


def parts_that_differ(one: Inference, other: Inference, apart_from: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The parts of two inferences that are not the same."""
    names = [field.name for field in fields(one) if field.name not in (*ABOUT_THE_CASE, *apart_from)]
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))


def _trial(_case: Case, _people: People, chance: Random) -> Trial:
    seed = chance.randrange(2**32)

    def shuffled(one: Case) -> Case:
        return replace(one, answers=dict(Random(seed).sample(list(one.answers.items()), len(one.answers))))

    return Trial("the answers in another order", shuffled)


def _check(thinker: Thinker, before: Case, after: Case) -> Iterator[Breach]:
    if list(before.answers) != list(after.answers):
        differing = parts_that_differ(thinker.infer(before), thinker.infer(after))
        yield from (Breach(f"{name} is another when the answers come in another order") for name in differing)


ORDER = Law("order", "Answers in any order give the same.", _trial, _check)
