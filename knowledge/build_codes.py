"""Building codes of other systems: each belongs to something that exists and is written as its system writes ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from knowledge.leaves import Names
from knowledge.model import Codes
from knowledge.problems import Problem, did_you_mean, short
from knowledge.schema import CodesSpec
from knowledge.yaml_source import At

_ICD10 = re.compile(r"[A-Z][0-9][0-9A-Z](\.([0-9A-Z]{1,4}-?|-))?")
_ICD11 = re.compile(r"[0-9A-Z]{4}(\.[0-9A-Z]{1,3})?")
_SNOMED = re.compile(r"[1-9][0-9]{5,17}")
_LOINC = re.compile(r"[1-9][0-9]{0,6}-[0-9]")
# The dihedral group of order 10 and its permutation, with which Verhoeff's method counts.
_TIMES = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)
_TURN = ("0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258")


def build_codes(name: str, spec: CodesSpec, at: At, names: Names, problems: list[Problem]) -> Codes:
    """The codes of one finding or conclusion; `at` is where they stand."""
    problems.extend(_owner_problem(name, at, names))
    problems.extend(_form_problems(spec, at))
    return Codes(name, spec.icd10, spec.icd10cm, spec.icd11, spec.snomed, spec.loinc, spec.seen, spec.note)


def _owner_problem(name: str, at: At, names: Names) -> Iterator[Problem]:
    if name not in names.findings and name not in names.conclusions:
        hint = did_you_mean(name, [*names.findings, *names.conclusions]) or "write an id that stands in findings/ or conclusions/"
        here, says = at.source.place((*at.path, "@key")), f"'{short(name)}' is no finding and no conclusion"
        yield Problem(here, "KB607", says, hint, ("node", name))


def _form_problems(spec: CodesSpec, at: At) -> Iterator[Problem]:
    if not any(getattr(spec, system) for system in SYSTEMS):
        yield Problem(at.place, "KB607", "no code is given here", f"write one of: {', '.join(SYSTEMS)}")
    for system, (title, fits) in SYSTEMS.items():
        for index, code in enumerate(getattr(spec, system)):
            if not fits(code):
                says = f"'{short(code)}' is no {title} code"
                yield Problem((at / system / index).place, "KB607", says, "compare it, figure by figure, with an official browser")


def _snomed(code: str) -> bool:
    """SNOMED CT ids end in a check digit after Verhoeff."""
    if not _SNOMED.fullmatch(code):
        return False
    sum_ = 0
    for position, digit in enumerate(reversed(code)):
        sum_ = int(_TIMES[sum_][int(_TURN[position % 8][int(digit)])])
    return sum_ == 0


def _loinc(code: str) -> bool:
    """LOINC ids end in a check digit modulo 10: every other figure from the right counts double."""
    if not _LOINC.fullmatch(code):
        return False
    body, check = code.split("-")
    doubled = str(int(body[::-2][::-1]) * 2) + body[-2::-2]
    return -sum(map(int, doubled)) % 10 == int(check)


SYSTEMS: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "icd10": ("ICD-10", lambda code: bool(_ICD10.fullmatch(code))),
    "icd10cm": ("ICD-10-CM", lambda code: bool(_ICD10.fullmatch(code))),
    "icd11": ("ICD-11", lambda code: bool(_ICD11.fullmatch(code))),
    "snomed": ("SNOMED CT", _snomed),
    "loinc": ("LOINC", _loinc),
}
"""Each system of codes: how it is called, and whether a code is written as its ids are."""
