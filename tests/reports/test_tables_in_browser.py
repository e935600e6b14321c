"""The tables of a page can be copied and downloaded: by keyboard, whole, and as harmless files."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulation.language.catalogue import text
from simulation.reports.scripts import script_of
from tests.fixtures.by_hand import evening
from tests.reports.browsing import written
from tests.reports.test_page import goals_of, hostile, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CELLS = {
    '=HYPERLINK("x")': '\'=HYPERLINK("x")',
    "+1+1": "'+1+1",
    "+1|cmd": "'+1|cmd",
    "-1 SUM(A1)": "'-1 SUM(A1)",
    "-2 sum(a1)": "'-2 sum(a1)",
    "-12,5": "-12,5",
    "+3": "+3",
    "-5%": "-5%",
    "+30,4 procentpunt (+27,6 tot +33,3) *": "+30,4 procentpunt (+27,6 tot +33,3) *",
    "+0.8 min (– to –)": "+0.8 min (– to –)",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1+1": "'=1+1",
    'a "b", c': 'a "b", c',
    "één; twee": "één; twee",
    "regel 1\nregel 2": "regel 1 regel 2",
    "<b>": "<b>",
}
"""What cells show, and what a file holds of it."""

WORDS = (
    '<div id="table-words" hidden data-download="D" data-copy="C" data-copied="ok" data-failed="no" '
    'data-of="{button}: {name}"></div>'
)


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Open the page of the evening by hand, in Dutch."""
    opened = browser.new_page()
    opened.goto(written(page_of(evening(), "nl", goals=goals_of()), tmp_path))
    yield opened
    opened.close()


def downloaded(page: Page, name: str) -> list[list[str]]:
    """Press the button of a table and read the file that comes."""
    with page.expect_download() as waiting:
        page.locator(f'.table-tools:has(+ table[data-csv="{name}"]) button').first.press("Enter")
    assert waiting.value.suggested_filename == f"{name}.csv"
    content = Path(waiting.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_table_that_names_a_file_has_named_buttons(page: Page) -> None:
    tables = page.locator("table[data-csv]").count()
    names = page.locator(".table-tools button").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert tables == page.locator("table:not(.player table)").count() >= 9
    assert len(names) == len(set(names)) == 2 * tables
    assert f"{text('nl', 'table.download')}: {text('nl', 'page.measures')}" in names


def test_a_table_is_downloaded_whole(page: Page) -> None:
    rows = downloaded(page, "measures")
    shown = page.locator('table[data-csv="measures"] tr').count()
    assert len(rows) == shown
    assert {len(row) for row in rows} == {2}
    assert rows[0] == [text("nl", "page.measure"), text("nl", "page.value")]
    label, meaning = (text("nl", f"measure.found_at_s.{part}") for part in ("label", "meaning"))
    assert [f"{label} – {meaning}", "19:40:50"] in rows


def test_a_folded_table_is_downloaded_too(page: Page) -> None:
    page.locator('details:has(table[data-csv="reach"]) summary').click()
    rows = downloaded(page, "reach")
    assert rows[-1] == ["20:30:00", "0%", "0%", "40%"]


def test_no_cell_becomes_a_formula(browser: Browser, tmp_path: Path) -> None:
    rows = "".join("<tr><td></td></tr>" for _ in CELLS)
    script = f"{script_of('tables')}tablesModule.startTables();"
    html = f'<meta charset="utf-8"><table data-csv="x">{rows}</table>{WORDS}<script>{script}</script>'
    page = browser.new_page()
    page.goto(written(html, tmp_path))
    for cell, words in zip(page.locator("td").all(), CELLS, strict=True):
        cell.evaluate("(node, words) => { node.textContent = words; }", words)
    assert [row[0] for row in downloaded(page, "x")] == list(CELLS.values())
    page.close()


def test_a_table_is_copied_for_a_spreadsheet(browser: Browser, tmp_path: Path) -> None:
    address = written(page_of(evening(), "en"), tmp_path)
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address)
    page.locator("summary", has_text=text("en", "page.map_table")).press("Enter")
    tools = page.locator('.table-tools:has(+ table[data-csv="happenings"])')
    tools.locator("button").nth(1).press("Space")
    tools.get_by_role("status").get_by_text(text("en", "table.copied")).wait_for()
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0] == "No.\tTime\tWhat"
    assert len(lines) == 5
    context.close()


def test_a_page_whose_script_does_not_run_has_no_dead_buttons(browser: Browser, tmp_path: Path) -> None:
    address = written(page_of(evening(), "nl"), tmp_path)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("button:visible").count() == 0
    assert page.locator("table").count() > 0
    context.close()


def test_hostile_names_stay_text_in_buttons(browser: Browser, tmp_path: Path) -> None:
    words = '"><img src=x onerror=alert(1)>$&'
    address = written(page_of(hostile(words), "nl"), tmp_path)
    page = browser.new_page()
    notes: list[str] = []
    page.on("dialog", lambda dialog: notes.append(dialog.message))
    page.on("pageerror", lambda error: notes.append(str(error)))
    page.goto(address)
    assert page.locator(".table-tools img").count() == 0
    assert notes == []
    page.close()


def test_a_browser_shows_every_chart(page: Page) -> None:
    sizes = page.locator(".chart img").evaluate_all("all => all.map(one => [one.complete, one.naturalWidth, one.alt.length])")
    assert len(sizes) == 4
    assert all(complete and width > 300 and words > 40 for complete, width, words in sizes)
