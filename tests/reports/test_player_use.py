"""The player in use: by keyboard, by pointer, without either, on paper, and in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulation import read_map, show_evening
from simulation.errors import MapError
from simulation.language.catalogue import LANGUAGES, text
from simulation.trace.log import Trace
from simulation.trace.why import causal_chain
from tests.fixtures.by_hand import HEADER, evening, street_map
from tests.reports.browsing import barriers, written
from tests.reports.player_page import SEEK, now, press, records, seek, told, without
from tests.reports.test_page import page_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PINKS = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] === 140 && data[at + 1] === 13 && data[at + 2] === 95) {
      return [(at / 4 % canvas.width) / canvas.width, Math.floor(at / 4 / canvas.width) / canvas.height];
    }
  }
  return [-1, -1];
}"""
"""Finds the first dot in the colour of a suspect, as shares of the width and the height."""


def test_keys_do_everything(played: tuple[Page, list[str]]) -> None:
    page, notes = played
    page.locator("[data-do=play]").focus()
    press(page, " ")
    page.clock.run_for(1000)
    press(page, " ")
    assert "19:30:50" <= now(page) <= "19:31:20"

    page.locator(".ground-map").focus()
    press(page, "n")
    assert now(page) == "19:35:00"
    assert page.locator(".aloud").inner_text() == page.locator(".caption").inner_text()
    press(page, "n", "n", "n", "p")
    calling = next(record for record in records() if record.kind == "call")
    assert page.locator(".events [aria-selected=true]").all_inner_texts() == [told(calling)]
    press(page, "ArrowRight", "ArrowRight", "ArrowLeft")
    assert now(page) == "19:35:35"

    ground = page.locator(".ground-map canvas").first
    pictures = [ground.evaluate("canvas => canvas.toDataURL()")]
    for key in ("+", "Shift+ArrowRight", "Shift+ArrowDown", "-", "0"):
        press(page, key)
        pictures.append(ground.evaluate("canvas => canvas.toDataURL()"))
    assert len(set(pictures)) == 5
    assert pictures[0] == pictures[-1]

    page.locator(".events").focus()
    press(page, "End", "ArrowUp", "ArrowDown", "Home", "End")
    assert now(page) == "20:30:00"
    press(page, "ArrowUp", "ArrowUp", "ArrowUp", "w")
    found = next(record for record in records() if record.kind == "found")
    assert page.locator(".chain h4").inner_text() == f"Why? {told(found)}"
    steps = page.locator(".chain li").all_inner_texts()
    links = causal_chain(evening(), found.id).links
    assert len(steps) == len(links)
    assert steps[-1].startswith(told(found))
    assert page.evaluate("document.activeElement.className") == "chain"
    press(page, "w")
    assert page.locator(".chain").is_hidden()

    page.locator("[data-set=follow]").focus()
    press(page, "ArrowDown")
    assert page.locator(".followed").inner_text().startswith("the suspect")
    page.locator("[data-layer=people]").focus()
    press(page, " ")
    assert not page.locator("[data-layer=people]").is_checked()
    assert notes == []


def test_tab_reaches_every_control_in_order(played: tuple[Page, list[str]]) -> None:
    page, _ = played
    page.locator("[data-do=play]").focus()
    reached = []
    for _ in range(24):
        reached.append(page.evaluate("Object.values(document.activeElement.dataset)[0] ?? document.activeElement.className"))
        page.keyboard.press("Tab")
    wanted = ["play", "back", "next", "speed", "follow", "time", "ground-map", "closer", "farther", "whole"]
    wanted += ["west", "east", "north", "south", "events", "why", "buildings", "homes", "people", "marks", "calls", "messages"]
    assert [name for name in reached if name in wanted] == wanted


