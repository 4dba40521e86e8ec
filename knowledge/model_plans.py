"""What is said and done about a conclusion, as frozen data: ladders, programmes, stages, sentences, sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.model_demands import Level
from knowledge.model_rules import Leaf
from knowledge.problems import Place

CLAIM_LEVELS = ("speculative", "possible", "supported", "tested")
"""From weakest to strongest."""


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One rung: the task, its dose, the levels it raises dimensions to, and the kinds of strain it puts on a person."""

    task: str
    dose: str
    dims: tuple[Level, ...]
    strain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """What must be there before a rung; all of `needs` must hold."""

    before_step: int
    needs: tuple[Leaf, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """Graded exposure to one activity; the last rung is the activity itself."""

    id: str
    title: str
    words: tuple[str, ...]
    activity: str
    axis: str
    driver_links: tuple[str, ...]
    steps: tuple[LadderStep, ...]
    gate: Gate | None
    passes: str
    regress: str
    grade: str
    sources: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class ProgrammeStep:
    """One step: what to do, its strain, and what must hold on the side of the driver to start with it; `trains` where it is not
    the driver itself."""

    do: str
    strain: tuple[str, ...] = ()
    start: tuple[Leaf, ...] = ()
    trains: tuple[str, ...] = ()
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """What trains or calms one driver, beside the ladder."""

    driver: str
    steps: tuple[ProgrammeStep, ...]
    dose: str
    goal: str
    retest: tuple[str, ...]
    grade: str
    sources: tuple[str, ...]
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Adaptive:
    """How the stage chooses in which each answer decides what is asked next.

    temperature: how far scores apart are odds apart; a score of 100 x temperature more is odds of ten. live: how many explanations of
    a person count, best first. sure: the chance that a node counted as present holds, and that one counted as absent does not.
    follow: the chance that a node brings about one that it leads to. least_gain: bits; a question expected to tell less is not worth
    asking. minutes: clinician-minutes of a whole interview, when nobody says how many there are; sheet_minutes: of the tests on one exam
    sheet, the same when it is not said.
    """

    temperature: float
    live: int
    sure: float
    follow: float
    least_gain: float
    minutes: float
    sheet_minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A position in which a person is examined; positions are taken up in the order of the knowledge. What is `off_sheet` needs
    equipment or a report, and stands on no exam sheet."""

    id: str
    title: str
    off_sheet: bool = False


@dataclass(frozen=True, slots=True)
class Examination:
    """The order of an examination: positions in the order they are taken up, findings examined in anyone with the reason, and the
    kinds of strain that are left to the end."""

    positions: Mapping[str, Position]
    basic: Mapping[str, str]
    last: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the interview: which findings, in order, and why. `uses` is must_ask or adaptive where findings are not listed."""

    id: str
    findings: tuple[str, ...]
    why: str
    uses: str = ""
    adaptive: Adaptive | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that belongs beside conclusions: about which nodes or links, and from where."""

    id: str
    text: str
    sources: tuple[str, ...]
    about: tuple[str, ...]
    grade: str = ""


CIRCUMSTANCES = (
    "always", "emergency", "referral", "chain", "local", "nonmechanical", "undetermined", "bystander", "contested_link", "opinion_link",
    "gap", "veto", "open_red_flag", "unknown_answer", "unstated_side", "one_side_tested", "timing_unclear", "tried_missed",
    "several_drivers", "bedside_open",
)
"""What can be so in a case, and calls for a sentence of teaching.

emergency: an emergency or urgent red flag. opinion_link: a link of grade D on the spine. one_side_tested: a test with an answer for
one side of the body alone. timing_unclear: a cause whose time is unknown or the same as that of the pain. bedside_open: no bedside
change was made yet. The outcomes stand for themselves.
"""


@dataclass(frozen=True, slots=True)
class Teaching:
    """A sentence for trainees; it is said when one of the circumstances in `about` holds."""

    id: str
    text: str
    about: tuple[str, ...]
    sources: tuple[str, ...]
    grade: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from, and how far it was read; `genre` as in CSL, `case report` for one person's story.

    `doi`, `pmid`, `pmcid` are the numbers under which others keep it, empty where none is known.
    """

    id: str
    title: str
    seen: str
    url: str = ""
    note: str = ""
    genre: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of other systems for a finding or conclusion, ids alone; nothing is reasoned with them."""

    name: str
    icd10: tuple[str, ...]
    icd10cm: tuple[str, ...]
    icd11: tuple[str, ...]
    snomed: tuple[str, ...]
    loinc: tuple[str, ...]
    seen: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words a report may use: verbs for each claim level and titles of outcomes, urgencies, verdicts, grades.

    `forbidden_verbs` promise more than knowledge can; `alarming` are words that frighten. A trailing * stands for any ending.
    `causal` holds for each claim level the phrases that say so much about a cause; `about_person` are words for this person's own pain.
    """

    levels: Mapping[str, Mapping[str, str]]
    outcomes: Mapping[str, Mapping[str, str]]
    urgency: Mapping[str, str]
    verdicts: Mapping[str, str]
    grades: Mapping[str, str]
    forbidden_verbs: tuple[str, ...] = ()
    alarming: tuple[str, ...] = ()
    causal: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    about_person: tuple[str, ...] = ()
