"""Reading the folders of knowledge packs into checked shapes with their places, before anything is built from them.

A later pack adds units, and replaces those whose id it repeats; a link is known by its two ends. What could not be
read is remembered, so that an id which stands there is not called unknown as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.csv_source import Row, read_table
from knowledge.links import COLUMNS, repeated_rows
from knowledge.pack_files import RULE_SECTIONS, PackFile, pack_files, parts_of
from knowledge.problems import Problem, short
from knowledge.schema import (
    CodesSpec,
    ConclusionSpec,
    DetailSpec,
    ExaminedSpec,
    FindingSpec,
    LadderSpec,
    NormSpec,
    PositionSpec,
    ProgrammeSpec,
    RuleSpec,
    ScoredSpec,
    SourceSpec,
    StageSpec,
    StatementSpec,
    TeachingSpec,
)
from knowledge.shape import shape
from knowledge.unit_ids import id_problem, same_id
from knowledge.yaml_source import At, read_source, read_text

UNITS: dict[str, Any] = {
    "findings": FindingSpec, "conclusions": ConclusionSpec, "norms": NormSpec, "instruments": ScoredSpec,
    **dict.fromkeys(RULE_SECTIONS, RuleSpec), "ladders": LadderSpec, "drivers": ProgrammeSpec, "exposure_rules": StatementSpec,
    "details.yaml": DetailSpec, "sources.yaml": SourceSpec, "strategy.yaml": StageSpec, "honesty.yaml": StatementSpec,
    "teaching.yaml": TeachingSpec, "codes.yaml": CodesSpec,
    "positions": PositionSpec, "basic": ExaminedSpec, "last": ExaminedSpec,
}
"""Sections that hold units, and the shape of a unit in each."""
NAMED = ("details.yaml", "codes.yaml")
"""Files that name each unit by its key."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit as read, where it stands, and its rank in the order of its section."""

    unit: Any
    at: At
    file: PackFile
    rank: tuple[bool, str, int, str]


@dataclass(frozen=True, slots=True)
class RowEntry:
    """A row of a table of links as read, where it stands, and its rank."""

    row: Row
    file: PackFile
    rank: tuple[bool, int, str]


