"""The alert structure in a real browser: what it shows at a moment is what the data says, in the picture and in the table."""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from html import escape
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from simulation.language.catalogue import LANGUAGES
from simulation.language.forms import clock, number
from simulation.reports.channels.scene import channel_scene
from simulation.reports.document import _policy, _style
from simulation.reports.scripts import script_of
from tests.fixtures.by_hand import Story
from tests.reports.browsing import barriers, listened
from tests.reports.test_channels import MESSAGES, many, played, two_groups

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

BUSY = "administrators-group+broadcast-shared+patrol-team"
EVENINGS = {"two groups": two_groups, "busy": lambda: played(BUSY), "crowd": lambda: many(21, 21, 1)}
START = """
const data = JSON.parse(document.getElementById("data").textContent);
window.panel = channelsModule.startChannels(document.getElementById("panel"), data);
"""


@cache
def scene_of(evening: str, language: str) -> dict[str, Any]:
    return channel_scene(EVENINGS[evening](), language)


def page_with(scene: dict[str, Any], language: str) -> str:
    """Make a page with the panel alone, under the policy that our pages have."""
    script = script_of("channels") + START
    data = json.dumps(scene).replace("<", "\\u003c")
    return f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(_policy(_style(), script))}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Panel</title><style>{_style()}</style></head>
<body><main><h1>Panel</h1><section aria-label="Panel"><h2>Panel</h2><div class="channels" id="panel"></div></section></main>
<script type="application/json" id="data">{data}</script><script>{script}</script></body></html>"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page whose clock stands still, and that must not complain."""
    opened, notes = listened(browser, width=900)
    opened.clock.install(time=0)
    yield opened
    opened.close()
    assert notes == []


def open_panel(page: Page, evening: str, language: str = "nl") -> dict[str, Any]:
    """Show an evening with the table unfolded; give its data."""
    scene = scene_of(evening, language)
    page.set_content(page_with(scene, language))
    page.locator(".channels-text summary").click()
    return scene


def show(page: Page, time_s: float) -> None:
    """Show a moment, and wait until the text may follow."""
    page.evaluate(f"panel.show({time_s})")
    page.clock.run_for(1000)


