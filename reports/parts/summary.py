"""The report in short, from the parts that tell it at length: what it rests on, rivals, next tests, where to start, what was tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.parts.dossier import Dossier
from reports.phrases import say, word
from reports.view import InShort, PlanView, Rivals, TestsView, TriedView, Unknowns
from reports.view.mind import MindView

FEW = 3
"""As many lines of a kind as a page in short has room for."""
SAFETY_NET = "stop_and_refer"


def summary(
    dossier: Dossier, unknowns: Unknowns, rivals: Rivals, mind: MindView, tests: Sequence[TestsView], plan: PlanView,
    tried: Sequence[TriedView],
) -> tuple[InShort, ...]:
    """What fits on one page; lines with nothing to say are left out."""
    if dossier.state == "empty":
        return ()
    told = {
        "rests_on": _rests_on(unknowns), "rivals": _rivals(rivals), "mind": _mind(mind), "tests": _tests(tests),
        "start": tuple(_start(plan)),
        "tried": _few([say("tried_short", title=one.title, verdict=one.verdict_title) for one in tried]),
        "safety_net": _safety_net(dossier),
    }
    return tuple(InShort(word("in_short", name), texts) for name, texts in told.items() if texts)


def _few(texts: Sequence[str]) -> tuple[str, ...]:
    """The first of them, and how many more there are."""
    left = len(texts) - FEW
    return (*texts[:FEW], *([say("and_more", count=left)] if left > 0 else []))


def _rests_on(unknowns: Unknowns) -> tuple[str, ...]:
    return _few([*unknowns.assumptions, *(say("strains_short", strains=one.strains) for one in unknowns.cautions)])


def _rivals(rivals: Rivals) -> tuple[str, ...]:
    shown = [say("rival_short", title=one.title, score=one.score, level=one.level_word, part_of=one.part_of) for one in rivals.shown[1:]]
    return (rivals.margin, *_few(shown)) if shown else ()


def _mind(mind: MindView) -> tuple[str, ...]:
    """The misreads that change most, then the test that tells most; that nothing would, when nothing does."""
    flips = [say("mind_flip_short", title=one.title, side=one.side, now=one.now, other=one.other, then=one.then) for one in mind.flips]
    telling = [*([mind.breaker] if mind.breaker else []), *mind.tests][:1]
    tests = [say("mind_test_short", title=one.title, side=one.side, results=one.results) for one in telling]
    return (*flips[: FEW - len(tests)], *tests) or ((mind.firm,) if mind.firm else ())


def _tests(tests: Sequence[TestsView]) -> tuple[str, ...]:
    return _few([say("test_short", title=one.title, side=one.side, minutes=one.minutes) for group in tests for one in group.tests])


def _start(plan: PlanView) -> Iterator[str]:
    """Today's rung of each own activity, and today's step for each driver."""
    for task in plan.tasks:
        for rung in task.rungs:
            if rung.today:
                yield say("start_short", activity=task.activity, number=rung.number, of=len(task.rungs), task=rung.task, dose=rung.dose)
    for one in plan.programmes:
        if one.start:
            yield say("programme_short", driver=one.driver, side=one.side, step=one.steps[one.start - 1], dose=one.dose)


def _safety_net(dossier: Dossier) -> tuple[str, ...]:
    return tuple(rule.text for rule in dossier.kb.exposure_rules if rule.id == SAFETY_NET)
