"""Checks on one rule: it does one thing of its folder, to something that exists, with the weight, side and texts that needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.leaves import Names
from knowledge.model import STRAINS, Conclusion, Rule
from knowledge.problems import CITE, Problem, counted, did_you_mean, one_of, short, unknown
from knowledge.schema import RuleSpec, ThenSpec, WeightSpec, WhenSpec
from knowledge.yaml_source import At

VERBS = {
    "rules": ("shows", "excludes", "supports", "against", "claims"),
    "red_flags": ("flags",),
    "scope": ("out_of_scope",),
    "cautions": ("withholds",),
    "tried": ("explains_failure", "advises"),
}
ON_CONCLUSIONS = ("shows", "excludes", "supports", "against", "claims", "flags")
HINTS = ("supports", "against")
NEGATIVES = ("no", "negative", "normal")
_KEYS_OF = {
    "weight": ("rules",), "cluster": ("rules",), "urgency": ("red_flags",), "action": ("red_flags",), "safety_net": ("red_flags",),
    "verdict": ("tried",), "instead": ("tried",), "grade": ("tried",),
}
_NEEDED = {
    "flags": {"urgency": "write how soon: emergency, urgent, routine or watch", "action": "write what to do"},
    "explains_failure": {
        "verdict": "write one of: missed, overloads, underdosed, overdosed, not_done, right", "instead": "write what to do instead",
    },
    "advises": {"instead": "write what to do"},
}


def effect_problems(given: Mapping[str, tuple[str, ...]], then: ThenSpec, at: At, folder: str, names: Names) -> Iterator[Problem]:
    """`then` does exactly one thing, of this folder, to what exists."""
    if len(given) != 1:
        says = "'then' does nothing" if not given else f"'then' does {counted(len(given), 'thing')}: {', '.join(given)}"
        yield Problem(at.place, "KB405", says, "write exactly one of: " + ", ".join(VERBS[folder]))
        return
    verb, targets = next(iter(given.items()))
    if verb not in VERBS[folder]:
        home = next(one for one, verbs in VERBS.items() if verb in verbs)
        hint = f"move the rule to {home}/, or {one_of(VERBS[folder])}"
        yield Problem(at.key(verb), "KB411", f"'{verb}' does not belong in {folder}/", hint)
    yield from (problem for index, target in enumerate(targets) for problem in _target_problems(verb, target, at / verb / index, names))
    if verb == "claims" and not then.by:
        yield Problem(at.place, "KB102", "'by' is missing", "add 'by: CONCLUSION', the one that accounts for what it claims")
    elif verb == "claims" and then.by not in names.conclusions:
        yield unknown("conclusion", then.by, (at / "by").place, names.conclusions)
    elif verb != "claims" and then.by:
        yield Problem(at.key("by"), "KB405", f"'by' does not belong to '{verb}'", "take it out; only 'claims' has it")


def _target_problems(verb: str, target: str, at: At, names: Names) -> Iterator[Problem]:
    if verb in ON_CONCLUSIONS and target not in names.conclusions:
        yield unknown("conclusion", target, at.place, names.conclusions)
    elif verb == "withholds" and target not in STRAINS:
        yield Problem(at.place, "KB209", f"'{short(target)}' is no kind of strain", did_you_mean(target, STRAINS) or one_of(STRAINS))
    elif verb == "flags" and names.conclusions[target].layer != "serious":
        yield Problem(at.place, "KB413", f"'{target}' is no serious condition", "flag a conclusion of layer serious")
    elif verb == "claims" and not _can_be_claimed(names.conclusions[target]):
        hint = "claim impairments and habits: what a test can show and two explanations can want"
        yield Problem(at.place, "KB413", f"'{target}' cannot be claimed", hint)
    elif verb == "explains_failure" and target not in names.findings:
        yield unknown("finding", target, at.place, names.findings)
    elif verb == "explains_failure" and names.findings[target].kind != "tried":
        yield Problem(at.place, "KB413", f"'{target}' is nothing a person tries", "name a finding of kind tried")


def _can_be_claimed(conclusion: Conclusion) -> bool:
    """Steps into what is only inferred, and into complaints, do not ask who claims them."""
    return conclusion.layer in ("impairment", "habit") and not conclusion.inferred


def weight_problems(rule: Rule, spec: RuleSpec, at: At, names: Names) -> Iterator[Problem]:
    """A hint has a weight and nothing else has; a ratio for the negative answer needs to know which answer that is."""
    needs = rule.verb in HINTS
    if needs and spec.weight is None:
        hint = "add 'weight: {grade: B}', or the published {lr_positive: 2.9}"
        yield Problem((at / "then").key(rule.verb), "KB406", f"'{rule.verb}' needs a weight", hint)
    if spec.weight is None:
        return
    if rule.verb and not needs:
        yield Problem(at.key("weight"), "KB406", f"'{rule.verb}' takes no weight", "leave 'weight' out")
    yield from _ratio_problems(spec.weight, at / "weight")
    if spec.weight.lr_negative is not None:
        yield from _negative_problems(spec.weight, spec.when, at / "weight", names)


def _ratio_problems(weight: WeightSpec, at: At) -> Iterator[Problem]:
    if bool(weight.grade) == (weight.lr_positive is not None or weight.lr_negative is not None):
        yield Problem(at.place, "KB406", "a weight is either a grade or likelihood ratios", "write {grade: B} or {lr_positive: 2.9}")
    if weight.lr_positive is not None and weight.lr_positive < 1:
        says = f"a positive ratio of {weight.lr_positive:g} would speak against"
        yield Problem((at / "lr_positive").place, "KB406", says, "check the figure; a positive ratio is 1 or more")
    if weight.lr_negative is not None and weight.lr_negative > 1:
        says = f"a negative ratio of {weight.lr_negative:g} would speak for"
        yield Problem((at / "lr_negative").place, "KB406", says, "check the figure; a negative ratio is 1 or less")


def _negative_problems(weight: WeightSpec, when: WhenSpec, at: At, names: Names) -> Iterator[Problem]:
    if len(when.all) != 1 or when.any or when.at_least:
        says = "lr_negative needs a condition of one finding, to know what the negative answer is"
        yield Problem((at / "lr_negative").place, "KB407", says, "put the one test under 'all' and nothing else but 'none'")
        return
    leaf = when.all[0]
    words = _other_words(when, names)
    if leaf.finding and leaf.finding not in names.findings and "." not in leaf.finding:
        return  # told at the condition
    if weight.negative and weight.negative not in words:
        says = f"'{short(weight.negative)}' is no other answer to '{leaf.finding}'"
        yield Problem((at / "negative").place, "KB407", says, one_of(words) if words else "ask for one test under 'all'")
    elif not weight.negative and not negative_words(when, names):
        says = f"it is not clear which answer to '{leaf.finding or leaf.conclusion}' is the negative one"
        hint = f"add 'negative: WORD' with {one_of(words).removeprefix('write ')}" if words else "ask for one test under 'all'"
        yield Problem((at / "lr_negative").place, "KB407", says, hint)


def negative_words(when: WhenSpec, names: Names) -> list[str]:
    """The words that plainly mean the one test was negative."""
    words = _other_words(when, names)
    return [word for word in NEGATIVES if word in words]


def _other_words(when: WhenSpec, names: Names) -> list[str]:
    """The answers to the one finding of the condition that do not make it hold."""
    if len(when.all) != 1 or when.any or when.at_least:
        return []
    finding = names.findings.get(when.all[0].finding)
    return [word for word in finding.words if word not in when.all[0].words] if finding else []


def rule_problems(rule: Rule, spec: RuleSpec, at: At, folder: str) -> Iterator[Problem]:
    """What the folder asks of a rule, and the texts and examples every rule has."""
    if rule.verb in VERBS[folder]:
        yield from _key_problems(rule, spec, at, folder)
    if spec.status == "retired" and not spec.replaced_by:
        yield Problem(at.place, "KB414", "a retired rule needs 'replaced_by'", "name the rule that took its place")
    yield from _reading_problems(rule, folder)
    yield from _text_problems(rule, at)


def _key_problems(rule: Rule, spec: RuleSpec, at: At, folder: str) -> Iterator[Problem]:
    for key, folders in _KEYS_OF.items():
        if getattr(spec, key) and folder not in folders and key != "weight":
            hint = f"take it out; rules in {', '.join(folders)}/ have it"
            yield Problem(at.key(key), "KB411", f"'{key}' does not belong in {folder}/", hint)
    for key, hint in _NEEDED.get(rule.verb, {}).items():
        if not getattr(rule, key).strip():
            yield Problem(at.place, "KB414", f"a rule with '{rule.verb}' needs '{key}'", hint)


def _reading_problems(rule: Rule, folder: str) -> Iterator[Problem]:
    for leaf in rule.when.leaves:
        if folder in ("red_flags", "scope", "cautions") and leaf.about != "finding":
            yield Problem(leaf.place, "KB409", "a red flag or scope rule reads findings only", "name the findings themselves")
        if folder == "rules" and leaf.about in ("outcome", "leading"):
            yield Problem(leaf.place, "KB409", f"evidence cannot depend on '{leaf.about}'", "use 'outcome' and 'leading' in tried/ only")


def _text_problems(rule: Rule, at: At) -> Iterator[Problem]:
    for key in ("title", "because", "does_not_apply_when"):
        if not getattr(rule, key).strip():
            yield Problem((at / key).place, "KB415", f"'{key}' is empty", "write the sentence a reader needs")
    if not rule.sources:
        yield Problem((at / "sources").place, "KB418", "the rule cites no source", CITE)
    if rule.status != "retired" and (not rule.fires or len(rule.quiet) < 2):
        says = f"the rule has {counted(len(rule.fires), 'example')} on which it fires and {len(rule.quiet)} on which it stays quiet"
        hint = "give 1 or more under 'fires' and 2 or more under 'quiet', one of them a near miss"
        yield Problem(at.key("examples"), "KB401", says, hint)


def side_problems(rule: Rule, at: At, names: Names) -> Iterator[Problem]:
    """A conclusion with sides needs to be told which."""
    if rule.verb not in ON_CONCLUSIONS or rule.verb in ("claims", "flags"):
        return
    for target in rule.targets:
        sided = target in names.conclusions and names.conclusions[target].per_side
        if sided and not rule.when.sided and not rule.both_sides:
            says = f"'{target}' has sides and no finding of the condition has"
            yield Problem((at / rule.verb).place, "KB404", says, "add 'side: both' in 'then', or ask for a finding with sides")
