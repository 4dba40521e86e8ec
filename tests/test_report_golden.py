"""Whole reports, traces and proofs of small cases, compared with texts that somebody has read."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.explain import how, why_not
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
