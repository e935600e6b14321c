"""The data of the player says what the trace says: where everybody is, what happened, why, and what was known."""

from __future__ import annotations

import json
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import pytest

from simulation.language.catalogue import LANGUAGES
from simulation.reports.player.ground import DM_PER_M, grid_of
from simulation.reports.player.scene import embedded, scene_of
from simulation.trace.names import Names
from simulation.trace.why import causal_chain
from simulation.trace.why_words import link_words, record_words
from tests.fixtures.by_hand import HEADER, Story, evening, street_map
from tests.reports.test_page import ATTACK, hostile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulation.trace.log import Trace

CORNER = (-30.0, 130.0)
"""Left and top of what is shown of the map by hand: its streets with 30 m around."""


def scene(trace: Trace | None = None, language: str = "en") -> dict[str, Any]:
    return scene_of(evening() if trace is None else trace, street_map(), language)


def in_grid(x_m: float, y_m: float) -> tuple[int, int]:
    return round((x_m - CORNER[0]) * DM_PER_M), round((CORNER[1] - y_m) * DM_PER_M)


def plain(steps: Sequence[int]) -> list[int]:
    return list(accumulate(steps))


def test_every_way_is_where_the_trace_has_it() -> None:
    routes = [record for record in evening().records if record.kind == "route"]
    told = scene()
    names = {mover["who"]: mover["name"] for mover in told["people"]["movers"]}
    for record, way in zip(routes, told["people"]["ways"], strict=True):
        places = [in_grid(x, y) for x, y in zip(record.data["x_m"], record.data["y_m"], strict=True)]
        times = [round(1000 * t_s) for t_s in record.data["t_s"]]
        kept = sum(time <= 650_000 for time in times) if record.who == "suspect-1" else len(times)
        assert plain(way["t"])[:kept] == times[:kept]
        assert list(zip(plain(way["x"]), plain(way["y"]), strict=True))[:kept] == places[:kept]
        assert names[way["who"]] == Names(evening(), "en").who(record.who)


def test_a_suspect_who_was_found_walks_no_further() -> None:
    way = scene()["people"]["ways"][0]
    assert (plain(way["t"])[-1], plain(way["x"])[-1]) == (650_000, in_grid(100 + 100 * 290 / 300, 0)[0])


def test_between_two_ways_of_a_suspect_nobody_is_drawn_across_the_gardens() -> None:
    story = Story(records=[record for record in evening().records if record.kind in {"residents", "game"}])
    for start_s, y_m in ((0, 0), (100, 100)):
        story.route("suspect-1", "suspect", [(start_s, 0, y_m), (start_s + 50, 70, y_m)], ("game:organiser:1",))
    ways = scene(story.trace())["people"]["ways"]
    assert [(plain(way["t"]), plain(way["y"])) for way in ways] == [
        ([0, 50_000], [1300, 1300]),
        ([100_000, 150_000], [300, 300]),
    ]


def test_homes_streets_and_buildings_are_where_the_map_has_them() -> None:
    told = scene()
    assert list(zip(*told["people"]["homes"].values(), strict=True))[:2] == [in_grid(100, 12), in_grid(150, 12)]
    assert told["ground"]["size"] == [3600, 1600]
    assert told["ground"]["streets"][0] == [*in_grid(0, 0), 3000, 0]
    assert told["ground"]["buildings"][0] == [*in_grid(90, 8), 200, 0, 0, -200, -200, 0]
    assert told["ground"]["names"][0] == ["Dorpsstraat", *in_grid(150, 0), 3000, 0]
    assert (len(told["ground"]["water"]), len(told["ground"]["paths"]), told["ground"]["ditches"]) == (1, 1, [])
    assert told["people"]["streets"] == [{"who": 6, "t": [0], "names": ["Dorpsstraat"]}]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_events_tell_the_records_in_order(language: str) -> None:
    trace, told = evening(), scene(language=language)
    shown = [record for record in trace.records if record.kind not in {"evening", "residents", "channel", "route"}]
    shown.sort(key=lambda record: record.time_us)
    names = Names(trace, language)
    steps = [told["steps"][event["step"]] for event in told["events"]]
    assert [step["words"] for step in steps] == [record_words(trace, record, names, language) for record in shown]
    assert [step["t"] for step in steps] == [round(1000 * record.time_s) for record in shown]
    assert [event["kind"] for event in told["events"]] == [record.kind for record in shown]


