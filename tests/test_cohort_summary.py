"""How well known causes were found: sums that merge in any order, shares with their interval, a definition of right that is honest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.cohort.summary import POOLED, Share, Summary, found_how

NAN = float("nan")
BLANK: dict[str, object] = {
    "true_kind": "chain", "true_cause": "sprain", "true_side": "left", "outcome": "undetermined", "cause1": None, "side1": None,
    "score1": NAN, "cause2": None, "cause3": None, "driver": None, "claim": None, "margin": NAN, "error": None,
}


def row(**told: object) -> dict[str, object]:
    return {**BLANK, **told}


def columns(rows: list[dict[str, object]]) -> dict[str, list[object]]:
    return {name: [one[name] for one in rows] for name in BLANK}


KINDS = st.sampled_from(["chain", "local", "referral", "undetermined"])
CAUSES = st.sampled_from(["sprain", "calf", "disc"])
NAMES = st.sampled_from(["sprain", "calf", "disc", None])
ROWS = st.lists(
    st.fixed_dictionaries({}, optional={
        "true_kind": KINDS, "true_cause": CAUSES, "outcome": KINDS, "driver": NAMES, "cause2": NAMES,
        "margin": st.integers(-30, 300).map(float),
    }).flatmap(lambda told: st.tuples(st.just(told), NAMES, st.integers(-50, 400))).map(
        lambda three: row(**three[0], **({"cause1": three[1], "score1": float(three[2]), "claim": "possible"} if three[1] else {})),
    ), max_size=30,
)


@pytest.mark.parametrize(
    ("told", "how"),
    [
        pytest.param({}, "no", id="nothing is named"),
        pytest.param({"cause1": "disc", "cause2": "calf"}, "no", id="others are named"),
        pytest.param({"true_kind": "undetermined", "cause1": "disc", "outcome": "local"}, "no", id="nothing is known"),
        pytest.param({"true_kind": "referral", "cause1": "sprain", "outcome": "chain"}, "no", id="a serious condition is not referred"),
        pytest.param({"cause1": "sprain"}, "first", id="the cause is named first"),
        pytest.param({"cause1": "disc", "driver": "sprain"}, "driver", id="the cause is what would be treated"),
        pytest.param({"cause1": "disc", "cause3": "sprain"}, "three", id="the cause is named third"),
        pytest.param({"true_kind": "referral", "outcome": "referral"}, "first", id="a serious condition is referred"),
        pytest.param({"true_kind": "undetermined"}, "first", id="nothing is known and nothing leads"),
    ],
)
def test_when_a_cause_counts_as_found(told: dict[str, object], how: str) -> None:
    assert found_how(row(**told)) == how


@given(rows=ROWS, cut=st.integers(0, 30))
@settings(max_examples=60, deadline=None)
def test_batches_merge_to_the_same_sums_wherever_they_are_cut(rows: list[dict[str, object]], cut: int) -> None:
    whole = Summary().add(columns(rows))
    first, second = Summary().add(columns(rows[:cut])), Summary().add(columns(rows[cut:]))
    assert second.merge(first) == whole


@given(rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_everyone_stands_in_each_table_once(rows: list[dict[str, object]]) -> None:
    found = Summary().add(columns(rows))
    assert found.n == sum(found.outcomes.values()) == sum(found.hits.values())
    assert sum(map(sum, found.confusion(2)[2])) == sum(found.causes.values())
    assert sum(found.causes.values()) == sum(one["true_kind"] in ("chain", "local") for one in rows)
    assert found.missed_serious().n + found.referred_in_vain().n == found.n
    named = sum(one["cause1"] is not None and one["true_kind"] != "referral" for one in rows)
    assert sum(share.n for _, share in found.calibration("scores")) == named


@given(n=st.integers(1, 10_000), data=st.data())
def test_the_interval_holds_its_share(n: int, data: st.DataObject) -> None:
    share = Share(data.draw(st.integers(0, n)), n)
    low, high = share.interval
    assert 0 <= low <= share.value + 1e-12
    assert share.value - 1e-12 <= high <= 1


def test_the_interval_of_wilson_as_published() -> None:
    low, high = Share(15, 148).interval  # Newcombe 1998, table I: 0.0624 to 0.1605
    assert (round(low, 4), round(high, 4)) == (0.0624, 0.1605)


def test_a_row_with_an_error_is_counted_and_nothing_else_of_it() -> None:
    found = Summary().add(columns([row(error="age: 440 is out of range"), row()]))
    assert (found.n, found.errors, sum(found.outcomes.values())) == (2, 1, 1)


def test_bins_are_named_by_their_numbers_and_the_rest_is_pooled() -> None:
    rows = [row(cause1="sprain", score1=score, claim="tested", margin=5.0) for score in (-5.0, 0.0, 19.0, 20.0, 500.0)]
    found = Summary().add(columns([*rows, row(true_cause="disc", cause1="calf", score1=0.0, claim="possible")]))
    assert [name for name, _ in found.calibration("scores")] == ["below 0", "0 to 19", "20 to 39", "200 or more"]
    assert found.calibration("scores")[1][1] == Share(2, 3)
    assert found.calibration("claims") == [("possible", Share(0, 1)), ("tested", Share(5, 5))]
    assert found.confusion(1) == (["sprain", POOLED], ["sprain", POOLED], [[5, 0], [0, 1]])
