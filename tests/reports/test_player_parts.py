"""The parts of the player, asked one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulation.reports.scripts import script_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


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


def test_the_clock_does_not_leap_after_a_page_that_stood_still(modules: Page) -> None:
    script = "() => { const clock = new clockModule.Clock(1e9); clock.toggle(); clock.pass(60000); return clock.timeMs; }"
    assert modules.evaluate(script) == 60 * 2000
