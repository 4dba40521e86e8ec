"""PDF by typst: any text comes out, characters without a font as their codes, and the same view gives the same bytes."""

from __future__ import annotations

import builtins
import io
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.escaping import plain
from reports.typesetting import MISSING, NoTypesetterError, in_codes, typeset, typeset_source
from tests.budget import examples

SOURCE = b'#import "common.typ": *\n#show: sheet.with(title: "x", left: [#view], right: [of two])\n= Title\n#view'
pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")


def read(made: bytes) -> str:
    """The text of a PDF."""
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("heel rises", "heel rises", id="plain words as they are"),
        pytest.param("#set [x] $y$ *z* _a_ `b` @c <d> \\ // /*", "#set [x] $y$ *z* _a_ `b` @c <d> \\ // /*", id="markup of typst as text"),
        pytest.param("\u22125 → ≠ ½ “so” … ≤", "\u22125 → ≠ ½ “so” … ≤", id="signs that reports use"),
        pytest.param("家 with 日", "[U+5BB6] with [U+65E5]", id="characters without a font as codes, the rest as it was"),
        pytest.param("a\U0010fffd\U0010fffcb", "a[U+10FFFD][U+10FFFC]b", id="private characters as codes"),
    ],
)
def test_text_comes_out(text: str, shown: str) -> None:
    assert shown in " ".join(read(typeset_source(SOURCE, text)).split())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("العربية שלום", id="scripts from right to left"),
        pytest.param("สวัสดี हिन्दी ქართული", id="other scripts"),
        pytest.param("👣 👨‍👩‍👧 🦶🏽 ✓ ☃", id="emoji, joined ones too"),
        pytest.param("e\u0335\u0489 \u0301x ﷺ", id="marks that stand alone"),
    ],
)
def test_scripts_the_fonts_have_are_no_codes(text: str) -> None:
    assert "U+" not in read(typeset_source(SOURCE, text))


@examples(60)
@given(st.text(max_size=30))
def test_no_text_stops_a_document(text: str) -> None:
    assert typeset_source(SOURCE, plain(text)).startswith(b"%PDF")


def test_same_view_same_bytes_and_tagged() -> None:
    made = typeset_source(SOURCE, "heel rises 家")
    assert made == typeset_source(SOURCE, "heel rises 家")
    root = pypdf.PdfReader(io.BytesIO(made)).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"


def test_codes_are_written_in_every_text_and_nowhere_else() -> None:
    assert in_codes({"家": ["家x", 3, None, True]}, ["家"]) == {"家": ["[U+5BB6]x", 3, None, True]}


def test_absent_extra_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> ModuleType:
        if name == "typst":
            raise ImportError(name)
        return shipped(name, *rest, **more)  # type: ignore[arg-type]  # handed through as it came

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(NoTypesetterError, match=f"^{MISSING.replace('[', '.').replace(']', '.')}$"):
        typeset("report", "x")
