"""Drivers: what to treat, one for each explanation; and the causes that lead to it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.chains import reaching_nodes
from engine.field import Field
from engine.result import Node

KIND_OF_LAYER = {
    "origin": "chain", "impairment": "chain", "habit": "chain", "overload": "chain",
    "local_diagnosis": "local", "modulator": "nonmechanical", "serious": "local",
}


@dataclass(frozen=True, slots=True)
class Seed:
    """Where an explanation starts: the driver, and the origins that may head it. `direct` acts on the pain itself."""

    driver: Node
    heads: tuple[Node, ...]
    direct: bool


def seeds(field: Field) -> tuple[Seed, ...]:
    """Every driver of this person.

    The most upstream present, modifiable impairment that can be re-tested; else a measured modifiable origin; else a habit; and
    each present diagnosis and modulator for itself. Never an overload or a presentation, never a claimed node.
    """
    reach = reaching_nodes(field.graph, field.chains.complaints)
    impairments = _impairments(field, reach)
    origins = _modifiable_origins(field, reach, impairments)
    habits = _habits(field, reach, [*impairments, *origins])
    direct = [*_heading(field), *_routine(field)]
    chain = [Seed(node, _heads(node, field), False) for node in (*impairments, *origins, *habits)]
    return (*chain, *(Seed(node, (), True) for node in direct))


def _impairments(field: Field, reach: set[Node]) -> list[Node]:
    fit = [n for n in field.supported("impairment") if n in reach and _treatable(n, field)]
    return [n for n in fit if not field.ancestors(n, gaps=False) & set(fit)]


def _treatable(node: Node, field: Field) -> bool:
    conclusion = field.of(node)
    return conclusion.modifiable and bool(conclusion.retest) and not field.is_claimed(node)


def _modifiable_origins(field: Field, reach: set[Node], drivers: list[Node]) -> list[Node]:
    fit = [n for n in field.supported("origin") if n in reach and _treatable(n, field) and field.may_head(n)]
    return [n for n in fit if not field.descendants(n, gaps=False) & set(drivers)]


def _habits(field: Field, reach: set[Node], drivers: list[Node]) -> list[Node]:
    fit = [n for n in field.supported("habit") if n in reach and field.of(n).modifiable and not field.is_claimed(n)]
    taken = {*drivers, *field.supported("modulator", "local_diagnosis")}
    alone = [n for n in fit if not (field.ancestors(n, gaps=False) | field.descendants(n, gaps=False)) & taken]
    return [n for n in alone if not field.ancestors(n, gaps=False) & set(alone)]


def _heading(field: Field) -> list[Node]:
    """Diagnoses and modulators that may explain a back pain by themselves."""
    return [node for layer in ("local_diagnosis", "modulator") for node in field.supported(layer) if not field.of(node).background]


def _routine(field: Field) -> list[Node]:
    """Serious conditions of routine urgency compete as explanations; the others end the matter before."""
    return sorted({(flag.condition, "none") for flag in field.routine if not field.kb.conclusions[flag.condition].per_side})


def _heads(driver: Node, field: Field) -> tuple[Node, ...]:
    if field.of(driver).layer == "origin":
        return (driver,)
    return tuple(n for n in sorted(field.ancestors(driver)) if field.of(n).layer == "origin" and field.may_head(n))
