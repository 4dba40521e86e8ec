"""Checks as values: what each looks for, how grave it is, and what an author reads when it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from knowledge.problems import Place, Problem

Subject = TypeVar("Subject")

PROBLEM = "problem"
"""A reader would be told what does not hold, or never told what is written: `kb check` fails."""
NOTE = "note"
"""It may well be meant so, and someone should have looked at it: `kb check --notes` lists it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a check found something, and the words that fill its sentence and hint."""

    place: Place
    words: Mapping[str, str]


def at(place: Place, **words: object) -> Spot:
    """A spot; words are named as in the sentence of the check."""
    return Spot(place, {name: str(word) for name, word in words.items()})


@dataclass(frozen=True, slots=True)
class Check(Generic[Subject]):
    """One check; `says` and `hint` are fixed sentences with {words} in them."""

    code: str
    severity: str
    says: str
    hint: str
    look: Callable[[Subject], Iterable[Spot]]

    def found(self, subject: Subject) -> list[Problem]:
        """Everything it finds, as problems in the author's words."""
        return [self._told(spot) for spot in self.look(subject)]

    def _told(self, spot: Spot) -> Problem:
        return Problem(spot.place, self.code, self.says.format_map(spot.words), self.hint.format_map(spot.words))


@dataclass
class Register(Generic[Subject]):
    """The checks of one module, in the order written."""

    checks: list[Check[Subject]] = field(default_factory=list)

    def check(self, code: str, severity: str, says: str, hint: str) -> Callable[[Callable[[Subject], Iterable[Spot]]], None]:
        """Make a check of the function that follows."""
        def add(look: Callable[[Subject], Iterable[Spot]]) -> None:
            self.checks.append(Check(code, severity, says, hint, look))

        return add


@dataclass(frozen=True, slots=True)
class Told:
    """What checks found, each list in the order of its places."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, checks: Iterable[Check[Subject]], subject: Subject) -> Told:
        """What these checks find in a subject."""
        found: dict[str, set[Problem]] = {PROBLEM: set(), NOTE: set()}
        for one in checks:
            found[one.severity].update(one.found(subject))
        return cls(tuple(sorted(found[PROBLEM])), tuple(sorted(found[NOTE])))

    def __add__(self, other: Told) -> Told:
        return Told(tuple(sorted({*self.problems, *other.problems})), tuple(sorted({*self.notes, *other.notes})))
