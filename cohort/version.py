"""Which program made a result."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def program_version() -> str:
    """The version of this program as it is installed."""
    try:
        return version("backcause")
    except PackageNotFoundError:
        return "not installed"
