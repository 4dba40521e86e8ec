"""What the project has set itself, and the figure each goal is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.measuring import Row, Table, three_digits

NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure of a part in `unit`, times `scale`, that must be at most (or, with `least`, at least) the goal."""

    title: str
    part: str
    figure: str
    goal: float
    unit: str
    scale: float = 1.0
    least: bool = False

    def met(self, value: float) -> bool:
        """Whether a measured figure, scaled, reaches the goal."""
        return value >= self.goal if self.least else value <= self.goal


GOALS = (
    Goal("one consult, untraced (arrays with one row, median)", "consult", "untraced", 15, "ms", 1000),
    Goal("one consult with trace, and how of what leads (median)", "explain", "explained", 50, "ms", 1000),
    Goal("`backcause diagnose` from a shell", "cold", "diagnose", 1.0, "s"),
    Goal("`backcause --help` from a shell", "cold", "help", 0.15, "s"),
    Goal("next question after an answer (95th percentile)", "question", "question", 100, "ms", 1000),
    Goal("a document as one page of HTML (largest)", "documents", "page", 400, "kB"),
    Goal("cohort, rows a second and core (largest run)", "cohort", "rows", 50_000, "rows/s", least=True),
    Goal("cohort, times as fast as CLIPS (largest run)", "cohort", "times_clips", 100, "times", least=True),
)


def goal_table(figures: Mapping[str, Mapping[str, float]]) -> Table:
    """A row for each goal; `figures` are those of each part by its name."""
    return Table(("goal", "wanted", "measured", "met"), tuple(_row(goal, figures) for goal in GOALS))


def _row(goal: Goal, figures: Mapping[str, Mapping[str, float]]) -> Row:
    wanted = f"{'at least' if goal.least else 'at most'} {goal.goal:,g} {goal.unit}"
    value = figures.get(goal.part, {}).get(goal.figure)
    if value is None:
        return goal.title, wanted, NOT_MEASURED, NOT_MEASURED
    scaled = value * goal.scale
    return goal.title, wanted, f"{three_digits(scaled)} {goal.unit}", "yes" if goal.met(scaled) else "**no**"
