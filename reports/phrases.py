"""Sentences and words of reports, looked up in templates/phrases.j2; no sentence for a reader stands in Python."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.environment import TemplateModule

from reports.kept_templates import kept_templates


@cache
def _phrases() -> TemplateModule:
    # nothing is escaped here: this is plain text, and each format escapes it in its own way
    env = Environment(
        loader=PackageLoader("reports"), undefined=StrictUndefined, autoescape=False, trim_blocks=True,
        bytecode_cache=kept_templates("phrases"),
    )
    return env.get_template("phrases.j2").module


def say(name: str, /, **about: object) -> str:
    """The sentence of that name, filled; one line of plain text."""
    macro = getattr(_phrases(), name)
    return " ".join(str(macro(**about)).split())


def knows(name: str) -> bool:
    """Whether there is a sentence of that name."""
    return callable(getattr(_phrases(), name, None))


def word(table: str, code: str) -> str:
    """The reader's word for a code; a code without one is shown with spaces for its underscores."""
    words: Mapping[str, str] = getattr(_phrases(), table)
    return words.get(code, code.replace("_", " "))


def words_of(table: str) -> Mapping[str, str]:
    """A whole table of words."""
    words: Mapping[str, str] = getattr(_phrases(), table)
    return words
