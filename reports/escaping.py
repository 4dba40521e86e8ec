"""What a case or a pack brings, made harmless: control characters go, and each format's own markup becomes plain text.

Views hold plain text; a whole view is cleaned in one step just before a template sees it, so nothing can be forgotten.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

T = TypeVar("T")
_KEPT_MARKS = "\u200c\u200d"  # joiners: they hold letters of some scripts and many emoji together
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])|\x9b[0-?]*[ -/]*[@-~]")
_MARKDOWN = re.compile(r"([\\`*_\[\]#|~$!{}@])")
_BLOCK_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_LINKED = re.compile(r"(?i)(:)(?=//)|(?<=www)(\.)")


class Code(str):
    """A word of the program: compared by templates, used for classes and anchors, never escaped."""

    __slots__ = ()


class Url(str):
    """An address that may stand in a link."""

    __slots__ = ()


def link_target(address: str) -> Url:
    """The address when it is plain http or https, else nothing: no other scheme may become a link."""
    harmless = re.fullmatch(r"https?://[^\s\"'<>`\\^{|}\x00-\x20\x7f-\x9f]+", address) and address.isprintable()
    return Url(address.replace("(", "%28").replace(")", "%29") if harmless else "")


def plain(text: str) -> str:
    """Text on one line without control, direction or invisible characters."""
    if text.isprintable():  # then none of these is in it
        return " ".join(text.split())
    spaced = "".join(_harmless(char) for char in _ANSI.sub("", text))
    return " ".join(spaced.split())


def _harmless(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in ("Zl", "Zp") or char in "\t\n\r\x0b\x0c\x85":
        return " "
    if kind == "Cs":
        return "\ufffd"
    return "" if kind == "Cc" or (kind == "Cf" and char not in _KEPT_MARKS) else char


def markdown(text: str) -> str:
    """Text in which Markdown, and the HTML it lets through, find nothing to act on."""
    escaped = _MARKDOWN.sub(r"\\\1", plain(text))
    escaped = _LINKED.sub(lambda match: "\\" + match[0], escaped)
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BLOCK_START.sub(_no_block, escaped)


def _no_block(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}\\" if match[2].isdigit() else f"{match[1]}\\{match[2]}"


def css_text(text: str) -> str:
    """A text as a string of a style sheet, every character but plain letters, numbers and spaces as its code (whose end is a space)."""
    return '"' + "".join(char if char.isascii() and (char.isalnum() or char == " ") else f"\\{ord(char):06x} " for char in text) + '"'


def cleaned(value: T, clean: Callable[[str], str]) -> T:
    """The same view with every text in it cleaned; codes, addresses and numbers stay as they are."""
    if isinstance(value, str):
        return value if isinstance(value, (Code, Url)) else cast(T, clean(value))
    if isinstance(value, tuple):
        return cast(T, tuple(cleaned(one, clean) for one in value))
    if is_dataclass(value) and not isinstance(value, type):
        return cast(T, replace(value, **{one.name: cleaned(getattr(value, one.name), clean) for one in fields(value)}))
    return value
