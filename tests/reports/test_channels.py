"""The alert structure as data for a page: what it tells is what the trace says, and its picture can be read."""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from itertools import combinations, pairwise
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from simulation.language.catalogue import LANGUAGES
from simulation.reports.channels.scene import channel_scene
from simulation.trace.log import Trace
from simulation.trace.records import numbers_of
from tests.fixtures.by_hand import HEADER, Story, evening
from tests.test_contracts import full_evening
from tests.worlds import made_neighbourhood, play_all

if TYPE_CHECKING:
    from collections.abc import Iterable

STRUCTURES = {
    "none": "narrow",
    "separate-groups": "broad",
    "zoomwijck": "narrow",
    "administrators-group with shopkeepers": "narrow",
    "bridging-coordinators": "narrow",
    "separate-groups+broadcast": "narrow",
    "administrators-group+broadcast-shared+patrol-team": "broad",
}
"""Structures that are played, and what their groups talk about."""

NEWS = {"sighting", "hint", "broadcast"}
MESSAGES = NEWS | {"start", "close", "correction"}


@cache
def played(structure: str) -> Trace:
    (trace,) = play_all(full_evening(structure, STRUCTURES[structure]), made_neighbourhood(), [1])
    return trace


def two_groups() -> Trace:
    """Write an evening in which a message crosses from a group by way of the one above it to the other."""
    story = Story()
    story.residents(*((f"n{number}/1", 40, int(number < 5), 0, 0.0, 0.0) for number in range(1, 7)))
    for key, kind, members in (("group-1", "group", [0, 1]), ("group-2", "group", [2, 3]), ("top-1", "upper", [1, 2])):
        story.add("channel", key, 0, structure="custom", kind=kind, members=members, muted=[3] if key == "group-2" else [])
    story.add("role", "captain", 0, members=[1, 2], groups=["group-1", "group-2"])
    seen = story.sighting("n1/1", 100, ("fact:games",))
    first = story.post("n1/1", 160, (seen,), {1: 200.5})
    up = story.add("judgement", "n2/1", 230, (f"{first}@n2/1", first), post=first, target="top-1", verdict="passes-on")
    above = story.post("n2/1", 230, (up, f"{first}@n2/1"), {2: 290}, channel="top-1")
    down = story.add("judgement", "n3/1", 300, (f"{above}@n3/1", above), post=above, target="group-2", verdict="passes-on")
    story.post("n3/1", 310, (down, f"{above}@n3/1"), {3: 5000}, channel="group-2")
    call = story.call("n1/1", 110, seen)
    story.add("answer", "desk", 130, (call,), call=call, waited_s=20.0)
    lost = story.call("n6/1", 140, seen)
    story.add("abandoned", "n6/1", 150, (lost,), call=lost, waited_s=10.0)
    story.call("n4/1", 400, seen, number="emergency")
    story.post("n4/1", 410, (seen,), {2: 420}, channel="group-2", content="chatter")
    story.add("mute", "group-2", 410, (first,), post=first, members=[2], from_s=[500.25], messages=[9])
    return story.trace()


