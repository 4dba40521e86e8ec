"""How well known causes were found: sums over batches of results with their truth, which can be added to and merged.

A person is *found* when the first explanation names the true cause, or when it has the true cause as its driver: the same is then
treated, and only what made it so is told otherwise. Of a serious condition only the outcome counts (`referral`), since results
name red flags and no diagnosis; where the pain comes from nothing known, `undetermined` is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan, sqrt

SERIOUS, NOTHING_KNOWN, REFERRAL = "referral", "undetermined", "referral"
POOLED, NO_CAUSE = "other", "none"
SCORE_WIDTH, MARGIN_WIDTH, LAST_BIN = 20, 10, 10
"""Widths of the bins in tenths of a deciban; beyond bin LAST_BIN everything is one bin, as it is below 0."""
Z95 = 1.959963984540054
"""The normal quantile of an interval that holds 95 %."""


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `n`, with the interval of Wilson (1927) that holds 95 %; NaN when n is 0."""

    right: int
    n: int

    @property
    def value(self) -> float:
        """The share itself."""
        return self.right / self.n if self.n else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """The lower and the upper end."""
        if not self.n:
            return float("nan"), float("nan")
        share, z2 = self.right / self.n, Z95**2 / self.n
        middle = (share + z2 / 2) / (1 + z2)
        half = Z95 / (1 + z2) * sqrt(share * (1 - share) / self.n + z2 / (4 * self.n))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(slots=True)
