"""Which findings a letter owes its reader: those that the conditions in question, their rivals and every safety question rest on."""

from __future__ import annotations

from collections.abc import Iterable

from engine.questions import readers_of
from engine.result import Inference
from engine.safety import must_be_asked
from knowledge.model import Finding, KnowledgeBase, Rule
from reports.parts.dossier import Dossier

OWED = ("red_flag", "neuro", "symptom", "test", "observation", "worse", "imaging")
"""Kinds of findings that are told as relevant; history, beliefs and exercises have sections of their own."""


def flagged(found: Inference) -> tuple[str, ...]:
    """The conditions that were flagged, the most urgent first, each once."""
    return tuple(dict.fromkeys(one.condition for one in found.red_flags))


def relevant(dossier: Dossier) -> tuple[Finding, ...]:
    """The findings to tell as absent, not known or not asked, in the order of the knowledge."""
    names = {*_of_conditions(flagged(dossier.inference), dossier.kb), *_must_ask(dossier), *_differential(dossier)}
    known = [one for one in dossier.kb.findings.values() if one.id in names and one.kind in OWED and not one.derived]
    return tuple(one for one in known if not _summary(one, dossier.kb) or _answered(one, dossier))


def _summary(finding: Finding, kb: KnowledgeBase) -> bool:
    """Whether it only retells a report or needs equipment; nobody owes it when it was not asked."""
    position = kb.examination.positions.get(finding.position)
    return finding.kind != "red_flag" and position is not None and position.off_sheet


def _answered(finding: Finding, dossier: Dossier) -> bool:
    return any(name == finding.id for name, _ in dossier.case.answers)


def owed(dossier: Dossier) -> tuple[Finding, ...]:
    """Of these, the ones that matter enough to be told when nobody asked: safety questions and what a flagged condition rests on."""
    names = {*_of_conditions(_pressing(dossier.inference), dossier.kb), *_must_ask(dossier)}
    return tuple(one for one in relevant(dossier) if one.id in names)


def _pressing(found: Inference) -> tuple[str, ...]:
    """The conditions flagged with the highest urgency."""
    return tuple(dict.fromkeys(one.condition for one in found.red_flags if one.urgency == found.urgency))


def _must_ask(dossier: Dossier) -> Iterable[str]:
    return [one.id for one in dossier.kb.findings.values() if one.must_ask and must_be_asked(one.must_ask, dossier.case)]


def _of_conditions(conditions: Iterable[str], kb: KnowledgeBase) -> set[str]:
    wanted = set(conditions)
    return {name for rule in kb.rules_of("flags") if rule.targets[0] in wanted for name in _read(rule)}


def _read(rule: Rule) -> Iterable[str]:
    return [leaf.finding for leaf in rule.when.leaves if leaf.about == "finding"]


def _differential(dossier: Dossier) -> set[str]:
    """What the rules read about the explanation that leads, or about its nearest rivals."""
    readers = readers_of(dossier.kb)
    nodes = [node[0] for one in dossier.nearest for node in (one.cause, one.driver) if node]
    neuro = {one.id for one in dossier.kb.findings.values() if one.kind == "neuro"}
    return neuro | {name for node in nodes for name in readers.of.get(node, ())}
