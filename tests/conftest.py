"""What all tests share: expected texts in files, rewritten with `pytest --update-golden`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Golden = Callable[[str, Path], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """One option: write what came out instead of comparing it. Read the diff before you trust it."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the files with expected texts; then read the diff")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Holds a text against a file, byte for byte."""

    def hold(text: str, file: Path) -> None:
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.is_file(), f"{file.name} is missing; pytest --update-golden writes it"
        assert text == file.read_text(encoding="utf-8")

    return hold
