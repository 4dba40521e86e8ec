"""experta as it comes: its own network and agenda under the same productions."""

from __future__ import annotations

from typing import Any

from engine.forward import ForwardEngine

_EXPERTA: Any = ForwardEngine.__base__


class StockEngine(ForwardEngine):
    """Our recording of firings on experta's own matcher and strategy. Its agenda keeps cancelled activations, so results can be wrong."""

    __matcher__ = _EXPERTA.__matcher__
    __strategy__ = _EXPERTA.__strategy__
