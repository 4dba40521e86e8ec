"""Building conditions: from what the author wrote to leaves whose ids, words and sides are known to be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.model import OUTCOMES, STATUSES, Conclusion, Finding, Leaf, When, detail_words
from knowledge.problems import Problem, did_you_mean, number_hint, one_of, short, unknown
from knowledge.schema import LeafSpec, WhenSpec
from knowledge.sides import OTHER_SIDE, THIS_SIDE
from knowledge.yaml_source import At

_SUBJECTS = ("finding", "conclusion", "outcome", "leading")


@dataclass(frozen=True, slots=True)
class Names:
    """What a condition may speak of."""

    findings: Mapping[str, Finding]
    conclusions: Mapping[str, Conclusion]


def build_when(spec: WhenSpec, at: At, names: Names, problems: list[Problem]) -> When:
    """The condition with all its leaves checked; faulty leaves are left out and told."""
    count = spec.at_least
    when = When(
        all=build_leaves(spec.all, at / "all", names, problems),
        any=build_leaves(spec.any, at / "any", names, problems),
        none=build_leaves(spec.none, at / "none", names, problems),
        at_least=build_leaves(count.of, at / "at_least" / "of", names, problems) if count else (),
        count=count.n if count else 0,
    )
    if not (spec.all or spec.any or spec.at_least):
        says = "the condition asks for nothing that must be there"
        problems.append(Problem(at.place, "KB416", says, "add 'all', 'any' or 'at_least'; 'none' alone is not enough"))
    if count and not 1 <= count.n <= len(count.of):
        says = f"at_least {count.n} of {len(count.of)} can never be counted"
        hint = f"write a number from 1 to {len(count.of)}" if count.of else "list what is counted under 'of'"
        problems.append(Problem((at / "at_least" / "n").place, "KB417", says, hint))
    return when


def build_leaves(specs: Iterable[LeafSpec], at: At, names: Names, problems: list[Problem]) -> tuple[Leaf, ...]:
    """The leaves of one list."""
    built = (build_leaf(spec, at / index, names, problems) for index, spec in enumerate(specs))
    return tuple(leaf for leaf in built if leaf is not None)


def build_leaf(spec: LeafSpec, at: At, names: Names, problems: list[Problem]) -> Leaf | None:
    """One leaf, or None with a problem told."""
    words = spec.words
    given = [name for name in _SUBJECTS if getattr(spec, name)]
    if len(given) != 1:
        says = f"this condition names {' and '.join(f'a {name}' for name in given) or 'no finding and no conclusion'}"
        hint = "write one condition for each" if given else "write {finding: F, is: WORD}"
        problems.append(Problem(at.place, "KB416", says, hint))
        return None
    if spec.finding:
        return _finding_leaf(spec.finding, words, spec.side, at, names, problems)
    if spec.conclusion:
        return _conclusion_leaf(spec.conclusion, words, spec.side, at, names, problems)
    return _fixed(given[0], getattr(spec, given[0]), names, at, problems)


def _finding_leaf(subject: str, words: tuple[str, ...], side: str, at: At, names: Names, problems: list[Problem]) -> Leaf | None:
    name, _, detail = subject.partition(".")
    finding = names.findings.get(name)
    if finding is None:
        problems.append(_no_finding(name, at, names))
        return None
    known = _known_words(finding, detail, at, problems)
    if known is None or not _words_fit(subject, words, known, at, problems):
        return None
    relative = {THIS_SIDE, OTHER_SIDE} & set(words)
    if not _side_fits(name, side, finding.per_side, at, problems):
        return None
    leaf_side = side or ("same" if finding.per_side or relative else "none")
    return Leaf("finding", subject, words, leaf_side, at.place)


def _no_finding(name: str, at: At, names: Names) -> Problem:
    here = (at / "finding").place
    if name in names.conclusions:
        return Problem(here, "KB201", f"'{name}' is a conclusion, not a finding", f"write {{conclusion: {name}, is: supported}}")
    return unknown("finding", name, here, names.findings)


def _side_fits(name: str, side: str, per_side: bool, at: At, problems: list[Problem]) -> bool:
    if side and not per_side:
        problems.append(Problem(at.key("side"), "KB403", f"'{name}' has no sides", "leave 'side' out"))
    return per_side or not side


def _known_words(finding: Finding, detail: str, at: At, problems: list[Problem]) -> tuple[str, ...] | None:
    here = (at / "finding").place
    if not detail:
        sides = (THIS_SIDE, OTHER_SIDE) if {"left", "right"} <= set(finding.answer.choices) else ()
        return _some_words(finding.id, (*finding.words, *sides), "bands", at, problems)
    one = finding.detail(detail)
    if one is None:
        known = [d.name for d in finding.details]
        hint = did_you_mean(detail, known) or (one_of(known) if known else f"add it under 'detail' of {finding.id}")
        problems.append(Problem(here, "KB207", f"answers to '{finding.id}' carry no '{short(detail)}'", hint))
        return None
    if not one.form:
        return None  # its type is unknown, which is told where the finding names it
    if one.form == "text":
        says = f"'{finding.id}.{detail}' is free text; a rule can't ask for a word of it"
        problems.append(Problem(here, "KB208", says, f"list its words in {finding.id}: detail: ['{detail}: a|b']"))
        return None
    return _some_words(f"{finding.id}.{detail}", detail_words(one), "detail_bands", at, problems)


def _some_words(subject: str, words: tuple[str, ...], bands: str, at: At, problems: list[Problem]) -> tuple[str, ...] | None:
    if not words:
        says = f"'{subject}' is a number or list without bands; a rule can't ask for a word of it"
        hint = f"give {subject.partition('.')[0]} {bands} that turn it into words"
        problems.append(Problem((at / "finding").place, "KB208", says, hint))
    return words or None


def _words_fit(subject: str, words: Sequence[str], known: tuple[str, ...], at: At, problems: list[Problem]) -> bool:
    if not words:
        problems.append(Problem(at.place, "KB102", "'is' is missing", f"add 'is: WORD' with {one_of(known).removeprefix('write ')}"))
    told = [one for index, word in enumerate(words) if (one := _word_problem(subject, word, known, at / "is" / index))]
    problems.extend(told)
    return bool(words) and not told


def _word_problem(subject: str, word: str, known: tuple[str, ...], at: At) -> Problem | None:
    if word in ("left", "right") and THIS_SIDE in known:
        return Problem(at.place, "KB402", f"'is: {word}' treats one side unlike the other", "write 'is: this_side' or 'is: other_side'")
    if word in known:
        return None
    if number_hint(word):
        return Problem(at.place, "KB410", f"'{short(word)}' is a number; rules speak words only", one_of(known))
    if word.lower() in ("true", "false") and "yes" in known:
        return Problem(at.place, "KB204", f"'{word}' is not a word of '{subject}'", f"write '{'yes' if word.lower() == 'true' else 'no'}'")
    return Problem(at.place, "KB204", f"'{short(word)}' is not a word of '{subject}'", did_you_mean(word, known) or one_of(known))


def _conclusion_leaf(subject: str, words: tuple[str, ...], side: str, at: At, names: Names, problems: list[Problem]) -> Leaf | None:
    conclusion = names.conclusions.get(subject)
    if conclusion is None:
        here = (at / "conclusion").place
        if subject in names.findings:
            says = f"'{subject}' is a finding, not a conclusion"
            problems.append(Problem(here, "KB202", says, f"write {{finding: {subject}, is: WORD}}"))
        else:
            problems.append(unknown("conclusion", subject, here, names.conclusions))
        return None
    if not _words_fit(subject, words, STATUSES, at, problems) or not _side_fits(subject, side, conclusion.per_side, at, problems):
        return None
    return Leaf("conclusion", subject, words, side or ("same" if conclusion.per_side else "none"), at.place)


def _fixed(about: str, word: str, names: Names, at: At, problems: list[Problem]) -> Leaf | None:
    here = (at / about).place
    if about == "leading" and word not in names.conclusions:
        problems.append(unknown("conclusion", word, here, names.conclusions))
        return None
    if about == "outcome" and word not in OUTCOMES:
        problems.append(Problem(here, "KB204", f"'{short(word)}' is no outcome", did_you_mean(word, OUTCOMES) or one_of(OUTCOMES)))
        return None
    return Leaf(about, word, (word,), "none", at.place)
