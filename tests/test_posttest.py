"""What a test result makes of a probability."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.posttest import post_test

PROBABILITIES = st.floats(0.001, 0.999)
RATIOS = st.floats(0.01, 100)


@pytest.mark.parametrize(
    ("pre", "lr", "expected"),
    [
        pytest.param(0.2, 1, 20, id="a ratio of one tells nothing"),
        pytest.param(0, 50, 0, id="what nobody has stays impossible"),
        pytest.param(1, 0.01, 100, id="what everyone has stays certain"),
        pytest.param(0.2, 0, 0, id="a ratio of nought excludes"),
        pytest.param(0.2, 3.2, 44, id="sacroiliac tests positive where one in five has it"),
        pytest.param(0.2, 0.29, 7, id="sacroiliac tests negative where one in five has it"),
        pytest.param(0.02, 3.2, 6, id="the same positive tests where one in fifty has it"),
        pytest.param(0.5, 4.6, 82, id="four items of a narrow canal at even odds"),
    ],
)
def test_post_test_in_percent(pre: float, lr: float, expected: int) -> None:
    assert round(post_test(pre, lr) * 100) == expected


@pytest.mark.parametrize(
    ("pre", "lr"),
    [
        pytest.param(-0.1, 2, id="a probability below nought"),
        pytest.param(20, 3.2, id="a probability in percent"),
        pytest.param(0.2, -1, id="a negative ratio"),
        pytest.param(0.2, float("nan"), id="a ratio that is no number"),
    ],
)
def test_what_is_no_probability_or_ratio_is_refused(pre: float, lr: float) -> None:
    with pytest.raises(ValueError, match="probability"):
        post_test(pre, lr)


@given(PROBABILITIES, RATIOS)
def test_a_ratio_and_its_inverse_cancel(pre: float, lr: float) -> None:
    assert post_test(post_test(pre, lr), 1 / lr) == pytest.approx(pre)


@given(PROBABILITIES, RATIOS, RATIOS)
def test_ratios_multiply_in_any_order(pre: float, one: float, two: float) -> None:
    assert post_test(post_test(pre, one), two) == pytest.approx(post_test(pre, one * two))
    assert post_test(post_test(pre, two), one) == pytest.approx(post_test(pre, one * two))


@given(PROBABILITIES, RATIOS)
def test_a_ratio_above_one_raises_and_one_below_lowers(pre: float, lr: float) -> None:
    after = post_test(pre, lr)
    assert 0 <= after <= 1
    assert (after >= pre) if lr >= 1 else (after <= pre)
