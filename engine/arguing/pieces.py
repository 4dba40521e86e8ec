"""What would have to be answered for a conclusion to be found: for each rule that could show it, the answers that are still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.arguing.answers import supposed
from engine.arguing.variants import Variants
from engine.case import Answer, Case, Key
from engine.conditions import instance_sides, leaf_truth, look_at_all, sides_read
from engine.result import Inference, Node
from knowledge.model import UNKNOWN, KnowledgeBase, Leaf, Rule
from knowledge.sides import UNSTATED


@dataclass(frozen=True, slots=True)
class MissingPiece:
    """A conclusion that is not found, and the answers with which it would be; `rules` read them. No answers: none that is open would do."""

    node: Node
    answers: Mapping[Key, Answer]
    rules: tuple[str, ...]


def missing_pieces(nodes: Sequence[Node], found: Inference, case: Case, variants: Variants) -> tuple[MissingPiece, ...]:
    """For each conclusion the shortest set of open answers with which it is found: by one rule, else by all that could speak for it."""
    return tuple(_piece(node, found, case, variants) for node in nodes)


def _piece(node: Node, found: Inference, case: Case, variants: Variants) -> MissingPiece:
    sets = _sets(node, found, case, variants.kb)
    together: dict[Key, Answer] = {}
    for _, answers in sets:
        together = {**answers, **together}
    every = [*sets, (tuple(rule for rules, _ in sets for rule in rules), together)] if len(sets) > 1 else sets
    held = variants.supported(case, [answers for _, answers in every], node)
    enough = next((one for one, holds in zip(every, held, strict=True) if holds), ((), {}))
    return MissingPiece(node, enough[1], tuple(dict.fromkeys(enough[0])))


def _sets(node: Node, found: Inference, case: Case, kb: KnowledgeBase) -> list[tuple[tuple[str, ...], dict[Key, Answer]]]:
    """The open answers of each rule that could speak for a conclusion; what shows it before what hints, then the shorter."""
    out = []
    for rule in kb.rules_of("shows", "supports"):
        if node[0] in rule.targets:
            sides = instance_sides(rule.when)
            answers = completed(rule, node[1] if node[1] in sides else sides[0], found, case, kb)
            if answers:
                minutes = sum(kb.findings[name].minutes for name in {name for name, _ in answers})
                out.append(((rule.verb != "shows", minutes, rule.id), answers))
    return [((order[2],), answers) for order, answers in sorted(out, key=lambda one: one[0])]


def completed(rule: Rule, side: str, found: Inference, case: Case, kb: KnowledgeBase) -> dict[Key, Answer] | None:
    """The answers that are still open with which a rule would fire on a side; None when an answer given already forbids it."""
    look = look_at_all(found.valuation, {node: status.state for node, status in found.statuses.items()}, {})
    truth = {leaf: leaf_truth(leaf, side, look) for leaf in rule.when.leaves}
    if any(truth[leaf] for leaf in rule.when.none):
        return None
    wanted = [leaf for leaf in rule.when.all if truth[leaf] is not True]
    open_ = {leaf for leaf in rule.when.leaves if truth[leaf] is None and _can_be_told(leaf, side, case, kb)}
    if rule.when.any and not any(truth[leaf] for leaf in rule.when.any):
        wanted += [leaf for leaf in rule.when.any if leaf in open_][:1] or [rule.when.any[0]]
    if rule.when.at_least:
        lacking = rule.when.count - sum(truth[leaf] is True for leaf in rule.when.at_least)
        more = [leaf for leaf in rule.when.at_least if leaf in open_][:max(0, lacking)]
        wanted += more if len(more) >= lacking else [rule.when.at_least[0]]
    return _answers(wanted, side, case, kb) if open_ >= set(wanted) else None


def _can_be_told(leaf: Leaf, side: str, case: Case, kb: KnowledgeBase) -> bool:
    """Whether the word of a leaf can be supposed: what follows from other findings only while those are not answered themselves."""
    finding = kb.findings.get(leaf.subject.partition(".")[0]) if leaf.about == "finding" else None
    if finding is None or finding.answer.form == "list" or leaf.words[0] not in kb.words_of(leaf.subject):
        return False
    if finding.derived is None:
        return True
    if finding.derived.how == "score":
        parts = {one.subject.partition(".")[0] for one in kb.instruments[finding.derived.of].leaves}
        return not parts & {name for name, _ in case.answers}
    return case.answer(finding.derived.of, sides_read(leaf, side)[0]) is None


def _answers(leaves: Sequence[Leaf], side: str, case: Case, kb: KnowledgeBase) -> dict[Key, Answer] | None:
    """The leaves as answers; a detail goes to the answer it stands beside, which must be told or be a plain yes."""
    out: dict[Key, Answer] = {}
    for leaf in sorted(leaves, key=lambda one: "." in one.subject):
        name, _, detail = leaf.subject.partition(".")
        key = (name, sides_read(leaf, side)[0])
        before = out.get(key) or case.answer(*key) or (supposed("yes") if detail and "yes" in kb.findings[name].words else None)
        if case.answer(name, UNSTATED) or (detail and (before is None or before.value in ("no", UNKNOWN))):
            return None
        out[key] = replace(before, details={**before.details, detail: leaf.words[0]}) if detail and before else supposed(leaf.words[0])
    return out
