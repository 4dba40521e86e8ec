"""How a result is judged: the bands of a finding in this person's own numbers, and what measurement alone can move."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from knowledge.bands import Band, Interval
from knowledge.model import Finding
from reports.phrases import say, word

Norms = Mapping[str, tuple[float, ...]]
"""For each norm table every value that could apply to the person."""


def judged(finding: Finding, norms: Norms) -> str:
    """The words of a result with what each means; nothing where the words speak for themselves."""
    parts = [_band(one, finding, norms) for one in finding.bands]
    return say("exam_judged", parts=[part for part in parts if part], unknown=_norm_unknown(finding, norms))


def error(finding: Finding) -> str:
    """The published measurement error, or nothing."""
    known = finding.reliability
    if known is None:
        return ""
    unit = finding.answer.unit
    return say("exam_error", mdc="" if known.mdc is None else say("amount", number=f"{known.mdc:g}", unit=unit), agreement=known.agreement)


def _norm(finding: Finding, norms: Norms) -> Sequence[float]:
    return norms.get(finding.norm, ()) if finding.norm else ()


def _norm_unknown(finding: Finding, norms: Norms) -> bool:
    return any(one.of_norm for one in finding.bands) and len(_norm(finding, norms)) != 1


def _band(band: Band, finding: Finding, norms: Norms) -> str:
    called = word("answers", band.word)
    if band.interval is None:
        return say("exam_meaning", word=called, meaning=band.text)
    values = _norm(finding, norms)
    known = band.of_norm and len(values) == 1
    factor = values[0] / 100 if known else 1.0
    return say("exam_band", word=called, low=_end(band.interval.low, factor), high=_end(band.interval.high, factor),
               closed=_closed(band.interval), of_norm=band.of_norm and not known)


def _end(number: float, factor: float) -> str:
    return "" if math.isinf(number) else f"{round(number * factor, 1):g}"


def _closed(interval: Interval) -> bool:
    """Whether the end of a one-sided band belongs to it."""
    return interval.high_closed if math.isinf(interval.low) else interval.low_closed
