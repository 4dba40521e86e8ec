"""The trace as a page to step through: from answers to words, firings, conclusions and explanations, each leading to what made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.case import Case
from engine.outcome import leads_by
from engine.recounting.origins_of_words import WordOrigin, word_origins, world_of
from engine.recounting.said import Said, rule_of, said, said_by
from engine.recounting.stretches import stretches
from engine.result import Explanation, Fired, Inference, Node, Piece, Read, Status, Step, Term
from knowledge.model import KnowledgeBase
from knowledge.sides import BODY, NONE
from reports.citing import Citations
from reports.escaping import Code
from reports.naming import Names
from reports.parts.answers import answers
from reports.parts.dossier import Dossier
from reports.parts.evidence import decibans, evidence_order, said_kind
from reports.parts.head import head
from reports.parts.rivals import signed, title_of
from reports.parts.weakest import weakest
from reports.phrases import say, word
from reports.trace_view import read_line, statement, where_fired
from reports.view.steps import ExplanationRow, FiringRow, PhaseRow, Pointer, SaidRow, StationRow, StepRow, StepsPage, WordRow

NOWHERE = Code("")
_UNTOLD = ("answered", "band", "norm_band")
_WALKING = ("active", "candidate")


def steps_page(inference: Inference, case: Case, kb: KnowledgeBase) -> StepsPage:
    """The whole page."""
    dossier = Dossier(inference, case, kb, Names(kb, case=case, inference=inference), Citations(kb))
    top, decision = head(dossier), leads_by(inference.explanations, inference.urgency, kb)
    world = world_of(case, inference.valuation, kb)
    return StepsPage(
        case_id=case.id, title=case.title, stop=Code(dossier.state), sentence=top.sentence,
        decision=say("decision", outcome=top.outcome_title, **decision), answers=answers(dossier), words=_words(dossier),
        phases=_phases(dossier), stations=_stations(dossier, world), explanations=_explanations(dossier, world),
        count=len(inference.trace), sources=dossier.citations.listed(), version=inference.version, sha256=inference.sha256,
    )


def anchor(kind: str, *parts: str) -> Code:
    """The name of a place on the page."""
    return Code("-".join([kind, *(part for part in parts if part != NONE)]).replace(".", "-"))


def _words(dossier: Dossier) -> tuple[WordRow, ...]:
    """Words that were not simply answered: derived ones."""
    every = word_origins(dossier.case, dossier.inference.valuation, dossier.kb)
    return tuple(_word(one, dossier) for one in every if one.how not in _UNTOLD and one.words)


def _word(one: WordOrigin, dossier: Dossier) -> WordRow:
    names = dossier.names
    title = say("with_side", title=names.finding(one.subject), side=names.asked_side(one.subject, one.side))
    reads = tuple(_pointer(subject, side, dossier) for subject, side in one.reads)
    return WordRow(anchor("word", one.subject, one.side), title, names.value(one.subject, one.side), word("derivations", one.how), reads)


def _pointer(subject: str, side: str, dossier: Dossier) -> Pointer:
    valuation = dossier.inference.valuation
    number = valuation.numbers.get((subject, side))
    bare = number is not None and not valuation.look(subject, side)  # a detail without bands has no word, and needs none
    value = dossier.names.amount(number or 0, subject) if bare else dossier.names.value(subject, side)
    text = say("read", title=dossier.names.finding(subject), side=dossier.names.asked_side(subject, side), value=value)
    return Pointer(text, _place(subject, side, dossier))


def _place(subject: str, side: str, dossier: Dossier) -> Code:
    """Where a subject stands on the page: its conclusion, its derived word, or its answer."""
    if subject in dossier.kb.conclusions:
        return _station_place((subject, side), dossier)
    name = subject.partition(".")[0]
    if any(key[0] == name for key in dossier.case.answers):
        return anchor("answer", name)
    return anchor("word", subject, side) if dossier.inference.valuation.look(subject, side) else NOWHERE


def _station_place(node: Node, dossier: Dossier) -> Code:
    """The conclusion on its side; on the side that is shown for it, where the trace speaks of one that is not."""
    shown = [one for one, status in dossier.inference.statuses.items() if one[0] == node[0] and status.pieces]
    fit = [one for one in shown if one == node] or [one for one in shown if one[1] not in BODY or node[1] not in BODY]
    return anchor("station", *fit[0]) if fit else NOWHERE


def _phases(dossier: Dossier) -> tuple[PhaseRow, ...]:
    trace = dossier.inference.trace
    return tuple(
        PhaseRow(Code(phase), word("phases", phase), tuple(_firing(one, dossier) for one in trace if one.phase == phase and _tells(one)))
        for phase in dict.fromkeys(one.phase for one in trace)
    )


def _tells(fired: Fired) -> bool:
    """Looking along links alone tells nothing; the steps that come of it do."""
    return any(one.what not in _WALKING for one in said_by(fired))


def _firing(fired: Fired, dossier: Dossier) -> FiringRow:
    names, rule = dossier.names, dossier.names.rule(fired.rule)
    return FiringRow(
        fired.seq, Code(fired.rule), say("fired", title=names.rule_title(fired.rule), where=where_fired(fired, names)),
        reads=_reads(fired, (read for read in fired.matched if read.part != "none"), dossier),
        absent=_reads(fired, (read for read in fired.matched if read.part == "none"), dossier),
        says=_says(fired.asserted, dossier), confirms=_says(fired.confirmed, dossier),
        because=rule.because if rule else "", grade=Code((rule.weight.grade if rule.weight else "") or rule.grade if rule else ""),
        cites=dossier.citations.cite(rule.sources if rule else ()),
    )


def _reads(fired: Fired, reads: Iterable[Read], dossier: Dossier) -> tuple[Pointer, ...]:
    told = (Pointer(read_line(fired.rule, read, dossier.names), _place(read.subject, read.side, dossier)) for read in reads)
    return tuple(dict.fromkeys(told))


def _says(texts: Iterable[str], dossier: Dossier) -> tuple[Pointer, ...]:
    kept = ((text, one.node) for text, one in ((text, said(text)) for text in texts) if one.what not in _WALKING)
    return tuple(Pointer(statement(text, dossier.names), _station_place(node, dossier)) for text, node in kept)


def _stations(dossier: Dossier, world: str) -> tuple[StationRow, ...]:
    made = _makers(dossier.inference.trace)
    spoken = [status for status in dossier.inference.statuses.values() if status.pieces]
    return tuple(_station(status, made, world, dossier) for status in sorted(spoken, key=lambda status: evidence_order(status, dossier)))


def _makers(trace: Iterable[Fired]) -> Mapping[tuple[str, Node], tuple[int, ...]]:
    """By rule and conclusion, the firings in which it spoke about it."""
    made: dict[tuple[str, Node], tuple[int, ...]] = {}
    for fired in trace:
        for one in said_by(fired):
            if one.what == "evidence":
                key = (rule_of(fired), one.node)
                made[key] = (*made.get(key, ()), fired.seq)
    return made


def _station(status: Status, made: Mapping[tuple[str, Node], tuple[int, ...]], world: str, dossier: Dossier) -> StationRow:
    node = (status.node[0], world) if status.node[1] == "unstated" else status.node
    state = "conflict" if status.conflict else f"{status.state}_settled" if status.settled else status.state
    return StationRow(
        anchor("station", *status.node), dossier.names.node(status.node), word("layers", dossier.kb.conclusions[node[0]].layer),
        Code(status.state), word("states", state), decibans(status.amount),
        tuple(_said(piece, made.get((piece.rule, node), ())) for piece in status.pieces),
    )


def _said(piece: Piece, seqs: Iterable[int]) -> SaidRow:
    amount = decibans(piece.amount) if piece.kind in ("supports", "against") else ""
    return SaidRow(Code(piece.rule), said_kind(piece.kind, piece.amount), amount, piece.counted, tuple(dict.fromkeys(seqs)))


def _explanations(dossier: Dossier, world: str) -> tuple[ExplanationRow, ...]:
    made = _step_makers(dossier.inference.trace)
    return tuple(_explanation(place, one, made, world, dossier) for place, one in enumerate(dossier.inference.explanations))


def _step_makers(trace: Iterable[Fired]) -> Mapping[tuple[Node, Node], int]:
    told: dict[tuple[Node, Node], int] = {}
    for fired in trace:
        for one in _steps_said(fired):
            told.setdefault((one.source or one.node, one.node), fired.seq)
    return told


def _steps_said(fired: Fired) -> list[Said]:
    return [one for one in said_by(fired) if one.what == "step"]


def _explanation(place: int, one: Explanation, made: Mapping[tuple[Node, Node], int], world: str, dossier: Dossier) -> ExplanationRow:
    terms = tuple(_term(term, dossier) for term in one.terms)
    told = stretches(one, dossier.inference, dossier.kb, world)
    return ExplanationRow(
        place + 1, title_of(one, dossier), word("explanation_kinds", one.kind), one.score, word("levels", one.claim),
        tuple(text for text in (weakest(part, dossier) for part in told) if text),
        tuple(Pointer(dossier.names.node(part.node), _station_place(part.node, dossier)) for part in one.path), terms,
        tuple(_step(step, made, world, dossier) for step in one.steps),
    )


def _term(term: Term, dossier: Dossier) -> str:
    return say("term_of", what=word("terms", term.what), about=dossier.names.about(term.about), amount=signed(term.amount))


def _step(step: Step, made: Mapping[tuple[Node, Node], int], world: str, dossier: Dossier) -> StepRow:
    link = dossier.link(step.source[0], step.target[0])
    ends = [(node[0], {"unstated": world, "both": BODY[0]}.get(node[1], node[1])) for node in (step.source, step.target)]
    source, target = (Pointer(dossier.names.node(node), _station_place(node, dossier)) for node in (step.source, step.target))
    grade = link.grade if link else ""
    return StepRow(source, target, word("hows", step.how), Code(grade), dossier.grade_meaning(grade), made.get((ends[0], ends[1]), 0))
