"""The files of a knowledge pack: which are read, to which section they belong, and how they are named to their author."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path, PurePath

from knowledge.problems import Place, Problem, did_you_mean

RULE_SECTIONS = ("rules", "red_flags", "scope", "cautions", "tried")
FOLDERS = ("findings", "conclusions", "norms", "instruments", *RULE_SECTIONS, "ladders")
FILES = (
    "links.csv", "details.yaml", "sources.yaml", "strategy.yaml", "examination.yaml", "honesty.yaml", "teaching.yaml",
    "programmes.yaml", "demands.yaml", "guide.yaml", "codes.yaml", "scale.yaml", "simulation.yaml", "wording.yaml", "pack.yaml",
)
SHIPPED = "knowledge/base"
"""How places in the knowledge that ships with the program begin."""
_PARTS = {"programmes.yaml": ("drivers", "exposure_rules"), "examination.yaml": ("positions", "basic", "last")}
_NAME_ONE = "name a folder with findings/, rules/ and so on"
_NO_KNOWLEDGE = ("cases",)
_READ_ELSEWHERE = (".md", ".py")


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack: `inside` is its name within the pack, `digest` the hash of its name and text once read."""

    path: Path
    inside: str
    shown: str
    section: str
    extra: bool
    digest: str = ""

    def holding(self, text: str) -> PackFile:
        """The file with the digest of its text; line ends of any kind count the same."""
        plain = text.replace("\r\n", "\n")
        return replace(self, digest=hashlib.sha256(f"{self.inside}\0{plain}".encode()).hexdigest())


def base_folder() -> Path:
    """The folder of the knowledge that ships with the program."""
    return Path(str(files("knowledge"))) / "base"


def parts_of(section: str) -> tuple[str, ...]:
    """The sections whose units a file holds."""
    return _PARTS.get(section, (section,))


def pack_files(folder: Path, extra: bool) -> tuple[list[PackFile], list[Problem]]:
    """The files of a folder in a fixed order, and a problem for each that has no place in a pack."""
    if not folder.is_dir():
        return [], [Problem(Place(str(folder)), "KB001", "this is not a folder of knowledge", _NAME_ONE)]
    read, problems = [], []
    called = SHIPPED if folder == base_folder() else folder.name
    for inside in _found(folder):
        section, _, deeper = inside.partition("/")
        path, shown = folder / inside, f"{called}/{inside}"
        if section in (FOLDERS if deeper else FILES) and (path.suffix in (".yaml", ".yml") or inside == "links.csv"):
            read.append(PackFile(path, inside, shown, section, extra))
        else:
            problems.append(_stray(inside, section, Place(shown)))
    if not read and not problems:
        problems.append(Problem(Place(str(folder)), "KB001", "no knowledge stands in this folder", _NAME_ONE))
    return read, problems


def _found(folder: Path) -> list[str]:
    """Every file and every folder named like one, except cases, notes and what editors hide; names from the folder on, in order."""
    found = []
    for here, folders, names in os.walk(folder):
        inside = Path(here).relative_to(folder).as_posix().removeprefix(".")
        folders[:] = [name for name in folders if _seen(name) and (inside or name not in _NO_KNOWLEDGE)]
        files = [name for name in names if _seen(name) and (inside or name not in _NO_KNOWLEDGE)]
        listed = [*(name for name in folders if PurePath(name).suffix), *files]
        found += [f"{inside}/{name}".removeprefix("/") for name in listed if PurePath(name).suffix not in _READ_ELSEWHERE]
    return sorted(found)


def _seen(name: str) -> bool:
    return not name.startswith((".", "~", "__"))


def _stray(inside: str, section: str, place: Place) -> Problem:
    if section in FOLDERS and "/" in inside:
        return Problem(place, "KB007", "this file is not read", "knowledge files end in .yaml; rename it, or take it out of the pack")
    hint = did_you_mean(section, (*FOLDERS, *FILES)) or "docs/authoring.md lists the folders and files"
    return Problem(place, "KB007", f"'{section}' is no part of a knowledge pack", hint)
