"""The cone around each spine: every node on some way from the cause through the driver to a complaint; as `engine.explanations`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from engine.cohort.batch import Bools
from engine.cohort.masks import anybody, rows_of
from engine.cohort.net import Edge, Ints, Net, Path, Words, has, has_each, put, put_each, put_held
from engine.cohort.origins import OriginArrays
from engine.cohort.seeds import Scene

Ends = Words
"""Per person, the complaints and every node that leads to one without a gap."""


def ends_of(scene: Scene) -> Ends:
    """Where a gapless way from a driver may pass or end."""
    ends = scene.complaints.copy()
    for number, held in scene.gapless.leading_to(scene.complaining).items():
        put_held(ends, number, held)
    return ends


def cones(scene: Scene, ends: Ends, person: Ints, driver: Ints, path: Path, loose: Bools) -> Words:
    """A set of nodes for each explanation. `path` starts with the head; a `loose` one ends wherever it leads."""
    below = scene.gapless.after_each(driver, person)
    cone = np.where(loose[:, None], below, below & ends.take(person, axis=0))
    put_each(cone, np.arange(len(person)), driver)
    for column in path.T:
        rows = rows_of(column >= 0)
        put_each(cone, rows, column[rows].astype(np.int64))
    _between(scene, person, path[:, 0].astype(np.int64), driver, cone)
    return cone


def _between(scene: Scene, person: Ints, head: Ints, driver: Ints, cone: Words) -> None:
    """Add what lies gaplessly between head and driver."""
    rows = rows_of(head != driver)
    below = scene.gapless.after_each(head[rows], person[rows])
    for number in scene.gapless.leaving if len(rows) else ():
        here = rows[has(below, number)]
        if len(here):
            put(cone, number, here[has_each(scene.gapless.after(number, person[here]), driver[here])])


def met_activities(scene: Scene, steps: Mapping[Edge, Bools], person: Ints, cone: Words) -> NDArray[np.int64]:
    """How many hurting activities the present habits of each cone meet."""
    met: dict[str, Bools] = {}
    for source, onward in _habit_steps(scene, steps).items():
        rows = rows_of(has(cone, source) & scene.present[source].take(person))
        people, around = person.take(rows), cone.take(rows, axis=0)
        for target, held, activities in onward:
            here = rows[has(around, target) & held.take(people)]
            for activity in activities if len(here) else ():
                met.setdefault(activity, np.zeros(len(person), np.bool_))[here] = True
    hurting = scene.origins.hurting
    counted = [here & hurting[activity].take(person) for activity, here in met.items() if activity in hurting]
    return reduce(np.add, counted, np.zeros(len(person), np.int64))


def _habit_steps(scene: Scene, steps: Mapping[Edge, Bools]) -> dict[int, list[tuple[int, Bools, tuple[str, ...]]]]:
    """For each present habit, where steps lead from it, who takes them, and the activities of their links."""
    links, out = {(one.source, one.target): one for one in scene.net.kb.links}, dict[int, list[tuple[int, Bools, tuple[str, ...]]]]()
    for (source, target), held in steps.items():
        activities, number = links[source[0], target[0]].activities, scene.net.index[source]
        if activities and number in scene.present and scene.net.of(number).layer == "habit":
            out.setdefault(number, []).append((scene.net.index[target], held, tuple(activities)))
    return out


def bedside_worth(scene: Scene, person: Ints, cone: Words) -> NDArray[np.int64]:
    """What bedside changes of nodes in each cone add: once for help, once for none."""
    scale, better, same = scene.net.kb.scale, np.zeros(len(person), np.bool_), np.zeros(len(person), np.bool_)
    for number, codes in tried_nodes(scene.net, scene.origins):
        if anybody(codes):
            did = codes.take(person)
            rows = rows_of(did)
            rows = rows[has(cone.take(rows, axis=0), number)]
            did = did.take(rows)
            better[rows] |= did < 3
            same[rows] |= did == 3
    return scale.try_better * better.astype(np.int64) + scale.try_same * same


def tried_nodes(net: Net, origins: OriginArrays) -> Iterator[tuple[int, NDArray[np.int8]]]:
    """The nodes that a bedside change can test, with what it did in each person."""
    for name in origins.readers.trials:
        for number in net.numbers.get(name, ()):
            yield number, origins.bedside(net.nodes[number])
