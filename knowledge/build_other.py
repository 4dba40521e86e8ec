"""Building the smaller units: conclusions, norms, instruments, sources, ladders, programmes, statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType

from knowledge.build_findings import activities, strains
from knowledge.leaves import Names, build_leaf
from knowledge.levels import read_levels
from knowledge.model import (
    ACTIVITIES,
    STRAINS,
    Adaptive,
    Conclusion,
    Demands,
    Examination,
    Gate,
    Instrument,
    Ladder,
    LadderStep,
    Leaf,
    Norm,
    NormRow,
    Position,
    Programme,
    ProgrammeStep,
    Source,
    Stage,
    Statement,
    Teaching,
)
from knowledge.placeholders import NUMBERS, wrong_places
from knowledge.problems import Problem, did_you_mean, one_of, short
from knowledge.schema import (
    ConclusionSpec,
    ExaminedSpec,
    GateSpec,
    InstrumentSpec,
    LadderSpec,
    LeafSpec,
    NormRowSpec,
    NormSpec,
    PositionSpec,
    ProgrammeSpec,
    SourceSpec,
    StageSpec,
    StatementSpec,
    TeachingSpec,
)
from knowledge.yaml_source import At


def build_conclusion(spec: ConclusionSpec, at: At, names: Names, problems: list[Problem]) -> Conclusion:
    """One node; whatever is wrong in it is added to `problems`."""
    if spec.role == "pain_side" and not spec.per_side:
        says = f"'{spec.id}' has no sides and cannot tell the side of the pain"
        problems.append(Problem((at / "role").place, "KB403", says, "write per_side: true, or take the role away"))
    return Conclusion(
        id=spec.id, title=spec.title, layer=spec.layer, region=spec.region, per_side=spec.per_side, modifiable=spec.modifiable,
        plain=spec.plain, place=at.place, inferred=spec.inferred, background=spec.role == "background", default=spec.role == "default",
        pain_side=spec.role == "pain_side",
        exposure=activities(spec.exposure, at / "exposure", problems), severity=_signs(spec.severity, at / "severity", names, problems),
        retest=spec.retest, urgency=spec.urgency, medical=spec.medical, refer_to=spec.refer_to,
    )


def _signs(specs: Sequence[LeafSpec], at: At, names: Names, problems: list[Problem]) -> tuple[Leaf, ...]:
    """Leaves that may look at findings only."""
    built = []
    for index, spec in enumerate(specs):
        here = at / index
        if spec.conclusion or spec.outcome or spec.leading:
            where = next(step for step in reversed(at.path) if isinstance(step, str))
            problems.append(Problem(here.place, "KB409", f"'{where}' looks at findings only", "write {finding: F, is: WORD}"))
        else:
            built.append(build_leaf(spec, here, names, problems))
    return tuple(leaf for leaf in built if leaf is not None)


def build_norm(spec: NormSpec, at: At, problems: list[Problem]) -> Norm:
    """A norm table; for every age and sex it has one value or none."""
    problems.extend(_row_problems(spec, at / "rows"))
    return Norm(spec.id, spec.unit, spec.source, tuple(NormRow(r.sex, r.age_from, r.age_to, r.value) for r in spec.rows))


def _row_problems(spec: NormSpec, at: At) -> Iterator[Problem]:
    if not spec.rows:
        yield Problem(at.place, "KB602", f"'{spec.id}' has no rows", "write rows: [{sex: male, age_from: 20, age_to: 29, value: 37}]")
    for index, row in enumerate(spec.rows):
        if row.age_from > row.age_to:
            says = f"the ages {row.age_from:g} to {row.age_to:g} run backwards"
            yield Problem((at / index).place, "KB602", says, "write the younger age under 'age_from'")
        for earlier in spec.rows[:index]:
            if _meet(earlier, row):
                says = f"the ages {row.age_from:g} to {row.age_to:g} meet an earlier row ({earlier.age_from:g} to {earlier.age_to:g})"
                yield Problem((at / index).place, "KB602", says, "let each age and sex stand in one row; both ends of a row belong to it")


def _meet(one: NormRowSpec, other: NormRowSpec) -> bool:
    same_people = one.sex == other.sex or "" in (one.sex, other.sex)
    return same_people and one.age_from <= other.age_to and other.age_from <= one.age_to


def build_instrument(spec: InstrumentSpec, at: At, names: Names, problems: list[Problem]) -> Instrument:
    """A counted score."""
    either = tuple(_signs(group, at / "either" / index, names, problems) for index, group in enumerate(spec.either))
    return Instrument(spec.id, spec.title, _signs(spec.count, at / "count", names, problems), either)


def build_source(spec: SourceSpec) -> Source:
    """A source, with the best address it has."""
    url = spec.URL or (f"https://doi.org/{spec.DOI}" if spec.DOI else f"https://pubmed.ncbi.nlm.nih.gov/{spec.PMID}/" if spec.PMID else "")
    return Source(spec.id, spec.title, spec.seen, url, spec.note, spec.genre, spec.DOI, spec.PMID, spec.PMCID)


def build_stage(spec: StageSpec, at: At, problems: list[Problem]) -> Stage:
    """A stage of the interview, with the constants of the one that adapts."""
    if spec.uses == "adaptive" and spec.adaptive is None:
        hint = "add 'adaptive: {temperature: 0.5, live: 6, ...}'; docs/authoring.md tells the constants"
        problems.append(Problem(at.place, "KB102", "'adaptive' is missing", hint))
    return Stage(spec.id, spec.findings, spec.why, spec.uses, Adaptive(**spec.adaptive.model_dump()) if spec.adaptive else None)


def build_examination(
    positions: Sequence[tuple[PositionSpec, At]], basic: Sequence[tuple[ExaminedSpec, At]], last: Sequence[tuple[ExaminedSpec, At]],
    problems: list[Problem],
) -> Examination:
    """The order of an examination; what is left to the end must be a kind of strain."""
    for spec, at in last:
        if spec.id not in STRAINS:
            says = f"'{short(spec.id)}' is no kind of strain"
            problems.append(Problem((at / "id").place, "KB209", says, did_you_mean(spec.id, STRAINS) or one_of(STRAINS)))
    taken_up = {spec.id: Position(spec.id, spec.title, spec.off_sheet) for spec, _ in positions}
    whys = {spec.id: spec.why for spec, _ in basic}
    return Examination(MappingProxyType(taken_up), MappingProxyType(whys), tuple(spec.id for spec, _ in last))


def build_statement(spec: StatementSpec) -> Statement:
    """A sentence with sources."""
    return Statement(spec.id, spec.text, spec.sources, spec.about, spec.grade)


def build_teaching(spec: TeachingSpec) -> Teaching:
    """A sentence for trainees."""
    return Teaching(spec.id, spec.text, spec.about, spec.sources, spec.grade)


def build_programme(spec: ProgrammeSpec, at: At, names: Names, problems: list[Problem]) -> Programme:
    """What trains one driver."""
    steps = []
    for index, one in enumerate(spec.steps):
        here = at / "steps" / index
        start = _signs(one.start, here / "from", names, problems)
        steps.append(ProgrammeStep(one.do, strains(one.strain, here / "strain", problems), start, one.trains, one.plain))
    return Programme(spec.id, tuple(steps), spec.dose, spec.goal, spec.retest, spec.grade, spec.sources, spec.plain)


def build_ladder(spec: LadderSpec, at: At, names: Names, demands: Demands, problems: list[Problem]) -> Ladder:
    """A ladder; its gate must stand before one of its rungs."""
    classes = (*ACTIVITIES, "carry")
    if spec.activity not in classes:
        hint = did_you_mean(spec.activity, classes) or one_of(classes)
        problems.append(Problem((at / "class").place, "KB209", f"'{short(spec.activity)}' is no activity", hint))
    if len(spec.steps) < 2:
        problems.append(Problem((at / "steps").place, "KB601", "a ladder needs a first rung and a last one", "list two steps or more"))
    problems.extend(_place_problems(spec, demands, at / "steps"))
    return Ladder(
        id=spec.id, title=spec.title, words=tuple(word.lower() for word in spec.words), activity=spec.activity, axis=spec.axis,
        driver_links=spec.driver_links, steps=_steps(spec, demands, at / "steps", problems),
        gate=_gate(spec, spec.gate, at / "gate", names, problems) if spec.gate else None, passes=spec.passes, regress=spec.regress,
        grade=spec.grade, sources=spec.sources, place=at.place,
    )


def _steps(spec: LadderSpec, demands: Demands, at: At, problems: list[Problem]) -> tuple[LadderStep, ...]:
    built = []
    for index, one in enumerate(spec.steps):
        dims = read_levels(one.dims, demands.dimensions, at / index / "dims", problems)
        built.append(LadderStep(one.task, one.dose, dims, strains(one.strain, at / index / "strain", problems)))
    return tuple(built)


def _place_problems(spec: LadderSpec, demands: Demands, at: At) -> Iterator[Problem]:
    named: set[str] = set()
    for index, step in enumerate(spec.steps):
        named |= step.dims.keys() & demands.dimensions.keys()
        for inside in wrong_places(step.task, named):
            hint = "write {activity}, a dimension the ladder has raised, or {30 % kg|words}, with one of: " + ", ".join(NUMBERS)
            yield Problem((at / index / "task").place, "KB601", f"nothing can fill '{{{short(inside)}}}' in this task", hint)


def _gate(spec: LadderSpec, gate: GateSpec, at: At, names: Names, problems: list[Problem]) -> Gate:
    if not 2 <= gate.before_step <= len(spec.steps):
        says = f"the gate stands before step {gate.before_step}, and the ladder has {len(spec.steps)}"
        hint = f"write a number from 2 to {max(2, len(spec.steps))}; a gate never blocks the first rung"
        problems.append(Problem((at / "before_step").place, "KB601", says, hint))
    return Gate(gate.before_step, _signs(gate.needs, at / "needs", names, problems), gate.says)
