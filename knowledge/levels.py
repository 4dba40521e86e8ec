"""Reading a level of a dimension as an author writes it: `load: 5`, `load: '30 % kg|about a third'`, `range: half`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from knowledge.model_demands import Dimension, Level
from knowledge.problems import Problem, did_you_mean, one_of, short
from knowledge.yaml_source import At

_SHARE = re.compile(r"^(\d{1,3}) % (\w+)\|(.+)$")
_NUMBER = re.compile(r"^\d+(?:\.\d+)?$")


def read_levels(written: Mapping[str, str], dimensions: Mapping[str, Dimension], at: At, problems: list[Problem]) -> tuple[Level, ...]:
    """The levels that stand under `at`; what is no dimension or no level of it is told and left out."""
    found: list[Level] = []
    for name, text in written.items():
        dimension = dimensions.get(name)
        if dimension is None:
            hint = did_you_mean(name, dimensions) or (one_of(dimensions) if dimensions else "write dimensions into demands.yaml first")
            problems.append(Problem(at.key(name), "KB609", f"'{short(name)}' is no dimension", hint))
            continue
        level = level_of(text, dimension)
        if level is None:
            problems.append(Problem((at / name).place, "KB609", f"'{short(text)}' is no level of '{name}'", _hint(text, dimension)))
        else:
            found.append(level)
    return tuple(found)


def level_of(text: str, dimension: Dimension) -> Level | None:
    """The level that a text means, None when it means none."""
    if dimension.levels:
        return Level(dimension.id, text, rank=dimension.levels.index(text)) if text in dimension.levels else None
    share = _SHARE.match(text)
    if share and dimension.detail == share[2] and 0 < int(share[1]) <= 100:
        return Level(dimension.id, share[3], share=int(share[1]))
    return Level(dimension.id, f"{float(text):g} {dimension.unit}", number=float(text)) if _NUMBER.match(text) else None


def dimension_problems(dimensions: Mapping[str, Dimension], numbers: Mapping[str, str], at: At) -> Iterator[Problem]:
    """A dimension has a unit or levels, a step that can be made, and details that own activities carry."""
    for name, one in dimensions.items():
        here = at / name
        if bool(one.unit) == bool(one.levels):
            yield Problem(here.place, "KB610", f"'{name}' needs a unit or levels, and not both", "write unit: kg, or levels: [small, full]")
        if one.unit and not (one.most_percent or one.least):
            yield Problem(here.place, "KB610", f"no step of '{name}' is allowed", "write most_percent: 20, least: 1 or both")
        for detail in (*((one.detail,) if one.detail else ()), *one.details):
            if detail not in numbers:
                hint = did_you_mean(detail, numbers) or one_of(numbers)
                yield Problem(here.place, "KB610", f"own activities carry no number '{short(detail)}'", hint)


def _hint(text: str, dimension: Dimension) -> str:
    if dimension.levels:
        return did_you_mean(text, dimension.levels) or one_of(dimension.levels)
    share = f" or '30 % {dimension.detail}|words'" if dimension.detail else ""
    return f"write a number of {dimension.unit}{share}"
