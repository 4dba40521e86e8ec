"""Tables of people: columns by name, bad cells as error rows, and the same conclusions as for each person alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from cohort.case_rows import row_of
from engine.cohort.people import conclude
from engine.cohort.run import ArrayEvaluator
from engine.cohort.table import encode, read_columns
from engine.result import Inference
from tests.shipped import case, every_case, inferred, reasoner


@cache
def arrays() -> ArrayEvaluator:
    return ArrayEvaluator(reasoner().kb, reasoner().readers)


def concluded(rows: Sequence[dict[str, object]]) -> dict[str, Any]:
    names = sorted({name for row in rows for name in row})
    columns, wrong = read_columns(names, arrays().layout)
    assert wrong == []
    return conclude(arrays(), columns, {name: encode([row.get(name) for row in rows]) for name in names}, len(rows))


@cache
def shipped() -> dict[str, Any]:
    return concluded([row_of(case(name)) for name in every_case()])


@pytest.mark.parametrize("name", every_case())
def test_a_row_of_a_table_is_concluded_as_the_case_is(name: str) -> None:
    found, out, row = inferred(name), shipped(), every_case().index(name)
    assert (out["case"][row], out["error"][row]) == (case(name).id, None)
    assert (out["outcome"][row], out["urgency"][row]) == (found.outcome, found.urgency)
    assert causes(out, row) == [(one.cause, one.score) for one in found.explanations[:3]]
    assert (out["driver"][row], out["driver_side"][row]) == driver(found)
    assert out["claim"][row] == (found.explanations[0].claim if found.explanations else None)
    assert whole(out["margin"][row]) == found.margin
    assert sorted((out["red_flags"][row] or "").split()) == sorted({flag.rule for flag in found.red_flags})


def causes(out: dict[str, Any], row: int) -> list[tuple[tuple[str, str], int]]:
    places = [place for place in (1, 2, 3) if out[f"cause{place}"][row]]
    return [((out[f"cause{place}"][row], out[f"side{place}"][row]), int(out[f"score{place}"][row])) for place in places]


def driver(found: Inference) -> tuple[str | None, str | None]:
    if not found.explanations:
        return None, None
    return found.explanations[0].driver or found.explanations[0].cause


def whole(number: float) -> int | None:
    return None if math.isnan(number) else int(number)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        pytest.param("heel_rise.left", "", id="a finding with its side"),
        pytest.param("ankle_sprain.unstated.years_ago", "", id="a detail of an answer whose side was not told"),
        pytest.param("activities.2.psfs", "", id="a part of the second own activity"),
        pytest.param("true_cause", "", id="a column that is only carried through"),
        pytest.param("heelrise.left", "did you mean", id="a finding that does not exist"),
        pytest.param("heel_rise", "needs a side", id="a side that is missing"),
        pytest.param("age.left", "has no sides", id="a side where there is none"),
        pytest.param("tried_core.sets", "carries no 'sets'", id="a detail that does not exist"),
        pytest.param("activities.psfs", "write 'activities.1", id="an own activity without its number"),
    ],
)
def test_the_name_of_a_column(name: str, says: str) -> None:
    wrong = read_columns([name], arrays().layout)[1]
    assert bool(wrong) == bool(says)
    assert not says or says in wrong[0]


def test_a_bad_cell_makes_an_error_row_and_spoils_no_other() -> None:
    good: dict[str, object] = {"case": "good", "age": 44, "heel_rise.left": 8, "sex": "male", "pain_where": "low_back"}
    out = concluded([good, {**good, "case": "bad", "age": 440, "sex": "masculine"}, {**good, "case": "again"}])
    assert out["error"].tolist()[::2] == [None, None]
    assert "age: 440 is out of range" in out["error"][1]
    assert "sex: 'masculine' is no answer" in out["error"][1]
    assert out["outcome"][1] is None
    assert out["outcome"][0] == out["outcome"][2]


def test_empty_cells_were_not_asked_and_unknown_is_not_no() -> None:
    rows: list[dict[str, object]] = [
        {"case": "blank", "fever": None}, {"case": "unknown", "fever": "unknown"}, {"case": "no", "fever": "no"},
    ]
    out = concluded(rows)
    assert out["urgency"].tolist() == ["none"] * 3
    assert out["outcome"].tolist() == ["undetermined"] * 3