def cells(page: Page) -> list[dict[str, str]]:
    """Read the table."""
    rows = "rows => rows.map(row => [...row.children].map(cell => cell.textContent))"
    columns = page.locator("thead th").evaluate_all("cells => cells.map(cell => cell.textContent)")
    return [dict(zip(columns, row, strict=True)) for row in page.locator("tbody tr").evaluate_all(rows)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("evening", ["two groups", "busy"])
def test_picture_and_table_say_what_the_data_says(page: Page, evening: str, language: str) -> None:
    scene = open_panel(page, evening, language)
    words = scene["columns"]
    start = f"{int(scene['start_s']) // 3600:02d}:{int(scene['start_s']) // 60 % 60:02d}"
    for time_s in Random(7).sample(range(2400), 6):
        show(page, time_s)
        drawn = page.locator(".node").evaluate_all(
            "nodes => nodes.map(node => [...node.querySelectorAll('.figure')].map(figure => figure.textContent))"
        )
        assert page.locator("caption").text_content() == clock(start, time_s)
        for index, (node, row) in enumerate(zip(scene["nodes"], cells(page), strict=True)):
            assert row[words["group"]] == node["name"]
            if node["members"] is not None:
                known = number(language, bisect_right(node["knows"], time_s))
                posts = [step for step in scene["steps"] if step["target"] == index and step["matter"] in MESSAGES]
                seen = [step["at_s"] for step in posts if step["at_s"] <= time_s]
                assert drawn[index] == [f"{known}\u2009/\u2009{number(language, node['members'])}"]
                assert row[words["known"]] == known
                assert row[words["messages"]] == str(len(seen))
                assert row[words["latest"]] == (clock(start, max(seen)) if seen else "–")
        residents = bisect_right(scene["residents"]["knows"], time_s)
        assert f" {number(language, residents)} " in str(page.locator(".channels-now").text_content())


def test_the_desk_counts_calls(page: Page) -> None:
    open_panel(page, "two groups", "en")
    told = {}
    for time_s in (109, 115, 135, 145, 155):
        show(page, time_s)
        told[time_s] = page.locator(".kind-desk .figure").all_text_contents()
    assert told == {
        109: ["0 answered", "0 waiting"],
        115: ["0 answered", "1 waiting"],
        135: ["1 answered", "0 waiting"],
        145: ["1 answered", "1 waiting"],
        155: ["1 answered", "0 waiting"],
    }
    assert page.locator("tbody tr").first.locator("td").nth(2).text_content() == "1 answered, 0 waiting"


def lit(page: Page) -> dict[str, str]:
    """Give the sign of each part that is lit."""
    pairs = "nodes => nodes.map(node => [node.querySelector('title').textContent, node.querySelector('.badge').textContent])"
    return dict(page.locator(".node.lit").evaluate_all(pairs))


def test_parts_light_up_for_a_minute_and_say_why_by_a_sign(page: Page) -> None:
    open_panel(page, "two groups", "en")
    seen = {}
    for time_s in (99, 129, 130, 160, 189, 191, 220, 231, 310, 369, 371, 400):
        show(page, time_s)
        seen[time_s] = lit(page)
    assert seen[99] == seen[129] == seen[371] == {}
    assert seen[130] == {"Desk": "☎\ufe0e"}
    assert seen[160] == {"Desk": "☎\ufe0e", "Group 1": "!"}
    assert seen[191] == {"Group 1": "!"}
    assert seen[220] == {}
    assert seen[231] == {"Top": "!"}
    assert seen[310] == seen[369] == {"Group 2": "!"}
    assert seen[400] == {"Control room": "☎\ufe0e"}
    assert page.locator(".node:not(.lit) .badge[visibility=visible]").count() == 0


def dots(page: Page) -> list[str]:
    places = "dots => dots.map(dot => dot.getAttribute('transform'))"
    return list(page.locator(".dot[visibility=visible]").evaluate_all(places))


def test_a_message_moves_along_its_line_while_somebody_carries_it(page: Page) -> None:
    scene = open_panel(page, "two groups", "en")
    (step,) = (step for step in scene["steps"] if step["left_s"] == 200.5)
    begin = scene["links"][step["link"]]["path"][-1 if scene["links"][step["link"]]["ends"][0] != step["source"] else 0]
    show(page, 199)
    assert (dots(page), page.locator(".line.lit").count()) == ([], 0)
    show(page, 200.5)
    assert dots(page) == [f"translate({begin[0]:.1f} {begin[1]:.1f})"]
    way = set()
    for time_s in (200.5, 210, 220, 229):
        show(page, time_s)
        way |= set(dots(page))
    assert len(way) == 4
    assert "Group 1 to Top: sighting, on its way" in page.locator(".channels-steps li").all_text_contents()
    show(page, 230)
    assert (dots(page), page.locator(".line.lit").count()) == ([], 1)
    assert "Group 1 to Top: sighting, 19:33:50" in page.locator(".channels-steps li").all_text_contents()


def test_who_wants_no_movement_sees_a_mark_that_stands(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_panel(page, "two groups")
    places = set()
    for time_s in (201, 210, 220, 229):
        show(page, time_s)
        places |= set(dots(page))
    assert len(places) == 1
    assert page.locator(".line.lit").count() == 1


def test_nothing_is_touched_while_nothing_changes(page: Page) -> None:
    open_panel(page, "busy")
    show(page, 1300)
    touched = page.evaluate(
        """async () => {
            let count = 0;
            const watch = new MutationObserver((changes) => { count += changes.length; });
            const everything = { subtree: true, childList: true, attributes: true, characterData: true };
            watch.observe(document.querySelector(".channels-picture"), everything);
            watch.observe(document.querySelector(".channels-text"), everything);
            panel.show(1300);
            panel.show(1300);
            await Promise.resolve();
            return count;
        }"""
    )
    assert touched == 0


def test_the_text_follows_at_most_once_a_second(page: Page) -> None:
    open_panel(page, "two groups")
    show(page, 100)
    page.clock.run_for(5000)
    told = []
    for time_s in (101, 102, 103):
        page.evaluate(f"panel.show({time_s})")
        told.append(page.locator("caption").text_content())
        page.clock.run_for(200)
    page.clock.run_for(1000)
    assert [*told, page.locator("caption").text_content()] == ["19:31:41", "19:31:41", "19:31:41", "19:31:43"]


def test_a_folded_table_is_left_alone(page: Page) -> None:
    open_panel(page, "two groups")
    show(page, 100)
    page.locator(".channels-text summary").click()
    show(page, 300)
    assert page.locator("caption").text_content() == "19:31:40"
    page.locator(".channels-text summary").click()
    expect(page.locator("caption")).to_have_text("19:35:00")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("evening", EVENINGS)
def test_no_barriers(page: Page, evening: str, language: str) -> None:
    open_panel(page, evening, language)
    show(page, 1300)
    assert barriers(page) == []


@pytest.mark.parametrize("evening", EVENINGS)
def test_a_narrow_screen_needs_no_sideways_scrolling(page: Page, evening: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_panel(page, evening, "nl")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_keyboard_unfolds_the_table_and_scrolls_it(page: Page) -> None:
    page.set_content(page_with(scene_of("busy", "nl"), "nl"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".channels-text").get_attribute("open") is not None
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"


def test_without_a_structure_nothing_is_put_there(page: Page) -> None:
    page.set_content(page_with({}, "nl"))
    assert page.evaluate("panel") is None
    assert page.locator("#panel").inner_html() == ""


def test_a_name_from_outside_is_text(page: Page) -> None:
    story = Story()
    name = "<img src=x onerror=alert(1)>"
    story.add("channel", f"{name}-1", 0, structure="custom", kind="upper", members=[], muted=[])
    page.set_content(page_with(channel_scene(story.trace(), "nl"), "nl"))
    assert page.locator("tbody th").all_text_contents() == [name]
    assert page.locator("img").count() == 0


def test_moments_are_found_and_places_along_a_line(page: Page) -> None:
    page.set_content(page_with({}, "nl"))
    counted = page.evaluate("[-1, 0, 1, 1.5, 3, 9].map(timeS => momentsModule.countUntil([0, 1, 1, 3], timeS))")
    assert counted == [0, 1, 3, 3, 4, 4]
    line = "[[0, 0], [10, 0], [10, 0], [10, 30]]"
    assert page.evaluate(f"[0, 0.25, 0.5, 1].map(share => momentsModule.pointAlong({line}, share))") == [
        [0, 0],
        [10, 0],
        [10, 10],
        [10, 30],
    ]
    assert page.evaluate("[[70200, 730.9], [86340, 60], [70200, -1]].map(both => momentsModule.clockWords(...both))") == [
        "19:42:10",
        "00:00:00",
        "19:29:59",
    ]
    assert page.evaluate("momentsModule.filled('{a} of {b}', { a: '{b}' })") == "{b} of {b}"
