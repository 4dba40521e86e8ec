"""A small knowledge base written as an author would write it (JSON is YAML), to be read again."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from knowledge.links import COLUMNS
from knowledge.model import Conclusion, Detail, Finding, Instrument, KnowledgeBase, Leaf, Link, Norm, Rule

SHIPPED = Path(str(files("knowledge"))) / "base"
EXAMPLES = {"fires": [{}], "quiet": [{}, {}]}


def write_pack(kb: KnowledgeBase, folder: Path) -> Path:
    """The folder, with everything of the knowledge base that evidence and steps depend on."""
    details = {
        detail.name: _detail(detail)
        for one in kb.findings.values()
        if one.answer.form != "list"
        for detail in one.details
        if not detail.words
    }
    units: dict[str, Any] = {
        "findings/all.yaml": [_finding(one) for one in kb.findings.values()],
        "conclusions/all.yaml": [_conclusion(one) for one in kb.conclusions.values()],
        "rules/all.yaml": [_rule(one) for one in kb.rules],
        "norms/all.yaml": [_norm(one) for one in kb.norms.values()],
        "instruments/all.yaml": [_instrument(one) for one in kb.instruments.values()],
        "details.yaml": details,
        "sources.yaml": [{"id": "author", "title": "author", "seen": "full"}],
    }
    for name, tree in units.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(tree), encoding="utf-8")
    for name in ("scale.yaml", "wording.yaml", "pack.yaml"):
        shutil.copy(SHIPPED / name, folder / name)
    shutil.copy(Path(__file__).parent / "tiny/simulation.yaml", folder / "simulation.yaml")
    _write_links(kb.links, folder / "links.csv")
    return folder


def _finding(one: Finding) -> dict[str, Any]:
    how = {"derived": {one.derived.how: one.derived.of}} if one.derived else {"answer": _answer(one), "ask": "?"}
    ladders = {detail.name: _texts(detail) for detail in one.details if detail.bands}
    more = {} if one.answer.form == "list" else {"detail": [_detail_line(detail) for detail in one.details]}
    return {
        "id": one.id,
        "title": one.title,
        "kind": "test",
        "per_side": one.per_side,
        "bands": {b.word: b.text for b in one.bands},
        "detail_bands": ladders,
        "norm": one.norm,
        **how,
        **more,
    }


def _answer(one: Finding) -> Any:
    match one.answer.form:
        case "number":
            return {"number": "units", "min": one.answer.low, "max": one.answer.high}
        case "choice":
            return {"choice": list(one.answer.choices)}
        case "list":
            return {"list": {detail.name: _field(detail) for detail in one.details}}
        case form:
            return form


def _field(detail: Detail) -> Any:
    return "text" if detail.form == "text" else list(detail.words) if detail.words else {"number": "points", "min": 0, "max": 100}


def _detail_line(detail: Detail) -> str:
    return f"{detail.name}: {' | '.join(detail.words)}" if detail.words else detail.name


def _detail(detail: Detail) -> dict[str, Any]:
    return {"type": detail.form} | ({"min": detail.low, "max": detail.high} if detail.form == "number" else {})


def _texts(detail: Detail) -> dict[str, str]:
    return {band.word: band.text for band in detail.bands}


def _conclusion(one: Conclusion) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "layer": one.layer,
        "region": one.region,
        "per_side": one.per_side,
        "modifiable": one.modifiable,
        "plain": one.plain,
        "inferred": one.inferred,
        "role": "pain_side" if one.pain_side else "",
    }


def _rule(one: Rule) -> dict[str, Any]:
    targets = list(one.targets) if one.verb == "claims" else one.targets[0]
    then = {one.verb: targets} | ({"by": one.by} if one.by else {}) | ({"side": "both"} if one.both_sides else {})
    when: dict[str, Any] = {part: [_leaf(leaf) for leaf in getattr(one.when, part)] for part in ("all", "any", "none")}
    if one.when.at_least:
        when["at_least"] = {"n": one.when.count, "of": [_leaf(leaf) for leaf in one.when.at_least]}
    written = {
        "id": one.id,
        "title": one.title,
        "status": one.status,
        "when": when,
        "then": then,
        "because": one.because,
        "does_not_apply_when": one.does_not_apply_when,
        "sources": ["author"],
        "examples": EXAMPLES,
        "cluster": one.cluster,
    }
    return written | ({"weight": _weight(one)} if one.weight else {})


def _weight(one: Rule) -> dict[str, Any]:
    assert one.weight
    parts = {
        "grade": one.weight.grade,
        "lr_positive": one.weight.lr_positive,
        "lr_negative": one.weight.lr_negative,
        "negative": one.weight.negative,
    }
    return {name: value for name, value in parts.items() if value}


def _leaf(one: Leaf) -> dict[str, Any]:
    side = {} if one.side in ("same", "none") else {"side": one.side}
    return {one.about: one.subject, "is": list(one.words), **side}


def _norm(one: Norm) -> dict[str, Any]:
    rows = [{"sex": row.sex, "age_from": row.age_from, "age_to": row.age_to, "value": row.value} for row in one.rows]
    return {"id": one.id, "unit": one.unit, "source": one.source, "rows": rows}


def _instrument(one: Instrument) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "count": [_leaf(leaf) for leaf in one.count],
        "either": [[_leaf(leaf) for leaf in group] for group in one.either],
    }


def _write_links(links: Iterable[Link], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for one in links:
            table.writerow(
                [one.source, one.target, one.side, "any", one.grade, one.mechanism, "", "author", "", "yes" if one.feedback else ""]
            )
