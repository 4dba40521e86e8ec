"""Checks across units: ids that one unit names and no unit has, each at the word that names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.csv_source import Row
from knowledge.pack import Pack
from knowledge.pack_files import RULE_SECTIONS
from knowledge.problems import Place, Problem, unknown
from knowledge.yaml_source import At

_RULE = (("sources", "source"), ("against", "source"), ("replaced_by", "rule"))
_NAMED = {
    "findings": (
        ("sources", "source"), ("band_source", "source"), ("reliability.sources", "source"), ("norm", "norm table"),
        ("tests_node", "conclusion"), ("position", "position"), ("must_ask.any_of", "finding"),
        ("derived.score", "instrument"), ("derived.side_ratio", "finding"),
        ("derived.side_difference", "finding"), ("derived.side_mean", "finding"), ("derived.percent_of_norm", "finding"),
        ("derived.years_before_pain", "finding"), ("derived.same_as", "finding"),
    ),
    "conclusions": (("retest", "finding"),),
    "norms": (("source", "source"),),
    "instruments": (
        ("sources", "source"), ("scores.fills", "finding"), ("scores.band_source", "source"), ("scores.missing.sources", "source"),
        ("groups.fills", "finding"), ("sets.finding", "finding"), ("change.sources", "source"),
    ),
    "ladders": (("driver_links", "conclusion"), ("sources", "source")),
    "drivers": (("for", "conclusion"), ("steps.trains", "conclusion"), ("retest", "finding"), ("sources", "source")),
    "exposure_rules": (("sources", "source"),),
    "honesty.yaml": (("sources", "source"),),
    "teaching.yaml": (("sources", "source"),),
    "strategy.yaml": (("findings", "finding"), ("sources", "source")),
    "positions": (("sources", "source"),),
    "basic": (("id", "finding"), ("sources", "source")),
    "last": (("sources", "source"),),
    **dict.fromkeys(RULE_SECTIONS, _RULE),
}
"""Where units name other units: the key, and what its ids must be."""
SECTIONS_OF = {
    "finding": ("findings",), "conclusion": ("conclusions",), "source": ("sources.yaml",), "norm table": ("norms",),
    "instrument": ("instruments",), "detail": ("details.yaml",), "rule": RULE_SECTIONS, "position": ("positions",),
    "node": ("findings", "conclusions"),
}
"""The sections where an id of each kind can stand; a node is a finding or a conclusion."""


def check_references(pack: Pack) -> Iterator[Problem]:
    """Every id that is named and does not exist."""
    known = {kind: [name for section in sections for name in pack.units[section]] for kind, sections in SECTIONS_OF.items()}
    for kind, name, place in [*_in_units(pack), *_in_statements(pack), *_in_links(pack.rows())]:
        if name not in known[kind]:
            yield unknown(kind, name, place, known[kind])


def without_echoes(problems: Iterable[Problem], pack: Pack) -> Iterator[Problem]:
    """The problems without those that only say that a unit is missing which could not be read."""
    for problem in problems:
        kind, name = problem.names or ("", "")
        if not any(pack.has_lost(section, name) for section in SECTIONS_OF.get(kind, ())):
            yield problem


def _in_units(pack: Pack) -> Iterator[tuple[str, str, Place]]:
    for section, keys in _NAMED.items():
        for _, at in pack.values(section):
            for key, kind in keys:
                yield from ((kind, name, place) for name, place in _names(at, key.split(".")))


def _names(at: At, steps: list[str]) -> Iterator[tuple[str, Place]]:
    for number, step in enumerate(steps):
        if isinstance(at.value, list):
            yield from (found for index in range(len(at.value)) for found in _names(at / index, steps[number:]))
            return
        at = at / step
    listed = at.value if isinstance(at.value, list) else [at.value]
    yield from ((str(name), (at / index).place) for index, name in enumerate(listed) if name not in (None, ""))


def _in_statements(pack: Pack) -> Iterator[tuple[str, str, Place]]:
    """What a sentence is about: a conclusion, or a link written `from>to`."""
    for section in ("honesty.yaml", "exposure_rules"):
        for _, at in pack.values(section):
            yield from (("conclusion", end, place) for name, place in _names(at, ["about"]) for end in name.split(">"))


def _in_links(rows: Iterable[Row]) -> Iterator[tuple[str, str, Place]]:
    for row in rows:
        for column in ("sources", "against"):
            yield from (("source", name, place) for name, place in row.cells[column].words())
