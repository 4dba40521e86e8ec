"""How well known causes were found in synthetic people, as a page or as text: counts first, then what they can and cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan

from engine.cohort.summary import NO_CAUSE, NOTHING_KNOWN, POOLED, SERIOUS, Share, Summary
from knowledge.model import OUTCOMES, KnowledgeBase
from knowledge.problems import counted
from reports.escaping import Code
from reports.formats import fill_cohort
from reports.pictures.charts import Chart, Measured, bars, points

FORMATS = ("text", "html")
IN_CONFUSION, IN_BARS, SHADES = 10, 40, 5
KINDS = {
    "chain": "chain", "local": "local diagnosis", "nonmechanical": "nonmechanical", "referral": "serious condition",
    "undetermined": "nothing known",
}
SETS = {
    "scores": ("Score of the first explanation", "by its score in tenths of a deciban"),
    "margins": ("Margin over rivals of another kind", "by its distance to the best rival of another kind"),
    "claims": ("How far the report claims it", "by the level at which it may be claimed"),
}
TOO_FEW = 30
"""Below this number of people a share is marked as too uncertain to read; our own line."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A share as text, of how many, and what it means."""

    name: str
    value: str
    interval: str
    n: int
    means: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, its share of the row in percent, and how dark it is drawn."""

    count: int
    percent: str
    shade: Code
    right: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of counts."""

    name: str
    total: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Confusion:
    """What was true against what was concluded."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Shares right by bin: as a chart, and in figures."""

    heading: str
    chart: Chart
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everything the page says."""

    n: int
    errors: str
    figures: tuple[Figure, ...]
    kinds: Confusion
    causes: Confusion
    found: Chart
    hits: tuple[tuple[str, str, int, str, str, str], ...]
    serious: tuple[Figure, ...]
    calibrations: tuple[Calibration, ...]
    version: str
    sha256: str


def cohort_page(summary: Summary, kb: KnowledgeBase, format: str) -> str:
    """The page in one of FORMATS, ending in a newline. Raises ValueError for a format not known."""
    if format not in FORMATS:
        raise ValueError(f"unknown format '{format}'; known are {', '.join(FORMATS)}")
    return fill_cohort(format, cohort_view(summary, kb))


def cohort_view(summary: Summary, kb: KnowledgeBase) -> Cohort:
    """The page as data; titles come from the knowledge, shares from the sums."""
    measured = _hits(summary, kb)
    return Cohort(
        summary.n, counted(summary.errors, "row") if summary.errors else "", _figures(summary), _kinds(summary), _causes(summary, kb),
        bars("found", "How often each true cause was found", _described(measured), [one for _, one in measured[:IN_BARS]]),
        tuple(_hit_row(cause, one, summary) for cause, one in measured), _serious(summary, kb),
        tuple(_calibration(of, summary) for of in SETS), kb.version, kb.sha256[:12],
    )


def _figures(summary: Summary) -> tuple[Figure, ...]:
    causal = ("chain", "local", "nonmechanical")
    first, driver, three = (_sum(summary.found(ways, kind) for kind in causal) for ways in (
        ("first",), ("first", "driver"), ("first", "driver", "three")))
    sides = Share(summary.sides[True], summary.sides[True] + summary.sides[False])
    return (
        _figure("Cause named first", first, "the first explanation names the true cause"),
        _figure("Cause or its driver first", driver, "the same, or the true cause is what the first explanation would treat"),
        _figure("Among the first three", three, "the true cause is one of the first three, or the driver of the first"),
        _figure("On the true side", sides, "of causes that were named first"),
        _figure("Serious and not referred", summary.missed_serious(), "true serious conditions without the outcome referral"),
        _figure("Referred without need", summary.referred_in_vain(), "people without a serious condition who were referred"),
        _figure("Undetermined", summary.undetermined(), "nothing leads, of all people"),
        _figure("Nothing known, and said so", summary.found(("first",), NOTHING_KNOWN), "undetermined where it comes from nothing known"),
    )


def _figure(name: str, share: Share, means: str = "") -> Figure:
    return Figure(name, _percent(share.value), _interval(share), share.n, means)


def _percent(value: float) -> str:
    return "none" if isnan(value) else f"{100 * value:.0f} %" if not 0 < value < 0.1 else f"{100 * value:.1f} %"


def _interval(share: Share) -> str:
    return "" if not share.n else " to ".join(f"{100 * end:.0f}" for end in share.interval) + " %"


def _sum(shares: Iterable[Share]) -> Share:
    listed = list(shares)
    return Share(sum(one.right for one in listed), sum(one.n for one in listed))


def _kinds(summary: Summary) -> Confusion:
    true = [kind for kind in KINDS if kind in summary.kinds()]
    rows = [_row(KINDS[kind], [summary.outcomes[kind, one] for one in OUTCOMES], OUTCOMES.index(kind)) for kind in true]
    return Confusion(OUTCOMES, tuple(rows))


def _causes(summary: Summary, kb: KnowledgeBase) -> Confusion:
    true, named, table = summary.confusion(IN_CONFUSION)
    rows = [
        _row(title_of(name, kb), counts, named.index(name) if name in named and name != POOLED else -1)
        for name, counts in zip(true, table, strict=True) if any(counts)
    ]
    return Confusion(tuple(title_of(name, kb) for name in named), tuple(rows))


def _row(name: str, counts: Sequence[int], right: int) -> Row:
    total = sum(counts)
    return Row(name, total, tuple(_cell(count, total, place == right) for place, count in enumerate(counts)))


def _cell(count: int, total: int, right: bool) -> Cell:
    share = count / total if total else 0.0
    return Cell(count, f"{100 * share:.0f}", Code(f"s{min(SHADES, round(share * 2 * SHADES))}"), right)


def _hits(summary: Summary, kb: KnowledgeBase) -> list[tuple[str, Measured]]:
    """Each true cause with how often it was found, the most frequent first."""
    causes = {(kind, cause) for kind, cause, _ in summary.hits if kind not in (SERIOUS, NOTHING_KNOWN)}
    out = []
    for kind, cause in causes:
        found, three = (summary.found(ways, kind, cause) for ways in (("first", "driver"), ("first", "driver", "three")))
        low, high = found.interval
        out.append((cause, Measured(title_of(cause, kb), found.n, 100 * found.value, 100 * low, 100 * high, 100 * three.value)))
    return sorted(out, key=lambda pair: (-pair[1].n, pair[0]))


def _hit_row(cause: str, one: Measured, summary: Summary) -> tuple[str, str, int, str, str, str]:
    kind = next(kind for kind, name, _ in sorted(summary.hits) if name == cause and kind != SERIOUS)
    return one.name, KINDS[kind], one.n, f"{one.value:.0f} %", f"{one.low:.0f} to {one.high:.0f} %", f"{one.more or 0:.0f} %"


def _described(measured: Sequence[tuple[str, Measured]]) -> str:
    shown = min(IN_BARS, len(measured))
    return f"{shown} causes as bars, 0 to 100 %, with 95 percent intervals; hatched: among the first three. The table has the figures."


def _serious(summary: Summary, kb: KnowledgeBase) -> tuple[Figure, ...]:
    causes = sorted({cause for kind, cause, _ in summary.hits if kind == SERIOUS})
    shares = [(title_of(cause, kb), summary.found(("first",), SERIOUS, cause)) for cause in causes]
    return tuple(_figure(name, share) for name, share in sorted(shares, key=lambda pair: (pair[1].value, pair[0])))


def _calibration(of: str, summary: Summary) -> Calibration:
    heading, what = SETS[of]
    bins = summary.calibration(of)
    if of == "claims":
        bins = sorted(bins, key=lambda pair: CLAIMS.index(pair[0]) if pair[0] in CLAIMS else len(CLAIMS))
    measured = [Measured(name, share.n, 100 * share.value, *(100 * end for end in share.interval)) for name, share in bins]
    told = f"Points with 95 percent intervals: how often the first explanation was right, {what}. Below each: people. The table has all."
    figures = tuple(_figure(name, share, "few people" if share.n < TOO_FEW else "") for name, share in bins)
    return Calibration(heading, points(of, heading, told, [_short(one) for one in measured]), figures)


CLAIMS = ("speculative", "possible", "supported", "tested")


def _short(one: Measured) -> Measured:
    name = one.name.replace(" to ", "-").replace(" or more", "+").replace("below 0", "< 0")
    return Measured(name, one.n, one.value, one.low, one.high)


def title_of(name: str, kb: KnowledgeBase) -> str:
    """What a cause is called."""
    own = {NO_CAUSE: "no cause named", POOLED: "all others"}
    return own.get(name) or (kb.conclusions[name].title if name in kb.conclusions else name)
