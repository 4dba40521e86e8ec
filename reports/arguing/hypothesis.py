"""A clinician's cause beside ours, for a terminal of 100 columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.arguing.deciding import Answered, Decider
from engine.arguing.hypothesis import Argument, Found, Side
from engine.arguing.serious import Watch
from engine.arguing.ways import Station
from engine.case import Answer, Case, Key
from engine.result import Inference, Node
from knowledge.model import KnowledgeBase
from reports.arguing.sentences import by_answers, gap, scored, timed, title_of
from reports.arguing.view import Part, argument_text, dossier_of, equal, table
from reports.parts.dossier import Dossier
from reports.phrases import say, word

Sides = tuple[tuple[str, str], ...]
"""A way in which a finding may come out: the answer on each side."""
MANY = 12
"""Ways a finding may come out that are still told one by one; of more, those that mean the same are told as one."""


def hypothesis_text(told: Argument, found: Inference, case: Case, kb: KnowledgeBase) -> str:
    """Both sides of the argument, what theirs would need, and what would decide."""
    dossier = dossier_of(found, case, kb)
    parts = [*_watch(told.watch, dossier), *_two(told, dossier), *_if_found(told, dossier), *_decider(told, dossier)]
    return argument_text(say("arg_argue_title", theirs=dossier.names.node(told.theirs.node)), _lead(told, dossier), parts, dossier)


def _lead(told: Argument, dossier: Dossier) -> Iterator[str]:
    ours = title_of(told.ours.explanation, dossier) if told.ours and told.ours.explanation else ""
    if dossier.state == "stop":
        yield say("arg_check_first")
    yield say("arg_relation", relation=told.relation, theirs=dossier.names.quoted(told.theirs.node), ours=ours,
              leads=not dossier.guess)
    if told.relation == "background":
        yield say("arg_background_role", theirs=dossier.names.quoted(told.theirs.node))


def _watch(watch: Watch | None, dossier: Dossier) -> Iterator[Part]:
    if watch is None:
        return
    flags = tuple(say("arg_flag", because=one.because, rule=one.rule, action=one.action) for one in watch.flags)
    yield Part(say("arg_flagged"), points=flags)
    yield Part(say("arg_ask"), say("arg_ask_lead") if watch.ask or watch.unknown else say("arg_ask_none"), _questions(watch.ask, dossier))
    yield Part(say("arg_ask_unknown"), points=_questions(watch.unknown, dossier))
    yield Part(say("arg_signs"), points=dossier.names.reads(watch.signs))
    yield Part(say("arg_answered"), points=dossier.names.reads(watch.answered))


def _questions(asked: tuple[Node, ...], dossier: Dossier) -> tuple[str, ...]:
    """Questions with their words, both sides as one."""
    out = {}
    for subject, _ in asked:
        name, _, detail = subject.partition(".")
        ask = "" if detail else dossier.kb.findings[name].ask
        must = dossier.kb.findings[name].must_ask is not None
        out[subject] = say("arg_question", title=dossier.names.finding(subject), ask=ask, must=must)
    return tuple(out.values())


def _two(told: Argument, dossier: Dossier) -> Iterator[Part]:
    if told.relation in ("serious", "complaint"):
        return
    alone = told.relation in ("same", "step") or told.ours is None
    sides = [told.theirs] if alone or told.ours is None else [told.theirs, told.ours]
    titles = [say("arg_side", name=name, title=dossier.names.node(one.node)) for name, one in zip(("theirs", "ours"), sides, strict=False)]
    heads = [[""], *([title] for title in ([say("arg_shared")] if told.relation in ("same", "step") else titles))]
    none = [say("arg_none")]
    rows = [heads, *([[word("argue_rows", name)], *(list(cell(one, dossier)) or none for one in sides)] for name, cell in CELLS)]
    yield table(say("arg_both_sides", both=len(sides) == 2), rows, equal(len(sides), 14))


def _score(one: Side, _: Dossier) -> Iterator[str]:
    yield say("arg_side_score", score=scored(one.score), level=word("levels", one.explanation.claim) if one.explanation else "")


def _way(one: Side, dossier: Dossier) -> Iterator[str]:
    yield from (say("arg_station", title=dossier.names.node(each.node), state=word("stations", _state(each, one))) for each in one.way)
    if len(one.way) == 1 and not _direct(one, dossier):
        yield say("arg_no_way")


def _direct(one: Side, dossier: Dossier) -> bool:
    return dossier.kb.conclusions[one.node[0]].layer in ("local_diagnosis", "modulator", "serious", "presentation")


def _state(each: Station, one: Side) -> str:
    """What is open is not asked, or asked without an answer that is known, or answered and not enough."""
    if each.state != "open":
        return each.state
    missing = next((m for m in one.missing if m.node == each.node), None)
    if missing is None or (not missing.ask and not missing.unknown):
        return "undecided"
    return "not_asked" if missing.ask else "not_known"


def _for(one: Side, dossier: Dossier) -> Iterator[str]:
    yield from (say("arg_point", text=text) for text in by_answers(one.speaks_for, dossier))


def _meets(one: Side, dossier: Dossier) -> Iterator[str]:
    yield from dossier.findings(one.meets)


def _signs(one: Side, dossier: Dossier) -> Iterator[str]:
    yield from dossier.findings(one.signs)


def _leaves(one: Side, dossier: Dossier) -> Iterator[str]:
    yield from dossier.findings(one.leaves)


def _missing(one: Side, dossier: Dossier) -> Iterator[str]:
    yield from (gap(each, dossier) for each in one.missing)


def _against(one: Side, dossier: Dossier) -> Iterator[str]:
    names = dossier.names
    points = [*by_answers(((each.node, each.piece) for each in one.against), dossier)]
    points += [say("arg_refuted", title=names.node(node)) for node in one.refuted]
    points += [say("arg_absent_short", title=names.node(node)) for node in one.absent]
    points += [say("arg_vetoed", title=names.node(each.node), by=names.quoted(each.by), rule=each.rule) for each in one.claimed]
    yield from (say("arg_point", text=text) for text in (*points, *_weak(one, dossier)))


def _weak(one: Side, dossier: Dossier) -> Iterator[str]:
    """Links of the way that studies contradict, and those that rest on a clinical claim alone."""
    for link in one.links:
        line = say("arrow", parts=[dossier.names.conclusion(link.source), dossier.names.conclusion(link.target)])
        if link.contested:
            yield say("arg_contested_short", link=line, numbers=[cite.number for cite in dossier.citations.cite(link.against)])
        elif link.grade == "D":
            yield say("arg_weak_links", links=[line])


def _time(one: Side, dossier: Dossier) -> Iterator[str]:
    if one.timing:
        yield timed(one.explanation.cause if one.explanation else one.node, one.timing, dossier)


CELLS = (
    ("score", _score), ("way", _way), ("for", _for), ("against", _against), ("missing", _missing), ("time", _time),
    ("explains", _meets), ("signs", _signs), ("leaves", _leaves),
)


def _if_found(told: Argument, dossier: Dossier) -> Iterator[Part]:
    found = told.found
    if found is None:
        return
    points = [
        say("arg_piece_found", title=dossier.names.node(one.node), answers=_supposed(one.answers, dossier), rules=one.rules)
        for one in found.pieces
    ]
    points += [say("arg_beyond", title=dossier.names.node(node), refuted=node in told.theirs.refuted) for node in found.beyond]
    yield Part(say("arg_if_found"), _would(told, found, dossier), tuple(points))


def _supposed(answers: Mapping[Key, Answer], dossier: Dossier) -> list[str]:
    out = []
    for (name, side), answer in answers.items():
        told = [(name, str(answer.value)), *((f"{name}.{detail}", str(value)) for detail, value in answer.details.items())]
        names = dossier.names
        out += [say("read", title=names.finding(one), side=names.side(side), value=names.told(one, value)) for one, value in told]
    return out


def _would(told: Argument, found: Found, dossier: Dossier) -> str:
    if found.world is None:
        return say("arg_would_not")
    leader = title_of(found.world.leader, dossier) if found.world.leader else ""
    return say(
        "arg_would", theirs=scored(found.theirs), ours=scored(found.ours), both=told.ours is not None, leader=leader,
        level=word("levels", found.world.claim), outcome=dossier.outcome_title(found.world.outcome),
    )


def _decider(told: Argument, dossier: Dossier) -> Iterator[Part]:
    if told.ours is None or told.relation not in ("rival", "absent"):
        return
    if dossier.state == "stop":
        return
    if told.decider is None:
        yield Part(say("arg_decider"), say("arg_decider_none"))
        return
    finding = dossier.kb.findings[told.decider.finding]
    heads = [[word("break_heads", name)] for name in ("result", "theirs", "program", "ahead")]
    rows = [heads, *(
        [[_answers(ways, told.decider, dossier)], [scored(ways[0].theirs)], [scored(ways[0].ours)], [_ahead(ways[0])]]
        for ways in _grouped(told.decider)
    )]
    lead = say("arg_decider_lead", title=finding.title, minutes=f"{told.decider.minutes:g}", ask=finding.ask, how=finding.how,
               turns=any(one.theirs > one.ours for one in told.decider.answers), behind=told.theirs.score <= told.ours.score)
    yield table(say("arg_decider"), rows, (52, 8, 11, 23), lead)


def _grouped(decider: Decider) -> list[list[Answered]]:
    """Answers that leave both with the same scores as one row."""
    groups: dict[tuple[int, int], list[Answered]] = {}
    for one in decider.answers:
        groups.setdefault((one.theirs, one.ours), []).append(one)
    return list(groups.values())


def _answers(ways: list[Answered], decider: Decider, dossier: Dossier) -> str:
    names, short = dossier.names, _shortened([one.answers for one in ways], [one.answers for one in decider.answers])
    told = [[(names.side(side), names.told(decider.finding, value)) for side, value in one] for one in short[:MANY]]
    return say("arg_answers", answers=[say("arg_answer", parts=parts) for parts in told], more=max(0, len(short) - MANY))


def _shortened(ways: Sequence[Sides], every: Sequence[Sides]) -> list[Sides]:
    """One side alone where the answer on the other makes no difference."""
    out: dict[Sides, None] = {}
    for way in ways:
        alone = [part for part in way if all(one in ways for one in every if part in one)]
        out[(alone[0],) if alone else way] = None
    return list(out)


def _ahead(one: Answered) -> str:
    return word("ahead", "theirs" if one.theirs > one.ours else "ours" if one.ours > one.theirs else "level")
