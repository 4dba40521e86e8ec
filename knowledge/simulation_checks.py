"""Whether what simulation.yaml names exists, and whether the chances of the words of one answer are more than certain."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args

from knowledge.leaves import Names
from knowledge.model import LAYERS, URGENCIES, detail_words
from knowledge.problems import Problem, did_you_mean, one_of, short, unknown
from knowledge.schema_findings import Kind
from knowledge.simulation import CAUSE_KINDS, SEXES, Simulation
from knowledge.yaml_source import At

_KEYS = {
    "Mapping[Kind,": get_args(Kind), "Mapping[Layer,": LAYERS, "Mapping[Urgency,": URGENCIES, "Mapping[Sex,": SEXES,
    "Mapping[CauseKind,": CAUSE_KINDS,
}
"""The words that may stand as keys, by how simulation.py calls them."""

def simulation_problems(simulation: Simulation | None, at: At | None, names: Names) -> Iterator[Problem]:
    """Every id or word that does not exist, at the key that names it."""
    if simulation is None or at is None:
        return
    yield from _field_problems(simulation, at)
    words = at / "answering" / "words"
    for subject, chances in simulation.answering.words.items():
        yield from _subject_problems(subject, chances, words, names)
    drawing, asking = at / "drawing", at / "asking"
    yield from _unknown("conclusion", simulation.holding.conclusions, at / "holding" / "conclusions", names.conclusions)
    yield from _unknown("conclusion", simulation.drawing.causes, drawing / "causes", names.conclusions)
    yield from _unknown("finding", simulation.asking.findings, asking / "findings", names.findings)
    yield from _unknown("finding", simulation.asking.ranges, asking / "ranges", names.findings)
    for sex, members in simulation.drawing.only.items():
        yield from _unknown_members("conclusion", members, drawing / "only" / sex, names.conclusions)
    for sex, members in simulation.asking.only.items():
        yield from _unknown_members("finding", members, asking / "only" / sex, names.findings)
    for name, (low, high) in simulation.asking.ranges.items():
        if low > high:
            says = f"the range {low:g} to {high:g} runs backwards"
            yield Problem((asking / "ranges" / name).place, "KB103", says, "write the lower number first")


def _field_problems(part: Any, at: At) -> Iterator[Problem]:
    """Chances that are none, and keys that are none of the words that may stand there."""
    for one in fields(part):
        value, written = getattr(part, one.name), str(one.type)
        if is_dataclass(value):
            yield from _field_problems(value, at / one.name)
            continue
        known = next((words for start, words in _KEYS.items() if written.startswith(start)), None)
        for key in value if known else ():
            if key not in known:  # type: ignore[operator]  # only looked at where known
                says = f"'{short(key)}' cannot stand under '{one.name}'"
                yield Problem((at / one.name).key(key), "KB103", says, did_you_mean(key, known or ()) or one_of(known or ()))
        if "Share" in written:
            yield from _share_problems(value, one.name, at / one.name)


def _share_problems(value: Any, name: str, at: At) -> Iterator[Problem]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _share_problems(inner, key, at / key)
    elif not 0 <= value <= 1:
        yield Problem(at.place, "KB103", f"'{short(name)}' needs a chance from 0 to 1, not '{value:g}'", "write a number such as 0.25")


def _unknown(kind: str, listed: Collection[str], at: At, known: Collection[str]) -> Iterator[Problem]:
    yield from (unknown(kind, name, at.key(name), known) for name in listed if name not in known)


def _unknown_members(kind: str, listed: Collection[str], at: At, known: Collection[str]) -> Iterator[Problem]:
    yield from (unknown(kind, name, (at / index).place, known) for index, name in enumerate(listed) if name not in known)


def _subject_problems(subject: str, chances: Mapping[str, float], at: At, names: Names) -> Iterator[Problem]:
    name, _, detail = subject.partition(".")
    finding = names.findings.get(name)
    if finding is None:
        yield unknown("finding", name, at.key(subject), names.findings)
        return
    if detail and finding.detail(detail) is None:
        known = [one.name for one in finding.details]
        hint = did_you_mean(detail, known) or one_of(known)
        yield Problem(at.key(subject), "KB207", f"answers to '{name}' carry no '{short(detail)}'", hint)
        return
    known_words = detail_words(finding.detail(detail)) if detail else finding.words
    for word in chances:
        if word not in known_words:
            hint = did_you_mean(word, known_words) or one_of(known_words)
            yield Problem((at / subject).key(word), "KB204", f"'{short(word)}' is not a word of '{subject}'", hint)
    if sum(chances.values()) > 1 + 1e-9:
        says = f"the chances of the words of '{subject}' sum to {sum(chances.values()):g}"
        yield Problem(at.key(subject), "KB608", says, "let them sum to 1 or less; what is missing goes to the quiet word")
