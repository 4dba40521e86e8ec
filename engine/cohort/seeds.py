"""Drivers for a whole batch: what to treat in each person; as `engine.drivers`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from engine.cohort.batch import Bools
from engine.cohort.evidence import States
from engine.cohort.masks import rows_of
from engine.cohort.net import Ints, Net, Words, has, meet, put_held
from engine.cohort.origins import OriginArrays
from engine.cohort.reach import Reach
from engine.result import Node

Held = Mapping[int, Bools]
"""Per node, who has it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One batch with everything that seeds and heads ask of it. `present` holds the supported nodes of the net.

    `complaining` tells who has which complaint, `complaints` the same as sets, `leads` who reaches one of theirs from which node.
    """

    net: Net
    n: int
    present: Held
    origins: OriginArrays
    gapless: Reach
    whole: Reach
    complaining: Held
    complaints: Words
    leads: Held
    claimed: Words

    def with_layer(self, *layers: str) -> Iterator[tuple[int, Bools]]:
        """The present nodes of these layers, with who has them."""
        return ((number, self.present[number]) for number in self.net.where(*layers) if number in self.present)

    def fit(self, number: int, held: Bools) -> Bools:
        """Who has the node on a way to a complaint, and unclaimed."""
        if number not in self.leads:
            return np.zeros(self.n, np.bool_)
        return np.asarray(held & self.leads[number] & ~has(self.claimed, number))

    def not_leading(self, number: int, held: Bools, to: Words) -> Bools:
        """Those of `held` from whom no gapless way leads from the node to one of theirs."""
        rows, out = rows_of(held), np.zeros(self.n, np.bool_)
        out[rows[~meet(self.gapless.after(number, rows), to.take(rows, axis=0))]] = True
        return out

    def treatable(self, number: int) -> bool:
        """Whether the conclusion can be changed and measured again."""
        one = self.net.of(number)
        return one.modifiable and bool(one.retest)

    def sets(self, held: Held) -> Words:
        """Per person, the nodes that are held."""
        out = self.net.empty(self.n)
        for number, who in held.items():
            put_held(out, number, who)
        return out

    def downstream(self, held: Held) -> Words:
        """Per person, everything that lies gaplessly behind a node that is held."""
        out = self.net.empty(self.n)
        for number, who in held.items():
            rows = rows_of(who)
            out[rows] |= self.gapless.after(number, rows)
        return out


def scene_of(net: Net, states: States, origins: OriginArrays, gapless: Reach, whole: Reach) -> Scene:
    """The scene of a batch."""
    present = {net.index[node]: held for node, held in states.present.items()}
    n = gapless.place.shape[1]
    complaining = {number: present[number] for number in net.where("presentation") if number in present}
    complaints, claimed = net.empty(n), net.empty(n)
    for number, held in complaining.items():
        put_held(complaints, number, held)
    for (node, _), held in states.claimed.items():
        put_held(claimed, net.index[node], held)
    return Scene(net, n, present, origins, gapless, whole, complaining, complaints, whole.leading_to(complaining), claimed)


@dataclass(frozen=True, slots=True)
class Seeds:
    """One entry for each driver of each person; `headed` tells whose cause is sought upstream, `direct` what acts on the pain itself."""

    person: Ints
    driver: Ints
    headed: Bools
    direct: Bools


def find_seeds(scene: Scene, routine: Mapping[Node, Bools]) -> Seeds:
    """Every driver of every person."""
    impairments = _impairments(scene)
    origins = _origins(scene, impairments)
    habits = _habits(scene, {**impairments, **origins})
    direct = {number: held for number, held in scene.with_layer("local_diagnosis", "modulator") if not scene.net.of(number).background}
    direct |= {scene.net.index[node]: held for node, held in routine.items()}
    parts = [(impairments, True, False), (origins, False, False), (habits, True, False), (direct, False, True)]
    return _table((number, held, headed, is_direct) for part, headed, is_direct in parts for number, held in part.items())


def _table(seeds: Iterable[tuple[int, Bools, bool, bool]]) -> Seeds:
    found = [(rows_of(held), number, headed, direct) for number, held, headed, direct in seeds]
    many = [len(people) for people, _, _, _ in found]
    person = np.concatenate([people for people, _, _, _ in found]) if found else np.zeros(0, np.int64)
    driver = np.repeat(np.array([number for _, number, _, _ in found], np.int64), many)
    headed, direct = (np.repeat(np.array([one[place] for one in found], np.bool_), many) for place in (2, 3))
    return Seeds(person, driver, headed, direct)


def _impairments(scene: Scene) -> dict[int, Bools]:
    fit = {number: scene.fit(number, held) for number, held in scene.with_layer("impairment") if scene.treatable(number)}
    return _topmost(scene, fit)


def _topmost(scene: Scene, fit: Held) -> dict[int, Bools]:
    """Those without another of them upstream."""
    below = scene.downstream(fit)
    return {number: held & ~has(below, number) for number, held in fit.items()}


def _origins(scene: Scene, drivers: Held) -> dict[int, Bools]:
    """Measured, modifiable origins that lead to no driver."""
    driven, out = scene.sets(drivers), {}
    for number, held in scene.with_layer("origin"):
        if scene.treatable(number):
            fit = scene.fit(number, held) & scene.origins.may_head(scene.net.nodes[number])
            out[number] = scene.not_leading(number, fit, driven)
    return out


def _habits(scene: Scene, drivers: Held) -> dict[int, Bools]:
    """Habits that neither lead to what is treated or acts on the pain already, nor come from it."""
    taken = {**drivers, **dict(scene.with_layer("modulator", "local_diagnosis"))}
    there, below = scene.sets(taken), scene.downstream(taken)
    alone = {}
    for number, held in scene.with_layer("habit"):
        if scene.net.of(number).modifiable:
            alone[number] = scene.not_leading(number, scene.fit(number, held) & ~has(below, number), there)
    return _topmost(scene, alone)
