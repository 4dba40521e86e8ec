"""Twins in a batch: explanations of one person that are mirror images with the same score; as `engine.twins`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.cohort.batch import Bools
from engine.cohort.explain import Drafts
from engine.cohort.masks import rows_of
from engine.cohort.net import Ints, Net
from knowledge.sides import BODY


def twins(drafts: Drafts, net: Net) -> tuple[Bools, Bools]:
    """Which entries stand for two mirror images, and which are the second of two. Entries come in the order of people."""
    many = len(drafts.person)
    both, gone = np.zeros(many, np.bool_), np.zeros(many, np.bool_)
    near = rows_of(_level(drafts))
    if len(near):
        some = drafts.take(near)
        image = np.where(some.path >= 0, net.mirrored[some.path], some.path).astype(some.path.dtype)
        sided = np.array([side in BODY for _, side in net.nodes], np.bool_)
        for first, second in _pairs(rows_of((sided[some.cause] | sided[some.driver]) & _possible(some, image)), some, image):
            both[near[first]], gone[near[second]] = True, True
    return both, gone


def _level(drafts: Drafts) -> Bools:
    """Which entries stand beside one of the same person with the same score: equals stand together."""
    same = (np.diff(drafts.person) == 0) & (np.diff(drafts.score) == 0)
    return np.asarray(np.append(same, False) | np.append(False, same)) if len(drafts.person) else np.zeros(0, np.bool_)


def _possible(drafts: Drafts, image: Ints) -> Bools:
    """Which entries may have a mirror image in the same person: found by sums, which equal paths are sure to share."""
    weight = np.random.default_rng(0).integers(1, 2**62, drafts.path.shape[1], np.uint64)
    person = drafts.person.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    own, other = (person + ((path + 2).astype(np.uint64) * weight).sum(axis=1, dtype=np.uint64) for path in (drafts.path, image))
    return np.asarray(np.any(image != drafts.path, axis=1) & np.isin(other, own))


def _pairs(entries: Ints, drafts: Drafts, image: Ints) -> Iterator[tuple[int, int]]:
    first: dict[tuple[int, int, bytes], int] = {}
    paired: set[int] = set()
    for entry in entries.tolist():
        own = (int(drafts.person[entry]), int(drafts.score[entry]))
        twin = first.get((*own, image[entry].tobytes()))
        if twin is not None and twin not in paired:
            paired.add(twin)
            yield twin, entry
        else:
            first[(*own, drafts.path[entry].tobytes())] = entry
