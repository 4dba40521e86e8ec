"""Findings without an answer of their own: ratios, differences, shares of a norm, dates, counted scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.case import Case
from knowledge.bands import Band, words_between
from knowledge.model import Finding, Instrument, KnowledgeBase, Leaf
from knowledge.sides import BODY, NONE, mirror

Words = Mapping[tuple[str, str], tuple[str, ...]]
Span = tuple[float, float]


Norms = Mapping[str, tuple[float, ...]]
"""For each norm table every value that could apply to the person."""


def derive_number(finding: Finding, side: str, case: Case, kb: KnowledgeBase, words: Words, norms: Norms) -> float | Span | None:
    """The number of a derived finding; a span (low, high) when some parts are missing; None when nothing is known."""
    assert finding.derived is not None
    how, of = finding.derived.how, finding.derived.of
    match how:
        case "same_as":
            return _number(case, of, side)
        case "side_ratio" | "side_difference":
            return _between_sides(how, _number(case, of, side), _number(case, of, mirror(side)))
        case "side_mean":
            return _mean_of_sides(*(_number(case, of, one) for one in BODY))
        case "percent_of_norm":
            return _share(_number(case, of, side), norms.get(finding.norm or kb.findings[of].norm, ()))
        case "years_before_pain":
            return _years_before_pain(case, of, side)
        case "score":
            return _counted(kb.instruments[of], side, words)
        case _:
            return None


def derive_word(finding: Finding, side: str, span: float | Span | None, kb: KnowledgeBase, words: Words) -> str | None:
    """The word where there is no single number: from a span that fits one band, or from the words of both sides."""
    assert finding.derived is not None
    if isinstance(span, tuple):
        fitting = words_between(*span, finding.bands)
        return fitting[0] if len(fitting) == 1 else None
    if finding.derived.how in ("side_ratio", "side_difference"):
        return _word_from_words(finding, kb.findings[finding.derived.of], side, words)
    return None


def _number(case: Case, finding: str, side: str) -> float | None:
    answer = case.answer(finding, side)
    return answer.value if answer and isinstance(answer.value, float) else None


def _between_sides(how: str, this: float | None, other: float | None) -> float | None:
    if this is None or other is None:
        return None
    if how == "side_difference":
        return this - other
    return this / other * 100 if other else None


def _mean_of_sides(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else (left + right) / 2


def _share(number: float | None, norms: tuple[float, ...]) -> float | Span | None:
    shares = sorted(number / norm * 100 for norm in norms) if number is not None else []
    if not shares:
        return None
    return shares[0] if shares[0] == shares[-1] else (shares[0], shares[-1])


def _years_before_pain(case: Case, finding: str, side: str) -> float | None:
    answer, months = case.answer(finding, side), _number(case, "pain_months", NONE)
    ago = answer.details.get("years_ago") if answer else None
    return ago - months / 12 if isinstance(ago, float) and months is not None else None


def _counted(instrument: Instrument, side: str, words: Words) -> float | Span | None:
    groups = (*((leaf,) for leaf in instrument.count), *instrument.either)
    found = [_any(_seen(leaf, side, words) for leaf in group) for group in groups]
    if all(one is None for one in found):
        return None
    yes, missing = found.count(True), found.count(None)
    return (float(yes), float(yes + missing)) if missing else float(yes)


def _seen(leaf: Leaf, side: str, words: Words) -> bool | None:
    """Whether a condition holds, seen from a side; None when it is not known."""
    sides = BODY if leaf.side == "any" else (NONE,) if leaf.side == "none" else (mirror(side) if leaf.side == "opposite" else side,)
    found = [words.get((leaf.subject, one)) for one in sides]
    return _any(None if one is None else bool(set(one) & set(leaf.words)) for one in found)


def _any(truths: Iterable[bool | None]) -> bool | None:
    listed = list(truths)
    return True if True in listed else None if None in listed else False


def _word_from_words(finding: Finding, of: Finding, side: str, words: Words) -> str | None:
    """The lowest band against the highest tells the direction of a ratio or difference; anything closer does not."""
    this, other = words.get((of.id, side)), words.get((of.id, mirror(side)))
    order, own = _in_order(of.bands), _in_order(finding.bands)
    if not this or not other or side not in BODY or len(order) < 2 or not own:
        return None
    if (this[0], other[0]) == (order[0], order[-1]):
        return own[0]
    return own[-1] if (this[0], other[0]) == (order[-1], order[0]) else None


def _in_order(bands: tuple[Band, ...]) -> list[str]:
    return [b.word for b in sorted((b for b in bands if b.interval), key=lambda b: b.interval.low if b.interval else 0)]
