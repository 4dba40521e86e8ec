"""A law as a value: a sentence, what it does to a case, and what it then finds broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from engine.case import Answer, Case, Key
from engine.laws.people import People
from engine.result import Inference
from knowledge.model import KnowledgeBase
from knowledge.sides import NONE

MANY = 5
"""From so many findings on, a trial names what it changes without the answers."""


class Thinker(Protocol):
    """Whatever infers over a knowledge base: a `Reasoner`, or one with a fault planted by a test."""

    @property
    def kb(self) -> KnowledgeBase:
        """What it knows."""

    def infer(self, case: Case) -> Inference:
        """Everything concluded about a case."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that should not be so, with the rules and findings that are in it."""

    says: str
    rules: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What is done to a case to try a law: `ready` makes it one the law speaks about, `change` is what must not matter.

    `said` tells an author what was changed. `smaller` are trials that do less of the same.
    """

    said: str
    change: Callable[[Case], Case]
    ready: Callable[[Case], Case] = field(default=lambda case: case)
    smaller: tuple[Trial, ...] = ()


@dataclass(frozen=True, slots=True)
class Law:
    """A law of every knowledge base.

    `trial` makes a trial of a case, None where the law has nothing to say about it; `check` tells what is broken when
    the case of a trial, before and after its change, is reasoned about. A `once` law looks at no case but the empty one.
    """

    id: str
    sentence: str
    trial: Callable[[Case, People, Random], Trial | None]
    check: Callable[[Thinker, Case, Case], Iterable[Breach]]
    once: bool = False

    def breaches(self, thinker: Thinker, case: Case, trial: Trial) -> tuple[Breach, ...]:
        """What the trial breaks on this case."""
        ready = trial.ready(case)
        return tuple(dict.fromkeys(self.check(thinker, ready, trial.change(ready))))


def adding(said: str, more: Mapping[Key, Answer], ready: Callable[[Case], Case] = lambda case: case) -> Trial:
    """A trial that adds answers, or puts them in place of others; smaller ones add one finding each."""
    parts: dict[str, dict[Key, Answer]] = {}
    for key, answer in more.items():
        parts.setdefault(key[0], {})[key] = answer
    smaller = tuple(_adds(f"{said}: {_listed(part)}", part, ready, ()) for part in parts.values()) if len(parts) > 1 else ()
    return _adds(f"{said}: {_listed(more) if len(parts) < MANY else ', '.join(parts)}", more, ready, smaller)


def _listed(more: Mapping[Key, Answer]) -> str:
    return ", ".join(f"{name}{'' if side == NONE else '.' + side} = {one.value}" for (name, side), one in more.items())


def _adds(said: str, more: Mapping[Key, Answer], ready: Callable[[Case], Case], smaller: tuple[Trial, ...]) -> Trial:
    return Trial(said, lambda case: case.with_answers(more), ready, smaller)
