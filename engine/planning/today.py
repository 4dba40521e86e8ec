"""What is possible today: the rating of the own activity, where the pain begins, and what calls for beginning lower."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.conditions import leaf_truth, look_up
from engine.planned import Today
from engine.planning.wanted import Goal, own_number
from engine.valuation import Valuation
from knowledge.model import KnowledgeBase, Leaf
from knowledge.model_demands import Dimension, Level
from knowledge.sides import BODY, NONE

WHOLE = 100


def today(goal: Goal, kind: str, valuation: Valuation, kb: KnowledgeBase) -> Today:
    """The tolerance for one own activity; without a rating the share is not known."""
    rule = kb.demands.tolerance
    rated = goal.get("psfs")
    if rule is None:
        return Today(None, (), ())
    cuts = [one for one in rule.cuts if any_holds(one.any, valuation)]
    least = min((one.percent for one in cuts), default=WHOLE)
    share = min(WHOLE, int(rated * rule.percent_per_point * least / WHOLE)) if isinstance(rated, float) else None
    limits = []
    for dimension in kb.demands.dimensions.values():
        most = list(_limits(dimension, goal, kind, share, valuation, kb))
        if most:
            limits.append((dimension.id, min(most)))
    return Today(share, tuple(limits), tuple(one.id for one in cuts))


def within(level: Level, now: Today, dimension: Dimension) -> bool:
    """Whether a level is not beyond today's tolerance; what nobody knows is beyond it."""
    if dimension.levels:
        return now.share is not None and level.rank + 1 <= now.share * len(dimension.levels) // WHOLE
    limit = dict(now.limits).get(dimension.id)
    if level.number is not None:
        return limit is not None and level.number <= limit + 1e-9
    return now.share is not None and (level.share or 0) <= max(now.share, dimension.begins_percent)


def any_holds(leaves: Iterable[Leaf], valuation: Valuation) -> bool:
    """Whether one of the leaves holds, on any side."""
    look = look_up(valuation)
    return any(leaf_truth(leaf, side, look) for leaf in leaves for side in ((NONE,) if leaf.side == "none" else BODY))


def _limits(dimension: Dimension, goal: Goal, kind: str, share: int | None, valuation: Valuation, kb: KnowledgeBase) -> Iterator[float]:
    own = own_number(goal, dimension)
    if own is not None and share is not None:
        yield own * max(share, dimension.begins_percent) / WHOLE
    if dimension.onset and kb.demands.tolerance:
        of_kind = kb.demands.kinds.get(kind)
        kinds = {kind, *(of_kind.like if of_kind else ())}
        for finding in kb.findings.values():
            begins = valuation.numbers.get((f"{finding.id}.{dimension.onset}", NONE))
            if begins is not None and kinds & set(finding.hurts):
                yield begins * kb.demands.tolerance.of_onset_percent / WHOLE
