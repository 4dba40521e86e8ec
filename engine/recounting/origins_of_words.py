"""Where the words of a case come from: answered as a word, a number in a band, a share of a norm, or derived from other answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.case import Case
from engine.valuation import Valuation, valuate
from knowledge.model import Finding, KnowledgeBase
from knowledge.sides import BODY, NONE, mirror

Read = tuple[str, str]


@dataclass(frozen=True, slots=True)
class WordOrigin:
    """The words of a subject on a side. `how` is answered, band, norm_band, or the way it is derived (side_ratio, score, ...).

    `reads` are the subjects it follows from, with their sides; `norm` the table that was used; `band` the interval as written.
    """

    subject: str
    side: str
    words: tuple[str, ...]
    number: float | None
    how: str
    reads: tuple[Read, ...]
    norm: str
    band: str


def world_of(case: Case, valuation: Valuation, kb: KnowledgeBase) -> str:
    """The side that answers of unstated side were taken to be about; none when every side is told."""
    if not case.has_unstated:
        return NONE
    return next((side for side in BODY if valuate(case.in_world(side), kb) == valuation), NONE)


def word_origins(case: Case, valuation: Valuation, kb: KnowledgeBase) -> tuple[WordOrigin, ...]:
    """Every subject with words or a number, in order of id and side."""
    keys = sorted({*valuation.words, *valuation.numbers})
    world = case if not case.has_unstated else case.in_world(world_of(case, valuation, kb))
    return tuple(_origin(subject, side, world, valuation, kb) for subject, side in keys)


def _origin(subject: str, side: str, case: Case, valuation: Valuation, kb: KnowledgeBase) -> WordOrigin:
    name, _, detail = subject.partition(".")
    finding = kb.findings[name]
    number, words = valuation.numbers.get((subject, side)), valuation.words.get((subject, side), ())
    part = finding.detail(detail)
    bands = part.bands if part else () if detail else finding.bands
    band = next((one.text for one in bands if number is not None and one.word in words), "")
    told = case.answer(name, side)
    if finding.derived and not detail and (told is None or not told.known):
        return WordOrigin(subject, side, words, number, finding.derived.how, _reads(finding, side, valuation, kb), _norm(finding, kb), band)
    norm = finding.norm if number is not None and not detail else ""
    reads = _known([("age", NONE), ("sex", NONE)], valuation) if norm else ()
    return WordOrigin(subject, side, words, number, "norm_band" if norm else "band" if band else "answered", reads, norm, band)


def _norm(finding: Finding, kb: KnowledgeBase) -> str:
    assert finding.derived is not None
    return (finding.norm or kb.findings[finding.derived.of].norm) if finding.derived.how == "percent_of_norm" else ""


def _reads(finding: Finding, side: str, valuation: Valuation, kb: KnowledgeBase) -> tuple[Read, ...]:
    assert finding.derived is not None
    how, of = finding.derived.how, finding.derived.of
    if how == "score":
        leaves = kb.instruments[of].leaves
        return _known([(leaf.subject, one) for leaf in leaves for one in _sides(leaf.side, side)], valuation)
    if how in ("side_ratio", "side_difference", "side_mean"):
        return _known([(of, one) for one in ((side, mirror(side)) if side in BODY else BODY)], valuation)
    if how == "percent_of_norm":
        return _known([(of, side), ("age", NONE), ("sex", NONE)], valuation)
    if how == "years_before_pain":
        return _known([(f"{of}.years_ago", side), ("pain_months", NONE)], valuation)
    return _known([(of, side)], valuation)


def _sides(leaf_side: str, side: str) -> tuple[str, ...]:
    if leaf_side == "any":
        return BODY
    return (NONE,) if leaf_side == "none" else (mirror(side),) if leaf_side == "opposite" else (side,)


def _known(reads: Iterable[Read], valuation: Valuation) -> tuple[Read, ...]:
    return tuple(dict.fromkeys(one for one in reads if one in valuation.words or one in valuation.numbers))
