"""The sheet of a trainee as a view: the case without its conclusions and tasks, then the reasoning and the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.case import Case
from engine.cohort.run import ArrayEvaluator
from engine.infer import Reasoner
from engine.outcome import leads_by
from engine.questioning.fragile import Fragile, fragile
from engine.questions import readers_of
from engine.recounting.origins_of_words import world_of
from engine.recounting.stretches import stretches
from engine.result import Explanation, Inference, Piece
from knowledge.model import KnowledgeBase
from reports.citing import Citations
from reports.escaping import Code, link_target
from reports.naming import Names
from reports.parts.answers import answers
from reports.parts.asking import next_tests, reason_sentence
from reports.parts.chain import against, in_one_line, link_view
from reports.parts.dossier import Dossier
from reports.parts.drawing import status_of
from reports.parts.evidence import bystanders, claimed
from reports.parts.head import head
from reports.parts.rivals import rivals, title_of
from reports.parts.teaching import slips
from reports.parts.weakest import weakest
from reports.phrases import say, word
from reports.pictures.body import BodyMap, Words, draw_body
from reports.view import AskView, RivalView
from reports.view.common import Ground
from reports.view.trainee import Loser, Onward, ReasoningStep, Seen, Task, Trainee

FULL, RIVALS, FLIPS, AGAINST = 3, 3, 3, 2
"""How many explanations a trainee is asked to name, how many rivals are told, findings that would change the result, points against."""


def build_trainee(inference: Inference, case: Case, kb: KnowledgeBase, reasoner: Reasoner | None = None) -> Trainee:
    """Everything the sheet says about a case."""
    dossier = Dossier(inference, case, kb, Names(kb, case=case, inference=inference), Citations(kb), reasoner)
    top, blank = head(dossier), blank_body()
    groups = answers(dossier)
    steps, losers, doubts = _steps(dossier), _losers(dossier), tuple(_unsure(dossier))
    return Trainee(
        case_id=case.id, title=case.title, story=case.story, source_title=case.source.get("title", ""),
        source_url=link_target(case.source.get("url", "")), groups=groups, tasks=_tasks(dossier), blank_body=blank,
        state=Code(dossier.state), outcome=top.outcome_title, urgency=top.urgency_title,
        sentence=top.sentence,
        decision=say("decision", outcome=top.outcome_title, **leads_by(inference.explanations, inference.urgency, kb)),
        safety=(say("trainee_safety", asked=_asked(dossier), left=len(inference.open_red_flags)),), flags=_flags(dossier),
        steps=steps, rivals=losers, unsure=doubts, slips=slips(dossier), commands=_commands(dossier), sources=dossier.citations.listed(),
        grades=tuple(kb.wording.grades.items()), version=inference.version, sha256=inference.sha256,
    )


def blank_body() -> BodyMap:
    """Both figures with nothing on them, to draw on."""
    back, front, left, right = (word("blank_body_words", one) for one in ("back", "front", "left", "right"))
    words = Words(say("blank_body"), say("blank_body_told"), back, front, left, right, lane=(), told=())
    return draw_body((), (), (), words, "blank")


def _asked(dossier: Dossier) -> int:
    """How many must-ask questions were answered."""
    answered = {name for (name, _), answer in dossier.case.answers.items() if answer.known and dossier.kb.findings[name].must_ask}
    return len(answered - set(dossier.inference.open_red_flags))


def _flags(dossier: Dossier) -> tuple[Ground, ...]:
    told = [*dossier.inference.red_flags, *dossier.inference.out_of_scope]
    return tuple(dossier.ground(flag.rule, say("trainee_flag", because=flag.because, action=flag.action)) for flag in told)


def _steps(dossier: Dossier) -> tuple[ReasoningStep, ...]:
    """The spine of the explanation that leads or comes nearest, from its cause to the complaint."""
    if not dossier.inference.explanations:
        return ()
    one = dossier.inference.explanations[0]
    return tuple(_step(place, one, dossier) for place in range(len(one.path)))


def _step(place: int, one: Explanation, dossier: Dossier) -> ReasoningStep:
    part = one.path[place]
    statuses = [dossier.inference.statuses[node] for node in dossier.names.sides_of(part.node)]
    own = [(status.node, piece) for status in statuses for piece in status.pieces if piece.counted]
    seen = tuple(dict.fromkeys(_seen(piece, dossier.names.behind(piece, node), dossier) for node, piece in own))
    status = word("statuses", status_of(part))
    return ReasoningStep(place + 1, dossier.names.node(part.node), status, _strongest(seen), _onward(place, one, dossier))


def _strongest(seen: tuple[Seen, ...]) -> tuple[Seen, ...]:
    """The first few that speak for it, and those that speak against it."""
    return (*[one for one in seen if one.speaks_for][:AGAINST], *[one for one in seen if not one.speaks_for][:AGAINST])


def _seen(piece: Piece, values: tuple[str, ...], dossier: Dossier) -> Seen:
    rule = dossier.names.rule(piece.rule)
    grade = rule.weight.grade if rule and rule.weight else ""
    positive = piece.kind == "shows" or (piece.kind == "supports" and piece.amount > 0)
    return Seen(values, rule.title if rule else "", dossier.ground(piece.rule, rule.because if rule else ""), Code(grade), positive)


def _onward(place: int, one: Explanation, dossier: Dossier) -> Onward | None:
    if place + 1 >= len(one.path):
        return None
    here, there = one.path[place].node, one.path[place + 1].node
    step = next((step for step in one.steps if (step.source, step.target) == (here, there)), None)
    link = link_view(step, one, dossier) if step else None
    if link is None:
        return None
    return Onward(link.target, link.mechanism, link.how_word, link.grade, link.grade_meaning, link.cites, link.against)


def _losers(dossier: Dossier) -> tuple[Loser, ...]:
    """The rivals by place, each with the terms in which it falls short of the best."""
    told = rivals(dossier).shown[1 : RIVALS + 1]
    return tuple(Loser(one.place, one.title, one.score, _short(one), one.against[:AGAINST]) for one in told)


def _short(one: RivalView) -> tuple[str, ...]:
    return tuple(say("falls_short", what=term.text, here=term.amount, best=term.best) for term in one.lower_terms)


def _unsure(dossier: Dossier) -> Iterator[str]:
    """Claim levels with the link that decides them, what is assumed, bystanders, and claimed findings."""
    found = dossier.inference
    if found.explanations:
        best, world = found.explanations[0], world_of(dossier.case, found.valuation, dossier.kb)
        yield from (text for part in stretches(best, found, dossier.kb, world) if (text := weakest(part, dossier)))
        yield from against(best.against, dossier)[: AGAINST + 1]
        left = dossier.findings(best.unexplained)
        yield from [say("leaves", findings=left)] if left else []
    yield from dict.fromkeys(reason_sentence(one, dossier) for one in found.assumptions)
    yield from (say("trainee_bystander", title=one.title, timing=one.timing, tests=one.tests) for one in bystanders(dossier))
    yield from (one.sentence for one in claimed(dossier))


def _tasks(dossier: Dossier) -> tuple[Task, ...]:
    """What the trainee does before the page is turned, with the answers that stand behind the fold."""
    told = (
        ("red_flags", "lines", 2, _open_flags(dossier)), ("explanations", "table", FULL, _named(dossier)),
        ("next_test", "lines", 2, _next_test(dossier)), ("draw", "body", 0, _way(dossier)), ("change", "lines", 2, _changes(dossier)),
    )
    return tuple(
        Task(number, Code(kind), lines, say(f"task_{name}", state=dossier.state), tuple(answer))
        for number, (name, kind, lines, answer) in enumerate(told, start=1)
    )


def _open_flags(dossier: Dossier) -> tuple[str, ...]:
    open_ = dossier.findings(dossier.inference.open_red_flags)
    fired = [say("task_fired", title=dossier.names.conclusion(one.condition)) for one in dossier.inference.red_flags]
    return tuple(dict.fromkeys([*fired, say("task_open", findings=open_)]))


def _named(dossier: Dossier) -> Iterable[str]:
    """The explanations that come first, each with how many things speak for it and what speaks against."""
    every = dossier.inference.explanations[:FULL]
    if not every:
        return (say("task_none"),)
    return tuple(say("task_named", title=title_of(one, dossier), score=one.score, met=dossier.findings(one.explains),
                     against=against(one.against, dossier)[:1]) for one in every)


def _next_test(dossier: Dossier) -> Iterable[str]:
    tests: list[AskView] = [test for group in next_tests(dossier) for test in group.tests]
    if dossier.state == "stop":
        return (say("task_no_test"),)
    if tests:
        return (say("task_test", title=tests[0].title, side=tests[0].side, why=tests[0].why, minutes=tests[0].minutes),)
    asked = dossier.inference.next_questions[:1]
    return tuple(say("task_ask", title=dossier.names.finding(one.finding), why=reason_sentence(one.why, dossier)) for one in asked)


def _way(dossier: Dossier) -> Iterable[str]:
    every = dossier.inference.explanations
    return (in_one_line(every[0], dossier),) if every else (say("task_none"),)


def _changes(dossier: Dossier) -> Iterable[str]:
    """Answers that may have been misread and would change the result, the most decisive first."""
    if dossier.state in ("empty", "stop"):
        return (say("task_nothing_yet" if dossier.state == "empty" else "task_settled"),)
    arrays = dossier.reasoner.variants.arrays if dossier.reasoner else ArrayEvaluator(dossier.kb, readers_of(dossier.kb))
    told = fragile(dossier.case, arrays)
    return tuple(_flip_texts(told, dossier)) or (say("task_firm", possible=told.possible),)


def _flip_texts(told: Fragile, dossier: Dossier) -> Iterator[str]:
    for flip in told.flips[:FLIPS]:
        one, then = flip.misreads[0], flip.then
        subject, side = one.key
        driver, same = then.driver or then.cause, replace(then, claim=told.now.claim) == told.now
        yield say("task_flip", title=dossier.names.finding(subject), side=dossier.names.asked_side(subject, side),
                  now=dossier.names.told(subject, one.now), other=dossier.names.told(subject, one.word),
                  outcome=dossier.outcome_title(then.outcome), driver=dossier.names.node(driver) if driver else "",
                  level=word("levels", then.claim) if same else "")


def _commands(dossier: Dossier) -> tuple[Code, ...]:
    """Commands that go on from here, for a file called as the case is."""
    every = dossier.inference.explanations
    told = ["trace {} --html trace.html", "fragile {}"]
    if every:
        told.insert(0, f"how {{}} {_target(every[0])}")
    if len(every) > 1:
        told.insert(1, f"against {{}} {_target(every[1])}")
    return tuple(Code(f"backcause {one.format('CASE.yaml')}") for one in told)


def _target(one: Explanation) -> str:
    name, side = one.driver or one.cause
    return f"{name}.{side}" if side in ("left", "right") else name
