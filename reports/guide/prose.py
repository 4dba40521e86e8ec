"""The sentences of a guide by what they do: describe, warn, or only name; what the person said is in none of them.

Descriptions must not frighten, and all sentences must be easy to read; names and steps of ladders are in a table and no sentences.
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.guide.view import Guide, Plan, Think


def described(guide: Guide) -> tuple[str, ...]:
    """What explains, advises and encourages."""
    return tuple(text for text in (*_thought(guide.think), *_known(guide), *_done(guide.plan), guide.goal, guide.closing) if text)


def warned(guide: Guide) -> tuple[str, ...]:
    """What asks the person to watch out or to get help; signs are named here as they are."""
    return tuple(text for text in _warned(guide) if text)


def named(guide: Guide) -> tuple[str, ...]:
    """Names of tests and of what was tried, and the steps of ladders without the person's own words."""
    return tuple(text for text in _named(guide) if text)


def _thought(think: Think | None) -> Iterator[str]:
    if think is None:
        return
    yield from think.lead
    for thought in think.thoughts:
        yield thought.sure
        for line in thought.lines:
            yield from line.texts
        yield thought.origin
    yield from think.why


def _known(guide: Guide) -> Iterator[str]:
    yield from guide.unsure.texts if guide.unsure else ()
    yield guide.tried_lead
    yield from (one.text for one in guide.tried)
    yield from guide.until


def _done(plan: Plan | None) -> Iterator[str]:
    if plan is None:
        return
    for one in plan.exercises:
        yield from (one.do, one.often)
    yield from (plan.often, plan.ladder, plan.waits, plan.pain, plan.up, plan.stay, plan.down)
    yield from (light.text for light in plan.lights if light.colour != "red")
    yield from (climb.note for climb in plan.climbs)


def _warned(guide: Guide) -> Iterator[str]:
    if guide.now:
        yield from (guide.now.lead, *guide.now.texts, guide.now.no_exercises, guide.now.show)
    yield from guide.doctor
    if guide.ask:
        yield from (guide.ask.lead, *guide.ask.questions)
    if guide.plan:
        yield from (light.text for light in guide.plan.lights if light.colour == "red")
    yield from (guide.help.call, *guide.help.now, *guide.help.soon, *guide.help.yours)


def _named(guide: Guide) -> Iterator[str]:
    yield from guide.unsure.tests if guide.unsure else ()
    yield from (one.title for one in guide.tried)
    for climb in guide.plan.climbs if guide.plan else ():
        yield from (step.task.replace(climb.activity, "") for step in climb.steps)
