"""The honesty panel of one explanation, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from engine.arguing.panel import Absent, Panel, nodes_of
from engine.case import Case
from engine.result import Explanation, Inference
from knowledge.model import KnowledgeBase
from reports.arguing.sentences import by_answers, contested, evidence, gap, link_line, opinion, scored, timed, title_of
from reports.arguing.view import Part, argument_text, dossier_of
from reports.parts.chain import in_one_line
from reports.parts.dossier import Dossier
from reports.parts.head import led_sentence
from reports.phrases import say, word, words_of


def against_text(panel: Panel, found: Inference, case: Case, kb: KnowledgeBase) -> str:
    """Everything that speaks against an explanation; what was looked for without a result is named in one line."""
    dossier, one = dossier_of(found, case, kb), panel.explanation
    points = dict(_points(panel, dossier))
    titles = words_of("against_parts")
    parts = [Part(title, points=points[name]) for name, title in titles.items() if points[name]]
    quiet = say("arg_quiet", parts=[word("against_quiet", name) for name in titles if not points[name]])
    return argument_text(say("arg_against_title", title=title_of(one, dossier)), (*_lead(panel, dossier), quiet), parts, dossier)


def _lead(panel: Panel, dossier: Dossier) -> Iterator[str]:
    one = panel.explanation
    if dossier.state == "stop":
        yield say("arg_check_first")
    if dossier.inference.leading == one and not dossier.guess:
        yield led_sentence(one, dossier)
    levels = {"level": word("levels", one.claim), "origin": word("levels", one.origin_claim)}
    yield say("arg_stands", place=panel.place + 1, score=scored(one.score), leads=dossier.inference.leading == one, **levels)
    yield say("arg_way", line=in_one_line(one, dossier))


def _points(panel: Panel, dossier: Dossier) -> Iterator[tuple[str, tuple[str, ...]]]:
    names = dossier.names
    yield "findings", by_answers(((one.node, one.piece) for one in panel.contradictions), dossier)
    yield "absent", tuple(_absent(one, dossier) for one in panel.absent)
    yield "failed", tuple(say("arg_failed", link=link_line(one, dossier)) for one in panel.failed)
    yield "contested", tuple(contested(one.link, one.source, one.target, dossier) for one in panel.contested)
    yield "opinions", tuple(opinion(one, dossier) for one in panel.opinions)
    yield "gaps", tuple(gap(one, dossier) for one in panel.gaps)
    yield "time", tuple(timed(one.node, one.timing, dossier) for one in panel.late)
    yield "unexplained", dossier.findings(panel.unexplained)
    yield "beside", tuple(names.node(node) for node in panel.beside)
    yield "honesty", tuple(_honesty(panel.explanation, dossier))


def _absent(one: Absent, dossier: Dossier) -> str:
    answers = [evidence(one.node, piece, dossier) for piece in one.pieces]
    return say("arg_absent", title=dossier.names.node(one.node), after=dossier.names.node(one.after), answers=answers)


def _honesty(one: Explanation, dossier: Dossier) -> Iterator[str]:
    """The statements of the knowledge base about this explanation's conclusions and links."""
    names = {node[0] for node in nodes_of(one)}
    links = {f"{step.source[0]}>{step.target[0]}" for step in one.steps} | {f"{u}>{v}" for u, v in one.spine}
    for statement in dossier.kb.honesty:
        if (names | links) & set(statement.about):
            yield say("arg_cited", text=statement.text, numbers=[cite.number for cite in dossier.citations.cite(statement.sources)])
