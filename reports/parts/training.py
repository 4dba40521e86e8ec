"""What trains or calms the drivers beside the ladders, where to begin, and what is held back."""

from __future__ import annotations

from collections.abc import Iterator

from engine.planned import ProgrammePlan
from knowledge.model import Programme
from reports.escaping import Code
from reports.parts.asking import titles
from reports.parts.dossier import Dossier
from reports.parts.exposure import held_lines
from reports.phrases import say
from reports.view import ProgrammeView


def programme_views(dossier: Dossier) -> tuple[ProgrammeView, ...]:
    """The programme of each driver, that of the leading explanation first."""
    known = {one.driver: one for one in dossier.kb.programmes}
    return tuple(_view(one, known[one.driver[0]], dossier) for one in dossier.inference.plan.programmes if one.state == "ready")


def without_programme(dossier: Dossier) -> tuple[str, ...]:
    """Each driver for which nothing is written, told as such."""
    return tuple(
        say("no_programme", driver=dossier.names.quoted(one.driver)) for one in dossier.inference.plan.programmes if one.state == "none"
    )


def _view(made: ProgrammePlan, known: Programme, dossier: Dossier) -> ProgrammeView:
    return ProgrammeView(
        driver=dossier.names.conclusion(known.driver), steps=tuple(step.do for step in known.steps), dose=known.dose,
        goal=known.goal, retest=say("listed", parts=titles(known.retest, dossier)), grade=Code(known.grade),
        grade_meaning=dossier.grade_meaning(known.grade),
        cites=dossier.citations.cite(known.sources), id=Code(known.driver), side=dossier.names.side(made.driver[1]), start=made.start,
        held=tuple(_held(made, dossier)),
    )


def _held(made: ProgrammePlan, dossier: Dossier) -> Iterator[str]:
    yield from held_lines(made.held, dossier)
    for owner in dict.fromkeys(by for _, by in made.claimed):
        numbers = [number for number, by in made.claimed if by == owner]
        yield say("steps_claimed", numbers=numbers, by=dossier.names.node(owner))
