"""What an exam sheet says, as frozen data: what to ask and do, in which order, and where the results go."""

from __future__ import annotations

from dataclasses import dataclass

from reports.escaping import Code
from reports.view.common import Texts


@dataclass(frozen=True, slots=True)
class Field:
    """Where an answer goes: boxes to tick (`options`), and a line with a unit where it is to be `written`. `left` and `right` hold
    what is known already; a finding without sides has `sided` false and no use for them."""

    id: Code
    title: str
    ask: str
    how: str
    options: Texts
    unit: str
    written: bool
    sided: bool
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Probe:
    """A test on the sheet: how a result is judged, what it tells apart, its measurement error, and the minutes it takes."""

    field: Field
    judged: str
    why: str
    error: str
    minutes: str


@dataclass(frozen=True, slots=True)
class BoutView:
    """Tests done in one position."""

    title: str
    tests: tuple[Probe, ...]


@dataclass(frozen=True, slots=True)
class WaitView:
    """Tests that must not be done today, and why."""

    strains: str
    because: str
    tests: str


@dataclass(frozen=True, slots=True)
class ExamSheet:
    """One exam sheet. `stop` is why nothing is tested, with what to do; empty when tests may be done."""

    id: str
    title: str
    so_far: str
    stop: str
    actions: Texts
    must_ask: tuple[Field, ...]
    complaint: tuple[Field, ...]
    questions: tuple[Field, ...]
    bouts: tuple[BoutView, ...]
    not_today: tuple[WaitView, ...]
    time: str
    waiting: str
    version: str
    sha256: str
