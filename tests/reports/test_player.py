"""The player in a real browser: everybody is where the trace has him, and words tell the same."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import pytest

from simulation.language.catalogue import LANGUAGES, text
from simulation.trace.log import Trace
from tests.fixtures.by_hand import HEADER, evening
from tests.reports.player_page import BROWN, GREEN, PINK, dot, now, place_on, records, seek, told, without
from tests.reports.test_page import page_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


NEAR_M = 30.0
"""The mark of one who is as near covers that of the other."""


def test_everybody_is_on_screen_where_the_trace_has_him(played: tuple[Page, list[str]]) -> None:
    page, _ = played
    without(page, "marks", "calls", "messages")
    walk, search = (record for record in evening().records if record.kind == "route")
    for time_s in random.Random(7).sample(range(1, 460), 20):
        seek(page, 1000 * time_s)
        assert dot(page, place_on(walk, time_s)) == PINK, time_s
        assert dot(page, place_on(walk, time_s), right=16) != PINK, time_s
    apart = [time_s for time_s in range(461, 600) if math.dist(place_on(walk, time_s), place_on(search, time_s)) > NEAR_M]
    for time_s in random.Random(7).sample(apart, 20):
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
def test_the_numbers_tell_the_moment(played: tuple[Page, list[str]], time_s: int, rows: dict[str, str]) -> None:
    page, _ = played
    seek(page, 1000 * time_s)
    cells = {row.get_attribute("data-count"): row.inner_text() for row in page.locator("[data-count]").all()}
    assert {name: words for name, words in cells.items() if words != "0"} == rows


def test_words_tell_where_the_suspect_is_and_what_the_followed_does(played: tuple[Page, list[str]]) -> None:
    page, _ = played
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


def test_it_plays_at_its_speed_and_stops_at_the_end(played: tuple[Page, list[str]]) -> None:
    page, _ = played
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


def test_reduced_motion_shows_a_picture_a_second(played: tuple[Page, list[str]]) -> None:
    page, _ = played
    page.emulate_media(reduced_motion="reduce")
    page.locator("[data-do=play]").click()
    seen = []
    for _ in range(40):
        page.clock.run_for(100)
        seen.append(now(page))
    assert 3 <= len(set(seen)) <= 5


def test_the_live_text_speaks_no_more_often_than_every_few_seconds(played: tuple[Page, list[str]]) -> None:
    page, _ = played
    page.locator("[data-set=speed]").select_option("300")
    page.locator("[data-do=play]").click()
    spoken = []
    for _ in range(60):
        page.clock.run_for(100)
        spoken.append(page.locator(".aloud").inner_text())
    assert len(set(spoken)) <= 3
    passed = text("en", "player.live.more", count="").rstrip(".")
    assert passed in spoken[-1]


def test_a_finding_is_seen_on_top_of_who_found_whom(played: tuple[Page, list[str]]) -> None:
    page, _ = played
    seek(page, 649_000)
    assert dot(page, (195, 0)) != GREEN
    seek(page, 651_000)
    assert dot(page, (195, 0)) == GREEN


def test_units_search_too_and_who_gave_up_does_no_more_though_he_is_still_on_the_way(browser: Browser) -> None:
    (search,) = (record for record in evening().records if record.kind == "route" and record.data["reason"] == "search")
    gives_up_us = search.time_us + 20_000_000
    gave_up = search._replace(id=f"gave_up:{search.who}:1", kind="gave_up", time_us=gives_up_us, causes=(search.id,), data={})
    unit = search._replace(id="route:unit-1:1", who="unit-1")
    page = browser.new_page()
    page.clock.install(time=0)
    page.set_content(page_of(Trace(HEADER, (*evening().records, unit, gave_up)), "en"))
    for time_us, searching in ((gives_up_us - 1_000_000, "2"), (gives_up_us + 1_000_000, "1")):
        seek(page, time_us / 1000)
        assert page.locator("[data-count=searching]").inner_text() == searching
    page.close()
