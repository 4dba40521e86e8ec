"""From folders to a knowledge base: read, build, check; every problem is collected before any is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge.build_codes import build_codes
from knowledge.build_demands import build_demands
from knowledge.build_findings import build_finding, range_problems
from knowledge.build_guide import build_guide
from knowledge.build_other import (
    build_conclusion,
    build_examination,
    build_instrument,
    build_ladder,
    build_norm,
    build_programme,
    build_source,
    build_stage,
    build_statement,
    build_teaching,
)
from knowledge.build_questionnaires import build_questionnaire
from knowledge.build_rules import build_rule
from knowledge.check import check_references, without_echoes
from knowledge.fingerprint import fingerprint
from knowledge.graph import cycle_problems
from knowledge.leaves import Names
from knowledge.links import build_link
from knowledge.model import Conclusion, Finding, Instrument, KnowledgeBase, Link, Questionnaire, Rule, Wording
from knowledge.pack import Pack, read_packs
from knowledge.pack_files import RULE_SECTIONS
from knowledge.problems import Place, Problem
from knowledge.scale import Scale
from knowledge.schema import DemandsSpec, GuideSpec, PackSpec, QuestionnaireSpec, WordingSpec
from knowledge.score_checks import count_problems
from knowledge.shape import shape
from knowledge.simulation import Simulation
from knowledge.simulation_checks import simulation_problems
from knowledge.strata import stratify
from knowledge.yaml_source import At, merged

TREES: dict[str, Any] = {
    "scale.yaml": Scale, "wording.yaml": WordingSpec, "pack.yaml": PackSpec, "simulation.yaml": Simulation,
    "demands.yaml": DemandsSpec, "guide.yaml": GuideSpec,
}
"""Files that hold one mapping, and its shape; a later pack replaces single keys."""
OPTIONAL = ("pack.yaml", "demands.yaml", "guide.yaml")
"""Files that a pack may do without."""
WITHOUT_WEIGHT = ("simulation.yaml",)
"""Files on which no conclusion about a person rests; the hash that a conclusion names leaves them out."""


def build(folders: Sequence[Path]) -> tuple[KnowledgeBase | None, tuple[Problem, ...]]:
    """The knowledge base of the packs in these folders, the base first, as far as it could be built, and all problems."""
    pack = read_packs(folders)
    problems = pack.problems
    kb = _build(pack, folders[0], problems)
    problems.extend(check_references(pack))
    return kb, tuple(sorted(set(without_echoes(problems, pack))))


def _build(pack: Pack, folder: Path, problems: list[Problem]) -> KnowledgeBase | None:
    names = _names(pack, problems)
    rules, links = _rules(pack, names, problems), _links(pack, names, problems)
    trees = {name: reduce(merged, pack.trees[name]) if name in pack.trees else None for name in TREES}
    scale, wording, about, simulation, asked, guide = (_tree(name, at, pack, folder, problems) for name, at in trees.items())
    problems.extend(simulation_problems(simulation, trees["simulation.yaml"], names))
    parts: dict[str, Any] = {"norms": _built(pack, "norms", lambda spec, at: build_norm(spec, at, problems))}
    instruments, questionnaires = _scores(pack, names, problems)
    codes = tuple(build_codes(str(at.path[-1]), spec, at, names, problems) for spec, at in pack.values("codes.yaml"))
    rules_of_exposure = _built(pack, "exposure_rules", lambda spec, _: build_statement(spec))
    demands = build_demands(asked, trees["demands.yaml"], names, [one.id for one in rules_of_exposure], problems)
    parts["ladders"] = _built(pack, "ladders", lambda spec, at: build_ladder(spec, at, names, demands, problems))
    sources = _by_id(_built(pack, "sources.yaml", lambda spec, _: build_source(spec)))
    if scale is None or wording is None or simulation is None:
        return None
    return KnowledgeBase(
        findings=names.findings, conclusions=names.conclusions, links=links, rules=rules, scale=scale, wording=_wording(wording),
        simulation=simulation,
        norms=_by_id(parts["norms"]), instruments=instruments, questionnaires=questionnaires, ladders=parts["ladders"],
        sources=sources,
        programmes=_built(pack, "drivers", lambda spec, at: build_programme(spec, at, names, problems)),
        exposure_rules=rules_of_exposure, demands=demands,
        guide=build_guide(guide, trees["guide.yaml"], names, [one.id for one in rules_of_exposure], sources, problems),
        honesty=_built(pack, "honesty.yaml", lambda spec, _: build_statement(spec)),
        teaching=_built(pack, "teaching.yaml", lambda spec, _: build_teaching(spec)),
        stages=_built(pack, "strategy.yaml", lambda spec, at: build_stage(spec, at, problems)),
        examination=build_examination(pack.values("positions"), pack.values("basic"), pack.values("last"), problems),
        codes=MappingProxyType({one.name: one for one in codes}), version=about.version if about else "0",
        sha256=fingerprint(pack, {name: at for name, at in trees.items() if name not in WITHOUT_WEIGHT}),
    )


def _built(pack: Pack, section: str, build: Callable[[Any, At], Any]) -> tuple[Any, ...]:
    return tuple(build(spec, at) for spec, at in pack.values(section))


def _scores(pack: Pack, names: Names, problems: list[Problem]) -> tuple[Mapping[str, Instrument], Mapping[str, Questionnaire]]:
    """What is counted from findings, and what is scored from items of its own."""
    specs = pack.values("instruments")
    counted = _by_id(build_instrument(spec, at, names, problems) for spec, at in specs if not isinstance(spec, QuestionnaireSpec))
    scored = _by_id(build_questionnaire(spec, at, names, problems) for spec, at in specs if isinstance(spec, QuestionnaireSpec))
    for spec, at in pack.values("findings"):
        problems.extend(count_problems(names.findings[spec.id], at, counted, scored))
    return counted, scored


def _names(pack: Pack, problems: list[Problem]) -> Names:
    details = dict(pack.named("details.yaml"))
    problems.extend(problem for spec, at in pack.values("details.yaml") for problem in range_problems(spec, at))
    findings: dict[str, Finding] = {}
    for spec, at in pack.values("findings"):
        findings[spec.id] = build_finding(spec, at, details, problems)
    bare = Names(findings, {})
    conclusions: dict[str, Conclusion] = {}
    for spec, at in pack.values("conclusions"):
        conclusions[spec.id] = build_conclusion(spec, at, bare, problems)
    return Names(MappingProxyType(findings), MappingProxyType(conclusions))


def _rules(pack: Pack, names: Names, problems: list[Problem]) -> tuple[Rule, ...]:
    built: list[Rule] = []
    for section in RULE_SECTIONS:
        for spec, at in pack.values(section):
            built.append(build_rule(spec, at, section, names, len(built), problems))
    rules, found = stratify([rule for rule in built if rule.status != "retired"])
    problems.extend(found)
    return rules


def _links(pack: Pack, names: Names, problems: list[Problem]) -> tuple[Link, ...]:
    links = tuple(build_link(row, names.conclusions, names.findings, problems) for row in pack.rows())
    problems.extend(cycle_problems(links))
    return links


def _tree(name: str, at: At | None, pack: Pack, folder: Path, problems: list[Problem]) -> Any:
    if at is None:
        if name not in OPTIONAL and name not in pack.unread:
            here = Place(f"{folder.name}/{name}")
            problems.append(Problem(here, "KB001", f"the pack has no {name}", "copy it from the shipped knowledge"))
        return None
    spec, found = shape(TREES[name], at, at.value)
    problems.extend(found)
    return spec


def _wording(words: WordingSpec) -> Wording:
    return Wording(**words.model_dump())


def _by_id(units: Iterable[Any]) -> Mapping[str, Any]:
    return MappingProxyType({unit.id: unit for unit in units})
