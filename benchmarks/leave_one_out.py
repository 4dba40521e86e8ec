"""How much hangs on any one published case: each is left out in turn and four constants of scale.yaml are set again without it.

    python benchmarks/leave_one_out.py        about two minutes

`lead_min`, `lead_margin`, `node` and `gap` take every value of a grid. Chosen is the point with the most agreement on the
cases that are left; among equals the one fewest steps from what is shipped. Two agreements are told: that an accepted
cause stands first (as on the scoreboard), and that it stands first and may lead, so that the outcome is as expected too.
Blocks marked too thin are left out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine.case import Case, Expectation
from engine.case_files import case_files
from engine.case_reading import read_case
from engine.cases import Mark, compare
from engine.infer import Reasoner
from engine.outcome import outcome
from engine.result import Inference
from knowledge import KnowledgeBase, load
from knowledge.pack_files import base_folder

GRID: Mapping[str, Sequence[int]] = {
    "lead_min": (0, 5, 10, 15, 20, 25, 30), "lead_margin": (0, 5, 10, 15, 20),
    "node": (10, 15, 20, 25, 30), "gap": (-50, -40, -30, -20, -10),
}
Point = tuple[int, int, int, int]
"""A value for each constant of the grid, in its order."""
Agreement = Callable[[Mark], bool]
AGREEMENTS: Mapping[str, Agreement] = {
    "accepted cause first": lambda mark: mark.rank == 1,
    "first and outcome as expected": lambda mark: mark.rank == 1 and mark.outcome in mark.wanted,
}


@dataclass(frozen=True, slots=True)
class Block:
    """What was known of a published case at one time, and what was concluded then."""

    case: Case
    number: int
    expect: Expectation


def blocks_of(case: Case) -> Iterator[Block]:
    """The first answers, and every later batch, that say what must come out and are not too thin to tell."""
    answers = dict(case.answers)
    batches = [(case.answers, case.expect), *((batch.answers, batch.expect) for batch in case.batches)]
    for number, (more, expect) in enumerate(batches):
        answers.update(more)
        if expect and not expect.too_thin:
            yield Block(replace(case, answers=dict(answers)), number, expect)


def with_constants(kb: KnowledgeBase, point: Point) -> KnowledgeBase:
    """The same knowledge on another scale."""
    return replace(kb, scale=replace(kb.scale, **dict(zip(GRID, point, strict=True))))


def marks_on_grid(kb: KnowledgeBase, blocks: Sequence[Block]) -> dict[Point, list[Mark]]:
    """A mark for every block at every point. What leads is decided last, so its two constants need no second inference."""
    marks = {}
    for node, gap in product(GRID["node"], GRID["gap"]):
        reasoner = Reasoner(with_constants(kb, (kb.scale.lead_min, kb.scale.lead_margin, node, gap)))
        found = [reasoner.infer(block.case) for block in blocks]
        for least, margin in product(GRID["lead_min"], GRID["lead_margin"]):
            point = (least, margin, node, gap)
            there = with_constants(kb, point)
            marks[point] = [_mark(block, one, there) for block, one in zip(blocks, found, strict=True)]
    return marks


def _mark(block: Block, found: Inference, kb: KnowledgeBase) -> Mark:
    result, margin = outcome(found.explanations, found.urgency, kb)
    return compare(block.case.id, block.number, block.expect, replace(found, outcome=result, margin=margin))


def chosen(marks: Mapping[Point, Sequence[Mark]], agrees: Agreement, shipped: Point, without: str = "") -> Point:
    """The point with the most agreement on the cases that are left, and of those the nearest to what is shipped."""
    def rank(point: Point) -> tuple[int, int, Point]:
        steps = sum(abs(v.index(a) - v.index(b)) for v, a, b in zip(GRID.values(), point, shipped, strict=True))
        return -sum(agrees(mark) for mark in marks[point] if mark.case != without), steps, point

    return min(marks, key=rank)


def moved(one: Sequence[Mark], two: Sequence[Mark], agrees: Agreement) -> set[str]:
    """The cases that agree at one point and not at the other."""
    return {a.case for a, b in zip(one, two, strict=True) if agrees(a) != agrees(b)}


def told(name: str, agrees: Agreement, marks: Mapping[Point, Sequence[Mark]], shipped: Point) -> Iterator[str]:
    """What leaving out each case changes, against what is shipped and against the choice from all cases."""
    cases = sorted({mark.case for mark in marks[shipped]})
    total = {point: sum(map(agrees, row)) for point, row in marks.items()}
    whole = chosen(marks, agrees, shipped)
    best = f"at most {total[whole]}, at {sum(count == total[whole] for count in total.values())} of {len(marks)} points"
    yield f"{name}: {total[shipped]} of {len(marks[shipped])} blocks as shipped {shipped}; {best}"
    picks = {case: chosen(marks, agrees, shipped, without=case) for case in cases}
    for label, point in (("shipped", shipped), ("set on all cases", whole)):
        changes = {case: moved(marks[pick], marks[point], agrees) - {case} for case, pick in picks.items()}
        most = max(map(len, changes.values()))
        yield f"  against the constants {label} {point}: at most {most} moved besides the case left out"
        by_set = sorted({(picks[case], tuple(sorted(names))) for case, names in changes.items() if names})
        yield from (f"    {pick}: {', '.join(names)}" for pick, names in by_set)


def main() -> None:
    """Print the figures."""
    kb = load()
    cases = [case for case in (read_case(path, kb) for path in case_files([base_folder()])) if case.source]
    blocks = [block for case in cases for block in blocks_of(case)]
    shipped = (kb.scale.lead_min, kb.scale.lead_margin, kb.scale.node, kb.scale.gap)
    marks = marks_on_grid(kb, blocks)
    print(f"{len(cases)} published cases, {len(blocks)} blocks; constants {', '.join(GRID)}")
    for name, agrees in AGREEMENTS.items():
        print("\n".join(told(name, agrees, marks, shipped)))


if __name__ == "__main__":
    main()
