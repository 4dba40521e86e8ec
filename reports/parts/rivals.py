"""Explanations side by side: what each explains, what it leaves, its score, and why it ranks lower."""

from __future__ import annotations

from engine.arguing.panel import beside, nodes_of
from engine.outcome import covers, unaccounted
from engine.result import Explanation, Term
from reports.escaping import Code
from reports.parts.asking import titles
from reports.parts.chain import against, in_one_line
from reports.parts.dossier import Dossier
from reports.phrases import say, word
from reports.view import Rivals, RivalView, TermView

SIDE_BY_SIDE = 5
"""How many explanations are told in full; the others are named with their scores."""


def rivals(dossier: Dossier) -> Rivals:
    """Every explanation, best first."""
    every = dossier.inference.explanations
    scale = dossier.kb.scale
    return Rivals(
        shown=tuple(_rival(place, dossier) for place in range(min(SIDE_BY_SIDE, len(every)))),
        others=tuple(_named(place, dossier) for place in range(SIDE_BY_SIDE, len(every))),
        scale=say("scale", least=scale.lead_min, margin=scale.lead_margin) if every else "", margin=_margin(dossier), cover=_cover(dossier),
    )


def title_of(one: Explanation, dossier: Dossier) -> str:
    """An explanation by its cause and its driver."""
    cause = dossier.names.node(one.cause)
    driver = dossier.names.node(one.driver) if one.driver and one.driver != one.cause else ""
    return say("explanation", cause=cause, driver=driver)


def _rival(place: int, dossier: Dossier) -> RivalView:
    one, best = dossier.inference.explanations[place], dossier.inference.explanations[0]
    terms = _terms(one, best, dossier)
    lower = tuple(term for term in terms if term.amount != term.best) if place else ()
    return RivalView(
        place=place + 1, title=title_of(one, dossier), score=one.score,
        kind=Code(one.kind), kind_word=word("explanation_kinds", one.kind), level=Code(one.claim), level_word=word("levels", one.claim),
        origin_level=Code(one.origin_claim), in_one_line=in_one_line(one, dossier),
        explains=dossier.findings(one.explains), unexplained=dossier.findings(one.unexplained),
        beside=tuple(dossier.names.node(node) for node in beside(nodes_of(one), dossier.inference, dossier.kb)),
        terms=tuple(term for term in terms if term.details), lower=_lower(one, best) if place else "", lower_terms=lower,
        part_of=_part_of(one, dossier), against=against(one.against, dossier), tests=titles(one.next_tests, dossier),
    )


def _lower(one: Explanation, best: Explanation) -> str:
    return say("lower", difference=best.score - one.score)


def _terms(one: Explanation, best: Explanation, dossier: Dossier) -> list[TermView]:
    """The terms of a score by kind, beside those of the best explanation; in the order in which they first come."""
    kinds = dict.fromkeys(term.what for term in (*best.terms, *one.terms))
    return [_term(kind, _of(kind, one), _of(kind, best), dossier) for kind in kinds]


def _of(kind: str, one: Explanation) -> list[Term]:
    return [term for term in one.terms if term.what == kind]


def _term(kind: str, here: list[Term], best: list[Term], dossier: Dossier) -> TermView:
    sums = [sum(term.amount for term in terms) for terms in (here, best)]
    details = [say("term", about=dossier.names.about(term.about), amount=signed(term.amount)) for term in here]
    return TermView(word("terms", kind), signed(sums[0]), signed(sums[1]), tuple(details))


def signed(amount: int) -> str:
    """A number of points with its sign."""
    return say("signed", number=f"{amount:+d}")


def _part_of(one: Explanation, dossier: Dossier) -> str:
    if one.part_of is None:
        return ""
    return say("part_of", place=one.part_of + 1, title=title_of(dossier.inference.explanations[one.part_of], dossier))


def _named(place: int, dossier: Dossier) -> str:
    one = dossier.inference.explanations[place]
    return say("named", place=place + 1, title=title_of(one, dossier), score=one.score)


def _margin(dossier: Dossier) -> str:
    found = dossier.inference
    if not found.explanations:
        return ""
    return say("margin", margin=found.margin) if found.margin is not None else say("no_margin")


def _cover(dossier: Dossier) -> str:
    """The smallest sets that account for the complaints, when one explanation is not enough."""
    sets = [[place + 1 for place in one] for one in covers(dossier.inference.explanations, dossier.kb.scale.lead_min)]
    left = dossier.findings(unaccounted(dossier.inference.explanations))
    return say("cover", sets=sets, left=left) if sets and len(sets[0]) > 1 else ""
