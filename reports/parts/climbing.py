"""The ladders of a plan as stairs."""

from __future__ import annotations

from reports.phrases import say
from reports.pictures.stairs import Rise, Stairs, StairWords, draw_stairs
from reports.view.course import PlanView, TaskView


def ladders(plan: PlanView, id: str = "stairs") -> tuple[Stairs, ...]:
    """A picture for each own activity of a plan, in its order; each has an id of its own that begins with `id`."""
    return tuple(stairs(task, f"{id}-{place}") for place, task in enumerate(plan.tasks, 1))


def stairs(task: TaskView, id: str) -> Stairs:
    """The ladder back to one own activity."""
    rises = tuple(Rise(rung.number, rung.task, rung.dose, rung.today, rung.blocked, rung.held) for rung in task.rungs)
    blocked = next((rise.number for rise in rises if rise.blocked), 0)
    words = StairWords(
        title=say("stairs_title", activity=task.activity), top=say("stairs_top", activity=task.activity), today=say("stairs_start"),
        description=say("stairs_description", count=len(rises), today=task.start, blocked=blocked), gate=task.gate if blocked else "",
    )
    return draw_stairs(rises, words, [_told(one) for one in rises], id)


def _told(one: Rise) -> str:
    return say("stairs_step", number=one.number, task=one.task, dose=one.dose, today=one.today, blocked=one.blocked, held=one.held)
