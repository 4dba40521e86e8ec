"""The shape of ladders, programmes, stages, sentences, sources, wording and of the pack itself."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from knowledge.schema_base import Grade, Text, Unit, Words
from knowledge.schema_rules import LeafSpec

Circumstance = Literal[
    "always", "emergency", "referral", "chain", "local", "nonmechanical", "undetermined", "bystander", "contested_link", "opinion_link",
    "gap", "veto", "open_red_flag", "unknown_answer", "unstated_side", "one_side_tested", "timing_unclear", "tried_missed",
    "several_drivers", "bedside_open",
]
"""What can be so in a case, and calls for a sentence of teaching."""


class LadderStepSpec(Unit):
    """A rung."""

    task: Text
    dose: str = ""
    dims: dict[str, str] = Field(default_factory=dict)
    strain: tuple[str, ...] = ()


class GateSpec(Unit):
    """What must be there before a rung."""

    before_step: int
    needs: tuple[LeafSpec, ...] = ()
    says: Text


class LadderSpec(Unit):
    """A ladder of graded exposure."""

    id: str
    title: Text
    words: tuple[str, ...] = Field(alias="for")
    activity: str = Field(alias="class")
    axis: Text
    driver_links: tuple[str, ...] = ()
    steps: tuple[LadderStepSpec, ...]
    gate: GateSpec | None = None
    passes: Text = Field(alias="pass")
    regress: Text
    grade: Grade
    sources: tuple[str, ...]


class ProgrammeStepSpec(Unit):
    """A step of a programme."""

    do: Text
    plain: str = ""
    strain: tuple[str, ...] = ()
    start: tuple[LeafSpec, ...] = Field(default=(), alias="from")
    trains: tuple[str, ...] = ()


def _step(written: Any) -> Any:
    return written if isinstance(written, dict) else {"do": written}


class ProgrammeSpec(Unit):
    """What trains one driver; a step without strain may be its text alone."""

    id: str = Field(alias="for")
    steps: tuple[Annotated[ProgrammeStepSpec, BeforeValidator(_step)], ...]
    dose: str = ""
    goal: str = ""
    plain: str = ""
    retest: tuple[str, ...] = ()
    grade: Literal[Grade, ""] = ""
    sources: tuple[str, ...] = ()
    title: str = ""


class StatementSpec(Unit):
    """A sentence with sources."""

    id: str
    text: Text
    sources: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    grade: Literal[Grade, ""] = ""


class TeachingSpec(Unit):
    """A sentence for trainees, and the circumstances of a case under which it is said."""

    id: str
    text: Text
    about: Annotated[tuple[Circumstance, ...], Field(min_length=1)]
    grade: Grade
    sources: tuple[str, ...] = ()


class AdaptiveSpec(Unit):
    """How the stage chooses in which each answer decides what is asked next."""

    temperature: float = Field(gt=0)
    live: int = Field(gt=0)
    sure: float = Field(gt=0.5, lt=1)
    follow: float = Field(ge=0, lt=1)
    least_gain: float = Field(ge=0)
    minutes: float = Field(gt=0)
    sheet_minutes: float | None = Field(default=None, gt=0)


class StageSpec(Unit):
    """A stage of the interview."""

    id: str
    why: Text
    findings: tuple[str, ...] = ()
    uses: Literal["must_ask", "adaptive", ""] = ""
    adaptive: AdaptiveSpec | None = None
    sources: tuple[str, ...] = ()


class PositionSpec(Unit):
    """A position in which a person is examined."""

    id: str
    title: Text
    off_sheet: bool = False
    sources: tuple[str, ...] = ()


class ExaminedSpec(Unit):
    """A finding that is examined in anyone, or a kind of strain that is tested at the end, and why."""

    id: str
    why: Text
    sources: tuple[str, ...] = ()


class LevelWords(Unit):
    """How a report speaks at one claim level."""

    verb_driver: Text
    verb_origin: Text
    adverb: Text
    meaning: Text


class Levels(Unit):
    """Every claim level."""

    tested: LevelWords
    supported: LevelWords
    possible: LevelWords
    speculative: LevelWords


class Causal(Unit):
    """For each claim level the phrases that say as much as that level and no less allows."""

    tested: tuple[Text, ...] = ()
    supported: tuple[Text, ...] = ()
    possible: tuple[Text, ...] = ()
    speculative: tuple[Text, ...] = ()


class OutcomeWords(Unit):
    """How a report names one outcome."""

    title: Text
    meaning: Text


class Outcomes(Unit):
    """Every outcome."""

    referral: OutcomeWords
    chain: OutcomeWords
    local: OutcomeWords
    nonmechanical: OutcomeWords
    undetermined: OutcomeWords


class Urgencies(Unit):
    """Every urgency, and that there is none."""

    emergency: Text
    urgent: Text
    routine: Text
    watch: Text
    none: Text


class Verdicts(Unit):
    """Every verdict on a tried exercise."""

    missed: Text
    overloads: Text
    underdosed: Text
    overdosed: Text
    not_done: Text
    right: Text


class Grades(Unit):
    """Every grade of evidence."""

    A: Text
    B: Text
    C: Text
    D: Text


class WordingSpec(Unit):
    """Words for reports."""

    levels: Levels
    outcomes: Outcomes
    urgency: Urgencies
    verdicts: Verdicts
    grades: Grades
    forbidden_verbs: tuple[Text, ...] = ()
    alarming: tuple[Text, ...] = ()
    causal: Causal = Field(default_factory=Causal)
    about_person: tuple[Text, ...] = ()


class SourceSpec(BaseModel):
    """A source in CSL; further CSL keys are kept for the bibliography."""

    model_config = ConfigDict(extra="allow", frozen=True, coerce_numbers_to_str=True, allow_inf_nan=False)

    id: str
    title: Text
    seen: Literal["full", "abstract", "secondary", "memory"]
    type: str = "document"
    URL: str = ""
    DOI: str = ""
    PMID: str = ""
    PMCID: str = ""
    note: str = ""
    genre: str = ""


class CodesSpec(Unit):
    """Codes of other systems for one finding or conclusion: ids, never their descriptions."""

    icd10: Words = ()
    icd10cm: Words = ()
    icd11: Words = ()
    snomed: Words = ()
    loinc: Words = ()
    seen: Literal["full", "abstract", "secondary", "memory"]
    note: str = ""


class PackSpec(Unit):
    """What a folder of knowledge calls itself."""

    id: str
    version: str
    title: str = ""
    note: str = ""
