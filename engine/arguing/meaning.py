"""What each way a test may come out would mean: who would lead then, and how far it could be claimed.

A test with sides is tried on the side of what it is about, or on both sides alike where that has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.arguing.accounts import Account, World, world_of
from engine.arguing.answers import RESULTS, bedside_changes, result_of, supposed
from engine.arguing.variants import Change, Variants
from engine.asking.what_if import open_sides
from engine.case import Case
from engine.result import Explanation, Inference
from knowledge.model import Finding, KnowledgeBase
from knowledge.sides import BOTH, NONE

MOST = 8
"""As many ways to come out as a reader can hold against each other; a finding with more words is not told so."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Answers that come to the same (words, or names of RESULTS for a bedside change), and what stands then.

    `leader` is None when nothing leads; `same` when outcome, leader and claim are those of today.
    """

    answers: tuple[str, ...]
    outcome: str
    urgency: str
    leader: Account | None
    claim: str
    same: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """A test on a side (both: both sides alike), what each of its answers would mean, and whether it is a bedside change."""

    finding: str
    side: str
    bedside: bool
    meanings: tuple[Meaning, ...]

    @property
    def tells(self) -> bool:
        """Whether some answer would change what stands."""
        return not all(one.same for one in self.meanings)


def what_tests_would_tell(one: Explanation, found: Inference, case: Case, variants: Variants) -> tuple[Telling, ...]:
    """The next tests of an explanation that are open and safe, in their order, those that would change something first."""
    kb, bedside = variants.kb, {each.id for each in bedside_changes(variants.kb)}
    places = [(name, side) for name in one.next_tests if (side := _side(kb.findings[name], one, case))]
    asked = [(*place, place[0] in bedside, _ways(*place, case, kb, place[0] in bedside)) for place in places]
    asked = [each for each in asked if 1 < len(each[3]) <= MOST]
    worlds = iter(variants.worlds(case, [change for *_, ways in asked for _, change in ways]))
    now = world_of(found, case.has_unstated)
    told = [Telling(name, side, tries, _meanings([(word, next(worlds)) for word, _ in ways], now)) for name, side, tries, ways in asked]
    return tuple(sorted(told, key=lambda each: not each.tells))


def _side(finding: Finding, one: Explanation, case: Case) -> str:
    """Where the test is tried; empty when nothing of it is open."""
    open_, about = open_sides(finding, case), (one.driver or one.cause)[1]
    if not open_ or finding.derived:
        return ""
    return NONE if open_ == (NONE,) else about if about in open_ else BOTH


def _ways(name: str, side: str, case: Case, kb: KnowledgeBase, bedside: bool) -> list[tuple[str, Change]]:
    """Each way to come out as answers on every side it is tried on."""
    finding = kb.findings[name]
    sides = open_sides(finding, case) if side == BOTH else (side,)
    if bedside:
        return [(result, _together([result_of(finding, one, result) for one in sides])) for result in RESULTS]
    return [(word, {(name, one): supposed(word) for one in sides}) for word in finding.words]


def _together(changes: Sequence[Change]) -> Change:
    return {key: answer for change in changes for key, answer in change.items()}


def _meanings(told: Sequence[tuple[str, World]], now: World) -> tuple[Meaning, ...]:
    """Answers that come to the same stand together, in the order in which they first come."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for word, world in told:
        groups.setdefault(_standing(world), []).append(word)
    worlds = {_standing(world): world for _, world in reversed(told)}
    return tuple(_meaning(tuple(words), worlds[key], key == _standing(now)) for key, words in groups.items())


def _standing(world: World) -> tuple[object, ...]:
    """What stands in a world; where left and right are not told apart, without the sides."""
    leader = world.leader
    nodes = (leader.cause, leader.driver) if leader else ()
    return (world.outcome, world.urgency, tuple(node[0] if world.sideless else node for node in nodes), world.claim if leader else "")


def _meaning(words: tuple[str, ...], world: World, same: bool) -> Meaning:
    return Meaning(words, world.outcome, world.urgency, world.leader, world.claim if world.leader else "", same)