@dataclass
class Pack:
    """What was read: units by section and id, single trees by file (of each pack), link rows by their ends, problems."""

    units: dict[str, dict[str, Entry]] = field(default_factory=lambda: {section: {} for section in UNITS})
    trees: dict[str, list[At]] = field(default_factory=dict)
    links: dict[tuple[str, str], RowEntry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    broken: set[tuple[str, str]] = field(default_factory=set)

    def values(self, section: str) -> list[tuple[Any, At]]:
        """The units of a section: the first pack's in the order written, then those that other packs add."""
        return [(one.unit, one.at) for one in sorted(self.units[section].values(), key=lambda one: one.rank)]

    def named(self, section: str) -> Iterator[tuple[str, Any]]:
        """The id and the unit of each entry of a section."""
        yield from ((name, one.unit) for name, one in self.units[section].items())

    def rows(self) -> list[Row]:
        """The rows of the link tables, in the same order."""
        return [one.row for one in sorted(self.links.values(), key=lambda one: one.rank)]

    def has_lost(self, section: str, name: str) -> bool:
        """Whether a unit of that id, or any unit at all, stands in that section and could not be read."""
        return section in self.unread or (section, name) in self.broken


def read_packs(folders: Sequence[Path]) -> Pack:
    """Every file of every folder, base first; each file's problems are collected."""
    pack = Pack()
    for index, folder in enumerate(folders):
        files, problems = pack_files(folder, extra=index > 0)
        pack.problems.extend(problems)
        here: dict[str, dict[str, Entry]] = {section: {} for section in UNITS}
        for file in files:
            _read_file(file, here, pack)
        _add(here, pack)
    return pack


def _add(here: dict[str, dict[str, Entry]], pack: Pack) -> None:
    """The units of one pack over those of the packs before; a replaced unit keeps its rank."""
    before = {section: frozenset(units) for section, units in pack.units.items()}
    for section, entries in here.items():
        known = pack.units[section]
        for name, entry in entries.items():
            other = same_id(section, name, before)
            if other:
                says = f"the id '{short(name)}' is taken by a unit in {other}"
                hint = "choose another id, or replace that unit where it stands"
                pack.problems.append(Problem((entry.at / "id").place, "KB205", says, hint))
            earlier = known.get(name)
            known[name] = Entry(entry.unit, entry.at, entry.file, earlier.rank if earlier else entry.rank)


def _add_rows(rows: Iterable[Row], file: PackFile, pack: Pack) -> None:
    """The rows of one table over those of the packs before; a replaced row keeps its rank."""
    for row in rows:
        ends = (row["from"], row["to"])
        earlier = pack.links.get(ends)
        rank = earlier.rank if earlier else (file.extra, row.place.line, file.digest)
        pack.links[ends] = RowEntry(row, file, rank)


def _read_file(file: PackFile, here: dict[str, dict[str, Entry]], pack: Pack) -> None:
    text, problems = read_text(file.path, file.shown)
    pack.problems.extend(problems)
    if text is None:
        pack.unread.update(parts_of(file.section))
        return
    file = file.holding(text)
    if file.section == "links.csv":
        rows, problems = read_table(text, file.shown, COLUMNS)
        pack.problems.extend([*problems, *repeated_rows(rows)])
        _add_rows(rows, file, pack)
        return
    source, problems = read_source(text, file.shown)
    pack.problems.extend(problems)
    at = At(source)
    if source.tree is None:
        pack.unread.update(parts_of(file.section))
        if not problems:
            pack.problems.append(Problem(at.place, "KB007", "nothing stands in this file", "write into it, or delete it"))
    elif parts_of(file.section) != (file.section,):
        _read_parts(at, file, here, pack)
    elif file.section in NAMED:
        _read_named(at, file, here, pack)
    elif file.section in UNITS:
        _read_list(file.section, at, file, here, pack)
    else:
        pack.trees.setdefault(file.section, []).append(at)


def _read_parts(at: At, file: PackFile, here: dict[str, dict[str, Entry]], pack: Pack) -> None:
    parts = parts_of(file.section)
    found, problems = shape(dict[str, Any], at, at.value)
    pack.problems.extend(problems)
    for key in found or ():
        if key in parts:
            _read_list(key, at / key, file, here, pack)
        else:
            pack.problems.append(Problem(at.key(key), "KB101", f"unknown key '{key}'", f"write one of: {', '.join(parts)}"))


def _read_named(at: At, file: PackFile, here: dict[str, dict[str, Entry]], pack: Pack) -> None:
    found, problems = shape(dict[str, Any], at, at.value)
    pack.problems.extend(problems)
    if problems:
        pack.unread.add(file.section)
    for index, name in enumerate(found or ()):
        _read_unit(file.section, name, at / name, index, file, here, pack)


def _read_list(section: str, at: At, file: PackFile, here: dict[str, dict[str, Entry]], pack: Pack) -> None:
    if not isinstance(at.value, list):
        pack.problems.append(Problem(at.place, "KB007", "a list of units is needed here", "start every unit with '- id: ...'"))
        pack.unread.add(section)
        return
    for index, tree in enumerate(at.value):
        key = "for" if section == "drivers" else "id"
        name = str(tree.get(key, "")) if isinstance(tree, dict) else ""
        _read_unit(section, name, at / index, index, file, here, pack)


def _read_unit(section: str, name: str, at: At, index: int, file: PackFile, here: dict[str, dict[str, Entry]], pack: Pack) -> None:
    unit, problems = shape(UNITS[section], at, at.value)
    pack.problems.extend(problems)
    if problems and name:
        pack.broken.add((section, name))
    elif problems:
        pack.unread.add(section)
    pack.problems.extend(id_problem(section, name, at))
    other = same_id(section, name, {one: units.keys() for one, units in here.items()}, within=True)
    if other and name:
        first = here[other][name].at.place
        says = f"the id '{short(name)}' stands here a second time (first at {first})"
        pack.problems.append(Problem((at / "id").place, "KB205", says, "give one of the two another id"))
    if unit is not None and name not in here[section]:
        here[section][name] = Entry(unit, at, file, (file.extra, file.inside, index, file.digest))
