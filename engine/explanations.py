"""Explanations: one for each driver, with its cause, its spine, its score and how far it may be claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from engine.against import against
from engine.claims import bedside, presence_level, stretch_level
from engine.drivers import KIND_OF_LAYER, Seed, seeds
from engine.field import Field
from engine.result import Cause, Explanation, Node, PathNode, Step, Term
from engine.score import activity_terms, bedside_terms, cause_terms, head_term, met_activities, prices, way_terms
from engine.spine import Way, best_way
from engine.suggestions import next_tests


@dataclass(frozen=True, slots=True)
class Draft:
    """An explanation on its way: the cause chosen, its spine, and the cone around it."""

    seed: Seed
    cause: Node
    causes: tuple[Cause, ...]
    way: Way
    cone: frozenset[Node]
    terms: tuple[Term, ...]

    @property
    def score(self) -> int:
        """The sum of all terms."""
        return sum(term.amount for term in self.terms)


def explanations(field: Field) -> tuple[Explanation, ...]:
    """Every explanation of this person, best first and the default diagnosis last; one that lies inside a better one names it."""
    drafts = [draft for draft in (_draft(seed, field) for seed in seeds(field)) if draft]
    drafts.sort(key=lambda one: (field.of(one.cause).default, -one.score, one.cause, one.seed.driver))
    return tuple(replace(_explanation(one, field), part_of=_contained_in(index, drafts, field)) for index, one in enumerate(drafts))


def _draft(seed: Seed, field: Field) -> Draft | None:
    candidates = [head for head in seed.heads if head != seed.driver] or [seed.driver]
    drafts = [draft for head in candidates if (draft := _draft_from(head, seed, field))]
    if not drafts:
        return None
    best = min(drafts, key=lambda one: (-one.score, _timing_rank(one.cause, field), one.cause))
    ranked = sorted(drafts, key=lambda one: (-one.score, one.cause))
    causes = tuple(Cause(one.cause, _timing(one.cause, field), one.score) for one in ranked)
    return replace(best, causes=causes if field.of(best.cause).layer == "origin" else ())


def _draft_from(head: Node, seed: Seed, field: Field) -> Draft | None:
    way = best_way(field.graph, head, seed.driver, ends_of(seed, field), prices(field))
    if way is None:
        return None
    cone = cone_of(seed, head, way, field)
    terms = [head_term(head, field)] if seed.direct else []
    terms += [*way_terms(way, field), *activity_terms(met_activities(cone, field), field)]
    if field.of(head).layer == "origin":
        terms += cause_terms(head, field)
    terms += bedside_terms(cone, field)
    return Draft(seed, head, (), way, cone, tuple(terms))


def _timing(node: Node, field: Field) -> str:
    return field.timing(node) if field.of(node).layer == "origin" else ""


def _timing_rank(node: Node, field: Field) -> int:
    return ("before", "load", "unknown", "together", "between", "after", "").index(_timing(node, field))


def ends_of(seed: Seed, field: Field) -> list[Node]:
    """Complaints; what acts on the pain itself may end anywhere when it leads to none."""
    below = field.descendants(seed.driver)
    complaints = sorted(field.chains.complaints & below)
    if complaints or not seed.direct:
        return complaints
    return [seed.driver, *sorted(node for node in field.descendants(seed.driver, gaps=False))]


def cone_of(seed: Seed, head: Node, way: Way, field: Field) -> frozenset[Node]:
    """Every node on some gapless way from the cause through the driver to a complaint, and the spine."""
    up = (field.descendants(head, gaps=False) & field.ancestors(seed.driver, gaps=False)) | {head}
    ends = set(ends_of(seed, field))
    below = field.descendants(seed.driver, gaps=False)
    down = {node for node in below if node in ends or field.descendants(node, gaps=False) & ends}
    return frozenset({*up, seed.driver, *down, *way.nodes})


def _explanation(draft: Draft, field: Field) -> Explanation:
    seed, met = draft.seed, met_activities(draft.cone, field)
    explained = tuple(dict.fromkeys(name for activity in met for name in field.hurting[activity]))
    every = tuple(dict.fromkeys(name for names in field.hurting.values() for name in names))
    claim, origin_claim = _claims(draft, field)
    return Explanation(
        kind=KIND_OF_LAYER[field.of(draft.cause).layer], cause=draft.cause, causes=draft.causes,
        driver=seed.driver if field.of(seed.driver).layer != "serious" else None, score=draft.score, terms=draft.terms,
        claim=claim, origin_claim=origin_claim, steps=_steps(draft, field), path=_path(draft.way, field), rules=_rules(draft, field),
        explains=explained, unexplained=tuple(name for name in every if name not in explained),
        against=against(draft.cone, draft.way, field),
        next_tests=next_tests(draft.way, draft.cone, seed.driver, field),
    )


def _path(way: Way, field: Field) -> tuple[PathNode, ...]:
    return tuple(PathNode(n, bool(field.graph.nodes[n].get("gap")) if n in field.graph else False, field.of(n).inferred) for n in way.nodes)


def _steps(draft: Draft, field: Field) -> tuple[Step, ...]:
    spine = set(pairwise(draft.way.nodes))
    edges = [(u, v) for u, v in field.graph.edges if u in draft.cone and v in draft.cone]
    kept = [(u, v) for u, v in edges if field.graph.edges[u, v]["how"] != "gap" or (u, v) in spine]
    return tuple(Step(u, v, str(field.graph.edges[u, v]["how"])) for u, v in sorted(kept))


def _rules(draft: Draft, field: Field) -> tuple[str, ...]:
    nodes = [node for node in draft.way.nodes if node in field.statuses]
    pieces = [piece for node in nodes for piece in field.statuses[node].pieces if piece.amount > 0 or piece.kind == "shows"]
    flags = [flag.rule for flag in field.routine if flag.condition == draft.cause[0]]
    return tuple(dict.fromkeys([*flags, *(piece.rule for piece in pieces)]))


def _claims(draft: Draft, field: Field) -> tuple[str, str]:
    """Two claims, driver to pain and origin to driver; a diagnosis has one, for its own presence."""
    nodes, at = draft.way.nodes, draft.way.nodes.index(draft.seed.driver)
    if draft.seed.direct:
        status = field.statuses[draft.seed.driver]
        return presence_level(status, bedside(draft.seed.driver, field.valuation, field.readers), field.kb.scale.supported_at), ""
    return _stretch(nodes[at:], field), _stretch(nodes[: at + 1], field) if at else ""


def _stretch(nodes: Sequence[Node], field: Field) -> str:
    pairs = list(pairwise(nodes))
    links = [(field.link(u, v), field.graph.edges[u, v]["how"] == "gap") for u, v in pairs]
    return stretch_level(links, [bedside(node, field.valuation, field.readers) for node in nodes])


def _contained_in(index: int, drafts: Sequence[Draft], field: Field) -> int | None:
    """The better explanation whose cone holds this driver, when that one is led by a modulator or the other is."""
    one = drafts[index]
    for better_index, better in enumerate(drafts[:index]):
        modulated = "modulator" in (field.of(better.cause).layer, field.of(one.cause).layer)
        if modulated and (one.seed.driver in better.cone or better.seed.driver in one.cone):
            return better_index
    return None
