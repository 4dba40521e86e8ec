"""Who holds: the two questions asked of every mask, thousands of times a batch, without numpy's Python wrappers around them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def rows_of(held: NDArray[Any]) -> NDArray[np.int64]:
    """The places, in order, where a column holds (or is not 0)."""
    return held.nonzero()[0]


def anybody(held: NDArray[Any]) -> bool:
    """Whether a column holds (or is not 0) anywhere."""
    return bool(np.count_nonzero(held))
