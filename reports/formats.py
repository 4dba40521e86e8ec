"""One view, several formats: each has its environment, its way to clean texts, and its template; jinja2 is hidden here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from reports.escaping import cleaned, css_text, markdown, plain
from reports.kept_templates import kept_templates
from reports.layout import bullet, heading, paragraph, row
from reports.pictures.palette import PALETTES
from reports.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Format:
    """How the names of its templates end, whether it is HTML, and how its texts are made harmless."""

    ending: str
    html: bool
    clean: Callable[[str], str]


TEMPLATED: Mapping[str, Format] = {
    "text": Format("txt.j2", False, plain),
    "md": Format("md.j2", False, markdown),
    "html": Format("html.j2", True, plain),
    "yaml": Format("yaml.j2", False, plain),
}


def fill(name: str, stem: str, view: object) -> str:
    """A document in a templated format, ending in one newline; `stem` names its templates."""
    form = TEMPLATED[name]
    return _tidy(environment(form.html).get_template(f"{stem}.{form.ending}").render(r=cleaned(view, form.clean)))


def fill_pdf(stem: str, view: object) -> bytes:
    """A document as PDF. Raises NoTypesetterError when the extra `pdf` is not installed."""
    from reports.pictures.standing_alone import drawing  # it fills templates of its own, by this module

    return typeset(stem, cleaned(view, plain), drawing)


def fill_text(template: str, view: object) -> str:
    """Any other view as plain text through its own template, ending in one newline."""
    return _tidy(environment(False).get_template(template).render(r=cleaned(view, plain)))


def fill_cohort(name: str, view: object) -> str:
    """The page on many people, as text or as HTML, ending in one newline."""
    html = TEMPLATED[name].html
    template = "cohort.html.j2" if html else "cohort.txt.j2"
    return _tidy(environment(html).get_template(template).render(r=cleaned(view, plain)))


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


@cache
def environment(html: bool) -> Environment:
    """Templates of reports; what is missing is an error, and in HTML everything is escaped."""
    env = Environment(
        loader=PackageLoader("reports"), undefined=StrictUndefined, autoescape=html, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=False, bytecode_cache=kept_templates("html" if html else "text"),
    )
    env.globals.update(palettes=PALETTES, rules_only=False)
    env.filters.update(paragraph=paragraph, bullet=bullet, heading=heading, row=row, css_text=css_text)
    return env
