"""The safety pass: red flags, people outside the scope, and questions that must be asked; before anything else.

It runs on plain evaluation of the answers. A flag that fires is never silenced, and an unknown answer stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.case import Case
from engine.conditions import holds, instance_sides, look_up, sides_read, verdicts
from engine.result import Caution, Fired, Flag, Read
from engine.valuation import Valuation
from knowledge.model import STRAINS, URGENCIES, Finding, KnowledgeBase, MustAsk, Rule
from knowledge.sides import BODY, LEFT, NONE, RIGHT, UNSTATED


@dataclass(frozen=True, slots=True)
class Safety:
    """What the pass found; `urgency` is the highest of all flags, or none."""

    flags: tuple[Flag, ...]
    out_of_scope: tuple[Flag, ...]
    cautions: tuple[Caution, ...]
    open_questions: tuple[str, ...]
    urgency: str
    fired: tuple[Fired, ...]


def safety_pass(case: Case, valuation: Valuation, kb: KnowledgeBase) -> Safety:
    """Every red flag and scope rule on the answers, and the must-ask questions still open."""
    flags, fired = _fire(kb.rules_of("flags"), valuation, kb)
    scope, scope_fired = _fire(kb.rules_of("out_of_scope"), valuation, kb)
    ordered = tuple(sorted(flags, key=lambda flag: (URGENCIES.index(flag.urgency), flag.rule, flag.side)))
    urgency = ordered[0].urgency if ordered else "none"
    cautions, caution_fired = _cautions(valuation, kb, urgency)
    return Safety(ordered, tuple(scope), cautions, open_must_ask(case, kb), urgency, (*fired, *scope_fired, *caution_fired))


def of_both_worlds(left: Safety, right: Safety) -> Safety:
    """What either world flags: a red flag on a side that was not told is never lost to the world that explains more."""
    sideless = {(one.rule, one.side) for one in left.flags} ^ {(one.rule, one.side) for one in right.flags}
    flags = dict.fromkeys(_unstated(one, sideless) for one in (*left.flags, *right.flags))
    ordered = tuple(sorted(flags, key=lambda flag: (URGENCIES.index(flag.urgency), flag.rule, flag.side)))
    return Safety(
        ordered, tuple(dict.fromkeys((*left.out_of_scope, *right.out_of_scope))), tuple(dict.fromkeys((*left.cautions, *right.cautions))),
        tuple(dict.fromkeys((*left.open_questions, *right.open_questions))), ordered[0].urgency if ordered else "none",
        tuple(dict.fromkeys((*left.fired, *right.fired))),
    )


def _unstated(flag: Flag, differing: set[tuple[str, str]]) -> Flag:
    """A flag that stands on one side in one world and on the other in the other is about a side that was not told."""
    both = {(flag.rule, LEFT), (flag.rule, RIGHT)} <= differing
    return replace(flag, side=UNSTATED) if both and flag.side in BODY else flag


def _fire(rules: Sequence[Rule], valuation: Valuation, kb: KnowledgeBase) -> tuple[list[Flag], list[Fired]]:
    def sided(rule: Rule) -> bool:
        return rule.targets[0] in kb.conclusions and kb.conclusions[rule.targets[0]].per_side

    look, flags, fired = look_up(valuation), [], []
    for rule in rules:
        for side in instance_sides(rule.when):
            if holds(rule.when, side, look):
                shown = side if sided(rule) else NONE
                flags.append(Flag(rule.id, rule.targets[0], shown, rule.urgency or "watch", rule.because, rule.action, rule.safety_net))
                fired.append(_record(rule, side, valuation))
    return list(dict.fromkeys(flags)), fired


def _cautions(valuation: Valuation, kb: KnowledgeBase, urgency: str) -> tuple[tuple[Caution, ...], list[Fired]]:
    """Which strains are not to be tested now; all of them while an emergency or urgent referral is pending."""
    held, fired = [Caution("", STRAINS, "")] if urgency in ("emergency", "urgent") else [], []
    look = look_up(valuation)
    for rule in kb.rules_of("withholds"):
        sides = [side for side in instance_sides(rule.when) if holds(rule.when, side, look)]
        if sides:
            held.append(Caution(rule.id, rule.targets, rule.because))
            fired.append(_record(rule, sides[0], valuation))
    return tuple(held), fired


def strained_tests(cautions: Sequence[Caution], kb: KnowledgeBase) -> frozenset[str]:
    """The findings that strain what must not be strained now."""
    kinds = {kind for one in cautions for kind in one.withholds}
    return frozenset(finding.id for finding in kb.findings.values() if kinds & set(finding.strain))


def _record(rule: Rule, side: str, valuation: Valuation) -> Fired:
    reads = []
    for one in verdicts(rule.when, side, look_up(valuation)):
        if one.part == "none" or one.truth:
            for read_on in sides_read(one.leaf, side):
                reads.append(Read(one.leaf.subject, read_on, valuation.shown(one.leaf.subject, read_on), one.part))
    said = f"{rule.verb} {rule.targets[0]} ({rule.urgency or 'scope'})"
    return Fired(0, "safety", rule.id, (("side", side),), tuple(reads), (said,), ())


def open_must_ask(case: Case, kb: KnowledgeBase) -> tuple[str, ...]:
    """The must-ask findings that apply to this person and have no known answer."""
    asked = [f for f in kb.findings.values() if f.must_ask and must_be_asked(f.must_ask, case)]
    return tuple(finding.id for finding in asked if not _answered(finding, case))


def must_be_asked(who: MustAsk, case: Case) -> bool:
    """Whether the question applies; age and sex that are not known do not excuse from it."""
    if who.always:
        return True
    age, sex = case.answer("age"), case.answer("sex")
    if who.sex and sex and sex.known and sex.value not in (who.sex, "other"):
        return False
    if age and isinstance(age.value, float) and not _between(age.value, who):
        return False
    return not who.any_of or any(_said_yes(name, case) for name in who.any_of)


def _between(age: float, who: MustAsk) -> bool:
    return (who.age_from is None or age >= who.age_from) and (who.age_to is None or age <= who.age_to)


def _said_yes(finding: str, case: Case) -> bool:
    return any(answer.value == "yes" for (name, _), answer in case.answers.items() if name == finding)


def _answered(finding: Finding, case: Case) -> bool:
    """Whether it was answered, and on no side with unknown: that side stays open."""
    told = [answer.known for (name, _), answer in case.answers.items() if name == finding.id]
    return bool(told) and all(told)
