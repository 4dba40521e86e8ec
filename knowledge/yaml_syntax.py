"""What an author did where a file can't be read as YAML: the parser's words turned into a place, a sentence and a hint.

The parser names the spot where it gave up and its own tokens. Authors need the spot where they must change
something, so the text around is looked at too: a tab, a value that needs quotes, a bracket opened further up.
"""

from __future__ import annotations

import re
import unicodedata

from knowledge.problems import Place, Problem, short

Spot = tuple[int, int]
"""Line and column, counted from 1."""

_UNSEEN = re.compile("[^\t\n\r -~\u00a0-\u200a\u200c-\u2027\u202a-\u205f\u2061-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ODD_SPACE = re.compile("(?m)^[ -]*([\u00a0\u2007\u202f\u3000])")
_KEY_ONLY = re.compile(r"\s*(- )*[^:#'\"]*")
_LONGEST_KEY = 1024
_COLON = "put quotes around text that has a colon in it"
_COLUMNS = "line up the keys of one unit in one column, and put a space after every colon"


def unseen_characters(text: str, shown: str) -> list[Problem]:
    """A problem for the first character that no editor shows and YAML can't hold, or that only looks like a space or nothing."""
    match = _UNSEEN.search(text) or _ODD_SPACE.search(text)
    if match is None:
        return []
    before, char = text[: match.end() - 1], match[0][-1]
    place = Place(shown, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    name = unicodedata.name(char, "a control character").lower()
    says = f"a character that is not seen stands here (U+{ord(char):04X}, {name})"
    return [Problem(place, "KB004", says, "delete it; such characters come along when text is copied from elsewhere")]


def explain(raw: str, text: str, failed: Spot | None, opened: Spot | None) -> tuple[Spot, str, str]:
    """The spot to change, what is wrong there, and what to write; `raw` is what the parser said."""
    at = failed or opened or (1, 1)
    line = _line(text, at[0])
    char = line[at[1] - 1 : at[1]]
    before = line[: at[1] - 1]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return (at[0], line.index("\t") + 1), "a tab stands here", "indent with spaces; set your editor to write spaces for a tab"
    if "cannot start any token" in raw:
        return at, *_begins_with(line[at[1] - 1 :])
    if "comment or line break" in raw and opened:
        return opened, *_begins_with(line[opened[1] - 1 :])
    if "mapping values" in raw:
        return _colon(before, at)
    if "mapping keys" in raw:
        return at, *_begins_with(line[at[1] - 1 :])
    if "':'" in raw:
        hint = "write 'key: value'; a text that goes on from the line above stands further to the right"
        return opened or at, "this line has no colon", hint
    if "end of stream" in raw:
        return opened or at, "the quote that opens here is never closed", "close it, or write '' for a quote inside quotes"
    if "escape character" in raw:
        return at, "a backslash inside double quotes", "use single quotes: '...'"
    if "directive" in raw:
        return (at[0], 1), *_begins_with(line)
    return _structure(raw, char, before, at, opened, text)


def _begins_with(rest: str) -> tuple[str, str]:
    value = re.split(r"[,\]}]", rest)[0].strip()
    return f"a value cannot begin with {value[:1] or 'this character'}", f"put it in quotes: '{short(value)}'"


def _colon(before: str, at: Spot) -> tuple[Spot, str, str]:
    if at[1] > _LONGEST_KEY:
        return (at[0], 1), f"the text before the first colon is longer than {_LONGEST_KEY} characters", _COLON
    if _KEY_ONLY.fullmatch(before):
        return (at[0], len(before) - len(before.lstrip()) + 1), "this line does not fit under the line above it", _COLUMNS
    return at, "a second colon on this line", _COLON


def _structure(raw: str, char: str, before: str, at: Spot, opened: Spot | None, text: str) -> tuple[Spot, str, str]:
    bracket = _char(text, opened)
    if "',' or" in raw and opened:
        says = f"the {bracket} opened at line {opened[0]}, column {opened[1]} is not closed before this"
        return at, says, "close every [ with ] and every { with }, and put a comma between its parts"
    if char and char in "]}":
        return at, f"this {char} closes nothing", "take it out, or open it further up"
    if char == ",":
        return at, "nothing stands before this comma", "write the missing part, or take the comma out"
    if char == ":":
        return at, "nothing stands before this colon", "write 'key: value'"
    if before.rstrip()[-1:] in ("'", '"') and before.strip():
        return at, "text goes on after a closing quote", "write '' for a quote inside single quotes"
    if "'-' indicator" in raw:
        hint = "start every unit with '- ' in one column and write its other keys two further right"
        return at, "this line does not fit into the list of units", hint
    return at, "this line does not fit under the lines above it", _COLUMNS


def _line(text: str, number: int) -> str:
    lines = text.splitlines()
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _char(text: str, spot: Spot | None) -> str:
    return _line(text, spot[0])[spot[1] - 1 : spot[1]] if spot else ""
