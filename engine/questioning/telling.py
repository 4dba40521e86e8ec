"""What a change of answers would do, and on which answers a result hangs, as typed statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.case import Case
from engine.questioning.changes import Change
from engine.questioning.fragile import Flip, Fragile, Standing
from engine.questioning.misreads import Misread
from engine.questioning.spans import span_of
from engine.questioning.telling_repairs import ends
from engine.questioning.what_if import Difference
from engine.result import Explanation, Inference, Node
from engine.statement import Statement, state
from engine.valuation import Valuation
from knowledge.model import KnowledgeBase
from knowledge.sides import BODY, UNSTATED

PAIRS_SHOWN = 12


def difference_told(difference: Difference) -> Statement:
    """The changes; then what falls, what is new, what is otherwise, and what stands."""
    before, after = difference.before, difference.after
    changes = [_supposed(one, before.valuation, after.valuation) for one in difference.changes]
    groups = {
        "changes": _results(before, after, True), "falls": _gone(before, after, "gone"), "new": _gone(after, before, "new"),
        "other": _moved(before, after), "stands": _results(before, after, False),
    }
    told = [state("group", lines, group=name) for name, lines in groups.items() if lines]
    if before_is_after(before, after):
        told = [state("no-difference", []), *(one for one in told if one.get("group") == "stands")]
    return state("what-if", [*changes, *told])


def before_is_after(before: Inference, after: Inference) -> bool:
    """Whether nothing that is told here differs."""
    return not (_results(before, after, True) or _gone(before, after, "gone") or _gone(after, before, "new") or _moved(before, after))


def _supposed(one: Change, before: Valuation, after: Valuation) -> Statement:
    (name, side), sides = one.key, BODY if one.key[1] == UNSTATED else (one.key[1],)
    was, now = (next((text for each in sides if (text := told.shown(name, each)) != "not asked"), "not asked") for told in (before, after))
    details = [_detail(f"{name}.{key}", sides[0], before, after) for key in (one.answer.details if one.answer else ())]
    kind = "set-aside" if one.answer is None else "supposed"
    return state(kind, [each for each in details if each], subject=name, side=side, word=now, seen=was)


def _detail(subject: str, side: str, before: Valuation, after: Valuation) -> Statement | None:
    was, now = before.shown(subject, side), after.shown(subject, side)
    return state("supposed-detail", [], subject=subject, word=now, seen=was) if was != now else None


def _results(before: Inference, after: Inference, changed: bool) -> list[Statement]:
    """Outcome, urgency, plan, who leads and how far it may be claimed: those that change, or those that do not."""
    plans = ("plan", before.plan.state, after.plan.state)
    pairs = [("outcome", before.outcome, after.outcome), ("urgency", before.urgency, after.urgency), plans]
    truth = "moved" if changed else "same"
    told = [state("result", [], what=what, was=was, now=now, truth=truth) for what, was, now in pairs if (was != now) == changed]
    led = [_lead(before), _lead(after)]
    if (led[0] != led[1]) == changed and any(led):
        told.append(state("lead", [], **_account("was_", led[0]), **_account("", led[1]), truth=truth))
    claims = [one.leading.claim if one.leading else "" for one in (before, after)]
    if all(claims) and (claims[0] != claims[1]) == changed:
        told.append(state("result", [], what="claim", was=claims[0], now=claims[1], truth=truth))
    return told


def _lead(found: Inference) -> tuple[Node | None, Node | None]:
    return (found.leading.cause, found.leading.driver) if found.leading else (None, None)


def _account(role: str, led: tuple[Node | None, Node | None]) -> dict[str, str]:
    """A cause and its driver under their names; '' for what there is not, and for a driver that is the cause itself."""
    cause, driver = led
    nodes = {"cause": cause or ("", ""), "driver": driver if driver and driver != cause else ("", "")}
    return {f"{role}{name}{key}": text for name, node in nodes.items() for key, text in zip(("", "_side"), node, strict=True)}


def _gone(here: Inference, there: Inference, truth: str) -> list[Statement]:
    """Conclusions, explanations, red flags and verdicts that one has and the other has not."""
    flags = {(one.rule, one.side): one for one in here.red_flags}
    kept = {(one.rule, one.side) for one in there.red_flags}
    told = [
        state("flag", [], rule=one.rule, conclusion=one.condition, side=one.side, urgency=one.urgency, truth=truth)
        for key, one in flags.items() if key not in kept
    ]
    told += [_turned(node, here, there, truth) for node in here.statuses if _present(node, here) and not _present(node, there)]
    others = {(one.cause, one.driver) for one in there.explanations}
    fresh = [one for one in here.explanations if (one.cause, one.driver) not in others]
    told += [state("account", [], **_account("", (one.cause, one.driver)), score=str(one.score), truth=truth) for one in fresh]
    verdicts = {(one.finding, one.verdict) for one in there.tried}
    tried = dict.fromkeys((one.finding, one.verdict) for one in here.tried if (one.finding, one.verdict) not in verdicts)
    return [*told, *(state("verdict", [], subject=name, verdict=verdict, truth=truth) for name, verdict in tried)]


def _present(node: Node, found: Inference) -> bool:
    return node in found.statuses and found.statuses[node].state == "supported"


def _turned(node: Node, here: Inference, there: Inference, truth: str) -> Statement:
    before, after = (there, here) if truth == "new" else (here, there)
    was, now = (one.statuses[node].state if node in one.statuses else "open" for one in (before, after))
    return state("turned", [], conclusion=node[0], side=node[1], was=was, now=now, truth=truth)


def _moved(before: Inference, after: Inference) -> list[Statement]:
    """Conclusions between open and absent, and explanations with another score."""
    nodes = [node for node in before.statuses if node in after.statuses and not _present(node, before) and not _present(node, after)]
    told = [_turned(node, before, after, "moved") for node in nodes if before.statuses[node].state != after.statuses[node].state]
    scores = _scores(after.explanations)
    old = [(one, scores[one.cause, one.driver]) for one in before.explanations if (one.cause, one.driver) in scores]
    return [*told, *(
        state("score", [], **_account("", (one.cause, one.driver)), was=str(one.score), now=str(now), truth="moved")
        for one, now in old if one.score != now
    )]


def _scores(found: Iterable[Explanation]) -> Mapping[tuple[Node, Node | None], int]:
    return {(one.cause, one.driver): one.score for one in found}


def fragile_told(found: Fragile, case: Case, kb: KnowledgeBase) -> Statement:
    """Each misread that would change the result, what it would become, and the test to repeat."""
    ones = [_flip(one, found.now, case, kb) for one in found.flips if len(one.misreads) == 1]
    pairs = [_flip(one, found.now, case, kb) for one in found.flips if len(one.misreads) > 1]
    more = [state("more", [], count=str(len(pairs) - PAIRS_SHOWN))] if len(pairs) > PAIRS_SHOWN else []
    tried = "yes" if found.pairs else "no"
    counts = {"possible": str(found.possible), "count": str(len(ones)), "pairs": str(len(pairs)), "pairs_tried": tried}
    return state("fragile", [*ones, *pairs[:PAIRS_SHOWN], *more], **counts)


def _flip(one: Flip, now: Standing, case: Case, kb: KnowledgeBase) -> Statement:
    told = [_misread(each, case, kb) for each in one.misreads]
    effects = _effects(now, one.then)
    if len(told) > 1:
        return state("misread-together", [*told, *effects])
    repeat = state("repeat", [], subject=one.misreads[0].key[0], **_test(one.misreads[0], kb))
    return Statement(told[0].kind, told[0].about, (*effects, repeat))


def _test(one: Misread, kb: KnowledgeBase) -> dict[str, str]:
    finding = kb.findings[one.key[0]]
    return {"minutes": f"{finding.minutes:g}", "test": finding.how or finding.ask}


def _misread(one: Misread, case: Case, kb: KnowledgeBase) -> Statement:
    finding, answer = kb.findings[one.key[0]], case.answers[one.key]
    seen = f"{answer.value:g} ({one.now})" if isinstance(answer.value, float) else one.now
    interval = span_of((one.word,), finding, case, kb) if isinstance(answer.value, float) else None
    figure = "" if one.figure is None else f"{one.figure:.3g}"
    about = {"subject": finding.id, "side": one.key[1], "seen": seen, "wanted": one.word, "why": one.why, "figure": figure}
    return state("misread", [], **about, **ends(interval))


def _effects(now: Standing, then: Standing) -> list[Statement]:
    told = [state("result", [], what="outcome", was=now.outcome, now=then.outcome, truth="moved")] if now.outcome != then.outcome else []
    if (now.cause, now.driver) != (then.cause, then.driver):
        told.append(state("first", [], **_account("was_", (now.cause, now.driver)), **_account("", (then.cause, then.driver))))
    if now.claim != then.claim and now.claim and then.claim:
        told.append(state("result", [], what="claim", was=now.claim, now=then.claim, truth="moved"))
    return told
