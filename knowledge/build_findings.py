"""Building findings: answers, details, bands, norms, and who must be asked."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping

from knowledge.bands import Band
from knowledge.build_bands import build_bands
from knowledge.model import ACTIVITIES, STRAINS, UNKNOWN, Answer, Derived, Detail, Finding, MustAsk, Reliability
from knowledge.problems import Problem, counted, did_you_mean, one_of, short, unknown
from knowledge.schema import ChoiceAnswer, DetailSpec, FindingSpec, ListAnswer, MustAskSpec, NumberAnswer
from knowledge.yaml_source import At

_FIGURE = re.compile(r"-?\d+(?:\.\d+)?")
UNTYPED = ""
"""The form of a detail whose type is not known; told once, where it is named."""


def build_finding(spec: FindingSpec, at: At, details: Mapping[str, DetailSpec], problems: list[Problem]) -> Finding:
    """One finding; whatever is wrong in it is added to `problems`."""
    answer = _answer(spec, at, problems)
    listed = _list_fields(spec, spec.answer, at, problems) if isinstance(spec.answer, ListAnswer) else ()
    carried = (*listed, *(_detail(text, spec, at, index, details, problems) for index, text in enumerate(spec.detail)))
    problems.extend(_stray_detail_bands(spec, carried, at))
    bands = _bands(spec, answer, at, problems)
    problems.extend(_strange_words(spec, answer, bands, at / "medical"))
    return Finding(
        id=spec.id, title=spec.title, kind=spec.kind, answer=answer, per_side=spec.per_side, ask=spec.ask or "", place=at.place,
        how=spec.how, minutes=spec.minutes, bands=bands, band_source=spec.band_source, norm=spec.norm,
        details=carried, derived=next((Derived(how, of) for how, of in (spec.derived or {}).items()), None),
        hurts=activities(spec.hurts, at / "hurts", problems), strain=strains(spec.strain, at / "strain", problems),
        position=spec.position, provokes=spec.provokes, medical=tuple(spec.medical.items()),
        must_ask=_must_ask(spec), tests_node=spec.tests_node,
        reliability=_reliability(spec), sources=spec.sources, synonyms=spec.synonyms,
        for_reader=spec.for_reader, reason=spec.reason, plain=spec.plain,
    )


def activities(words: tuple[str, ...], at: At, problems: list[Problem]) -> tuple[str, ...]:
    """The words, each of which must name an activity."""
    for index, word in enumerate(words):
        if word not in ACTIVITIES:
            hint = did_you_mean(word, ACTIVITIES) or one_of(ACTIVITIES)
            problems.append(Problem((at / index).place, "KB209", f"'{short(word)}' is no activity", hint))
    return words


def _strange_words(spec: FindingSpec, answer: Answer, bands: Iterable[Band], at: At) -> Iterator[Problem]:
    """Words of a doctor for answers that the finding cannot have."""
    words = ("yes", "no") if answer.form == "yes_no" else answer.choices or tuple(band.word for band in bands)
    for word in spec.medical:
        if word not in ("name", *words):
            hint = did_you_mean(word, words) or one_of(("name", *words))
            yield Problem(at.key(word), "KB204", f"'{short(word)}' is not a word of '{spec.id}'", hint)


def strains(words: tuple[str, ...], at: At, problems: list[Problem]) -> tuple[str, ...]:
    """The words, each of which must name a kind of strain."""
    for index, word in enumerate(words):
        if word not in STRAINS:
            says = f"'{short(word)}' is no kind of strain"
            problems.append(Problem((at / index).place, "KB209", says, did_you_mean(word, STRAINS) or one_of(STRAINS)))
    return words


def _answer(spec: FindingSpec, at: At, problems: list[Problem]) -> Answer:
    problems.extend(_origin_problems(spec, at))
    match spec.answer:
        case NumberAnswer():
            problems.extend(range_problems(spec.answer, at / "answer"))
            return Answer("number", spec.answer.number, spec.answer.min, spec.answer.max)
        case ChoiceAnswer():
            problems.extend(_choice_problems(spec.answer, at / "answer" / "choice"))
            return Answer("choice", choices=spec.answer.choice)
        case ListAnswer():
            return Answer("list")
        case str():
            return Answer(spec.answer)
        case _:
            return Answer("derived", low=-math.inf, high=math.inf)


def range_problems(spec: NumberAnswer | DetailSpec, at: At) -> Iterator[Problem]:
    """A range runs upwards."""
    if spec.min >= spec.max:
        yield Problem((at / "min").place, "KB103", "'min' is not below 'max'", "write the smaller number under 'min'")


def _origin_problems(spec: FindingSpec, at: At) -> Iterator[Problem]:
    """A finding is either answered or derived, and derived in one way."""
    if spec.answer is None and not spec.derived:
        yield Problem(at.place, "KB102", f"'{spec.id}' has neither 'answer' nor 'derived'", "add one of the two")
    if spec.answer is not None and spec.derived is not None:
        yield Problem(at.key("derived"), "KB103", f"'{spec.id}' has both 'answer' and 'derived'", "keep one of the two")
    if spec.answer is not None and not (spec.ask or "").strip():
        yield Problem(at.place, "KB102", "'ask' is missing", "add the question, or what to test or look for")
    if spec.for_reader and not spec.reason.strip():
        yield Problem(at.key("for_reader"), "KB102", "'reason' is missing", "say in one sentence what a reader needs it for")
    if spec.derived and len(spec.derived) > 1:
        says = f"'derived' names {counted(len(spec.derived), 'way')}: {', '.join(spec.derived)}"
        yield Problem((at / "derived").place, "KB103", says, "keep one of them")


def _choice_problems(answer: ChoiceAnswer, at: At) -> Iterator[Problem]:
    if not answer.choice:
        yield Problem(at.place, "KB103", "'choice' lists no word", "write choice: [a, b]")
    sided = {"left", "right"} & set(answer.choice)
    if len(sided) == 1:
        yield Problem(at.place, "KB103", f"'{sided.pop()}' stands here without the other side", "list left and right, or neither")
    for index, word in enumerate(answer.choice):
        if word == UNKNOWN:
            yield Problem((at / index).place, "KB103", f"'{UNKNOWN}' cannot be a choice", "leave it out; every answer may be unknown")
        elif word in answer.choice[:index]:
            yield Problem((at / index).place, "KB103", f"'{short(word)}' is listed a second time", "keep one of the two")


def _bands(spec: FindingSpec, answer: Answer, at: At, problems: list[Problem]) -> tuple[Band, ...]:
    if answer.form in ("yes_no", "choice", "list"):
        if spec.bands:
            says = f"'{spec.id}' is answered by a word, so it has no bands"
            problems.append(Problem(at.key("bands"), "KB306", says, "take 'bands' out, or write answer: {number: unit, min: 0, max: 10}"))
        return ()
    if answer.form == "words":
        if not spec.bands:
            says = f"'{spec.id}' is answered by words and 'bands' lists none"
            problems.append(Problem(at.key("answer"), "KB306", says, "add bands: {word: what it means}"))
        return tuple(Band(word, None, False, text) for word, text in spec.bands.items())
    return build_bands(spec.bands, at / "bands", (answer.low, answer.high), problems, bool(spec.norm))


def _detail(text: str, spec: FindingSpec, at: At, index: int, details: Mapping[str, DetailSpec], problems: list[Problem]) -> Detail:
    name, _, words = text.partition(":")
    name = name.strip()
    if words:
        return Detail(name, "words", words=tuple(word.strip() for word in words.split("|")))
    kind = details.get(name)
    if kind is None:
        problems.append(unknown("detail", name, (at / "detail" / index).place, details))
        return Detail(name, UNTYPED)
    bands = build_bands(spec.detail_bands.get(name, {}), at / "detail_bands" / name, (kind.min, kind.max), problems)
    return Detail(name, "text" if kind.type == "words" else kind.type, kind.unit, kind.min, kind.max, bands=bands)


def _stray_detail_bands(spec: FindingSpec, carried: Iterable[Detail], at: At) -> Iterator[Problem]:
    """Bands for something that answers to this finding do not carry, or that is no number."""
    forms = {detail.name: detail.form for detail in carried}
    for name in spec.detail_bands:
        here = (at / "detail_bands").key(name)
        if name not in forms:
            hint = did_you_mean(name, forms) or f"add {short(name)} to 'detail', or take its bands out"
            yield Problem(here, "KB207", f"answers to '{spec.id}' carry no '{short(name)}'", hint)
        elif forms[name] not in ("number", UNTYPED):
            yield Problem(here, "KB306", f"'{short(name)}' is no number, so it has no bands", "take its bands out")


def _list_fields(spec: FindingSpec, answer: ListAnswer, at: At, problems: list[Problem]) -> tuple[Detail, ...]:
    return tuple(_list_field(name, kind, spec, at, problems) for name, kind in answer.list.items())


def _list_field(name: str, kind: tuple[str, ...] | NumberAnswer | str, spec: FindingSpec, at: At, problems: list[Problem]) -> Detail:
    if isinstance(kind, tuple):
        return Detail(name, "words", words=kind)
    if kind == "text":
        return Detail(name, "text")
    low, high, unit = (kind.min, kind.max, kind.number) if isinstance(kind, NumberAnswer) else (0.0, 1e6, "")
    bands = build_bands(spec.detail_bands.get(name, {}), at / "detail_bands" / name, (low, high), problems)
    return Detail(name, "number", unit, low, high, bands=bands)


def _must_ask(spec: FindingSpec) -> MustAsk | None:
    match spec.must_ask:
        case None:
            return None
        case MustAskSpec() as who:
            return MustAsk(sex=who.sex, age_from=who.age_from, age_to=who.age_to, any_of=who.any_of)
        case _:
            return MustAsk(always=True)


def _reliability(spec: FindingSpec) -> Reliability | None:
    if spec.reliability is None:
        return None
    one = spec.reliability
    agreement = f"ICC {one.icc}" if one.icc else f"kappa {one.kappa}" if one.kappa else one.note
    figures = [float(figure) for figure in _FIGURE.findall(one.kappa or one.icc)]
    return Reliability(one.mdc, agreement, one.sources, min(figures, default=None))
