"""The words of a case, worked out a second time from docs/authoring.md alone; shares no code with the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from engine.case import Answer, Case
from knowledge.bands import Band
from knowledge.model import Finding, KnowledgeBase, Leaf

OTHER = {"left": "right", "right": "left"}
Words = dict[tuple[str, str], frozenset[str]]
Answers = Mapping[tuple[str, str], Answer]


def oracle_words(case: Case, kb: KnowledgeBase, world: str) -> Words:
    """Every word that is known, with answers of unstated side taken to be about `world`."""
    answers = told_answers(case, world)
    words: Words = {}
    for (name, side), answer in answers.items():
        _put_answer(words, kb.findings[name], side, answer, answers, kb)
    for finding in kb.findings.values():
        for side in ("left", "right") if finding.per_side else ("none",):
            if finding.derived and (finding.id, side) not in words:
                _put(words, finding.id, side, _derived(finding, side, answers, kb, words))
    return words


def told_answers(case: Case, world: str) -> Answers:
    """Each answer on its side; one of unstated side is about `world` unless that side has its own."""
    told = {key: answer for key, answer in case.answers.items() if key[1] != "unstated"}
    for (name, side), answer in case.answers.items():
        if side == "unstated":
            told.setdefault((name, world), answer)
    return told


def _put(words: Words, subject: str, side: str, word: str | None) -> None:
    if word is not None:
        words[subject, side] = frozenset({word})


def _put_answer(words: Words, finding: Finding, side: str, answer: Answer, answers: Answers, kb: KnowledgeBase) -> None:
    if answer.items:
        for detail in finding.details:
            told = {_detail_word(finding, detail.name, one.get(detail.name)) for one in answer.items} - {None}
            if told:
                words[f"{finding.id}.{detail.name}", "none"] = frozenset(word for word in told if word)
        return
    if answer.value not in ("unknown", "listed"):
        _put_value(words, finding, side, answer.value, answers, kb)
    for name, value in answer.details.items():
        _put(words, f"{finding.id}.{name}", side, _detail_word(finding, name, value))


def _put_value(words: Words, finding: Finding, side: str, value: str | float, answers: Answers, kb: KnowledgeBase) -> None:
    if isinstance(value, float):
        _put(words, finding.id, side, _normed(finding, value, answers, kb) if finding.norm else band_word(value, finding.bands))
        return
    _put(words, finding.id, side, value)
    if {"left", "right"} <= set(finding.answer.choices):  # pain_side: the answer is itself a side
        for one in ("left", "right"):
            _put(words, finding.id, one, "this_side" if value == one else "other_side" if value == OTHER[one] else value)


def _detail_word(finding: Finding, name: str, value: object) -> str | None:
    detail = next(one for one in finding.details if one.name == name)
    if isinstance(value, float):
        return band_word(value, detail.bands)
    return None if value in (None, "unknown") else str(value)


def band_word(value: float, bands: Iterable[Band], norm: float = 0) -> str | None:
    """The word of the band whose text holds the number, or its share of the norm."""
    return next(
        (
            one.word
            for one in bands
            if _inside(value / norm * 100 if "% norm" in one.text else value, one.text.replace("% norm", "").strip())
        ),
        None,
    )


def _inside(value: float, text: str) -> bool:
    if ".." in text:
        low, high = (part.strip() for part in text.split(".."))
        above = value > float(low[1:]) if low.startswith(">") else value >= float(low)
        return above and (value < float(high[1:]) if high.startswith("<") else value <= float(high))
    signs: dict[str, Callable[[float], bool]] = {
        "<=": lambda end: value <= end,
        ">=": lambda end: value >= end,
        "<": lambda end: value < end,
        ">": lambda end: value > end,
    }
    sign = next((one for one in signs if text.startswith(one)), "")
    return bool(sign) and signs[sign](float(text.removeprefix(sign)))


def _normed(finding: Finding, value: float, answers: Answers, kb: KnowledgeBase) -> str | None:
    """The word on which every norm agrees that could apply to this person."""
    words = {band_word(value, finding.bands, norm) for norm in _norms(finding, answers, kb)}
    return words.pop() if len(words) == 1 else None


def _norms(finding: Finding, answers: Answers, kb: KnowledgeBase) -> list[float]:
    age, sex = (answers[name, "none"].value if (name, "none") in answers else "unknown" for name in ("age", "sex"))
    rows = [row for row in kb.norms[finding.norm].rows if row.sex == "" or sex not in ("male", "female") or row.sex == sex]
    return [row.value for row in rows if not isinstance(age, float) or row.age_from <= int(age) <= row.age_to]


def _derived(finding: Finding, side: str, answers: Answers, kb: KnowledgeBase, words: Words) -> str | None:
    assert finding.derived
    of = finding.derived.of
    match finding.derived.how:
        case "same_as":
            return _banded(_number(answers, of, side), finding)
        case "years_before_pain":
            ago, months = answers.get((of, side)), _number(answers, "pain_months", "none")
            years = ago.details.get("years_ago") if ago else None
            return _banded(years - months / 12 if isinstance(years, float) and months is not None else None, finding)
        case "side_mean":
            left, right = (_number(answers, of, one) for one in OTHER)
            return _banded((left + right) / 2 if left is not None and right is not None else None, finding)
        case "percent_of_norm":
            value = _number(answers, of, side)
            words_of = (
                {_banded(value / norm * 100, finding) for norm in _norms(kb.findings[of], answers, kb)} if value is not None else {None}
            )
            return words_of.pop() if len(words_of) == 1 else None
        case "score":
            return _score(finding, side, kb, words)
        case how:
            return _compared(finding, how, side, answers, kb, words)


def _number(answers: Answers, name: str, side: str) -> float | None:
    value = answers[name, side].value if (name, side) in answers else None
    return value if isinstance(value, float) else None


def _banded(value: float | None, finding: Finding) -> str | None:
    return None if value is None else band_word(value, finding.bands)


def _compared(finding: Finding, how: str, side: str, answers: Answers, kb: KnowledgeBase, words: Words) -> str | None:
    """This side against the other: by the numbers, else by words when one is the lowest and the other the highest."""
    assert finding.derived
    of = finding.derived.of
    this, other = _number(answers, of, side), _number(answers, of, OTHER[side])
    if this is not None and other is not None and (how == "side_difference" or other):
        return _banded(this - other if how == "side_difference" else this / other * 100, finding)
    order, own = rising(kb.findings[of]), rising(finding)
    pair = [next(iter(words.get((of, one), ())), None) for one in (side, OTHER[side])]
    if len(order) < 2 or not own or None in pair:
        return None
    return own[0] if pair == [order[0], order[-1]] else own[-1] if pair == [order[-1], order[0]] else None


def rising(finding: Finding) -> list[str]:
    """The words of number bands from the lowest numbers to the highest."""
    return [one.word for one in sorted((b for b in finding.bands if b.interval), key=lambda b: b.interval.low if b.interval else 0)]


def _score(finding: Finding, side: str, kb: KnowledgeBase, words: Words) -> str | None:
    """The word that every count gives which the missing answers still allow; nothing when all are missing."""
    assert finding.derived
    instrument = kb.instruments[finding.derived.of]
    groups = (*((leaf,) for leaf in instrument.count), *instrument.either)
    found = [_either([_met(leaf, side, words) for leaf in group]) for group in groups]
    missing, yes = found.count(None), found.count(True)
    counts = {band_word(float(count), finding.bands) for count in range(yes, yes + missing + 1)}
    return counts.pop() if len(counts) == 1 and missing < len(found) else None


def _met(leaf: Leaf, side: str, words: Words) -> bool | None:
    sides = ("left", "right") if leaf.side == "any" else (side,)
    return _either([bool(words[leaf.subject, one] & set(leaf.words)) if (leaf.subject, one) in words else None for one in sides])


def _either(told: list[bool | None]) -> bool | None:
    """One yes is enough; without one, anything not known leaves it open."""
    return True if True in told else None if None in told else False
