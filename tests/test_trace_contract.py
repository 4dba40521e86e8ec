"""The published trace: it is what its schema and its page say, and the reasoning can be followed again from it alone."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engine.case import Case
from engine.recounting.said import said
from engine.result import Inference
from reports import to_json
from reports.trace_contract import SAME, to_trace, trace_json
from tests import random_people, shipped, trace_reader
from tests.reporting import SMALL, inferred, reasoner, small

DOCS = Path(__file__).parents[1] / "docs" / "trace.md"
REAL = shipped.every_case()


@cache
def schema() -> dict[str, Any]:
    return json.loads((files("reports") / "trace.schema.json").read_text(encoding="utf-8"))


@cache
def inference_schema() -> dict[str, Any]:
    return json.loads((files("reports") / "inference.schema.json").read_text(encoding="utf-8"))


def faults(value: object) -> list[str]:
    return [f"{one.json_path}: {one.message}" for one in Draft202012Validator(schema()).iter_errors(value)]


def told(found: Inference, case: Case, kb: Any) -> dict[str, Any]:
    return json.loads(trace_json(found, case, kb))


def of_small(name: str) -> dict[str, Any]:
    return told(inferred(name), small(name), reasoner().kb)


def followed_again(trace: dict[str, Any], found: Inference) -> list[str]:
    """Where the independent reader comes to something else than the program did."""
    wrong = []
    for (name, side), status in found.statuses.items():
        again = trace_reader.status_of((name, side), trace)
        if again != (status.state, status.settled, status.amount):
            wrong.append(f"status of {name} {side}: {again}")
    for place, (one, own) in enumerate(zip(trace["explanations"], found.explanations, strict=True)):
        terms = Counter((term["what"], term["amount"]) for term in one["terms"])
        again = Counter([*trace_reader.way_terms(one, trace), *trace_reader.head_terms(one, trace)])
        left = {what for what, _ in (terms - again)}
        if again - terms or left - {"activity", "severity or residual signs", "bedside change helped", "bedside change did nothing"}:
            wrong.append(f"terms of explanation {place}: {again - terms} more, {terms - again} less")
        if own.score != sum(term["amount"] for term in one["terms"]):
            wrong.append(f"score of explanation {place}")
        levels = {claim["what"]: trace_reader.claim_level(claim) or claim["level"] for claim in one["claims"]}
        if levels != {"driver": own.claim, **({"origin": own.origin_claim} if own.origin_claim else {})}:
            wrong.append(f"claims of explanation {place}: {levels}")
    if trace_reader.decided(trace) != (trace["decision"]["reason"], found.outcome):
        wrong.append(f"outcome: {trace_reader.decided(trace)}")
    return wrong


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_what_both_contracts_tell_has_one_shape() -> None:
    ours, other = schema(), inference_schema()
    for key in SAME:
        assert {k: v for k, v in ours["properties"][key].items() if k != "description"} == {
            k: v for k, v in other["properties"][key].items() if k != "description"
        }
    for name in ("explanation", "evidence", "fired"):
        assert ours["$defs"][name]["properties"].items() >= other["$defs"][name]["properties"].items()
        assert set(ours["$defs"][name]["required"]) >= set(other["$defs"][name]["required"])
    same = set(other["$defs"]) - {"explanation", "evidence", "fired", "flip"}  # what would change a result is no part of its trace
    assert {name: ours["$defs"][name] for name in same} == {name: other["$defs"][name] for name in same}


def test_the_page_tells_every_key_in_the_words_of_the_schema() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(key, part["description"]) for key, part in schema()["properties"].items()]


@pytest.mark.parametrize("name", SMALL)
def test_small_cases_keep_the_contract(name: str) -> None:
    assert faults(of_small(name)) == []
    assert followed_again(of_small(name), inferred(name)) == []


@pytest.mark.parametrize("name", REAL)
def test_shipped_cases_can_be_followed_again(name: str) -> None:
    found, case, kb = shipped.inferred(name), shipped.case(name), shipped.reasoner().kb
    trace = told(found, case, kb)
    assert faults(trace) == []
    assert followed_again(trace, found) == []
    plain = json.loads(json.dumps(to_json(found, case, kb)))
    assert [key for key in (*SAME, "knowledge", "case", "outcome") if trace[key] != plain[key]] == []
    assert [{key: one[key] for key in plain["trace"][0]} for one in trace["trace"]] == plain["trace"]


@pytest.mark.parametrize("seed", range(30))
def test_random_people_can_be_followed_again(seed: int) -> None:
    case = random_people.random_person(Random(seed), told_sides=seed % 3 > 0)
    found, kb = shipped.reasoner().infer(case), shipped.reasoner().kb
    trace = told(found, case, kb)
    assert faults(trace) == []
    assert followed_again(trace, found) == []


@pytest.mark.parametrize("name", REAL[::5])
def test_the_sums_after_the_last_stratum_are_the_evidence(name: str) -> None:
    trace = told(shipped.inferred(name), shipped.case(name), shipped.reasoner().kb)
    last = {(one["conclusion"], one["side"]): one["amount"] for part in trace["sums"] for one in part["after"]}
    world = {"unstated": trace["world"]}
    assert {last[one["conclusion"], world.get(one["side"], one["side"])] - one["amount"] for one in trace["evidence"]} <= {0}
    for part in trace["sums"]:
        pieces = trace_reader.pieces_by_node(trace, part["stratum"])
        for one in part["after"]:
            assert trace_reader.weighed(pieces[one["conclusion"], one["side"]], trace) == (one["status"], one["settled"], one["amount"])


@pytest.mark.parametrize("name", ["article-ankle", "article-s1-nerve", "fear-and-bracing"])
def test_a_near_rule_fires_once_its_answer_is_given(name: str) -> None:
    """Only for plain answers in words; a derived word cannot be answered."""
    case, kb, tried = shipped.case(name), shipped.reasoner().kb, 0
    one_answer = next(iter(case.answers.values()))
    for near in to_trace(shipped.inferred(name), case, kb)["near"]:  # type: ignore[attr-defined]  # a list
        lack = near["lacks"][0]
        finding = kb.findings.get(lack["subject"])
        rule = next(rule for rule in kb.rules if rule.id == near["rule"])
        if finding is None or finding.answer.form not in ("yes_no", "choice") or rule.verb not in ("supports", "against", "shows"):
            continue
        answer = replace(one_answer, value=lack["words"][0], details={}, items=())
        again = shipped.reasoner().infer(case.with_answers({(lack["subject"], lack["sides"][0]): answer}))
        tried += 1
        assert near["rule"] in {one.rule.partition("/")[0] for one in again.trace}, near
    assert tried > 3


def test_every_word_tells_where_it_comes_from() -> None:
    words = {(one["subject"], one["side"]): one for one in of_small("chain")["words"]}
    assert words["heel_rise", "left"]["how"] == "norm_band"
    assert words["pain_months", "none"]["how"] == "band"
    assert words["ankle_sprain", "left"]["how"] == "answered"
    ratio = words["heel_rise_ratio", "left"]
    assert (ratio["how"], ratio["reads"]) == (
        "side_ratio", [{"subject": "heel_rise", "side": "left"}, {"subject": "heel_rise", "side": "right"}],
    )


def test_the_same_case_gives_the_same_bytes() -> None:
    fresh = reasoner().infer(small("chain"))
    assert trace_json(fresh, small("chain"), reasoner().kb) == trace_json(inferred("chain"), small("chain"), reasoner().kb)
    assert trace_json(fresh, small("chain"), reasoner().kb).isascii()


def test_a_text_that_is_no_statement_is_refused() -> None:
    with pytest.raises(ValueError, match="no statement of a trace"):
        said("hello")


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda trace: trace.pop("scale"), id="without the constants"),
        pytest.param(lambda trace: trace.update(schema="backcause.trace/2"), id="another version"),
        pytest.param(lambda trace: trace.update(comment="hello"), id="a key that was not agreed"),
        pytest.param(lambda trace: trace["trace"][0]["says"][0].update(amount="10"), id="an amount as text"),
        pytest.param(lambda trace: trace["decision"].update(reason="luck"), id="a reason nobody knows"),
        pytest.param(lambda trace: trace["explanations"][0].pop("claims"), id="an explanation without claims"),
        pytest.param(lambda trace: trace["words"][0].update(how="guessed"), id="a word from nowhere"),
    ],
)
def test_a_damaged_trace_is_refused(damage: Callable[[dict[str, Any]], object]) -> None:
    trace = deepcopy(of_small("chain"))
    damage(trace)
    assert faults(trace)
