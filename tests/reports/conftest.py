"""A browser, and in it the evening by hand with a clock that runs only when told to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.fixtures.by_hand import evening
from tests.reports.test_page import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from tests.reports.test_in_browser import CHROMIUM, FLAGS  # skips where there is no Chromium

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def played(browser: Browser, tmp_path: Path) -> Iterator[tuple[Page, list[str]]]:
    """Open the evening by hand from disk, with a clock that runs only when told to; note all requests and complaints."""
    path = tmp_path / "report.html"
    path.write_text(page_of(evening(), "en"), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    notes: list[str] = []
    page.on("console", lambda message: notes.append(message.text))
    page.on("pageerror", lambda error: notes.append(str(error)))
    page.on("request", lambda wanted: notes.append(wanted.url) if wanted.url != path.as_uri() else None)
    page.clock.install(time=0)
    page.goto(path.as_uri())
    page.clock.pause_at(1000)
    page.clock.run_for(100)
    yield page, notes
    page.close()
