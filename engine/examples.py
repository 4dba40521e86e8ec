"""Running the examples beside each rule: it fires where it says so, gives what it says, and stays quiet where it says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.case import Case
from engine.case_reading import case_from_answers
from engine.conditions import Look, holds, instance_sides, look_up
from engine.infer import Reasoner
from engine.result import Inference
from engine.valuation import Valuation, valuate
from knowledge.model import Example, KnowledgeBase, Leaf, Rule
from knowledge.problems import Problem
from knowledge.sides import ANY, BODY, NONE
from knowledge.yaml_source import At, Source

CHANGE = "change the example or the condition"
ON_CONCLUSIONS = ("shows", "excludes", "supports", "against", "flags")


@dataclass(frozen=True, slots=True)
class Played:
    """One example run. `fires` tells under which of the two it stands and `number` counts there.

    `given` is what the rule gave, as `target.side`. `found` is the whole inference where the rule reads conclusions, None
    where its findings are enough.
    """

    rule: Rule
    example: Example
    fires: bool
    number: int
    problems: tuple[Problem, ...]
    case: Case
    valuation: Valuation
    found: Inference | None
    given: frozenset[str]

    @property
    def look(self) -> Look:
        """Every word the rule could look at on this example."""
        return _look(self.valuation, self.found)


def check_examples(kb: KnowledgeBase, reasoner: Reasoner) -> list[Problem]:
    """A problem for each example that does not come out as its rule says."""
    return example_problems(play_examples(kb, reasoner))


def play_examples(kb: KnowledgeBase, reasoner: Reasoner) -> tuple[Played, ...]:
    """Every example of every rule, run."""
    rows = [(rule, fires, number, one) for rule in kb.rules for fires, listed in ((True, rule.fires), (False, rule.quiet))
            for number, one in enumerate(listed, start=1)]
    return tuple(_play(rule, fires, number, one, kb, reasoner) for rule, fires, number, one in rows)


def example_problems(played: Iterable[Played]) -> list[Problem]:
    """What did not come out."""
    return [problem for one in played for problem in (one.problems or _problems(one))]


def _problems(one: Played) -> Iterator[Problem]:
    name, place, gives = one.rule.id, one.example.place, one.example.gives
    if one.fires and not one.given:
        yield Problem(place, "KB412", f"{name} does not fire on its example {one.number} under 'fires'", CHANGE)
    elif one.fires and gives and gives not in one.given:
        says = f"{name} gives {', '.join(sorted(one.given))} on this example, not {gives}"
        yield Problem(place, "KB412", says, "write what it gives under 'gives'")
    elif one.given and not one.fires:
        yield Problem(place, "KB412", f"{name} fires on its example {one.number} under 'quiet'", CHANGE)


def _play(rule: Rule, fires: bool, number: int, example: Example, kb: KnowledgeBase, reasoner: Reasoner) -> Played:
    problems: list[Problem] = []
    at = At(Source(example.place.file, None, {(): example.place}))
    case = case_from_answers(example.answers, at, f"example of {rule.id}", kb, problems)
    reads_more = rule.verb == "claims" or any(leaf.about != "finding" for leaf in rule.when.leaves)
    found = reasoner.infer(case) if reads_more and not problems else None
    valuation = found.valuation if found else valuate(case, kb)
    given = frozenset() if problems else frozenset(given_on(rule, valuation, found, kb))
    return Played(rule, example, fires, number, tuple(problems), case, valuation, found, given)


def given_on(rule: Rule, valuation: Valuation, found: Inference | None, kb: KnowledgeBase) -> Iterator[str]:
    """What a rule gives, as `target.side`; nothing when it stays quiet."""
    if rule.verb == "claims" and found:
        yield from (".".join(one.node) for one in found.claimed if one.rule == rule.id)
        return
    sides = _sides_by_inference(rule, found) if found else _sides_plainly(rule, valuation)
    yield from (name for side in sides for name in _names(rule, side, kb))


def _sides_plainly(rule: Rule, valuation: Valuation) -> list[str]:
    look = look_up(valuation)
    return [side for side in instance_sides(rule.when) if holds(rule.when, side, look)]


def _sides_by_inference(rule: Rule, found: Inference) -> list[str]:
    fired = [one for one in found.trace if one.rule.split("/")[0] == rule.id and not one.rule.endswith("/no")]
    return [dict(one.bindings).get("side", NONE) for one in fired]


def _names(rule: Rule, side: str, kb: KnowledgeBase) -> Iterator[str]:
    for target in rule.targets:
        sided = rule.verb in ON_CONCLUSIONS and kb.conclusions[target].per_side
        for one in (side,) if side in BODY else BODY if rule.both_sides else (ANY,):
            yield f"{target}.{one}" if sided and one in BODY else target


def _look(valuation: Valuation, found: Inference | None) -> Look:
    def look(leaf: Leaf, side: str) -> tuple[str, ...] | None:
        if leaf.about == "finding" or found is None:
            return look_up(valuation)(leaf, side)
        if leaf.about == "conclusion":
            return (found.statuses[leaf.subject, side].state,)
        return (found.outcome,) if leaf.about == "outcome" else _led(found)

    return look


def _led(found: Inference) -> tuple[str, ...]:
    """The cause and the driver that lead, by name."""
    best = found.explanations[0] if found.explanations and found.outcome in ("chain", "local", "nonmechanical") else None
    return () if best is None else (best.cause[0], *((best.driver[0],) if best.driver else ()))
