"""Building rules of every kind: the condition, the one thing it does, its weight and its examples."""

from __future__ import annotations

from knowledge.leaves import Names, build_when
from knowledge.model import Example, Rule, Weight
from knowledge.problems import Problem
from knowledge.rule_checks import VERBS, effect_problems, negative_words, rule_problems, side_problems, weight_problems
from knowledge.schema import ExamplesSpec, RuleSpec, ThenSpec
from knowledge.yaml_source import At

ALL_VERBS = tuple(verb for verbs in VERBS.values() for verb in verbs)


def build_rule(spec: RuleSpec, at: At, folder: str, names: Names, order: int, problems: list[Problem]) -> Rule:
    """One rule; whatever is wrong in it is added to `problems`."""
    told = len(problems)
    when = build_when(spec.when, at / "when", names, problems)
    whole = len(problems) == told
    given = _effects(spec.then)
    verb, targets = next(iter(given.items())) if len(given) == 1 else ("", ())
    rule = Rule(
        id=spec.id, title=spec.title, status=spec.status, when=when, verb=verb, targets=targets, because=spec.because,
        does_not_apply_when=spec.does_not_apply_when, place=at.place, order=order, by=spec.then.by, both_sides=spec.then.side == "both",
        weight=_weight(spec, names), cluster=spec.cluster or spec.id,
        sources=spec.sources, against=spec.against, urgency=spec.urgency, action=spec.action, safety_net=spec.safety_net,
        fires=_examples(spec.examples, "fires", at), quiet=_examples(spec.examples, "quiet", at),
        verdict=spec.verdict, instead=spec.instead, plain=spec.plain, grade=spec.grade,
    )
    problems.extend(effect_problems(given, spec.then, at / "then", folder, names))
    problems.extend(weight_problems(rule, spec, at, names))
    problems.extend(rule_problems(rule, spec, at, folder))
    if whole:
        problems.extend(side_problems(rule, at / "then", names))
    return rule


def _effects(then: ThenSpec) -> dict[str, tuple[str, ...]]:
    """Every verb that is written, with what it is about; a rule has exactly one."""
    written = {verb: getattr(then, verb) for verb in ALL_VERBS}
    return {verb: value if isinstance(value, tuple) else (value,) for verb, value in written.items() if value}


def _weight(spec: RuleSpec, names: Names) -> Weight | None:
    if spec.weight is None:
        return None
    one = spec.weight
    negative = one.negative
    if one.lr_negative is not None and not negative:
        negative = next(iter(negative_words(spec.when, names)), "")
    return Weight(one.grade, one.lr_positive, one.lr_negative, negative, one.sensitivity, one.specificity)


def _examples(spec: ExamplesSpec, part: str, at: At) -> tuple[Example, ...]:
    rows = spec.fires if part == "fires" else spec.quiet
    return tuple(
        Example({k: v for k, v in row.items() if k != "gives"}, str(row.get("gives", "")), (at / "examples" / part / i).place)
        for i, row in enumerate(rows)
    )