def test_every_event_has_the_chain_of_its_causes() -> None:
    trace, told = evening(), scene()
    names = Names(trace, "en")
    shown = [record for record in trace.records if record.kind not in {"evening", "residents", "channel", "route"}]
    for event, record in zip(told["events"], sorted(shown, key=lambda record: record.time_us), strict=True):
        words: list[str] = []
        at = event["step"]
        while at >= 0:
            assert told["steps"][at]["after"] < at
            words.insert(0, told["steps"][at]["words"])
            at = told["steps"][at]["after"]
        links = causal_chain(trace, record.id).links
        begin = f"It starts with: {names.cause(links[0].cause)}."
        assert words == [begin, *(link_words(trace, link, names, "en") for link in links[1:])]


def test_marks_stand_where_it_happened() -> None:
    marks = {event["kind"]: (event["mark"], tuple(event["at"])) for event in scene()["events"] if "mark" in event}
    assert marks == {
        "sighting": ("sighting", in_grid(195, 0)),
        "hint": ("hint", in_grid(180, 0)),
        "question": ("question_yes", in_grid(195, 0)),
        "found": ("found", in_grid(195, 0)),
    }


def test_calls_wait_are_answered_or_given_up() -> None:
    story = Story(records=list(evening().records))
    hung_up = story.call("n2/1", 700, story.sighting("n2/1", 690, ()))
    story.add("abandoned", "n2/1", 760, (hung_up,), call=hung_up, waited_s=60.0)
    story.call("n3/1", 800, story.sighting("n3/1", 790, ()))
    story.call("n3/1", 810, story.sighting("n3/1", 805, ()), number="emergency")
    assert scene(story.trace())["calls"] == [
        {"who": 0, "t": 325_000, "picked": 330_000, "until": 410_000},
        {"who": 1, "t": 700_000, "picked": None, "until": 760_000},
        {"who": 2, "t": 800_000, "picked": None, "until": 3_600_000},
    ]


def test_messages_tell_who_read_them_when_and_chatter_is_left_out_and_counted() -> None:
    story = Story(records=list(evening().records))
    story.post("n3/1", 20, ("draw:chatter:n3/1:0",), {0: 30.0}, content="chatter", place=None, seen_s=None)
    told = scene(story.trace())
    assert told["left_out"] == 1
    rows = [(row["who"], row["t"], row["telling"], plain(row["readers"]), plain(row["reads"])) for row in told["messages"]]
    assert rows == [
        (-1, 0, False, [2, 0], [10_000, 30_000]),
        (0, 350_000, True, [2, 5], [400_000, 4_000_000]),
        (-1, 600_000, True, [2, 0], [620_000, 700_000]),
        (-1, 650_000, False, [2, 0, 5], [655_000, 720_000, 3_700_000]),
    ]
    assert told["seen"] == [[0, 310_000], [2, 640_000]]
    assert len(told["events"]) == len(scene()["events"])


def test_outside_text_is_cleaned_and_cannot_leave_its_element() -> None:
    told = scene(hostile(ATTACK), "nl")
    written = embedded(told)
    assert not set("<>&") & set(written)
    assert json.loads(written) == told
    assert "\u202e" not in written
    assert '"><script>alert(1)</script>' in json.dumps(told, ensure_ascii=False).replace('\\"', '"')


def test_the_same_evening_gives_the_same_bytes() -> None:
    assert embedded(scene()) == embedded(scene())


def test_the_player_ends_when_the_evening_does() -> None:
    story = Story(records=list(evening().records[:-1]))
    assert scene(story.trace())["end"] == round(1000 * HEADER["duration_s"])
    story.add("close", "organiser", 700.25, ("fact:games",))
    assert scene(story.trace())["end"] == 701_000


def test_an_evening_of_nothing_is_a_scene() -> None:
    told = scene(Story().trace())
    assert (told["events"], told["steps"], told["end"]) == ([], [], round(1000 * HEADER["duration_s"]))
    assert told["people"]["movers"] == []
    assert grid_of(street_map()).point(*CORNER) == [0, 0]
