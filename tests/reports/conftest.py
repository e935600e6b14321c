"""A browser, and in it the evening by hand with a clock that runs only when told to."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.fixtures.by_hand import evening
from tests.reports.browsing import listened, written
from tests.reports.test_page import page_of

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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM and not os.environ.get("CI"):
        pytest.skip("no Chromium here; install the package `chromium` to run these tests")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def played(browser: Browser, tmp_path: Path) -> Iterator[tuple[Page, list[str]]]:
    """Open the evening by hand from disk, with a clock that runs only when told to; note all requests and complaints."""
    page, notes = listened(browser)
    page.clock.install(time=0)
    page.goto(written(page_of(evening(), "en"), tmp_path))
    page.clock.pause_at(1000)
    page.clock.run_for(100)
    yield page, notes
    page.close()
