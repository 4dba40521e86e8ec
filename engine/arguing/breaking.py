"""Break the chain: the bedside change, safe now and not yet made, whose outcome best separates the two leading explanations.

Each outcome (better twice and lost on removal, better once, same, worse) is tried as an answer. A change separates by the mean
distance between the two scores over its outcomes, each counted alike: no published figure says how often a change helps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.arguing.accounts import Account, World, node_of, world_of
from engine.arguing.answers import RESULTS, bedside_changes, result_of
from engine.arguing.variants import Variants
from engine.asking.what_if import open_sides
from engine.case import Case
from engine.result import Explanation, Inference, Node, Step
from knowledge.model import KnowledgeBase
from knowledge.sides import BODY


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one outcome of a bedside change would mean: who would lead (none when nothing stands out), how far it could be claimed,
    and the scores of the two."""

    result: str
    outcome: str
    leader: Account | None
    claim: str
    ours: int
    rival: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A bedside change on a side, its outcomes, and the links of this person that it tests.

    `distance` sums the distances between the two scores over the outcomes; `now` is the distance today, as often.
    """

    finding: str
    side: str
    minutes: float
    outcomes: tuple[Outcome, ...]
    distance: int
    now: int
    tests: tuple[Step, ...]

    @property
    def moves(self) -> bool:
        """Whether any outcome changes the distance."""
        return len({one.ours - one.rival for one in self.outcomes}) > 1 or self.distance != self.now

    @property
    def confirms(self) -> bool:
        """Whether some outcome would let the explanation that leads now be called tested."""
        return any(one.claim == "tested" and one.ours > one.rival for one in self.outcomes)

    @property
    def order(self) -> tuple[int, bool, float, str, str]:
        """Best first: by distance, then what can confirm, then the shorter, then by name."""
        return (-self.distance, not self.confirms, self.minutes, self.finding, self.side)


@dataclass(frozen=True, slots=True)
class Break:
    """The two that are to be told apart (no rival: the score from which anything leads), and every change that would, best first.

    `withheld` are changes that would strain what must not be strained now; while a referral is pending or the person is outside
    what the program is for, everything is `held`.
    """

    ours: Explanation | None
    rival: Explanation | None
    trials: tuple[Trial, ...]
    withheld: tuple[str, ...]
    held: bool = False


def rival_of(found: Inference, kb: KnowledgeBase) -> Explanation | None:
    """The next explanation that is no part of the first, nor the first of it, nor the default diagnosis."""
    rest = [one for one in found.explanations[1:] if one.part_of is None and not kb.conclusions[one.cause[0]].default]
    return rest[0] if rest else None


def break_chain(found: Inference, case: Case, variants: Variants) -> Break:
    """Every bedside change that would move the distance between the two leading explanations, best first."""
    kb = variants.kb
    withheld = tuple(one.id for one in bedside_changes(kb) if one.id in found.withheld_tests)
    ours, rival = found.explanations[0] if found.explanations else None, rival_of(found, kb)
    held = found.urgency in ("emergency", "urgent") or bool(found.out_of_scope)
    if ours is None or held:
        return Break(ours, rival, (), withheld, held)
    open_ = candidates(found, case, kb)
    changes = [result_of(kb.findings[name], side, result) for name, side in open_ for result in RESULTS]
    told = variants.worlds(case, changes)
    each = (told[at:at + len(RESULTS)] for at in range(0, len(told), len(RESULTS)))
    trials = [trial_of(place, worlds, ours, rival, found, case, kb) for place, worlds in zip(open_, each, strict=True)]
    return Break(ours, rival, tuple(sorted((one for one in trials if one.moves), key=lambda one: one.order)), withheld)


def candidates(found: Inference, case: Case, kb: KnowledgeBase) -> list[Node]:
    """The bedside changes that are safe now and not yet made, each on each side."""
    return [(one.id, side) for one in bedside_changes(kb) if one.id not in found.withheld_tests for side in open_sides(one, case)]


def trial_of(
    place: Node, worlds: Sequence[World], ours: Explanation, rival: Explanation | None, found: Inference, case: Case, kb: KnowledgeBase,
) -> Trial:
    """A bedside change with what its outcomes would lead to, in the order of RESULTS."""
    def scores(world: World) -> tuple[int, int]:
        return world.score(node_of(ours)), world.score(node_of(rival)) if rival else kb.scale.lead_min

    outcomes = tuple(Outcome(name, one.outcome, one.leader, one.claim, *scores(one)) for name, one in zip(RESULTS, worlds, strict=True))
    now = scores(world_of(found, case.has_unstated))
    distance = sum(abs(one.ours - one.rival) for one in outcomes)
    finding = kb.findings[place[0]]
    return Trial(*place, finding.minutes, outcomes, distance, len(outcomes) * abs(now[0] - now[1]), _tests(place, (ours, rival), kb))


def _tests(place: Node, accounts: Sequence[Explanation | None], kb: KnowledgeBase) -> tuple[Step, ...]:
    """The steps of both that the change tests: those that leave the conclusion it changes, on its side."""
    steps = [step for one in accounts if one for step in one.steps]
    return tuple(dict.fromkeys(step for step in steps if _tested(place, step, kb)))


def _tested(place: Node, step: Step, kb: KnowledgeBase) -> bool:
    named = step.source[0] in kb.findings[place[0]].tests_node
    return named and (place[1] not in BODY or step.source[1] not in BODY or place[1] == step.source[1])
