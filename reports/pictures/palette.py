"""The colours of pictures: a table each for light, dark and print, so that a picture has its own wherever it stands.

Text and the lines that carry meaning keep the contrast that WCAG 2.2 asks at level AA on every ground they are drawn on
(4.5 to 1 for text, 3 to 1 for lines and shapes); a test reckons it.
"""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "paper": "#fcfbf8", "card": "#ffffff", "ink": "#20262b", "soft": "#566069", "edge": "#7d7768", "accent": "#17586a",
    "accent-wash": "#e5eff1", "alarm": "#9f1d1d", "watch": "#7a5200", "skin": "#f1ebe0", "cloth": "#e3e8e6", "outline": "#857d6c",
    "fold": "#b5ac9a",
}
DARK: Mapping[str, str] = {
    "paper": "#16191c", "card": "#1d2125", "ink": "#e7e4dd", "soft": "#a9b0b4", "edge": "#8a949b", "accent": "#86c5d4",
    "accent-wash": "#1d3238", "alarm": "#ffaca2", "watch": "#ecc57c", "skin": "#2b2e30", "cloth": "#26363a", "outline": "#8b9094",
    "fold": "#5d6367",
}
PRINT: Mapping[str, str] = {
    "paper": "#ffffff", "card": "#ffffff", "ink": "#000000", "soft": "#444444", "edge": "#6d6d6d", "accent": "#0f4656",
    "accent-wash": "#edf3f4", "alarm": "#8c1414", "watch": "#5e3f00", "skin": "#f6f3ed", "cloth": "#e9eded", "outline": "#77716a",
    "fold": "#b8b2a8",
}
PALETTES: Mapping[str, Mapping[str, str]] = {"light": LIGHT, "dark": DARK, "print": PRINT}
