"""Ids: how they are written, and which units share one space of ids."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from knowledge.pack_files import RULE_SECTIONS
from knowledge.problems import Problem, short
from knowledge.yaml_source import At

_SPACES = (("findings", "conclusions"), RULE_SECTIONS)
_WORD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_SOURCE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def id_problem(section: str, name: str, at: At) -> Iterator[Problem]:
    """An id that is not written as ids of its section are."""
    key = "for" if section == "drivers" else "id"
    here = at.key(name) if section in ("details.yaml", "codes.yaml") else (at / key).place
    if not name:
        if (at / key).value == "":
            yield Problem(here, "KB104", f"'{key}' is empty", f"write {key}: and one word that names the unit")
        return
    if section == "drivers":
        return
    if section in _SPACES[1]:
        if not _CAPITALS.fullmatch(name):
            yield Problem(here, "KB104", f"'{short(name)}' is no id of a rule", "write capitals and digits, such as ANK003")
    elif section == "sources.yaml":
        if not _SOURCE.fullmatch(name):
            yield Problem(here, "KB104", f"'{short(name)}' is no id of a source", "write letters, digits, - and _, beginning with a letter")
    elif not _WORD.fullmatch(name):
        yield Problem(here, "KB104", f"'{short(name)}' is no id", "write lower-case words joined by _, such as heel_rise")


def same_id(section: str, name: str, known: Mapping[str, Collection[str]], within: bool = False) -> str:
    """The section where the id is already taken; by another kind of unit only, unless `within` one pack."""
    space = next((one for one in _SPACES if section in one), (section,))
    others = space if within else [one for one in space if one != section]
    return next((one for one in others if name in known[one]), "")
