"""What all tests share: expected texts in files, rewritten with `pytest --update-golden`; nothing kept between runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowledge.kept_files import OFF, VARIABLE
from tests.browser import lacking, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Golden = Callable[[str, Path], None]

os.environ[VARIABLE] = OFF
"""No test reads or writes the cache of whoever runs it, nor does a process that a test starts."""


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


@pytest.fixture
def kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own, not made yet."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser; the test is skipped, with one sentence, where there is none."""
    if absent := lacking():
        pytest.skip(absent)
    with opened() as one:
        yield one
