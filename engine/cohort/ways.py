"""From every cause through its driver to a complaint: the best way for each seed and cause of a batch; as `engine.explanations`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.cohort.batch import Bools
from engine.cohort.masks import anybody, rows_of
from engine.cohort.net import Ints, Path, Words, grouped, has, has_each, meet
from engine.cohort.seeds import Scene, Seeds
from engine.cohort.suffixes import KEY, POSSIBLE, STOP, Base, Ground, Keys, Suffixes

Leg = tuple[Suffixes, Ints]
"""A part of a way, and the entry that each way has in it."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Candidates: a seed (by its place) and a way for it, which begins with the cause. `worth` is what nodes and links add.

    `path` has -1 behind the end of a way. A `loose` way ends wherever it leads: it reaches no complaint.
    """

    seed: Ints
    path: Path
    worth: Ints
    loose: Bools


def find_ways(scene: Scene, seeds: Seeds, ground: Ground) -> Ways:
    """For each seed the way from each of its causes, or from the driver itself where nothing leads to it."""
    rest = Suffixes(ground, np.arange(scene.n), _complaints(scene, ground), _downstream(scene, seeds))
    led, headed = _led(scene, seeds, rest, ground)
    alone = rows_of(~headed)
    there = _possible(seeds.driver[alone], (rest, seeds.person[alone]))
    own = alone[there]
    stray = alone[~there & seeds.direct[alone]]
    leads = meet(scene.whole.after_each(seeds.driver[stray], seeds.person[stray]), scene.complaints[seeds.person[stray]])
    return _joined([led, _ways(own, seeds.driver[own], [(rest, seeds.person[own])]), _loose(scene, seeds, stray[~leads], ground)])


def _downstream(scene: Scene, seeds: Seeds) -> frozenset[int]:
    """The drivers and everything that they lead to in anybody."""
    below = np.bitwise_or.reduce(scene.whole.after_each(seeds.driver, seeds.person), axis=0, initial=np.uint64(0)).reshape(1, -1)
    return frozenset(number for number in range(len(scene.net.nodes)) if has(below, number)[0]) | frozenset(seeds.driver.tolist())


def _led(scene: Scene, seeds: Seeds, rest: Suffixes, ground: Ground) -> tuple[Ways, Bools]:
    """The ways from causes upstream, and which seeds have such a cause (even one whose ways all cross two gaps)."""
    places, headed = rows_of(seeds.headed), np.zeros(len(seeds.person), np.bool_)
    person, driver = seeds.person[places], seeds.driver[places]
    up = Suffixes(ground, person, dict(_drivers(rest, person, driver)))
    pairs = [(_led_by(scene, number, held, person, driver), number) for number, held in scene.with_layer("origin")]
    entry = np.concatenate([entries for entries, _ in pairs] or [np.zeros(0, np.int64)])
    heads = np.repeat(np.array([number for _, number in pairs], np.int64), [len(entries) for entries, _ in pairs])
    headed[places[entry]] = True
    there = _possible(heads, (up, entry))
    entry, heads = entry[there], heads[there]
    return _ways(places[entry], heads, [(up, entry), (rest, person[entry])]), headed


def _led_by(scene: Scene, number: int, held: Bools, person: Ints, driver: Ints) -> Ints:
    """The entries whose driver a present origin leads to, and which it may head."""
    if scene.net.of(number).background:
        return np.zeros(0, np.int64)
    entries = rows_of((held & scene.origins.may_head(scene.net.nodes[number])).take(person))
    return entries[has_each(scene.whole.after(number, person.take(entries)), driver.take(entries))]


def _loose(scene: Scene, seeds: Seeds, places: Ints, ground: Ground) -> Ways:
    """What acts on the pain itself and leads to no complaint, over any number of gaps, may end anywhere."""
    if not len(places):
        return Ways(places, np.zeros((0, 1), np.int16), places, np.zeros(0, np.bool_))
    person, driver = seeds.person[places], seeds.driver[places]
    below = scene.gapless.after_each(driver, person)
    anywhere = Suffixes(ground, person, dict(_anywhere(driver, below, ground)))
    return _ways(places, driver, [(anywhere, np.arange(len(places)))], loose=True)


def _complaints(scene: Scene, ground: Ground) -> Base:
    return {number: _ended(rows_of(held), ground) for number, held in scene.with_layer("presentation")}


def _anywhere(driver: Ints, below: Words, ground: Ground) -> Iterator[tuple[int, tuple[Ints, Keys]]]:
    for number in range(len(ground.net.nodes)):
        entries = rows_of((driver == number) | has(below, number))
        if len(entries):
            yield number, _ended(entries, ground)


def _ended(entries: Ints, ground: Ground) -> tuple[Ints, Keys]:
    return entries, np.zeros((len(entries), ground.states.many), np.int32)


def _drivers(rest: Suffixes, person: Ints, driver: Ints) -> Iterator[tuple[int, tuple[Ints, Keys]]]:
    for number, entries in grouped(driver):
        places = rest.place[number].take(person.take(entries))
        if anybody(places):
            yield number, (entries[places > 0], rest.keys.take(places[places > 0], axis=0))


def _ways(seed: Ints, heads: Ints, legs: Sequence[Leg], loose: bool = False) -> Ways:
    suffixes, entries = legs[0]
    scale = suffixes.ground.net.kb.scale
    state = _first(heads, suffixes)
    keys = suffixes.best(heads, entries, state).astype(np.int64)
    worth = -(-keys // KEY) + scale.node * (state > 0)
    columns, last = [heads], heads
    for suffixes, entries in legs:
        more, last, state = suffixes.follow(last, entries, state)
        columns += more
    return Ways(seed, _to_the_left(np.stack(columns, axis=1)), worth, np.full(len(seed), loose))


def _first(heads: Ints, suffixes: Suffixes) -> Ints:
    """The state of a way that has just begun."""
    net = suffixes.ground.net
    return np.asarray(2 * (net.earns[heads] & (net.kb.scale.nodes_counted > 0)).astype(np.int64))


def _possible(heads: Ints, leg: Leg) -> Bools:
    return np.asarray(leg[0].best(heads, leg[1], _first(heads, leg[0])) > POSSIBLE)


def _to_the_left(columns: Ints) -> Path:
    """The nodes of each row without the holes between them."""
    order = np.argsort(columns == STOP, axis=1, kind="stable")
    return np.take_along_axis(columns, order, axis=1).astype(np.int16 if columns.max(initial=0) < 2**15 else np.int64)


def _joined(parts: Sequence[Ways]) -> Ways:
    longest = max(part.path.shape[1] for part in parts)
    paths = [np.pad(part.path, ((0, 0), (0, longest - part.path.shape[1])), constant_values=STOP) for part in parts]
    seed, worth, loose = (np.concatenate([getattr(part, name) for part in parts]) for name in ("seed", "worth", "loose"))
    return Ways(seed, np.concatenate(paths), worth, loose)
