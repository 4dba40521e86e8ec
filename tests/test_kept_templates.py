"""Compiled templates from the cache fill to the same text, and are compiled anew once a template or the code differs."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from knowledge.kept_files import OFF, VARIABLE
from reports.kept_templates import KeptTemplates, kept_templates

GREETING = {"greeting": "{% for name in names %}Hello {{ name }}.\n{% endfor %}"}
NAMES = ("Anna", "Bo<b>")


def filled(kind: str, texts: dict[str, str] = GREETING, **options: bool) -> str:
    """A template through an environment of its own, as another run would have it."""
    env = Environment(loader=DictLoader(texts), bytecode_cache=KeptTemplates(kind), **options)
    return env.get_template("greeting").render(names=NAMES)


def kept_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_nothing_is_kept_when_it_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, OFF)
    assert kept_templates("text") is None


def test_a_template_is_compiled_once_and_fills_to_the_same(kept_here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = filled("text")
    assert first == "Hello Anna.\nHello Bo<b>.\n"
    assert len(kept_in(kept_here)) == 1
    monkeypatch.delattr(Environment, "compile")
    assert filled("text") == first


def test_another_text_and_another_kind_are_kept_apart(kept_here: Path) -> None:
    assert filled("text", {"greeting": "Bye"}) == "Bye"
    assert filled("text") == "Hello Anna.\nHello Bo<b>.\n"
    assert filled("html", autoescape=True) == "Hello Anna.\nHello Bo&lt;b&gt;.\n"
    assert len(kept_in(kept_here)) == 3


def test_a_damaged_one_is_compiled_anew(kept_here: Path) -> None:
    first = filled("text")
    file = next(kept_here.iterdir())
    whole = file.read_bytes()
    file.write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:])
    assert filled("text") == first
    assert file.read_bytes() == whole


def test_one_that_anybody_could_have_written_is_compiled_anew(kept_here: Path) -> None:
    first = filled("text")
    file = next(kept_here.iterdir())
    file.chmod(0o666)
    assert filled("text") == first
    assert file.stat().st_mode & 0o777 == 0o600
