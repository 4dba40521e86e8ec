"""What trainees often get wrong in a case like this: sentences of the knowledge, chosen by what is so in the case."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.sides import BODY, NONE, UNSTATED
from reports.parts.dossier import Dossier
from reports.view.common import CitedText

MOST = 6
"""As many as one can take in at once."""
_UNCLEAR = ("unknown", "together")


def slips(dossier: Dossier) -> tuple[CitedText, ...]:
    """The sentences that fit, those about something particular before those that always hold."""
    here = frozenset(circumstances(dossier))
    fit = [one for one in dossier.kb.teaching if here & set(one.about)]
    ordered = sorted(fit, key=lambda one: "always" in one.about)
    return tuple(CitedText(one.text, dossier.citations.cite(one.sources)) for one in ordered[:MOST])


def circumstances(dossier: Dossier) -> Iterator[str]:
    """Everything that is so in a case and calls for teaching; the words stand in `knowledge.model_plans.CIRCUMSTANCES`."""
    found = dossier.inference
    yield from ("always", found.outcome)
    told = {
        "emergency": found.urgency in ("emergency", "urgent"), "bystander": bool(found.bystanders), "veto": bool(found.claimed),
        "open_red_flag": bool(found.open_red_flags), "several_drivers": len(found.cover) > 1,
        "tried_missed": any(one.verdict not in ("right", "not_done") for one in found.tried),
        "unknown_answer": any(not answer.known for answer in dossier.case.answers.values()),
        "unstated_side": dossier.case.has_unstated, "one_side_tested": _one_side_tested(dossier), "bedside_open": _bedside_open(dossier),
    }
    yield from (name for name, holds in told.items() if holds)
    yield from _about_the_best(dossier)


def _about_the_best(dossier: Dossier) -> Iterator[str]:
    if not dossier.inference.explanations:
        return
    best = dossier.inference.explanations[0]
    links = [link for pair in best.spine if (link := dossier.link(*pair))]
    told = {
        "contested_link": any(link.contested for link in links), "opinion_link": any(link.grade == "D" for link in links),
        "gap": any(part.gap and not part.inferred for part in best.path),
        "timing_unclear": any(cause.timing in _UNCLEAR for cause in best.causes),
    }
    yield from (name for name, holds in told.items() if holds)


def _one_side_tested(dossier: Dossier) -> bool:
    sides: dict[str, set[str]] = {}
    for name, side in dossier.case.answers:
        if dossier.kb.findings[name].kind == "test" and side not in (NONE, UNSTATED):
            sides.setdefault(name, set()).add(side)
    return any(told != set(BODY) for told in sides.values())


def _bedside_open(dossier: Dossier) -> bool:
    """Whether there is a way to the pain and nobody has changed anything on it at the bedside."""
    best = dossier.inference.explanations[:1]
    chained = any(one.kind == "chain" for one in best) and dossier.state != "stop"
    return chained and not any(dossier.kb.findings[name].tests_node for name, _ in dossier.case.answers)
