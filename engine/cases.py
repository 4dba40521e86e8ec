"""Cases as tests: each block of answers is inferred and compared with what its author expects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.case import Case, Expectation
from engine.infer import Reasoner
from engine.result import Inference
from knowledge.model import URGENCIES

RANKED = 3
"""An accepted cause among this many first explanations is near."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How one block of a case came out. `rank` is the place of the first accepted cause, None when none was found."""

    case: str
    block: int
    outcome: str
    wanted: tuple[str, ...]
    urgency: str
    cause: str
    driver: str
    rank: int | None
    margin: int | None
    disagreements: tuple[str, ...]
    too_thin: bool
    note: str
    least_urgency: str = ""

    @property
    def over_triaged(self) -> bool:
        """Whether a referral came out as more urgent than expected, which errs on the safe side and is told."""
        return self.least_urgency in URGENCIES and _below(self.least_urgency, self.urgency)

    @property
    def agrees(self) -> bool:
        """Whether everything came out as expected."""
        return not self.disagreements


def run_cases(cases: Iterable[Case], reasoner: Reasoner) -> tuple[Mark, ...]:
    """A mark for every block that has an expectation; later blocks add to the answers before."""
    return tuple(mark for case in cases for mark in _run(case, reasoner))


def _run(case: Case, reasoner: Reasoner) -> list[Mark]:
    marks, answers = [], dict(case.answers)
    blocks = [(case.answers, case.expect), *((batch.answers, batch.expect) for batch in case.batches)]
    for index, (more, expect) in enumerate(blocks):
        answers.update(more)
        if expect is not None:
            marks.append(compare(case.id, index, expect, reasoner.infer(replace(case, answers=dict(answers)))))
    return marks


def compare(name: str, block: int, expect: Expectation, found: Inference) -> Mark:
    """What came out beside what was expected; every disagreement named."""
    causes = [one.cause[0] for one in found.explanations]
    accepted = [*expect.cause_any_of, *expect.also_ok]
    flagged = [flag.condition for flag in found.red_flags if flag.urgency in ("emergency", "urgent")]
    ranked = flagged + causes if found.outcome == "referral" else causes
    ranks = [index for index, cause in enumerate(ranked, start=1) if cause in expect.cause_any_of]
    driver = found.explanations[0].driver if found.explanations else None
    return Mark(
        case=name, block=block, outcome=found.outcome, wanted=expect.outcome, urgency=found.urgency, cause=ranked[0] if ranked else "",
        driver=driver[0] if driver else "", rank=min(ranks, default=None), margin=found.margin,
        disagreements=tuple(_disagreements(expect, found, ranked, accepted, driver[0] if driver else "")),
        too_thin=expect.too_thin, note=expect.note, least_urgency=expect.urgency,
    )


def _disagreements(expect: Expectation, found: Inference, ranked: Sequence[str], accepted: Sequence[str], driver: str) -> Iterable[str]:
    if expect.outcome and found.outcome not in expect.outcome:
        yield f"outcome {found.outcome}, expected {' or '.join(expect.outcome)}"
    leads = found.outcome != "undetermined" and ranked
    if leads and accepted and ranked[0] not in accepted and not (found.outcome == "referral" and set(ranked) & set(accepted)):
        yield f"{ranked[0]} leads, expected {' or '.join(expect.cause_any_of)}"
    if leads and ranked[0] in expect.must_not:
        yield f"{ranked[0]} leads and must not"
    if expect.driver_any_of and driver not in expect.driver_any_of:
        yield f"driver {driver or 'none'}, expected {' or '.join(expect.driver_any_of)}"
    if _below(found.urgency, expect.urgency):
        yield f"urgency {found.urgency}, expected at least {expect.urgency}"
    if expect.urgency in ("none", "watch") and found.urgency in ("emergency", "urgent"):
        yield f"false referral: urgency {found.urgency}, expected {expect.urgency}"
    for key, value in expect.checks.items():
        if not _holds(key, value, found):
            yield f"{key} {_fact(key, found)}, expected {_text(value)}"


def _below(found: str, wanted: str) -> bool:
    order = ("none", *reversed(URGENCIES))
    return wanted in URGENCIES and order.index(found) < order.index(wanted)


CHECKS = ("plan", "claim", "origin_claim", "cause_side", "bystanders", "claimed", "tried", "advice", "open", "asks", "never_cause")


def _fact(key: str, found: Inference) -> str:
    best = found.explanations[0] if found.explanations else None
    facts = {
        "plan": found.plan.state, "claim": best.claim if best else "", "origin_claim": best.origin_claim if best else "",
        "cause_side": best.cause[1] if best else "",
        "bystanders": " ".join(one.node[0] for one in found.bystanders), "claimed": " ".join(one.node[0] for one in found.claimed),
        "tried": " ".join(f"{one.finding}={one.verdict}" for one in found.tried), "advice": " ".join(one.topic for one in found.advice),
        "open": " ".join(found.open_red_flags), "asks": found.next_questions[0].finding if found.next_questions else "",
        "never_cause": " ".join(name for one in found.explanations for name in (one.cause[0], one.driver[0] if one.driver else "")),
    }
    return facts.get(key, "")


def _holds(key: str, value: object, found: Inference) -> bool:
    wanted, fact = _text(value).split(), _fact(key, found).split()
    if key == "never_cause":
        return not set(wanted) & set(fact)
    return set(wanted) <= set(fact) if wanted else not fact


def _text(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else "" if value in (None, "none") else str(value)