def test_the_map_follows_somebody_when_it_is_near(played: tuple[Page, list[str]]) -> None:
    page, _ = played
    without(page, "marks", "calls", "messages")
    page.locator("[data-set=follow]").select_option(label="the suspect")
    for _ in range(4):
        page.locator("[data-do=closer]").click()
    places = []
    for time_ms in (10_000, 200_000, 500_000):
        seek(page, time_ms)
        places.append(page.locator(".ground-map canvas").nth(2).evaluate(PINKS))
    assert all(0.1 < x < 0.9 and 0.1 < y < 0.9 for x, y in places)


def test_who_is_clicked_on_is_followed_and_a_drag_only_moves_the_map(played: tuple[Page, list[str]]) -> None:
    page, _ = played
    seek(page, 150_000)  # the suspect is at (50, 0)
    page.locator(".ground-map").scroll_into_view_if_needed()
    box = page.locator(".ground-map").bounding_box()
    assert box
    scale = min(box["width"] / 360, box["height"] / 160)
    x, y = box["x"] + box["width"] / 2 - 100 * scale, box["y"] + box["height"] / 2 + 50 * scale
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y)
    page.mouse.up()
    page.clock.run_for(50)
    assert page.locator(".followed").inner_text() == text("en", "player.live.nobody")
    page.mouse.click(x + 40, y)
    page.clock.run_for(50)
    assert page.locator(".followed").inner_text() == "the suspect: Dorpsstraat"
    assert page.locator("[data-set=follow]").input_value() == "6"


