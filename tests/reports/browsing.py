"""A page in Chromium: listened to, and looked at for barriers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def listened(browser: Browser, width: int = 1280) -> tuple[Page, list[str]]:
    """Give an empty page, and a list that gets every complaint and every address that is asked for besides that of a file."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    notes: list[str] = []
    page.on("console", lambda message: notes.append(message.text))
    page.on("pageerror", lambda error: notes.append(str(error)))
    page.on("request", lambda wanted: notes.append(wanted.url) if not wanted.url.startswith(("file:", "data:")) else None)
    return page, notes


def written(html: str, folder: Path) -> str:
    """Write a page to disk; give its address."""
    path = folder / "report.html"
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


def barriers(page: Page, context: str | None = None) -> list[tuple[str, list[str]]]:
    """Give what axe finds, on the whole page or in a part of it: rules, and where they are broken."""
    found = Axe().run(page, context=context, options=RULES).response["violations"]
    return [(item["id"], [node["html"][:200] for node in item["nodes"]]) for item in found]