class Summary:
    """Counts only: `outcomes` by true kind and outcome; `causes` by true cause, where it is no serious one, and first cause named; `hits`
    by true kind, true cause and how it was found (first, driver, three, no); `sides` of what was found first; for scores, margins
    and claims how often each bin was right. Its size does not grow with the number of people."""

    n: int = 0
    errors: int = 0
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    causes: Counter[tuple[str, str]] = field(default_factory=Counter)
    hits: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    sides: Counter[bool] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    scores: Counter[tuple[int, bool]] = field(default_factory=Counter)
    margins: Counter[tuple[int, bool]] = field(default_factory=Counter)
    claims: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def add(self, columns: Mapping[str, Sequence[object]]) -> Summary:
        """The sums with a batch of results counted in (in place). The columns are those of a result and the `true_*` ones."""
        for row in _rows(columns):
            self.n += 1
            if row["error"] is not None:
                self.errors += 1
            else:
                self._count(row)
        return self

    def _count(self, row: Mapping[str, object]) -> None:
        kind, cause, how = str(row["true_kind"]), str(row["true_cause"]), found_how(row)
        self.outcomes[kind, str(row["outcome"])] += 1
        if kind not in (SERIOUS, NOTHING_KNOWN):
            self.causes[cause, str(row["cause1"] or NO_CAUSE)] += 1
        self.hits[kind, cause, how] += 1
        if kind == SERIOUS:
            self.missed[cause] += row["outcome"] != REFERRAL
            return
        if how == "first" and kind != NOTHING_KNOWN:
            self.sides[row["side1"] == row["true_side"]] += 1
        if row["cause1"] is not None:
            right = how in ("first", "driver") and kind != NOTHING_KNOWN
            self.scores[_bin(row["score1"], SCORE_WIDTH), right] += 1
            self.claims[str(row["claim"]), right] += 1
            if not _missing(row["margin"]):
                self.margins[_bin(row["margin"], MARGIN_WIDTH), right] += 1

    def merge(self, other: Summary) -> Summary:
        """Both sums as one, in place; the order does not matter."""
        self.n, self.errors = self.n + other.n, self.errors + other.errors
        for name in ("outcomes", "causes", "hits", "sides", "missed", "scores", "margins", "claims"):
            getattr(self, name).update(getattr(other, name))
        return self

    def found(self, ways: Sequence[str], kind: str = "", cause: str = "") -> Share:
        """How many of a true kind, or of a true cause, were found in one of these ways."""
        mine = [(way, count) for (k, c, way), count in self.hits.items() if kind in ("", k) and cause in ("", c)]
        return Share(sum(count for way, count in mine if way in ways), sum(count for _, count in mine))

    def kinds(self) -> tuple[str, ...]:
        """The true kinds that occur, in the order of the alphabet."""
        return tuple(sorted({kind for kind, _ in self.outcomes}))

    def missed_serious(self) -> Share:
        """Serious conditions whose outcome was no referral."""
        return Share(sum(self.missed.values()), sum(count for (kind, _), count in self.outcomes.items() if kind == SERIOUS))

    def referred_in_vain(self) -> Share:
        """People without a serious condition who were referred."""
        others = [(outcome, count) for (kind, outcome), count in self.outcomes.items() if kind != SERIOUS]
        return Share(sum(count for outcome, count in others if outcome == REFERRAL), sum(count for _, count in others))

    def undetermined(self) -> Share:
        """How often the outcome was that nothing leads."""
        return Share(sum(n for (_, outcome), n in self.outcomes.items() if outcome == NOTHING_KNOWN), sum(self.outcomes.values()))

    def calibration(self, of: str) -> list[tuple[str, Share]]:
        """For `scores` or `margins` the share right in each bin, by the bin's numbers; for `claims` in each level; bins that occur."""
        counts: Counter[tuple[object, bool]] = getattr(self, of)
        bins = sorted({key for key, _ in counts}, key=lambda key: (isinstance(key, str), key))
        width = SCORE_WIDTH if of == "scores" else MARGIN_WIDTH
        return [(_name(key, width), Share(counts[key, True], counts[key, True] + counts[key, False])) for key in bins]

    def confusion(self, most: int) -> tuple[list[str], list[str], list[list[int]]]:
        """True causes (the `most` frequent, the others pooled), causes named (these, and a third as many of the others that are named
        most, and the others pooled), and the counts of each pair."""
        mine = _most_frequent(((true, n) for (true, _), n in self.causes.items()), most)
        others = ((name, n) for (_, name), n in self.causes.items() if name not in mine)
        named = [*mine, *_most_frequent(others, most // 3)]
        rows, columns = [*mine, POOLED], [*named, POOLED]
        table = [[0] * len(columns) for _ in rows]
        for (true, name), count in self.causes.items():
            row = rows.index(true) if true in mine else len(mine)
            table[row][columns.index(name) if name in named else len(named)] += count
        return rows, columns, table


def found_how(row: Mapping[str, object]) -> str:
    """How the truth of a person was found: first, driver (of the first), three (among the first three), or no."""
    if row["true_kind"] in (SERIOUS, NOTHING_KNOWN):
        return "first" if row["outcome"] == row["true_kind"] else "no"
    cause = row["true_cause"]
    if row["cause1"] == cause:
        return "first"
    if row["driver"] == cause:
        return "driver"
    return "three" if cause in (row["cause2"], row["cause3"]) else "no"


NEEDED = (
    "true_kind", "true_cause", "true_side", "outcome", "cause1", "side1", "score1", "cause2", "cause3", "driver", "claim", "margin",
    "error",
)
"""The columns of a result that are summed; those that begin with `true_` must have been carried through."""


def _rows(columns: Mapping[str, Sequence[object]]) -> Iterator[dict[str, object]]:
    parts = [columns[name] for name in NEEDED]
    plain = [part.tolist() if hasattr(part, "tolist") else part for part in parts]
    yield from (dict(zip(NEEDED, row, strict=True)) for row in zip(*plain, strict=True))


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and isnan(value))


def _bin(value: object, width: int) -> int:
    assert isinstance(value, int | float)
    return max(-1, min(LAST_BIN, int(value // width)))


def _name(key: object, width: int) -> str:
    if not isinstance(key, int):
        return str(key)
    if key < 0:
        return "below 0"
    return f"{key * width} or more" if key == LAST_BIN else f"{key * width} to {key * width + width - 1}"


def _most_frequent(counted: Iterable[tuple[str, int]], most: int) -> list[str]:
    sums: Counter[str] = Counter()
    for name, count in counted:
        sums[name] += count
    return sorted(sums, key=lambda name: (-sums[name], name))[:most]
