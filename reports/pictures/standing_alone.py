"""Pictures as files of their own, for printed pages and programs that know no custom properties, media queries or page around them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reports.escaping import cleaned, plain
from reports.formats import environment
from reports.pictures.bars import Bars
from reports.pictures.body import BodyMap
from reports.pictures.chain import Picture
from reports.pictures.palette import PRINT
from reports.pictures.stairs import Stairs

Drawn = BodyMap | Bars | Stairs | Picture
MACROS: Mapping[type[Drawn], tuple[str, str]] = {
    BodyMap: ("body", "body_map"), Bars: ("bars", "bars"), Stairs: ("stairs", "stairs"), Picture: ("chain", "picture_svg"),
}
"""For each kind of picture its template and macro."""


def drawing(value: object) -> Mapping[str, object] | None:
    """A picture for a PDF, with what it shows in words; None for what is none."""
    if not isinstance(value, Drawn):
        return None
    return {"svg": standalone(value), "alt": f"{value.title}. {value.description}", "width": value.width, "height": value.height}


def standalone(view: Drawn) -> str:
    """The picture as an SVG document with its own colours, those of print."""
    file, macro = MACROS[type(view)]
    shared = environment(True).get_template("pictures/pictures.css.j2").render(rules_only=True)
    style = re.sub(r"var\(--([\w-]+)\)", lambda found: PRINT[found[1]], shared)
    drawn = str(getattr(environment(True).get_template(f"pictures/{file}.svg.j2").module, macro)(cleaned(view, plain)))
    head, rest = drawn.split(">", 1)
    return f"{head}><style>{style}</style>{rest}\n"
