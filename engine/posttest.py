"""Likelihood arithmetic: what a test result makes of a probability."""

from __future__ import annotations


def post_test(pre: float, lr: float) -> float:
    """The probability after a result with likelihood ratio `lr`, from the probability `pre` before it.

    Odds are multiplied: odds = p / (1 - p), and back. `pre` is the share of people like this one who have the condition;
    with another share the same test means something else. A ratio of 1 tells nothing; 0 and 1 stay what they are.
    """
    if not 0 <= pre <= 1 or not lr >= 0:
        raise ValueError(f"a probability lies between 0 and 1 and a ratio is not negative: {pre}, {lr}")
    return pre * lr / (pre * lr + 1 - pre) if pre < 1 else 1.0
