"""Colours of pictures: enough contrast for WCAG 2.2 AA in light, dark and print, reckoned and not judged by eye."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from reports.pictures.palette import LIGHT, PALETTES

TEXTS = [
    *(("ink", ground) for ground in ("paper", "card", "skin", "cloth", "accent-wash")),
    *(("soft", ground) for ground in ("paper", "card", "accent-wash")),
    *((sign, ground) for sign in ("accent", "alarm", "watch") for ground in ("paper", "card")),
    ("paper", "accent"), ("paper", "alarm"),
]
"""Words and the ground they stand on."""
LINES = [
    *((line, ground) for line in ("accent", "alarm", "edge") for ground in ("paper", "card", "skin", "cloth")),
    ("watch", "paper"), ("watch", "card"), ("outline", "paper"), ("ink", "accent-wash"),
]
"""Lines and shapes that carry meaning, and what they are drawn on."""


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("word", "ground"), TEXTS)
def test_words_can_be_read(name: str, word: str, ground: str) -> None:
    assert contrast(PALETTES[name][word], PALETTES[name][ground]) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("line", "ground"), LINES)
def test_lines_can_be_seen(name: str, line: str, ground: str) -> None:
    assert contrast(PALETTES[name][line], PALETTES[name][ground]) >= 3


def test_every_palette_has_the_same_names() -> None:
    assert len({frozenset(palette) for palette in PALETTES.values()}) == 1


def test_every_colour_used_is_in_the_palette() -> None:
    style = (files("reports") / "templates" / "pictures" / "pictures.css.j2").read_text(encoding="utf-8")
    assert set(re.findall(r"var\(--([\w-]+)\)", style)) <= set(LIGHT)
