"""Whether what simulation.yaml names exists, and whether the chances of the words of one answer are more than certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.leaves import Names
from knowledge.model import detail_words
from knowledge.problems import Problem, did_you_mean, one_of, short, unknown
from knowledge.simulation import Simulation
from knowledge.yaml_source import At


def simulation_problems(simulation: Simulation | None, at: At | None, names: Names) -> Iterator[Problem]:
    """Every id or word that does not exist, at the key that names it."""
    if simulation is None or at is None:
        return
    words = at / "answering" / "words"
    for subject, chances in simulation.answering.words.items():
        yield from _subject_problems(subject, chances, words, names)
    holding = at / "holding" / "conclusions"
    for name in simulation.holding.conclusions:
        if name not in names.conclusions:
            yield unknown("conclusion", name, holding.key(name), names.conclusions)


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
