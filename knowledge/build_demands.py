"""Building what demands.yaml says; whatever is wrong in it is added to `problems`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from types import MappingProxyType

from knowledge.leaves import Names, build_leaves
from knowledge.levels import dimension_problems, read_levels
from knowledge.model_demands import (
    Cue,
    Cut,
    Demands,
    Dimension,
    Kind,
    Noted,
    PainRule,
    Schedule,
    SessionRule,
    Setbacks,
    Tolerance,
)
from knowledge.placeholders import NUMBERS
from knowledge.problems import Place, Problem, did_you_mean, one_of, short, unknown
from knowledge.schema_demands import DemandsSpec, NotedSpec, PainRuleSpec, SessionRuleSpec, ToleranceSpec
from knowledge.yaml_source import At

CLASSES = ("walk", "bend", "lift", "stand", "sit", "run", "rotate", "reach", "carry")
"""The kinds that an own activity can be of."""
_HOW = {"word": "is", "above": "above", "up_to": "up_to", "below": "below", "least": "from"}


def build_demands(
    spec: DemandsSpec | None, at: At | None, names: Names, rules: Collection[str], problems: list[Problem],
) -> Demands:
    """All of the file; without it nothing is known of demands. `rules` are the exposure rules that may be named."""
    if spec is None or at is None:
        return Demands()
    dimensions = MappingProxyType({name: Dimension(name, **one.model_dump()) for name, one in spec.dimensions.items()})
    problems.extend(dimension_problems(dimensions, NUMBERS, at / "dimensions"))
    named = [(one.rule, at / part / index / "rule") for part in ("pain_rules", "session_rules")
             for index, one in enumerate(getattr(spec, part))]
    named += [(name, at / "schedule" / "rules" / index) for index, name in enumerate(spec.schedule.rules if spec.schedule else ())]
    problems.extend(unknown_rule(name, here.place, rules) for name, here in named if name not in rules)
    return Demands(
        dimensions=dimensions, kinds=_kinds(spec, dimensions, at / "classes", problems),
        cues=_cues(spec, dimensions, at / "cues", problems),
        tolerance=_tolerance(spec.tolerance, at / "tolerance", names, problems) if spec.tolerance else None,
        pain_rules=tuple(_pain_rule(one, at / "pain_rules" / n, names, problems) for n, one in enumerate(spec.pain_rules)),
        session_rules=tuple(_session_rule(one, at / "session_rules" / n, problems) for n, one in enumerate(spec.session_rules)),
        setbacks=Setbacks(**spec.setbacks.model_dump()) if spec.setbacks else None,
        schedule=Schedule(**spec.schedule.model_dump()) if spec.schedule else None, claimed_gate=spec.claimed_gate,
    )


def unknown_rule(name: str, place: Place, rules: Iterable[str]) -> Problem:
    """An exposure rule that does not exist."""
    return Problem(place, "KB610", f"'{short(name)}' is no exposure rule", did_you_mean(name, rules) or one_of(rules))


def _kinds(spec: DemandsSpec, dimensions: MappingProxyType[str, Dimension], at: At, problems: list[Problem]) -> MappingProxyType[str, Kind]:
    built = {}
    for name, one in spec.classes.items():
        for word, place in [(name, at.key(name)), *((like, (at / name / "like" / n).place) for n, like in enumerate(one.like))]:
            if word not in CLASSES:
                problems.append(Problem(place, "KB209", f"'{short(word)}' is no activity", did_you_mean(word, CLASSES) or one_of(CLASSES)))
        counted = [key for key, dimension in dimensions.items() if dimension.unit]
        for n, number in enumerate(one.numbers):
            if number not in counted:
                hint = did_you_mean(number, counted) or one_of(counted)
                problems.append(Problem((at / name / "numbers" / n).place, "KB609", f"'{short(number)}' is no dimension with a unit", hint))
        built[name] = Kind(one.numbers, read_levels(one.levels, dimensions, at / name / "levels", problems), one.like, one.days)
    return MappingProxyType(built)


def _cues(spec: DemandsSpec, dimensions: MappingProxyType[str, Dimension], at: At, problems: list[Problem]) -> tuple[Cue, ...]:
    return tuple(
        Cue(tuple(word.lower() for word in one.words), read_levels(one.raises, dimensions, at / n / "raises", problems))
        for n, one in enumerate(spec.cues)
    )


def _tolerance(spec: ToleranceSpec, at: At, names: Names, problems: list[Problem]) -> Tolerance:
    built = [(one, build_leaves(one.any, at / "cuts" / n / "any", names, problems)) for n, one in enumerate(spec.cuts)]
    cuts = tuple(Cut(one.id, leaves, one.percent, one.says) for one, leaves in built)
    return Tolerance(spec.percent_per_point, spec.of_onset_percent, spec.says, cuts, spec.grade, spec.sources)


def _pain_rule(spec: PainRuleSpec, at: At, names: Names, problems: list[Problem]) -> PainRule:
    problems.extend(
        unknown("conclusion", name, (at / "leading" / n).place, names.conclusions)
        for n, name in enumerate(spec.leading) if name not in names.conclusions
    )
    leaves = build_leaves(spec.any, at / "any", names, problems)
    return PainRule(spec.rule, leaves, spec.leading, spec.free, spec.most, spec.by, spec.says)


def _session_rule(spec: SessionRuleSpec, at: At, problems: list[Problem]) -> SessionRule:
    if bool(spec.any) == bool(spec.all):
        says = f"'{spec.id}' needs conditions under 'any' or under 'all', and not both"
        problems.append(Problem(at.place, "KB610", says, "write any: [{noted: pain, above: 5}]"))
    return SessionRule(
        spec.id, spec.move, _noted(spec.any, at / "any", problems), _noted(spec.all, at / "all", problems), spec.unless_halved,
        spec.sessions, spec.rule, spec.says,
    )


def _noted(specs: Sequence[NotedSpec], at: At, problems: list[Problem]) -> tuple[Noted, ...]:
    built = []
    for index, one in enumerate(specs):
        bounds = [(how, getattr(one, name)) for name, how in _HOW.items() if getattr(one, name) is not None]
        if len(bounds) != 1:
            says = f"this condition sets {len(bounds)} bounds on '{one.noted}'"
            problems.append(Problem((at / index).place, "KB610", says, "write one of: is, above, up_to, below, from"))
        else:
            built.append(Noted(one.noted, *bounds[0]))
    return tuple(built)
