"""Trying laws: over given cases and random people, with the smallest case that breaks each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from engine.case import Case
from engine.laws.cutting import fewest_answers
from engine.laws.law import Breach, Law, Thinker, Trial
from engine.laws.people import People
from engine.laws.silence import EMPTY
from engine.result import Inference
from knowledge.model import KnowledgeBase, Rule

TOLD_SIDES = 0.7
"""Of random people, how many tell the side of everything."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A law broken by a case: the smallest that was found, what was done to it, and what came of it."""

    by: str
    case: Case
    trial: str
    breaches: tuple[Breach, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one law: on how many cases it was tried, how many broke it, and the first of them cut down."""

    law: Law
    tried: int
    failing: int
    broken: Broken | None

    @property
    def held(self) -> bool:
        """Whether nothing broke it."""
        return self.broken is None


class Remembering:
    """A thinker that remembers the last few cases it inferred: laws share the case they begin with."""

    def __init__(self, thinker: Thinker, most: int = 4) -> None:
        self.thinker, self._most = thinker, most
        self._known: list[tuple[Case, Inference]] = []

    @property
    def kb(self) -> KnowledgeBase:
        """What it knows."""
        return self.thinker.kb

    def infer(self, case: Case) -> Inference:
        """Everything concluded about a case; the very same case is inferred once."""
        for known, found in self._known:
            if known is case:
                return found
        found = self.thinker.infer(case)
        self._known = [(case, found), *self._known][:self._most]
        return found


def random_people(people: People, number: int, seed: int, first: Sequence[Rule] = ()) -> Iterator[Case]:
    """So many people; each of the first ones fits an example of one of the rules in `first`."""
    for index in range(number):
        chance = Random(f"{seed}/{index}")
        rule = first[index] if index < len(first) else None
        yield replace(people.person(chance, chance.random() < TOLD_SIDES, rule), id=f"random person {index + 1} of seed {seed}")


def try_laws(
    laws: Sequence[Law], thinker: Thinker, cases: Iterable[Case], people: People, seed: int, tell: Callable[[int], None] = lambda _: None,
) -> tuple[Verdict, ...]:
    """Every law on every case; `tell` hears after each case how many are done."""
    tally = {law.id: _Tally() for law in laws}
    ready = Remembering(thinker)
    for law in laws:
        if law.once:
            _try(law, ready, EMPTY, people, seed, tally[law.id])
    for done, case in enumerate(cases, start=1):
        for law in laws:
            if not law.once:
                _try(law, ready, case, people, seed, tally[law.id])
        tell(done)
    return tuple(Verdict(law, tally[law.id].tried, tally[law.id].failing, tally[law.id].broken) for law in laws)


@dataclass(slots=True)
class _Tally:
    tried: int = 0
    failing: int = 0
    broken: Broken | None = None


def _try(law: Law, thinker: Thinker, case: Case, people: People, seed: int, tally: _Tally) -> None:
    trial = law.trial(case, people, Random(f"{seed}/{law.id}/{case.id}"))
    if trial is None:
        return
    tally.tried += 1
    if law.breaches(thinker, case, trial):
        tally.failing += 1
        tally.broken = tally.broken or smallest(law, thinker, case, trial)


def smallest(law: Law, thinker: Thinker, case: Case, trial: Trial) -> Broken:
    """The trial with the least done to a case with the fewest answers that still breaks the law."""
    trial = next((one for one in trial.smaller if law.breaches(thinker, case, one)), trial)
    few = fewest_answers(case, lambda one: bool(law.breaches(thinker, one, trial)))
    return Broken(case.id, trial.ready(few), trial.said, law.breaches(thinker, few, trial))
