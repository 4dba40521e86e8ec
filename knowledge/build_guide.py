"""Building what guide.yaml says; whatever is wrong in it is added to `problems`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from knowledge.leaves import Names
from knowledge.model_guide import Certainty, GuideWords, HelpSign, Lights, Said
from knowledge.problems import Place, Problem, did_you_mean, one_of, short, unknown
from knowledge.schema_guide import GuideSpec, HelpSignSpec, LightsSpec
from knowledge.yaml_source import At

NUMBERS = ("free", "most")
"""What may stand in braces in the lights of a pain rule."""
_BRACES = re.compile(r"{([^{}]*)}")


def build_guide(spec: GuideSpec | None, at: At | None, names: Names, rules: Sequence[str], sources: Collection[str],
                problems: list[Problem]) -> GuideWords:
    """All of the file; without it nothing may be told to a person. `rules` are the exposure rules that may be named."""
    if spec is None or at is None:
        return GuideWords()
    problems.extend(_unknown_rules(spec, at / "pain", rules))
    problems.extend(problem for n, one in enumerate(spec.pain) for problem in _wrong_numbers(one, at / "pain" / n))
    problems.extend(_unknown_conditions(spec, at / "help", names))
    problems.extend(_unknown_sources(spec, at, sources))
    return GuideWords(
        certainty=_certainty(spec), sentences=_sentences(spec), pain=tuple(Lights(**one.model_dump()) for one in spec.pain),
        call=spec.help.call, now=_signs(spec.help.now), soon=_signs(spec.help.soon), bring=spec.bring, place=at.place,
    )


def _certainty(spec: GuideSpec) -> Mapping[str, Certainty]:
    return MappingProxyType({level: Certainty(**words) for level, words in spec.certainty.model_dump().items()})


def _sentences(spec: GuideSpec) -> Mapping[str, Said]:
    return MappingProxyType({name: Said(**one) for name, one in spec.sentences.model_dump().items()})


def _signs(specs: Sequence[HelpSignSpec]) -> tuple[HelpSign, ...]:
    return tuple(HelpSign(**one.model_dump()) for one in specs)


def _unknown_rules(spec: GuideSpec, at: At, rules: Sequence[str]) -> Iterator[Problem]:
    for n, one in enumerate(spec.pain):
        if one.rule not in rules:
            hint = did_you_mean(one.rule, rules) or one_of(rules)
            yield Problem((at / n / "rule").place, "KB611", f"'{short(one.rule)}' is no exposure rule", hint)


def _wrong_numbers(one: LightsSpec, at: At) -> Iterator[Problem]:
    for light in ("green", "amber", "red"):
        for inside in _BRACES.findall(getattr(one, light)):
            if inside not in NUMBERS:
                says = f"nothing can fill '{{{short(inside)}}}' in this light"
                yield Problem((at / light).place, "KB611", says, "write {free} or {most}")


def _unknown_conditions(spec: GuideSpec, at: At, names: Names) -> Iterator[Problem]:
    for part in ("now", "soon"):
        for n, sign in enumerate(getattr(spec.help, part)):
            for m, name in enumerate(sign.conditions):
                if name not in names.conclusions:
                    yield unknown("conclusion", name, (at / part / n / "conditions" / m).place, names.conclusions)


def _unknown_sources(spec: GuideSpec, at: At, sources: Collection[str]) -> Iterator[Problem]:
    for listed, here in _sourced(spec, at):
        for n, name in enumerate(listed):
            if name not in sources:
                yield unknown("source", name, _place(here, n), sources)


def _sourced(spec: GuideSpec, at: At) -> Iterator[tuple[tuple[str, ...], At]]:
    """Every list of sources in the file, with its place."""
    for name in type(spec.sentences).model_fields:
        yield getattr(spec.sentences, name).sources, at / "sentences" / name / "sources"
    for n, lights in enumerate(spec.pain):
        yield lights.sources, at / "pain" / n / "sources"
    for part in ("now", "soon"):
        for n, sign in enumerate(getattr(spec.help, part)):
            yield sign.sources, at / "help" / part / n / "sources"


def _place(here: At, n: int) -> Place:
    return (here / n).place
