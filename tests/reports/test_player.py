"""The player in a real browser: everybody is where the trace has him, words tell the same, and keys do everything."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from simulation import show_evening
from simulation.language.catalogue import LANGUAGES, text
from simulation.language.forms import clock
from simulation.reports.scripts import script_of
from simulation.trace.names import Names
from simulation.trace.why import causal_chain
from simulation.trace.why_words import record_words
from tests.fixtures.by_hand import HEADER, evening, street_map
from tests.reports.test_in_browser import CHROMIUM, FLAGS
from tests.reports.test_page import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from simulation.trace.records import Record

if not shutil.which(str(CHROMIUM)):
    pytest.skip("no Chromium here", allow_module_level=True)

SEEK = """(box, time) => { box.value = time; box.dispatchEvent(new Event("input")); }"""
DOT = """(canvas, [x, y]) => [...canvas.getContext("2d").getImageData(x, y, 1, 1).data]"""
PINK, BROWN = [140, 13, 95, 255], [122, 62, 0, 255]
"""Colours of a suspect and of somebody who searches."""

SETTING = {"evening", "residents", "channel", "route"}
"""Kinds of the evening by hand that are no events."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[tuple[Page, list[str]]]:
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


def test_everybody_is_on_screen_where_the_trace_has_him(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    without(page, "marks", "calls", "messages")
    walk, search = (record for record in evening().records if record.kind == "route")
    for time_s in random.Random(7).sample(range(1, 460), 20):
        seek(page, 1000 * time_s)
        assert dot(page, place_on(walk, time_s)) == PINK, time_s
        assert dot(page, place_on(walk, time_s), right=16) != PINK, time_s
    for time_s in random.Random(7).sample(range(461, 600), 20):
        seek(page, 1000 * time_s)
        # The handle of the looking glass points to the lower right of its middle.
        assert dot(page, place_on(search, time_s), right=7, down=7) == BROWN, time_s


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_events_equals_the_trace(browser: Browser, language: str) -> None:
    page = browser.new_page()
    page.set_content(page_of(evening(), language))
    assert page.locator(".events [role=option]").all_inner_texts() == [told(record, language) for record in records()]
    page.close()


@pytest.mark.parametrize(
    ("time_s", "rows"),
    [
        (0, {"messages": "1"}),
        (327, {"messages": "1", "sightings": "1", "knowing": "1", "waiting": "1"}),
        (331, {"messages": "1", "sightings": "1", "knowing": "1", "talking": "1", "answered": "1"}),
        (500, {"messages": "2", "sightings": "1", "knowing": "2", "answered": "1", "searching": "1"}),
        (3600, {"messages": "4", "sightings": "2", "knowing": "2", "answered": "1", "questions": "1", "found": "1"}),
    ],
)
def test_the_numbers_tell_the_moment(opened: tuple[Page, list[str]], time_s: int, rows: dict[str, str]) -> None:
    page, _ = opened
    seek(page, 1000 * time_s)
    cells = {row.get_attribute("data-count"): row.inner_text() for row in page.locator("[data-count]").all()}
    assert {name: words for name, words in cells.items() if words != "0"} == rows


def test_words_tell_where_the_suspect_is_and_what_the_followed_does(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    page.locator("[data-set=follow]").select_option(label="resident 3")
    seen = []
    for time_ms in (300_000, 500_000, 3_000_000):
        seek(page, time_ms)
        seen.append((page.locator(".suspects").inner_text(), page.locator(".followed").inner_text()))
    assert seen == [
        ("the suspect: Dorpsstraat", "resident 3: at home"),
        ("the suspect: Dorpsstraat", "resident 3: searches"),
        ("the suspect: not on the map", "resident 3: at home"),
    ]


def test_it_plays_at_its_speed_and_stops_at_the_end(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    assert now(page) == "19:30:00"  # nothing plays by itself
    page.locator("[data-do=play]").click()
    page.clock.run_for(5050)
    assert "19:34:55" <= now(page) <= "19:35:05"
    page.locator("[data-do=play]").click()
    page.clock.run_for(50)
    stopped = now(page)
    page.clock.run_for(1000)
    assert now(page) == stopped
    page.locator("[data-set=speed]").select_option("300")
    page.locator("[data-do=play]").click()
    page.clock.run_for(12_000)
    assert now(page) == "20:30:00"
    assert page.locator("[data-do=play]").inner_text() == text("en", "player.live.play")


def test_reduced_motion_shows_a_picture_a_second(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    page.emulate_media(reduced_motion="reduce")
    page.locator("[data-do=play]").click()
    seen = []
    for _ in range(40):
        page.clock.run_for(100)
        seen.append(now(page))
    assert 3 <= len(set(seen)) <= 5


def test_the_live_text_speaks_no_more_often_than_every_few_seconds(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    page.locator("[data-set=speed]").select_option("300")
    page.locator("[data-do=play]").click()
    spoken = []
    for _ in range(60):
        page.clock.run_for(100)
        spoken.append(page.locator("[role=status]").inner_text())
    assert len(set(spoken)) <= 3
    passed = text("en", "player.live.more", count="").rstrip(".")
    assert passed in spoken[-1]


def test_keys_do_everything(opened: tuple[Page, list[str]]) -> None:
    page, notes = opened
    page.locator("[data-do=play]").focus()
    press(page, " ")
    page.clock.run_for(1000)
    press(page, " ")
    assert "19:30:50" <= now(page) <= "19:31:20"

    page.locator(".ground-map").focus()
    press(page, "n")
    assert now(page) == "19:35:00"
    assert page.locator("[role=status]").inner_text() == page.locator(".caption").inner_text()
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


def test_tab_reaches_every_control_in_order(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    page.locator("[data-do=play]").focus()
    reached = []
    for _ in range(24):
        reached.append(page.evaluate("Object.values(document.activeElement.dataset)[0] ?? document.activeElement.className"))
        page.keyboard.press("Tab")
    wanted = ["play", "back", "next", "speed", "follow", "time", "ground-map", "closer", "farther", "whole"]
    wanted += ["west", "east", "north", "south", "events", "why", "buildings", "homes", "people", "marks", "calls", "messages"]
    assert [name for name in reached if name in wanted] == wanted


def test_the_map_follows_somebody_when_it_is_near(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    without(page, "marks", "calls", "messages")
    page.locator("[data-set=follow]").select_option(label="the suspect")
    for _ in range(4):
        page.locator("[data-do=closer]").click()
    places = []
    for time_ms in (10_000, 200_000, 500_000):
        seek(page, time_ms)
        places.append(page.locator(".ground-map canvas").nth(2).evaluate(PINKS))
    assert all(0.1 < x < 0.9 and 0.1 < y < 0.9 for x, y in places)


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


def test_without_javascript_the_page_says_so_and_stays_whole(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(page_of(evening(), "nl"))
    assert page.get_by_text(text("nl", "player.off")).is_visible()
    assert page.locator(".player .stage").is_hidden()
    assert page.locator("svg.map").is_visible()
    assert page.locator(".timeline").is_visible()
    context.close()


def test_paper_gets_no_controls(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    page.emulate_media(media="print")
    assert page.locator(".player .stage").is_hidden()
    assert page.get_by_text(text("en", "player.off")).is_visible()


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
    assert notes == []
    page.close()


@pytest.fixture(scope="module")
def modules(browser: Browser) -> Iterator[Page]:
    """Give a page in which the modules can be asked one by one."""
    page = browser.new_page()
    page.evaluate(
        "code => document.head.append(Object.assign(document.createElement('script'), { text: code }))", script_of("player")
    )
    yield page
    page.close()


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("clockModule.clockWords(70200, 730900)", "19:42:10"),
        ("clockModule.clockWords(86340, 60000)", "00:00:00"),
        ("clockModule.clockWords(70200, -1)", "19:29:59"),
        ("sceneModule.countUntil([1, 2, 2, 5], 2)", 3),
        ("sceneModule.countUntil([1, 2, 2, 5], 0)", 0),
        ("sceneModule.countUntil([], 4)", 0),
        ("[...sceneModule.summed([5, -2, 0, 4])]", [5, 3, 3, 7]),
        ("wordsModule.filled('{who} {b} {who}', { who: '{b}', b: 1 })", "{b} 1 {b}"),
    ],
)
def test_small_functions(modules: Page, asked: str, answer: object) -> None:
    assert modules.evaluate(asked) == answer


def test_a_way_is_straight_between_its_points_and_waits_at_both_ends(modules: Page) -> None:
    places = modules.evaluate(
        """[-5, 0, 500, 1000, 1500, 2000, 9000].map((time) => {
          const { x, y } = sceneModule.along({ t: [0, 1000, 2000], x: [0, 10, 10], y: [0, 0, 40] }, time);
          return [x, y];
        })"""
    )
    assert places == [[0, 0], [0, 0], [5, 0], [10, 0], [10, 20], [10, 40], [10, 40]]


def test_the_clock_stays_within_the_evening_and_begins_again_after_its_end(modules: Page) -> None:
    times = modules.evaluate(
        """(() => {
          const clock = new clockModule.Clock(10_000);
          const times = [];
          const note = () => times.push([clock.timeMs, clock.playing]);
          clock.pass(50); note();
          clock.toggle(); clock.pass(50); note();
          clock.pass(1000); note();
          clock.toggle(); note();
          clock.seek(-5); note();
          return times;
        })()"""
    )
    assert times == [[0, False], [3000, True], [10_000, False], [0, True], [0, True]]


def test_what_is_zoomed_into_stays_under_the_pointer_and_the_map_stays_in_sight(modules: Page) -> None:
    held, whole, gone = modules.evaluate(
        """(() => {
          const view = new viewModule.View([4000, 2000]);
          view.resize(800, 500);
          const before = view.onMap(200, 100);
          view.zoom(2, 200, 100);
          const held = view.onScreen(before);
          view.whole();
          const whole = [view.onScreen({ x: 0, y: 0 }), view.onScreen({ x: 4000, y: 2000 })];
          view.pan(-100_000, 100_000);
          return [[held.x, held.y], whole.map(({ x, y }) => [x, y]), [view.x, view.y]];
        })()"""
    )
    assert held == pytest.approx([200, 100])
    assert whole == [[0, 50], [800, 450]]
    assert gone == [0, 2000]
