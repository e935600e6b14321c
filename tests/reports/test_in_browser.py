"""The page in a real browser: accessible, silent, and readable on a telephone."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from simulation.language.catalogue import LANGUAGES
from simulation.trace.log import Trace
from tests.fixtures.by_hand import HEADER, evening
from tests.reports.test_page import goals_of, hostile, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = {
    **{f"evening-{language}": page_of(evening(), language, goals=goals_of()) for language in LANGUAGES},
    **{f"nothing-{language}": page_of(Trace(HEADER, ()), language, {}) for language in LANGUAGES},
    "hostile": page_of(hostile('"><script>document.title = "taken"</script><img src="https://example.org/x">' + "W" * 3000)),
}

if not CHROMIUM and not os.environ.get("CI"):
    pytest.skip("no Chromium here; install the package `chromium` to run these tests", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=PAGES)
def opened(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Page, list[str]]]:
    """Open a page from disk, on a wide screen, with all parts unfolded; note every request and every complaint."""
    path = tmp_path / "report.html"
    path.write_text(PAGES[request.param], encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    notes: list[str] = []
    page.on("console", lambda message: notes.append(message.text))
    page.on("pageerror", lambda error: notes.append(str(error)))
    page.on("request", lambda wanted: notes.append(wanted.url) if wanted.url != path.as_uri() else None)
    page.goto(path.as_uri())
    for folded in page.locator("summary").all():
        folded.click()
    yield page, notes
    page.close()


def test_no_barriers(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    violations = Axe().run(page, options=options).response["violations"]
    assert [(item["id"], [node["html"][:200] for node in item["nodes"]]) for item in violations] == []


def test_nothing_leaves_and_nothing_complains(opened: tuple[Page, list[str]]) -> None:
    page, notes = opened
    assert notes == []
    assert page.title() != "taken"


def test_the_style_sheet_is_allowed(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    assert page.locator("header").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(15, 47, 87)"


def test_a_narrow_screen_needs_no_sideways_scrolling(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_keyboard_reaches_the_content(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    page.evaluate("window.scrollTo(0, 0)")
    page.locator("body").evaluate("node => node.ownerDocument.activeElement.blur()")
    assert page.locator("a.skip").get_attribute("href") == "#content"
    page.locator("a.skip").focus()
    box = page.locator("a.skip").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["height"] >= 24
