"""Building bands: each reads as an interval, and together they give every number of the answer one word."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from knowledge.bands import BAND_HELP, Band, Seam, open_ends, parse_interval, seams
from knowledge.model import UNKNOWN
from knowledge.problems import Problem, short
from knowledge.yaml_source import At

OF_NORM = (0.0, math.inf)
"""The span of percent of a norm."""


def build_bands(
    texts: Mapping[str, str], at: At, span: tuple[float, float], problems: list[Problem], has_norm: bool = False,
) -> tuple[Band, ...]:
    """Number bands that parse, touch and cover the whole span; a word whose band is wrong is kept as a word."""
    told = len(problems)
    bands = tuple(_band(word, text, at / word, problems, has_norm) for word, text in texts.items())
    by_norm = {band.of_norm for band in bands}
    if len(problems) == told and len(by_norm) > 1:
        says = "some bands are percent of the norm and some are not"
        problems.append(Problem(at.place, "KB305", says, "write '% norm' behind all of them or none"))
    if len(problems) == told:
        problems.extend(_seam_problems(bands, at, OF_NORM if True in by_norm else span))
    return bands


def _band(word: str, text: str, at: At, problems: list[Problem], has_norm: bool) -> Band:
    if word == UNKNOWN:
        says = f"'{UNKNOWN}' cannot be the word of a band"
        problems.append(Problem(at.place, "KB306", says, "choose another word; every answer may be unknown"))
    parsed = parse_interval(text)
    if parsed is None:
        problems.append(Problem(at.place, "KB301", f"the band '{short(text)}' cannot be read", BAND_HELP))
        return Band(word, None, False, text)
    if parsed[0].empty:
        problems.append(Problem(at.place, "KB301", f"the band '{text}' holds no number", "write the smaller number first"))
    if parsed[1] and not has_norm:
        says = f"'{text}' measures against a norm and the finding names none"
        problems.append(Problem(at.place, "KB305", says, "add 'norm: TABLE', or take '% norm' away"))
    return Band(word, parsed[0], parsed[1], text)


def _seam_problems(bands: tuple[Band, ...], at: At, span: tuple[float, float]) -> Iterator[Problem]:
    for seam in seams(bands):
        code = "KB302" if seam.kind == "gap" else "KB303"
        hint = f"let one band end where the next begins: '< {seam.end:g}' and '>= {seam.end:g}'"
        yield Problem((at / seam.second).place, code, _seam_says(seam), hint)
    for start, end in open_ends(bands, *span):
        lowest = start == span[0]
        hint = f"open the {'lowest' if lowest else 'highest'} band, such as '{'< 9' if lowest else '>= 9'}'"
        yield Problem(at.place, "KB304", f"{_stretch(start, end)} no word", hint)


def _seam_says(seam: Seam) -> str:
    numbers = f"{seam.start:g}" if seam.start == seam.end else f"the numbers between {seam.start:g} and {seam.end:g}"
    if seam.kind == "gap":
        return f"{numbers} {'has' if seam.start == seam.end else 'have'} no word: '{seam.first}' ends before '{seam.second}' begins"
    return f"{numbers} {'has' if seam.start == seam.end else 'have'} two words: '{seam.first}' and '{seam.second}' overlap"


def _stretch(start: float, end: float) -> str:
    if math.isinf(start):
        return f"numbers below {end:g} have"
    if math.isinf(end):
        return f"numbers above {start:g} have"
    return f"{start:g} has" if start == end else f"answers from {start:g} to {end:g} have"