def test_two_fingers_drag_and_enlarge_the_map_and_one_leaves_it_to_the_page(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(has_touch=True)
    page = context.new_page()
    page.goto(written(page_of(evening(), "en"), tmp_path))
    ground, fingers = page.locator(".ground-map"), context.new_cdp_session(page)
    page.locator("[data-set=time]").evaluate(SEEK, 510_000)  # the suspect is at (150, 0), below the middle
    ground.scroll_into_view_if_needed()
    box = ground.bounding_box()
    assert box

    def suspect() -> tuple[float, float]:
        """Say where the suspect is drawn, from the middle of the map."""
        page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        x, y = page.locator(".ground-map canvas").nth(2).evaluate(PINKS)
        return (x - 0.5) * box["width"], (y - 0.5) * box["height"]

    def touch(*moves: list[tuple[float, float]]) -> None:
        """Touch the map at points around its middle."""
        for kind, points in (("touchStart", moves[0]), *(("touchMove", move) for move in moves[1:]), ("touchEnd", [])):
            spots = [{"x": box["x"] + box["width"] / 2 + x, "y": box["y"] + box["height"] / 2 + y} for x, y in points]
            fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    x, y = suspect()
    touch([(0, 0)], [(60, 0)])
    assert suspect() == (x, y)
    touch([(-50, 0), (50, 0)], [(-70, -30), (30, -30)])
    assert suspect() == pytest.approx((x - 20, y - 30), abs=2)
    touch([(-50, 0), (50, 0)], [(-70, 0), (70, 0)])
    assert suspect() == pytest.approx((1.4 * (x - 20), 1.4 * (y - 30)), abs=5)
    context.close()


def test_keys_in_the_table_of_the_structure_are_its_own(played: tuple[Page, list[str]]) -> None:
    page, _ = played
    seek(page, 12_000)
    page.locator(".channels-text summary").press("Enter")
    page.locator(".channels-text .scroll").focus()
    press(page, "ArrowRight", "ArrowLeft", "ArrowLeft")
    assert now(page) == "19:30:12"
    press(page, "n")
    assert now(page) == "19:35:00"


def test_the_structure_beside_the_map_shows_every_moment(played: tuple[Page, list[str]]) -> None:
    page, _ = played
    seek(page, 12_000)
    page.clock.run_for(1_100)
    assert page.locator(".channels-now").inner_text().startswith("19:30:12: ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_barriers_while_it_is_used(browser: Browser, language: str) -> None:
    page = browser.new_page()
    page.set_content(page_of(evening(), language))
    page.locator(".events [role=option]").nth(5).click()
    page.locator("[data-do=why]").click()
    assert barriers(page, ".player") == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = page.locator(".player :is(button, select, input, .events li):visible").evaluate_all(
        "nodes => nodes.map((node) => node.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height))"
    )
    assert min(sizes) >= 24
    page.close()


def test_without_javascript_the_page_says_so_and_stays_whole(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(page_of(evening(), "nl"))
    assert page.get_by_text(text("nl", "player.off")).is_visible()
    assert page.locator(".player .stage").is_hidden()
    assert page.locator("svg.map").is_visible()
    assert page.locator(".timeline").is_visible()
    context.close()


def test_the_answer_to_why_gives_the_focus_back_and_capitals_are_keys_too(played: tuple[Page, list[str]]) -> None:
    page, _ = played
    page.locator(".events").focus()
    press(page, "N", "N")
    chosen = now(page)
    press(page, "W")
    assert page.locator("#player-chain").is_visible()
    press(page, "w")
    assert page.evaluate("document.activeElement.className") == "events"
    press(page, "P")
    assert now(page) <= chosen


def test_the_slider_tells_the_moment_it_was_put_to_while_the_evening_plays(played: tuple[Page, list[str]]) -> None:
    page, _ = played
    page.locator("[data-do=play]").click()
    page.clock.run_for(100)
    seek(page, 1_200_000)
    assert page.locator("[data-set=time]").get_attribute("aria-valuetext") == "19:50:00"


def test_paper_gets_no_controls(played: tuple[Page, list[str]]) -> None:
    page, _ = played
    page.emulate_media(media="print")
    assert page.locator("table[data-csv=happenings]").is_visible()
    assert page.locator(".player .stage").is_hidden()
    assert page.get_by_text(text("en", "player.off")).is_visible()


def test_paper_has_what_is_open_and_says_that_more_may_be_folded(played: tuple[Page, list[str]]) -> None:
    page, _ = played
    page.locator("details:has(table[data-csv=reach]) > summary").press("Enter")
    assert page.get_by_text(text("en", "page.on_paper")).is_hidden()
    page.emulate_media(media="print")
    assert page.get_by_text(text("en", "page.on_paper")).is_visible()
    assert page.locator("table[data-csv=reach]").is_visible()
    assert page.locator("details:has(table[data-csv=messages]) > summary").is_hidden()
    assert page.get_by_text(text("en", "chart.intro")).is_hidden()


def test_a_notebook_shows_the_same_player(browser: Browser) -> None:
    shown = show_evening(evening(), street_map(), "en")
    page = browser.new_page()
    notes: list[str] = []
    page.on("console", lambda message: notes.append(message.text))
    page.set_content(shown._repr_html_())
    frame = page.frame_locator("iframe")
    frame.locator("[data-do=next]").click()
    frame.locator(".events [aria-selected=true]").wait_for()
    assert frame.locator(".events [role=option]").all_inner_texts() == [told(record) for record in records()]
    assert page.locator("iframe").get_attribute("sandbox") == "allow-scripts"
    assert frame.locator("a[href]").count() == 0  # a frame without an address of its own is left by any link
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    box = frame.locator(".ground-map").bounding_box()
    assert box
    assert box["y"] + box["height"] < 600
    assert repr(shown) == "ShownEvening('Oefening')"
    assert notes == []
    page.close()


def test_a_notebook_finds_the_map_that_comes_along_and_takes_no_other() -> None:
    with pytest.raises(MapError, match="a map that does not come along, 'Bedachte buurt' with digest 0123abcd"):
        show_evening(evening())
    shipped = read_map("wijk.map")
    with pytest.raises(MapError, match=f"its digest is {shipped.digest}, that of the evening's map 0123abcd"):
        show_evening(evening(), shipped)
    there = Trace(HEADER | {"map": shipped.digest}, ())
    assert show_evening(there, language="en").page == show_evening(there, shipped, "en").page
