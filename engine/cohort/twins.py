"""Twins in a batch: explanations of one person that are mirror images with the same score; as `engine.twins`."""

from __future__ import annotations

import numpy as np

from engine.cohort.batch import Bools
from engine.cohort.explain import Drafts
from engine.cohort.net import Ints, Net
from knowledge.sides import BODY


def twins(drafts: Drafts, net: Net) -> tuple[Bools, Bools]:
    """Which entries stand for two mirror images, and which are the second of two. Entries come in the order of people."""
    many = len(drafts.person)
    both, gone = np.zeros(many, np.bool_), np.zeros(many, np.bool_)
    if many:
        image = np.where(drafts.path >= 0, net.mirrored[drafts.path], drafts.path)
        sided = np.array([side in BODY for _, side in net.nodes], np.bool_)
        _pair(np.flatnonzero((sided[drafts.cause] | sided[drafts.driver]) & _possible(drafts, image)), drafts, image, both, gone)
    return both, gone


def _possible(drafts: Drafts, image: Ints) -> Bools:
    """Which entries may have a mirror image in the same person: found by sums, which equal paths are sure to share."""
    weight = np.random.default_rng(0).integers(1, 2**62, drafts.path.shape[1], np.uint64)
    person = drafts.person.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    own, other = (person + ((path + 2).astype(np.uint64) * weight).sum(axis=1, dtype=np.uint64) for path in (drafts.path, image))
    return np.asarray(np.any(image != drafts.path, axis=1) & np.isin(other, own))


def _pair(entries: Ints, drafts: Drafts, image: Ints, both: Bools, gone: Bools) -> None:
    first: dict[tuple[int, int, bytes], int] = {}
    for entry in entries.tolist():
        own = (int(drafts.person[entry]), int(drafts.score[entry]))
        twin = first.get((*own, image[entry].tobytes()))
        if twin is not None and not both[twin]:
            both[twin], gone[entry] = True, True
        else:
            first[(*own, drafts.path[entry].tobytes())] = entry
