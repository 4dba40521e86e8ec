"""What can be asked, measured or observed, as frozen data: findings, their answers and details, norms."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.bands import Band
from knowledge.problems import Place


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer may be. `form` is yes_no, number, choice, words, list or derived."""

    form: str
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """An attribute beside an answer. `form` is yes_no, number, words or text."""

    name: str
    form: str
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    words: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()


def detail_words(detail: Detail | None) -> tuple[str, ...]:
    """The words a rule may ask of a detail; nothing when it is free text or a bare number."""
    if detail is None:
        return ()
    if detail.form == "yes_no":
        return ("yes", "no")
    return detail.words or tuple(band.word for band in detail.bands)


@dataclass(frozen=True, slots=True)
class Derived:
    """How a finding without an answer of its own follows from another finding or instrument."""

    how: str
    of: str


@dataclass(frozen=True, slots=True)
class MustAsk:
    """Whom a red-flag question must be asked: everyone, or those who match every condition given."""

    always: bool = False
    sex: str = ""
    age_from: float | None = None
    age_to: float | None = None
    any_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reliability:
    """Published measurement error: `mdc` in the unit of the answer; agreement as published, and the least of its figures."""

    mdc: float | None
    agreement: str
    sources: tuple[str, ...]
    least: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that can be asked, measured or observed."""

    id: str
    title: str
    kind: str
    answer: Answer
    per_side: bool
    ask: str
    place: Place
    how: str = ""
    minutes: float = 0.3
    bands: tuple[Band, ...] = ()
    band_source: str = ""
    norm: str = ""
    details: tuple[Detail, ...] = ()
    derived: Derived | None = None
    hurts: tuple[str, ...] = ()
    strain: tuple[str, ...] = ()
    position: str = ""
    provokes: bool = False
    medical: tuple[tuple[str, str], ...] = ()
    must_ask: MustAsk | None = None
    tests_node: tuple[str, ...] = ()
    reliability: Reliability | None = None
    sources: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    for_reader: bool = False
    reason: str = ""
    plain: str = ""

    def medical_phrase(self, word: str) -> str:
        """What a doctor writes for this answer; for `name`, what a doctor calls the finding; nothing when the title is as good."""
        return dict(self.medical).get(word, "")

    @property
    def words(self) -> tuple[str, ...]:
        """Every word a rule may ask of this finding."""
        if self.answer.form == "yes_no":
            return ("yes", "no")
        return self.answer.choices or tuple(band.word for band in self.bands)

    def detail(self, name: str) -> Detail | None:
        """The detail of that name, if answers to this finding may carry it."""
        return next((one for one in self.details if one.name == name), None)


@dataclass(frozen=True, slots=True)
class NormRow:
    """A norm value for an age span (whole years, ends included) and a sex ('' for everyone)."""

    sex: str
    age_from: float
    age_to: float
    value: float


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm table."""

    id: str
    unit: str
    source: str
    rows: tuple[NormRow, ...]
