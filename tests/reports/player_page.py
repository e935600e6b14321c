"""What the tests of the player ask of its page, and what the evening by hand says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.language.forms import clock
from simulation.trace.names import Names
from simulation.trace.why_words import record_words
from tests.fixtures.by_hand import HEADER, evening

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from simulation.trace.records import Record

SEEK = """(box, time) => { box.value = time; box.dispatchEvent(new Event("input")); }"""
DOT = """(canvas, [x, y]) => [...canvas.getContext("2d").getImageData(x, y, 1, 1).data]"""

PINK, BROWN, GREEN = [140, 13, 95, 255], [122, 62, 0, 255], [11, 93, 30, 255]
"""Colours of a suspect, of somebody who searches, and of a finding."""

SETTING = {"evening", "residents", "channel", "route"}
"""Kinds of the evening by hand that are no events."""


def seek(page: Page, time_ms: float) -> None:
    """Scrub to a moment and wait for its picture."""
    page.locator("[data-set=time]").evaluate(SEEK, time_ms)
    page.clock.run_for(50)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        page.clock.run_for(50)


def now(page: Page) -> str:
    return page.locator(".player .now").inner_text()


def records() -> list[Record]:
    """Give the events of the evening by hand in order of time."""
    return sorted((record for record in evening().records if record.kind not in SETTING), key=lambda record: record.time_us)


def told(record: Record, language: str = "en") -> str:
    words = record_words(evening(), record, Names(evening(), language), language)
    return f"{clock(str(HEADER['start']), record.time_s)} {words}"


def place_on(way: Record, time_s: float) -> tuple[float, float]:
    """Say where somebody is on a way, straight from its points."""
    t_s, x_m, y_m = (way.data[name] for name in ("t_s", "x_m", "y_m"))
    leg = max(index for index in range(len(t_s) - 1) if t_s[index] <= time_s)
    part = (time_s - t_s[leg]) / (t_s[leg + 1] - t_s[leg])
    x, y = (line[leg] + part * (line[leg + 1] - line[leg]) for line in (x_m, y_m))
    return x, y


def dot(page: Page, place: tuple[float, float], right: float = 0.0, down: float = 0.0) -> list[int]:
    """Give the colour of what moves on the map at a place, or some pixels beside it, while the whole map is seen.

    The whole map is its 300 by 100 m of streets with 30 m around, as large as fits, in the middle.
    """
    width, height = page.locator(".ground-map").evaluate("node => [node.clientWidth, node.clientHeight]")
    scale = min(width / 360, height / 160)
    x, y = (place[0] - 150) * scale + width / 2, (50 - place[1]) * scale + height / 2
    colour: list[int] = page.locator(".ground-map canvas").nth(2).evaluate(DOT, [int(x + right), int(y + down)])
    return colour


def without(page: Page, *layers: str) -> None:
    for layer in layers:
        page.locator(f"[data-layer={layer}]").uncheck()
