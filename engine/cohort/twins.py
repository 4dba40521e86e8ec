"""Twins in a batch: explanations of one person that are mirror images with the same score; as `engine.twins`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.cohort.batch import Bools
from engine.cohort.explain import Drafts
from engine.cohort.masks import rows_of
from engine.cohort.net import Ints, Net, Path
from knowledge.sides import BODY


def twins(drafts: Drafts, net: Net) -> tuple[Bools, Bools]:
    """Which entries stand for two mirror images, and which are the second of two. Entries come in the order of people.

    Twins have the same score, so they stand in one run of entries of a person with equal scores. Nearly all such runs are of two.
    """
    both, gone = np.zeros(len(drafts.person), np.bool_), np.zeros(len(drafts.person), np.bool_)
    run, lengths = _runs(drafts)
    first = rows_of(np.diff(run, prepend=-1) != 0)[lengths == 2]
    pair = drafts.take(first), drafts.take(first + 1)
    twin = _sided(pair[0], net) & _sided(pair[1], net) & _mirrored(pair[0].path, pair[1].path, net)
    both[first[twin]], gone[first[twin] + 1] = True, True
    long = rows_of(lengths.take(run) > 2)
    for one, other in _pairs(drafts.take(long), net):
        both[long[one]], gone[long[other]] = True, True
    return both, gone


def _runs(drafts: Drafts) -> tuple[Ints, Ints]:
    """The run of each entry, and how long each run is."""
    differs = (np.diff(drafts.person, prepend=-1) != 0) | (np.diff(drafts.score, prepend=0) != 0)
    run = np.cumsum(differs) - 1  # the first entry always begins one: nobody is person -1
    return run, np.bincount(run) if len(run) else np.zeros(0, np.int64)


def _sided(drafts: Drafts, net: Net) -> Bools:
    """Which entries have a cause or a driver on one side of the body."""
    sided = np.array([side in BODY for _, side in net.nodes], np.bool_)
    return np.asarray(sided[drafts.cause] | sided[drafts.driver])


def _image(path: Path, net: Net) -> Path:
    return np.where(path >= 0, net.mirrored[path], path).astype(path.dtype)


def _mirrored(one: Path, other: Path, net: Net) -> Bools:
    """Which ways are the mirror image of the other, and not of themselves."""
    image = _image(one, net)
    return np.asarray(np.all(image == other, axis=1) & np.any(image != one, axis=1))


def _possible(drafts: Drafts, image: Path) -> Bools:
    """Which entries may have a mirror image in the same person: found by sums, which equal paths are sure to share."""
    weight = np.random.default_rng(0).integers(1, 2**62, drafts.path.shape[1], np.uint64)
    person = drafts.person.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    own, other = (person + ((path + 2).astype(np.uint64) * weight).sum(axis=1, dtype=np.uint64) for path in (drafts.path, image))
    return np.asarray(np.any(image != drafts.path, axis=1) & np.isin(other, own))


def _pairs(drafts: Drafts, net: Net) -> Iterator[tuple[int, int]]:
    """Twins in longer runs, one entry after the other: the first that is still alone is the twin."""
    image = _image(drafts.path, net)
    entries = rows_of(_sided(drafts, net) & _possible(drafts, image)) if len(drafts.person) else rows_of(drafts.person)
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
