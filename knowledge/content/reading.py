"""Every finding matters to something: a rule reads it, the engine does, or a reader wants to see it and that is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.content.framework import NOTE, PROBLEM, Register, Spot, at
from knowledge.model import Finding, KnowledgeBase, Leaf
from knowledge.problems import Place

REGISTER: Register[KnowledgeBase] = Register()
ENGINE_READS = ("age", "sex", "pain_months", "earlier_episodes", "activities")
"""Findings the engine itself uses: norms, who must be asked what, what came first, and where the person wants to go."""
ALWAYS_READ = {"red_flag": "red-flag question", "neuro": "neurological sign", "test": "test"}
EXAMINED = {"neuro": "neurological sign", "test": "test", "observation": "sign to look for", "response": "change at the bedside"}
MOST_FOR_READER = 0.15


@REGISTER.check("KB701", PROBLEM, "nothing reads '{name}'", "write a rule that reads it, or 'for_reader: true' with a 'reason'")
def _unread(kb: KnowledgeBase) -> Iterator[Spot]:
    read = findings_read(kb)
    yield from (at(one.place, name=one.id) for one in kb.findings.values() if one.id not in read and not one.for_reader)


@REGISTER.check("KB702", PROBLEM, "'{name}' is a {kind}; that is never for the reader alone", "write a rule that reads it")
def _never_for_reader(kb: KnowledgeBase) -> Iterator[Spot]:
    read = findings_read(kb)
    alone = [one for one in _for_reader(kb) if one.id not in read and not one.derived]  # a derived one retells what is read elsewhere
    yield from (at(one.place, name=one.id, kind=ALWAYS_READ[one.kind]) for one in alone if one.kind in ALWAYS_READ)


@REGISTER.check("KB703", PROBLEM, "{share} of {all} findings are for the reader alone", "write rules that read them; at most 15 % may be")
def _too_many_for_reader(kb: KnowledgeBase) -> Iterator[Spot]:
    alone = {one.id for one in _for_reader(kb)} - findings_read(kb)
    if len(alone) > MOST_FOR_READER * len(kb.findings):
        yield at(Place("findings"), share=len(alone), all=len(kb.findings))


@REGISTER.check("KB704", NOTE, "'{name}' is declared for the reader and rules read it", "take 'for_reader' and 'reason' out")
def _read_after_all(kb: KnowledgeBase) -> Iterator[Spot]:
    read = findings_read(kb)
    yield from (at(one.place, name=one.id) for one in _for_reader(kb) if one.id in read)


@REGISTER.check("KB705", PROBLEM, "'{name}' is a {kind} and has no position", "add 'position' with one of: {positions}")
def _unplaced(kb: KnowledgeBase) -> Iterator[Spot]:
    positions = ", ".join(kb.examination.positions) or "the positions that examination.yaml lists"
    examined = [one for one in kb.findings.values() if one.kind in EXAMINED and not one.derived and not one.position]
    yield from (at(one.place, name=one.id, kind=EXAMINED[one.kind], positions=positions) for one in examined)


@REGISTER.check("KB706", PROBLEM, "'{name}' can be flagged and lacks '{key}'", "{hint}")
def _unnamed(kb: KnowledgeBase) -> Iterator[Spot]:
    flagged = [kb.conclusions[name] for name in dict.fromkeys(rule.targets[0] for rule in kb.rules_of("flags"))]
    for one in flagged:
        if not one.medical:
            yield at(one.place, name=one.id, key="medical", hint="add what a doctor calls it: a referral letter is written in those words")
        if not one.refer_to:
            yield at(one.place, name=one.id, key="refer_to", hint="add whom a referral letter for it goes to")


def findings_read(kb: KnowledgeBase) -> set[str]:
    """The findings that something reads: by themselves, through a detail, or through what is derived or counted from them."""
    read = {*ENGINE_READS, *_by_name(kb), *(leaf.finding for leaf in _leaves(kb) if leaf.about == "finding")} & set(kb.findings)
    return read | {source for name in read for source in findings_behind(kb.findings[name], kb)}


def findings_behind(finding: Finding, kb: KnowledgeBase) -> Iterator[str]:
    """What a derived finding is made of, however many steps away."""
    if finding.derived is None:
        return
    of = finding.derived.of
    for name in [leaf.finding for leaf in kb.instruments[of].leaves] if finding.derived.how == "score" else [of]:
        yield name
        yield from findings_behind(kb.findings[name], kb)


def _leaves(kb: KnowledgeBase) -> Iterator[Leaf]:
    for rule in kb.rules:
        yield from rule.when.leaves
    for conclusion in kb.conclusions.values():
        yield from conclusion.severity
    yield from planning_leaves(kb)


def planning_leaves(kb: KnowledgeBase) -> Iterator[Leaf]:
    """What a plan looks at: gates, steps of programmes, reasons to begin lower, and pain rules."""
    for ladder in kb.ladders:
        yield from ladder.gate.needs if ladder.gate else ()
    for programme in kb.programmes:
        yield from (leaf for step in programme.steps for leaf in step.start)
    for cut in kb.demands.tolerance.cuts if kb.demands.tolerance else ():
        yield from cut.any
    for pain in kb.demands.pain_rules:
        yield from pain.any


def onset_details(kb: KnowledgeBase) -> set[str]:
    """Details that tell from which time or weight on an activity hurts, as `finding.detail`."""
    names = {one.onset for one in kb.demands.dimensions.values() if one.onset}
    return {f"{one.id}.{detail.name}" for one in kb.findings.values() if one.hurts for detail in one.details if detail.name in names}


def _by_name(kb: KnowledgeBase) -> Iterator[str]:
    """Findings that a unit names outside of conditions, and findings that tell on their own what they do."""
    yield from (name for link in kb.links for name in link.tries)
    yield from (name for rule in kb.rules if rule.verb == "explains_failure" for name in rule.targets)
    for finding in kb.findings.values():
        if finding.must_ask:
            yield from (finding.id, *finding.must_ask.any_of)
        if finding.hurts or finding.tests_node:
            yield finding.id


def _for_reader(kb: KnowledgeBase) -> Iterable[Finding]:
    return [one for one in kb.findings.values() if one.for_reader]
