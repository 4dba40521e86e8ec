"""The published JSON: it is what its schema says, for real cases, and a damaged one is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine.result import LEVELS
from knowledge.model import GRADES, OUTCOMES, STATUSES, URGENCIES
from reports import render, to_json
from tests import shipped
from tests.reporting import SMALL, inferred, reasoner, report, small

REAL = shipped.every_case()[::3]


@cache
def schema() -> dict[str, Any]:
    return json.loads((files("reports") / "inference.schema.json").read_text(encoding="utf-8"))


def faults(value: object) -> list[str]:
    return [f"{one.json_path}: {one.message}" for one in Draft202012Validator(schema()).iter_errors(value)]


def small_json(name: str) -> dict[str, Any]:
    return json.loads(report(name, "json"))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_the_schema_knows_every_word_of_the_program() -> None:
    properties, defs = schema()["properties"], schema()["$defs"]
    assert properties["outcome"]["$ref"].endswith("outcome")
    assert sorted(defs["outcome"]["enum"]) == sorted(OUTCOMES)
    assert sorted(properties["urgency"]["enum"]) == sorted([*URGENCIES, "none"])
    assert sorted(defs["level"]["enum"]) == sorted(LEVELS)
    assert sorted(defs["grade"]["enum"]) == sorted(GRADES)
    assert sorted(defs["evidence"]["properties"]["status"]["enum"]) == sorted(STATUSES)


@pytest.mark.parametrize("name", SMALL)
def test_small_cases_keep_the_contract(name: str) -> None:
    assert faults(small_json(name)) == []


@pytest.mark.parametrize("name", REAL)
def test_shipped_cases_keep_the_contract(name: str) -> None:
    kb = shipped.reasoner().kb
    told = render(shipped.inferred(name), shipped.case(name), kb, "json")
    assert faults(json.loads(told)) == []
    assert {**json.loads(told), "would_change": None} == {
        **json.loads(json.dumps(to_json(shipped.inferred(name), shipped.case(name), kb))), "would_change": None,
    }


def _drop(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda told: told.pop(key)


@pytest.mark.parametrize(
    "damage",
    [
        *(pytest.param(_drop(key), id=f"without {key}") for key in ("schema", "outcome", "explanations", "plan", "trace")),
        pytest.param(lambda told: told.update(outcome="cured"), id="an outcome nobody knows"),
        pytest.param(lambda told: told.update(urgency="soon"), id="an urgency nobody knows"),
        pytest.param(lambda told: told.update(schema="backcause.inference/2"), id="another version"),
        pytest.param(lambda told: told.update(comment="hello"), id="a key that was not agreed"),
        pytest.param(lambda told: told["knowledge"].update(sha256="abc"), id="half a hash"),
        pytest.param(lambda told: told["explanations"][0].update(score=4.5), id="a score that is no whole number"),
        pytest.param(lambda told: told["explanations"][0].update(claim="certain"), id="a claim level nobody knows"),
        pytest.param(lambda told: told["explanations"][0].update(origin_claim=""), id="an empty level instead of null"),
        pytest.param(lambda told: told["explanations"][0]["path"][0].update(status="inferred"), id="a status of the path nobody agreed"),
        pytest.param(lambda told: told["explanations"][0]["cause"].update(side="middle"), id="a side that is none"),
        pytest.param(lambda told: told["explanations"][0]["links"][0].update(grade="E"), id="a grade nobody knows"),
        pytest.param(lambda told: told["evidence"][0].update(decibans="1.0"), id="decibans as text"),
        pytest.param(lambda told: told["plan"].update(state="withheld"), id="a withheld plan with ladders and without a reason"),
        pytest.param(lambda told: told["next_questions"][0].update(why="because"), id="a reason without a type"),
    ],
)
def test_a_damaged_inference_is_refused(damage: Callable[[dict[str, Any]], object]) -> None:
    told = deepcopy(small_json("chain"))
    damage(told)
    assert faults(told)


def test_the_keys_of_the_contract_mean_what_they_say() -> None:
    told = small_json("chain")
    best, found = told["explanations"][0], inferred("chain").explanations[0]
    assert best["cause"] == {"id": "old_ankle_sprain", "side": "left"}
    assert best["driver"] == {"id": "calf_weakness", "side": "left"}
    assert best["score"] == found.score == sum(term["amount"] for term in best["terms"])
    assert [(part["status"], part["inferred"]) for part in best["path"]] == [
        ("supported", False), ("supported", False), ("supported", False), ("supported", True), ("supported", False),
    ]
    assert best["links"][1] == {"from": "calf_weakness", "to": "overactive_back", "grade": "C", "contested": True, "against": ["S55"]}
    assert best["steps"][0].keys() >= {"from", "to", "side"}
    assert told["plan"]["state"] == "ready"
    assert [fired["seq"] for fired in told["trace"]] == list(range(1, len(told["trace"]) + 1))


def test_evidence_is_in_decibans_and_leaves_out_what_nothing_speaks_about() -> None:
    told = small_json("chain")["evidence"]
    statuses = inferred("chain").statuses
    assert {(row["conclusion"], row["side"]) for row in told} == {node for node, status in statuses.items() if status.pieces}
    assert {row["decibans"] for row in told if row["conclusion"] == "calf_weakness"} == {statuses["calf_weakness", "left"].amount / 10}


def test_a_driver_that_is_missing_is_null() -> None:
    kb = reasoner().kb
    found = reasoner().infer(small("stop"))
    assert all("driver" in one for one in to_json(found, small("stop"), kb)["explanations"])  # type: ignore[attr-defined]  # a list
    assert faults(json.loads(report("stop", "json"))) == []


def test_json_is_plain_ascii() -> None:
    assert report("chain", "json").isascii()
