"""A real browser for tests about pages: Chromium of the machine, driven by playwright, with the accessibility rules of axe.

    def test_my_page(browser: Browser) -> None:      # the fixture of tests/conftest.py; skips when something is absent
        assert not violations(browser, html)
"""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
"""What axe is asked to hold a page against: WCAG up to 2.2 at level AA, and common practice."""


def lacking() -> str:
    """One sentence that names what is absent; nothing when pages can be opened."""
    if importlib.util.find_spec("playwright") is None or importlib.util.find_spec("axe_playwright_python") is None:
        return "playwright and axe-playwright-python are not installed; the extra 'test' brings them"
    return "" if _program() else "no Chromium is on the path; pages are not opened"


def _program() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def opened() -> Iterator[Browser]:
    """The browser, closed at the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_program(), args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def showing(browser: Browser, html: str, width: int = 1200, dark: bool = False, printed: bool = False) -> Iterator[Page]:
    """A page in a window that wide; nothing may be fetched from anywhere, and that is asserted."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", offline=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.emulate_media(media="print" if printed else "screen", color_scheme="dark" if dark else "light")
        page.set_content(html)
        yield page
        assert not [url for url in asked if not url.startswith(("about:", "data:"))]
    finally:
        page.close()


def violations(browser: Browser, html: str, width: int = 1200, dark: bool = False) -> list[str]:
    """What axe finds wrong in a page: the rule, what it says, and the first element it is about."""
    import axe_playwright_python

    axe = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    with showing(browser, html, width, dark) as page:
        page.evaluate(axe)
        found: dict[str, Any] = page.evaluate("rules => axe.run(rules)", RULES)
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]
