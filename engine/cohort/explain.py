"""Explanations for a whole batch: causes, spines, cones, scores; as `engine.explanations`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from engine.cohort.batch import Bools
from engine.cohort.cones import bedside_worth, cones, ends_of, met_activities
from engine.cohort.evidence import States
from engine.cohort.masks import rows_of
from engine.cohort.net import Ints, Net, Path, Words, grouped, sorting
from engine.cohort.origins import TIMINGS, OriginArrays
from engine.cohort.reach import onward_of
from engine.cohort.seeds import Scene, find_seeds, scene_of
from engine.cohort.steps import Steps
from engine.cohort.suffixes import Ground, make_states
from engine.cohort.ways import find_ways
from engine.result import Node


@dataclass(frozen=True, slots=True)
class Drafts:
    """Explanations in arrays of one length. `path` holds the spine, -1 behind its end."""

    person: Ints
    driver: Ints
    path: Path
    score: Ints
    cone: Words

    @property
    def cause(self) -> Ints:
        """The head of each spine."""
        return self.path[:, 0].astype(np.int64)

    def take(self, places: Ints | Bools) -> Drafts:
        """The same for these places only, in their order."""
        chosen = rows_of(places) if places.dtype == np.bool_ else places
        return Drafts(*(getattr(self, one.name).take(chosen, axis=0) for one in fields(self)))


class ExplanationArrays:
    """What a knowledge base gives to the explanations of every batch."""

    def __init__(self, net: Net) -> None:
        self.net, self.states = net, make_states(net.kb.scale)

    def run(self, states: States, taken: Steps, origins: OriginArrays, routine: Mapping[Node, Bools]) -> Drafts:
        """The draft of every driver of every person; of several causes the best."""
        scene = scene_of(self.net, states, origins, taken.gapless, taken.whole)
        seeds = find_seeds(scene, routine)
        ground = self._ground(taken)
        ways = find_ways(scene, seeds, ground)
        person, driver, heads = seeds.person[ways.seed], seeds.driver[ways.seed], ways.path[:, 0].astype(np.int64)
        cone = cones(scene, ends_of(scene), person, driver, ways.path, ways.loose)
        score = ways.worth + self._around(scene, taken, person, cone) + _of_heads(scene, states, seeds.direct[ways.seed], person, heads)
        drafts = Drafts(person, driver, ways.path, score, cone)
        order = sorting((ways.seed, -score, _timing_rank(scene, person, heads), self.net.rank[heads]))
        return drafts.take(order[_firsts(ways.seed[order])])

    def _around(self, scene: Scene, taken: Steps, person: Ints, cone: Words) -> Ints:
        scale, met = self.net.kb.scale, met_activities(scene, taken.steps, person, cone)
        return np.asarray(scale.activity * np.minimum(scale.activities_counted, met) + bedside_worth(scene, person, cone))

    def _ground(self, taken: Steps) -> Ground:
        index = self.net.index
        bridges = {index[node]: held for node, held in taken.bridges.items()}
        gaps = {(index[u], index[v]): held for (u, v), held in taken.opening().items()}
        return Ground(self.net, self.states, onward_of(taken.every, self.net), gaps, bridges)


def _firsts(sorted_keys: Ints) -> Bools:
    """Which entries are the first of their key."""
    return np.asarray(np.diff(sorted_keys, prepend=-1) != 0)


def _of_heads(scene: Scene, states: States, direct: Bools, person: Ints, heads: Ints) -> Ints:
    """What the head itself adds: how firmly a diagnosis was found, or when an origin was and what it left."""
    worth, scale = np.zeros(len(heads), np.int64), scene.net.kb.scale
    for number, here in grouped(heads):
        node, rows = scene.net.nodes[number], person[here]
        worth[here] += direct[here] * _found_worth(scene, states, node, rows)
        if scene.net.of(number).layer == "origin":
            before = scene.origins.timing(node)[rows] == TIMINGS.index("before")
            worth[here] += scale.before_pain * before + scale.residual * scene.origins.left_signs(node)[rows]
    return worth


def _found_worth(scene: Scene, states: States, node: Node, rows: Ints) -> Ints:
    scale = scene.net.kb.scale
    if scene.net.kb.conclusions[node[0]].layer == "serious":
        return np.full(len(rows), scale.routine_flag, np.int64)
    amount = states.amount[node][rows].astype(np.int64)
    settled = states.settled[node][rows] & states.supported[node][rows]
    return np.asarray(np.minimum(scale.head_cap, np.where(settled, np.maximum(amount, scale.head_settled), amount)))


def _timing_rank(scene: Scene, person: Ints, heads: Ints) -> Ints:
    """How well placed in time a head is; what is no origin comes last."""
    rank = np.full(len(heads), len(TIMINGS), np.int64)
    for number, here in grouped(heads):
        if scene.net.of(number).layer == "origin":
            rank[here] = scene.origins.timing(scene.net.nodes[number])[person[here]]
    return rank
