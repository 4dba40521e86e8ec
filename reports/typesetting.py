"""PDF by typst, hidden here: templates that are files, and data as JSON, so that no text of a case is ever read as markup.

A document is `templates/STEM.typ`. What documents share stands in `templates/common.typ`: a template begins with
`#import "common.typ": *` and `#show: sheet.with(title: .., left: .., right: ..)`; `view` holds the view, fields by name, as
dictionaries and arrays. `chip`, `level`, `banner`, `cites`, `grade`, `code`, `listing`, `rows` (a table whose head comes again)
and `picture` (an SVG with its description) are for all. Every picture and every table of data needs words for PDF/UA-1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

MISSING = "a PDF needs the extra 'pdf': install backcause[pdf]"
COMMON, MAIN = "common.typ", "main.typ"
_FONTS = (("font_source_sans_pro", "files"), ("manimgx_fonts", ""))
_UNSHOWN = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)", re.DOTALL)
_PROBE = b'#set document(title: "x", date: none)\n#set text(lang: "en")\n#json(bytes(sys.inputs.view)).join(" ")'
_LATIN = 0x250
"""Below are the letters that the first font is sure to have."""


Draw = Callable[[object], Mapping[str, object] | None]
"""What a part of a view is as a picture (`svg`, `alt`, `width`, `height`); None for anything else."""


class NoTypesetterError(Exception):
    """typst or its fonts are not installed; the message says which extra brings them."""


class UnshownError(Exception):
    """No font of the extra has `letters`."""

    def __init__(self, letters: frozenset[str], says: str) -> None:
        super().__init__(says)
        self.letters = letters


def typeset(stem: str, view: object, draw: Draw = lambda _: None) -> bytes:
    """The PDF of a view through `templates/STEM.typ`: tagged (PDF/UA-1), and the same bytes for the same view.

    What `draw` makes a picture of stands in the view as that picture. A character that no font of the extra has is printed as its
    code, `[U+65E5]`. Raises NoTypesetterError without the extra.
    """
    return typeset_source(_template(f"{stem}.typ"), as_data(view, draw))


def typeset_source(source: bytes, data: object) -> bytes:
    """As `typeset`, through a template that is handed over, with data as JSON types."""
    sources = {MAIN: source, COMMON: _template(COMMON)}
    try:
        return _compiled(sources, data)
    except UnshownError:  # seldom, so it is not looked up before which letters the fonts have
        return _with_codes(sources, in_codes(data, _unshowable(_letters(data))))


def _with_codes(sources: Mapping[str, bytes], data: object) -> bytes:
    """As `typeset`, with what is found unshown only within its text told as codes as well."""
    while True:
        try:
            return _compiled(sources, data)
        except UnshownError as error:
            told = in_codes(data, error.letters)
            if told == data:  # the letter is the template's own
                raise
            data = told


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


def in_codes(data: object, letters: Iterable[str]) -> object:
    """The same data with these characters written as their codes in every text."""
    table = str.maketrans({one: f"[U+{ord(one):04X}]" for one in letters})
    return _mapped(data, lambda text: text.translate(table))


def _mapped(data: object, change: Callable[[str], str]) -> object:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, list):
        return [_mapped(one, change) for one in data]
    return {name: _mapped(one, change) for name, one in data.items()} if isinstance(data, dict) else data


def _compiled(sources: Mapping[str, bytes], data: object) -> bytes:
    """Raises UnshownError, with the letters of the first text that no font can show."""
    try:
        import typst
    except ImportError:
        raise NoTypesetterError(MISSING) from None
    try:
        made = typst.compile(  # type: ignore[call-overload]  # its types do not know of several files, which its documentation shows
            dict(sources), font_paths=_fonts(), sys_inputs={"view": json.dumps(data)}, format="pdf", pdf_standards=["ua-1"], timestamp=0,
        )
    except typst.TypstError as error:
        if letters := _named(str(error)):
            raise UnshownError(letters, str(error)) from None
        raise
    assert isinstance(made, bytes)  # one document in one format
    return made


def _named(message: str) -> frozenset[str]:
    """The letters a message says could not be displayed; typst writes what is no letter as `\\u{301}`."""
    found = _UNSHOWN.search(message)
    text = _ESCAPED.sub(lambda one: chr(int(one[1], 16)) if one[1] else one[2], found[1]) if found else ""
    return frozenset(one for one in text if ord(one) >= _LATIN or not one.isprintable())


def _unshowable(letters: Sequence[str]) -> frozenset[str]:
    """Of these characters, those that no font has; typst names one at a time, so a line of the others is tried again."""
    unshown: frozenset[str] = frozenset()
    while True:
        try:
            _compiled({MAIN: _PROBE}, [one for one in letters if one not in unshown])
        except UnshownError as error:
            if error.letters <= unshown:
                return unshown
            unshown |= error.letters
        else:
            return unshown


def _letters(data: object) -> Sequence[str]:
    """Every character of the texts beyond the Latin ones, once."""
    return sorted(one for one in set(json.dumps(data, ensure_ascii=False)) if ord(one) >= _LATIN)


def _template(name: str) -> bytes:
    return (files("reports") / "templates" / name).read_bytes()


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