def of_name(scene: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = (node for node in scene["nodes"] if node["name"] == name)
    return dict(found)


def told(scene: dict[str, Any]) -> list[tuple[object, ...]]:
    """Give what goes through a structure with the names of its ends."""
    names = [node["name"] for node in scene["nodes"]] + [""]
    keys = ("left_s", "at_s", "arrives")
    return [
        (step["matter"], names[step["source"]], names[step["target"]], *(step[key] for key in keys)) for step in scene["steps"]
    ]


def test_every_step_of_a_message_and_of_a_call_is_told() -> None:
    assert told(channel_scene(two_groups(), "en")) == [
        ("call", "Group 1", "Desk", 110.0, 130.0, True),
        ("call", "Other residents", "Desk", 140.0, 150.0, False),
        ("sighting", "", "Group 1", 160.0, 160.0, True),
        ("sighting", "Group 1", "Top", 200.5, 230.0, True),
        ("sighting", "Top", "Group 2", 290.0, 310.0, True),
        ("call", "Group 2", "Control room", 400.0, 400.0, True),
    ]


def test_who_knows_and_who_muted_is_told_by_second() -> None:
    scene = channel_scene(two_groups(), "en")
    nodes = {node["name"]: node for node in scene["nodes"]}
    assert {name: node["knows"] for name, node in nodes.items() if node["members"]} == {
        "Group 1": [100, 200.5],
        "Group 2": [290],
        "Top": [200.5, 290],
        "Other residents": [],
    }
    assert scene["residents"] == {"count": 6, "knows": [100, 200.5, 290]}
    assert (nodes["Group 2"]["muted"], nodes["Group 2"]["chatter"]) == ([0, 500.25], [410])
    assert {name: node["members"] for name, node in nodes.items()} == {
        "Desk": None,
        "Control room": None,
        "Group 1": 2,
        "Group 2": 2,
        "Top": 2,
        "Other residents": 2,
    }


def test_lines_join_those_who_share_people() -> None:
    scene = channel_scene(two_groups(), "en")
    names = [node["name"] for node in scene["nodes"]]
    joined = {
        tuple(sorted(names[end] for end in link["ends"])): (link["people"], link["quiet"])
        for link in scene["links"]
        if link["people"]
    }
    assert joined == {("Group 1", "Top"): (1, True), ("Group 2", "Top"): (1, True)}
    assert all(link["people"] or not link["quiet"] for link in scene["links"])


def test_a_forwarded_broadcast_comes_from_the_control_room() -> None:
    steps = told(channel_scene(played("administrators-group+broadcast-shared+patrol-team"), "nl"))
    considered = next(step for step in steps if step[0] == "considered")
    sent = [step for step in steps if step[0] == "broadcast"]
    assert considered[1:3] == ("Meldtafel", "Meldkamer")
    assert all(step[1] in {"Meldkamer", "Burgernet"} or "groep" in str(step[1]).lower() for step in sent)
    assert {step[2] for step in steps if step[0] == "register"} == {"Buurtpreventieteam"}


def known_by(trace: Trace, time_s: float) -> set[int]:
    """Count anew who has read or seen anything by some second."""
    numbers = numbers_of(trace.records)
    known: set[int] = set()
    for record in trace.records:
        if record.kind == "sighting" and record.time_s <= time_s and record.who in numbers:
            known.add(numbers[record.who])
        if record.kind == "post" and record.data["content"] in NEWS:
            reads = zip(record.data["readers"], record.data["read_s"], strict=True)
            known |= {int(reader) for reader, read_s in reads if read_s <= time_s}
    return known


def count(trace: Trace, channel: str, contents: Iterable[str], time_s: float) -> int:
    posts = (record for record in trace.records if record.kind == "post" and record.data["channel"] == channel)
    return sum(record.data["content"] in set(contents) and record.time_s <= time_s for record in posts)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_counts_are_those_of_the_trace_at_any_moment(structure: str) -> None:
    trace = played(structure)
    scene = channel_scene(trace, "nl")
    places = {record.who: record for record in trace.records if record.kind == "channel"}
    nodes = [node for node in scene["nodes"] if node["kind"] in {"group", "shops", "upper", "page", "broadcast"}]
    assert len(nodes) == len(places)
    residents = next(len(record.data["who"]) for record in trace.records if record.kind == "residents")
    moments = Random(4).sample(range(int(trace.header["duration_s"])), 12)
    for time_s in moments:
        known = known_by(trace, time_s)
        assert bisect_right(scene["residents"]["knows"], time_s) == sum(person < residents for person in known)
        for node, (key, channel) in zip(nodes, places.items(), strict=True):
            assert bisect_right(node["knows"], time_s) == len(known & set(channel.data["members"]))
            index = scene["nodes"].index(node)
            there = [step for step in scene["steps"] if step["target"] == index and step["at_s"] <= time_s]
            assert sum(step["matter"] in MESSAGES for step in there) == count(trace, key, MESSAGES, time_s)
            assert bisect_right(node["chatter"], time_s) == count(trace, key, {"chatter"}, time_s)
    assert any(known_by(trace, time_s) for time_s in moments)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_what_is_passed_on_comes_from_where_it_was_read(structure: str) -> None:
    trace = played(structure)
    records = {record.id: record for record in trace.records}
    numbers = numbers_of(trace.records)
    wanted = []
    for post in (record for record in trace.records if record.kind == "post"):
        for judgement in (records[key] for key in post.causes if key.startswith("judgement:")):
            original = records[judgement.data["post"]]
            read = dict(zip(original.data["readers"], original.data["read_s"], strict=True))
            left_s = original.time_s if original.who == post.who else float(read[numbers[post.who]])
            wanted.append((round(left_s, 3), round(post.time_s, 3)))
    steps = channel_scene(trace, "nl")["steps"]
    passed = [(step["left_s"], step["at_s"]) for step in steps if step["link"] >= 0 and step["matter"] in MESSAGES]
    assert set(wanted) <= set(passed)
    assert len(wanted) > 0 or structure in {"none", "separate-groups", "separate-groups+broadcast"}


def test_calls_are_those_of_the_trace() -> None:
    for structure in STRUCTURES:
        trace = played(structure)
        scene = channel_scene(trace, "nl")
        desk = scene["nodes"].index(of_name(scene, "Meldtafel"))
        calls = [step for step in scene["steps"] if step["matter"] == "call" and step["target"] == desk]
        kinds = [record.kind for record in trace.records]
        dialled = [record for record in trace.records if record.kind == "call" and record.data["number"] == "temporary"]
        assert len(calls) == len(dialled) > 0
        assert sum(step["arrives"] for step in calls) == kinds.count("answer")


# The picture


def many(groups: int, *uppers: int) -> Trace:
    """Write an evening with some groups, each with somebody in the group above, of which there are so many of each kind."""
    story = Story()
    story.residents(*((f"n{number}/1", 40, 1, 0, 0.0, 0.0) for number in range(groups)))
    captains = list(range(groups))
    for number in captains:
        story.add("channel", f"group-{number + 1}", 0, structure="custom", kind="group", members=[number], muted=[])
    for kind, several in enumerate(uppers):
        for number in range(several):
            facts = {"structure": "custom", "kind": "upper", "members": captains[number::several], "muted": []}
            story.add("channel", f"level{kind}-{number + 1}", 0, **facts)
    story.add("channel", "public-page", 0, structure="public-page", kind="page", members=captains, muted=[])
    story.add("role", "captain", 0, members=captains, groups=[f"group-{number + 1}" for number in captains])
    for number in captains:
        seen = story.sighting(f"n{number}/1", 10.0, ("fact:games",))
        story.call(f"n{number}/1", 20.0, seen)
    story.post("organiser", 5, ("fact:games",), {}, channel="public-page", content="hint")
    return story.trace()


CROWDS = [(1,), (5,), (5, 5, 1), (12, 3), (40, 40, 1), (200, 1), (200, 200, 2)]


@pytest.mark.parametrize("sizes", CROWDS)
def test_boxes_do_not_touch_and_no_line_runs_through_one_that_it_does_not_join(sizes: tuple[int, ...]) -> None:
    scene = channel_scene(many(*sizes), "nl")
    boxes = [node["box"] for node in scene["nodes"]]
    width, height = scene["size"]
    for left, top, wide, high in boxes:
        assert 0 < left < left + wide < width
        assert 0 < top < top + high < height
    if len(boxes) < 100:
        assert not [pair for pair in combinations(boxes, 2) if _overlap(*pair)]
    for link in Random(1).sample(scene["links"], min(len(scene["links"]), 80)):
        others = [box for index, box in enumerate(boxes) if index not in link["ends"]]
        for (x, y), (to_x, to_y) in pairwise(link["path"]):
            assert x == to_x or y == to_y
            strip = [min(x, to_x) - 0.1, min(y, to_y) - 0.1, abs(to_x - x) + 0.2, abs(to_y - y) + 0.2]
            assert not [box for box in others if _overlap(box, strip)]
        for end, point in ((link["ends"][0], link["path"][0]), (link["ends"][1], link["path"][-1])):
            assert _on_edge(boxes[end], point)


def _overlap(one: list[float], other: list[float]) -> bool:
    return all(max(one[axis], other[axis]) < min(one[axis] + one[axis + 2], other[axis] + other[axis + 2]) for axis in (0, 1))


def _on_edge(box: list[float], point: list[float]) -> bool:
    inside = all(box[axis] - 0.11 <= point[axis] <= box[axis] + box[axis + 2] + 0.11 for axis in (0, 1))
    edges = (abs(point[axis] - box[axis] - far) for axis in (0, 1) for far in (0.0, box[axis + 2]))
    return inside and min(edges) < 0.11


def test_many_groups_are_folded_and_few_have_their_figures() -> None:
    few, crowd = (channel_scene(many(*sizes), "nl") for sizes in ((5, 5, 1), (200, 200, 2)))
    assert not any(node["small"] for node in few["nodes"])
    assert sum(node["small"] for node in crowd["nodes"]) == 400
    assert (few["folded"], crowd["folded"]) == (False, True)
    assert not any(link["quiet"] for link in crowd["links"])
    assert [node["label"] for node in few["nodes"] if node["kind"] == "group"] == ["1", "2", "3", "4", "5"]


def test_groups_further_from_residents_stand_higher() -> None:
    scene = channel_scene(played("zoomwijck"), "en")
    tops = {node["name"]: node["box"][1] for node in scene["nodes"]}
    assert tops["Desk"] < tops["Coordination group"] < tops["Steering group 1"] < tops["Group 1"] < tops["Other residents"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_evening_gives_the_same_data_that_json_can_hold(language: str) -> None:
    for trace in (evening(), two_groups(), played("zoomwijck")):
        first, second = (json.dumps(channel_scene(trace, language), allow_nan=False) for _ in range(2))
        assert first == second


def test_without_channels_and_calls_there_is_nothing() -> None:
    assert channel_scene(Trace(HEADER, ()), "nl") == {}
    story = Story()
    story.residents(("n1/1", 40, 1, 0, 0.0, 0.0))
    assert channel_scene(story.trace(), "nl") == {}


def test_a_group_of_a_scenarios_own_shows_its_name_without_what_hides_in_it() -> None:
    story = Story()
    story.add("channel", "<b>\u202ecap\x00tains-1", 0, structure="custom", kind="upper", members=[], muted=[])
    (node,) = channel_scene(story.trace(), "nl")["nodes"]
    assert node["name"] == "<b>captains"
