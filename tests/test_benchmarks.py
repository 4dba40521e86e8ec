"""The benchmarks run and tell what they found. No time is asserted: only what is said about times, and that nothing is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import PARTS, main, run_parts
from benchmarks.cold import libraries
from benchmarks.goals import GOALS
from benchmarks.measuring import Part, Table, case_table, interleaved, three_digits
from benchmarks.page import SECTIONS, render
from benchmarks.people import People, cases_of
from benchmarks.plain import PlainLoop
from benchmarks.setting import QUICK, Setting, spread, worlds
from benchmarks.stock import StockEngine
from engine.case_reading import read_case
from engine.cohort.run import ArrayEvaluator
from engine.cohort.table import read_block, read_columns
from engine.evidence import EVIDENCE, EvidenceRun
from engine.valuation import valuate
from tests.conftest import Golden
from tests.shipped import case, reasoner
from tests.tiny_pack import TINY, tiny

FIXED = {
    "consult": Part((Table(("what", "ms"), (("CLIPS", "2.80"), ("a|b", "1")), "Said below."),), {"untraced": 0.0149, "traced": 0.03}),
    "explain": Part((), {"explained": 0.0501}),
    "cold": Part(problem="This part failed: RuntimeError: `cli.py --help` ended with 2"),
    "cohort": Part(
        (Table(("knowledge", "rows"), (("1 x", "1,000"), ("5 x", "failed: no memory"))),), {"rows": 50_000.0, "times_clips": 99.9},
    ),
}


def test_a_page_of_fixed_figures_reads_so(golden: Golden) -> None:
    golden(render(FIXED, " --full", "It ran on paper."), Path(__file__).parent / "golden" / "performance.md")


def test_every_part_has_its_section_and_every_goal_its_part() -> None:
    assert list(PARTS) == [one.name for one in SECTIONS]
    assert {goal.part for goal in GOALS} <= set(PARTS)


def test_the_quick_run_measures_every_engine_on_a_small_knowledge_base(tmp_path: Path) -> None:
    pytest.importorskip("clips", reason="clipspy is not installed: pip install clipspy")
    page = tmp_path / "page.md"
    names = ("consult", "stock", "explain", "build", "cohort")
    assert main(["--quick", "--base", str(TINY), "-o", str(page), *(f"--only={name}" for name in names)]) == 0
    text = page.read_text(encoding="utf-8")
    wanted = ("CLIPS |", "stock experta |", "plain loop |", "arrays with one row |", "report as html |", "1 x | 10,000 |", "0 of 30 |")
    assert [one for one in wanted if one not in text] == []
    assert text.count("Not run.") == len(PARTS) - len(names)


def test_a_part_that_fails_is_told_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Setting) -> Part:
        raise OSError("no\nroom")

    monkeypatch.setattr("benchmarks.__main__.PARTS", {"stock": fails, "consult": lambda _: FIXED["consult"]})
    *_, found = run_parts(Setting(tiny(), (), QUICK), ["stock", "consult"])
    assert found == {"stock": Part(problem="This part failed: OSError: no room"), "consult": FIXED["consult"]}


def test_tasks_take_turns_after_one_run_that_is_not_counted() -> None:
    order: list[str] = []
    interleaved({name: lambda name=name: order.append(name) for name in "ab"}, 2)
    assert "".join(order) == "ab" + "abab"


def test_ratios_are_taken_case_by_case() -> None:
    """The median of ratios, not the ratio of medians: 2, 2 and 10 times as long."""
    table = case_table({"one": [1.0, 5.0, 0.1], "other": [2.0, 10.0, 1.0]}, "one")
    assert [row[:3] for row in table.rows] == [("one", "1", "1,000"), ("other", "2.00", "2,000")]


@pytest.mark.parametrize(
    ("value", "text"), [(1234.5, "1,234"), (123.45, "123"), (12.345, "12.3"), (1.2345, "1.23"), (0.012345, "0.0123"), (0.0, "0.0000")],
)
def test_figures_have_three_digits(value: float, text: str) -> None:
    assert three_digits(value) == text


def test_import_times_are_added_up_by_library() -> None:
    told = "import time: self [us] | cumulative | imported package\nimport time:  1000 |  1000 |     yaml.nodes\n"
    told += "import time:  2000 |  3000 |   yaml\nimport time:  1000 |  4000 | numpy\na warning\n"
    table = libraries(told)
    assert table.rows == (("yaml", "75%", "3.00"), ("numpy", "25%", "1.00"))


def test_a_few_of_many_are_spread_over_all() -> None:
    assert (spread(list(range(10)), 3), spread([1, 2], 3)) == ([0, 3, 6], [1, 2])


def test_rows_are_the_same_people_as_cases() -> None:
    """What CLIPS is given, one by one, is what the arrays read from the table."""
    evaluator = ArrayEvaluator(tiny())
    cells = People(tiny()).rows(0, 60)
    columns, wrong = read_columns(cells, evaluator.layout)
    stated = evaluator.run(read_block(columns, cells, 60, evaluator.layout).stated)
    alone = evaluator.of_cases([world for one in cases_of(cells, range(60), evaluator.layout) for world in worlds(one)[:1]])
    assert wrong == []
    assert {n: s.tolist() for n, s in stated.states.amount.items()} == {n: s.tolist() for n, s in alone.states.amount.items()}
    assert any(any(sums) for sums in stated.states.amount.values())


@pytest.mark.parametrize("name", ["article-ankle", "b04_stenosis_f"])
def test_the_plain_loop_finds_the_rules_that_fire(name: str) -> None:
    valuation = valuate(case(name).in_world("left"), reasoner().kb)
    evidence = EvidenceRun(reasoner().kb).run(valuation)
    states = {node: status.state for node, status in evidence.statuses.items()}
    fired = {(one.rule.split("/")[0], dict(one.bindings).get("side", "none")) for one in evidence.fired if not one.rule.endswith("/no")}
    assert PlainLoop(reasoner().kb).fired(valuation, states) == fired


def test_stock_experta_runs_the_same_productions() -> None:
    """On a small base its agenda stays short, and it is right."""
    valuation = valuate(worlds(read_case(TINY / "cases" / "chain.yaml", tiny()))[0], tiny())
    ours, stock = EvidenceRun(tiny()), EvidenceRun(tiny(), StockEngine)
    assert {rule.verb for rule in stock.rules} <= {*EVIDENCE, "claims"}
    assert ours.run(valuation).statuses == stock.run(valuation).statuses
