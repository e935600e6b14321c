"""The pages in a real browser: accessible, silent, whole, and readable on a telephone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from simulation.language.catalogue import LANGUAGES
from simulation.trace.log import Trace
from tests.experiments.test_comparison import by_hand
from tests.fixtures.by_hand import HEADER, evening
from tests.reports import test_comparison_page as comparison
from tests.reports.browsing import barriers, listened, written
from tests.reports.test_page import goals_of, hostile, named, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

ATTACK = '"><script>document.title = "taken"</script><img src="https://example.org/x">'
PAGES = {
    **{f"evening-{language}": partial(page_of, evening(), language, goals=goals_of()) for language in LANGUAGES},
    **{f"nothing-{language}": partial(page_of, Trace(HEADER, ()), language, {}) for language in LANGUAGES},
    "hostile": partial(page_of, hostile(ATTACK + "W" * 3000), on=named(ATTACK)),
    **{f"comparison-{language}": partial(comparison.page, language) for language in LANGUAGES},
    "comparison-nothing": partial(comparison.page_of, by_hand({"calls": [[None] * 4] * 3}), "nl"),
    "comparison-hostile": partial(comparison.hostile_page, ATTACK + "W" * 900),
}
SMALL = "all => all.filter(one => one.getBoundingClientRect().height < 24).map(one => one.textContent)"
"""Finds what is too small for a finger."""


@pytest.fixture(params=PAGES)
def opened(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Page, list[str]]]:
    """Open a page from disk, on a wide screen, with all parts unfolded; note every request and every complaint."""
    page, notes = listened(browser)
    page.goto(written(PAGES[request.param](), tmp_path))
    for folded in page.locator("summary:visible").all():
        folded.click()
    yield page, notes
    page.close()


def test_no_barriers(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    assert barriers(page) == []


def test_it_is_silent_and_whole_and_fits_a_narrow_screen(opened: tuple[Page, list[str]]) -> None:
    page, notes = opened
    assert page.title() != "taken"
    assert page.locator("header").evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(15, 47, 87)"
    assert all(page.locator("img").evaluate_all("all => all.map(one => one.complete && one.naturalWidth > 0)"))
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("summary:visible, button:visible, .across a").evaluate_all(SMALL) == []
    assert notes == []


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
