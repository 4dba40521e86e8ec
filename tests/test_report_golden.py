"""Whole reports, traces and proofs of small cases, compared with texts that somebody has read."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.cohort.run import ArrayEvaluator
from engine.explain import how, why_not
from engine.questioning.change_reading import read_changes
from engine.questioning.fragile import fragile
from engine.questioning.goals import goal_of
from engine.questioning.repairs import repairs
from engine.questioning.telling import difference_told, fragile_told
from engine.questioning.telling_repairs import repairs_told
from engine.questioning.what_if import what_if
from reports.proofs import proof_text
from reports.trace_view import trace_text
from tests.conftest import Golden
from tests.reporting import inferred, reasoner, report, small

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("empty", id="an empty case asks for the complaint"),
        pytest.param("open", id="a thin case names what would tell"),
        pytest.param("child", id="a person out of scope is turned elsewhere"),
        pytest.param("stop", id="an emergency comes first and gives no plan"),
        pytest.param("chain", id="a chain is told from cause to plan"),
    ],
)
def test_report_as_text(name: str, golden: Golden) -> None:
    golden(report(name, "text"), GOLDEN / f"report-{name}.txt")


def test_report_as_markdown(golden: Golden) -> None:
    golden(report("chain", "md"), GOLDEN / "report-chain.md.txt")


@pytest.mark.parametrize("name", [pytest.param("stop", id="safety first"), pytest.param("chain", id="every phase")])
def test_trace(name: str, golden: Golden) -> None:
    golden(trace_text(inferred(name), small(name), reasoner().kb) + "\n", GOLDEN / f"trace-{name}.txt")


def test_how_goes_down_to_answers_and_sources(golden: Golden) -> None:
    proof = how(("calf_weakness", "left"), inferred("chain"), reasoner().kb)
    golden(proof_text(proof, small("chain"), reasoner().kb) + "\n", GOLDEN / "how-chain.txt")


@pytest.mark.parametrize(
    ("name", "target"),
    [
        pytest.param("conclusion", ("node", "s1_radiculopathy", "left"), id="a conclusion that was not reached"),
        pytest.param("rule", ("rule", "RFCE001"), id="a rule that did not fire"),
    ],
)
def test_why_not_names_what_failed_and_what_was_not_asked(name: str, target: tuple[str, ...], golden: Golden) -> None:
    proof = why_not(target, inferred("chain"), reasoner().kb)
    golden(proof_text(proof, small("chain"), reasoner().kb) + "\n", GOLDEN / f"why-not-{name}.txt")


@pytest.mark.parametrize(
    ("name", "case", "target"),
    [
        pytest.param("present", "chain", ("node", "s1_radiculopathy", "left"), id="what would make a conclusion present"),
        pytest.param("stopped", "stop", ("node", "calf_weakness", "left"), id="a flag in the way"),
    ],
)
def test_why_not_ends_with_what_would_change_it(name: str, case: str, target: tuple[str, ...], golden: Golden) -> None:
    kb, found, evaluator = reasoner().kb, inferred(case), ArrayEvaluator(reasoner().kb)
    goal = goal_of(target, found, kb)
    assert goal
    told = repairs_told(repairs(goal, small(case), evaluator), small(case), found, evaluator)
    golden(proof_text(told, small(case), kb) + "\n", GOLDEN / f"repairs-{name}.txt")


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        pytest.param("strong", ["heel_rise.left=24", "ankle_sprain.left.years_ago=0.5"], id="what falls and what stands"),
        pytest.param("flag", ["saddle_numbness=yes", "-back_tight"], id="a flag that comes up"),
        pytest.param("nothing", ["heel_rise.left=9"], id="nothing that matters"),
    ],
)
def test_what_if_tells_what_falls_stands_and_is_new(name: str, changes: list[str], golden: Golden) -> None:
    told = difference_told(what_if(small("chain"), read_changes(changes, small("chain"), reasoner().kb), reasoner(), inferred("chain")))
    golden(proof_text(told, small("chain"), reasoner().kb) + "\n", GOLDEN / f"what-if-{name}.txt")


def test_fragile_names_the_test_to_repeat(golden: Golden) -> None:
    told = fragile_told(fragile(small("chain"), ArrayEvaluator(reasoner().kb), pairs=True), small("chain"), reasoner().kb)
    golden(proof_text(told, small("chain"), reasoner().kb) + "\n", GOLDEN / "fragile-chain.txt")
