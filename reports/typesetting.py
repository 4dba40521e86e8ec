"""PDF by typst, hidden here: a template that is a file, and data as JSON, so that no text of a case is ever read as markup."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

MISSING = "a PDF needs the extra 'pdf': install backcause[pdf]"
_FONTS = (("font_source_sans_pro", "files"), ("manimgx_fonts", ""))


Draw = Callable[[object], Mapping[str, object] | None]
"""What a part of a view is as a picture (`svg`, `alt`); None for anything else."""


class NoTypesetterError(Exception):
    """typst or its fonts are not installed; the message says which extra brings them."""


def typeset(stem: str, view: object, draw: Draw = lambda _: None) -> bytes:
    """The PDF of a view through `templates/STEM.typ`: tagged (PDF/UA-1), and the same bytes for the same view.

    The template reads the view as `json(bytes(sys.inputs.view))`, fields by name; what `draw` makes a picture of stands there as
    `{svg, alt}`. The lines of `common.typ` (fonts, tables, chips) stand before it. Raises NoTypesetterError without the extra.
    """
    try:
        import typst
    except ImportError:
        raise NoTypesetterError(MISSING) from None
    made = typst.compile(
        _template(stem), font_paths=_fonts(), sys_inputs={"view": json.dumps(as_data(view, draw))}, format="pdf",
        pdf_standards=["ua-1"], timestamp=0,
    )
    assert isinstance(made, bytes)  # one document in one format
    return made


def as_data(value: object, draw: Draw = lambda _: None) -> object:
    """A view as JSON types: dataclasses as objects by field name, tuples as arrays, what can be drawn as a picture."""
    picture = draw(value)
    if picture is not None:
        return picture
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: as_data(getattr(value, one.name), draw) for one in fields(value)}
    if isinstance(value, tuple):
        return [as_data(one, draw) for one in value]
    return value


def _template(stem: str) -> bytes:
    folder = files("reports") / "templates"
    return (folder / "common.typ").read_bytes() + (folder / f"{stem}.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """The fonts of the extra and none of the machine, so that a PDF is the same everywhere."""
    import typst

    folders = []
    for package, inside in _FONTS:
        spec = find_spec(package)
        if spec is None or not spec.origin:
            raise NoTypesetterError(MISSING)
        folders.append(Path(spec.origin).parent / inside)
    return typst.Fonts(include_system_fonts=False, font_paths=list(folders))
