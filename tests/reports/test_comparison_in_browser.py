"""The page of a comparison in a real browser: accessible, silent, readable on a telephone, and it leads to its evenings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from simulation.language.catalogue import LANGUAGES
from tests.experiments.test_comparison import by_hand
from tests.reports.test_comparison_page import hostile_page, page, page_of
from tests.reports.test_in_browser import CHROMIUM, FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PAGES = {
    **{f"played-{language}": lambda language=language: page(language) for language in LANGUAGES},
    "nothing": lambda: page_of(by_hand({"calls": [[None] * 4] * 3}), "nl"),
    "hostile": lambda: hostile_page(
        '"><script>document.title = "taken"</script><img src="https://example.org/x">' + "W" * 900
    ),
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
    path.write_text(PAGES[request.param](), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    notes: list[str] = []
    page.on("console", lambda message: notes.append(message.text))
    page.on("pageerror", lambda error: notes.append(str(error)))
    page.on("request", lambda asked: notes.append(asked.url) if not asked.url.startswith((path.as_uri(), "data:")) else None)
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


def test_it_is_silent_and_whole_and_fits_a_narrow_screen(opened: tuple[Page, list[str]]) -> None:
    page, notes = opened
    assert page.title() != "taken"
    assert all(page.locator("img").evaluate_all("all => all.map(one => one.complete && one.naturalWidth > 0)"))
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    short = "all => all.filter(one => one.getBoundingClientRect().height < 24).map(one => one.textContent)"
    assert page.locator("summary, .across a").evaluate_all(short) == []
    assert notes == []
