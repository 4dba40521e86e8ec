"""A whole report as a view, part by part in the order in which it is read, so that sources are numbered in that order."""

from __future__ import annotations

from engine.case import Case
from engine.infer import Reasoner
from engine.result import Inference
from knowledge.model import KnowledgeBase
from reports.citing import Citations
from reports.doubting import would_change
from reports.escaping import link_target
from reports.naming import Names
from reports.parts.asking import next_tests, questions, unknowns
from reports.parts.chain import chain
from reports.parts.climbing import ladders
from reports.parts.course import advice, plan, tried
from reports.parts.dossier import Dossier
from reports.parts.evidence import bystanders, claimed, evidence, honesty
from reports.parts.head import head
from reports.parts.measuring import evidence_bars, score_bars
from reports.parts.mind import mind
from reports.parts.on_body import body_map
from reports.parts.reasons import reasons
from reports.parts.rivals import rivals
from reports.parts.safety import flags, stops
from reports.parts.summary import summary
from reports.view import BarViews, Person, Report


def build_report(inference: Inference, case: Case, kb: KnowledgeBase, reasoner: Reasoner | None = None) -> Report:
    """Everything a report says about a case."""
    dossier = Dossier(inference, case, kb, Names(kb, case=case, inference=inference), Citations(kb), reasoner)
    # parts are built in the order of the report, in which sources get their numbers
    loud, top, quiet = stops(dossier), head(dossier), flags(dossier)
    open_, why, on_body = unknowns(dossier), reasons(dossier), body_map(dossier)
    way, beside = chain(dossier), rivals(dossier)
    doubts = mind(would_change(inference, case, kb, reasoner), dossier)
    bars, by, owned = BarViews(evidence_bars(dossier), score_bars(dossier)), bystanders(dossier), claimed(dossier)
    done, todo, ahead, tests = tried(dossier), advice(dossier), plan(dossier), next_tests(dossier)
    short = summary(dossier, open_, beside, doubts, tests, ahead, done)
    return Report(
        person=_person(case), stops=loud, head=top, flags=quiet, in_short=short, unknowns=open_, reasons=why, body=on_body, chain=way,
        rivals=beside, mind=doubts, bars=bars, bystanders=by, claimed=owned, tried=done, advice=todo, plan=ahead, stairs=ladders(ahead),
        tests=tests, questions=questions(dossier), evidence=evidence(dossier), honesty=honesty(dossier),
        sources=dossier.citations.listed(), grades=tuple(kb.wording.grades.items()) if way else (),
        version=inference.version, sha256=inference.sha256,
    )


def _person(case: Case) -> Person:
    return Person(case.id, case.title, case.story, case.source.get("title", ""), link_target(case.source.get("url", "")))
