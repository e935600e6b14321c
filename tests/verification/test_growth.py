"""How groups grow, by the rules of Zoomwijck and Groningen: streets of homes with one member each, counted by hand."""

from __future__ import annotations

import pytest

from simulation.channels.structure import structure_measures
from simulation.draws import stream_key, uniforms
from simulation.engine import build_worlds
from simulation.engine.structure import alert_graph
from simulation.engine.wiring import wire
from simulation.people.network import Network
from simulation.reports.structures.words import structure_lines
from simulation.scenario.model import Announced, Players, Structure
from simulation.scenario.structures import Forward, Layout, Role
from tests.verification.test_platform import ALL_MEMBERS, lane
from tests.worlds import evening, play_all

FIFTHS = {80: [80], 81: [16, 16, 16, 16, 17], 100: [20] * 5, 101: [20, 20, 20, 20, 21]}
ONE_AREA = Layout(
    areas="one",
    roles=(Role(name="coordinator", number="coordinators_per_group", sits_in="neighbours"),),
    forwards=(Forward(source="group", target="group", by="coordinator"),),
)


def sizes(members: int, structure: Structure, **parameters: float) -> dict[str, int]:
    """Give the number of own members of each residents' group, where so many people live and all want to be in one."""
    (world,) = build_worlds(evening({**ALL_MEMBERS, **parameters}, structure=structure), lane(members), [3])
    wiring = wire(world)
    counts = {group.key: 0 for group in wiring.groups}
    for group in wiring.group_of.values():
        counts[group.key] += 1
    return counts


@pytest.mark.parametrize("members", FIFTHS)
def test_zoomwijck_splits_by_area_over_eighty_members(members: int) -> None:
    found = sizes(members, Structure(id="zoomwijck", groups=5, split_over=80, cap=100))
    assert list(found) == [f"group-{number + 1}" for number in range(len(found))]
    assert sorted(found.values()) == FIFTHS[members]


@pytest.mark.parametrize(("members", "next_one"), [(80, 0), (81, 0), (100, 0), (101, 1), (200, 100), (201, 101)])
def test_a_full_group_of_groningen_is_followed_by_a_next_one(members: int, next_one: int) -> None:
    full = {"group-1": min(members, 100)} | ({"group-1-2": min(next_one, 100)} if next_one else {})
    full |= {"group-1-3": 1} if next_one > 100 else {}
    assert sizes(members, Structure(id="single-group", cap=100, when_full="next-group")) == full
    assert sizes(members, Structure(id="single-group", cap=100)) == {"group-1": min(members, 100)}


def test_who_was_late_is_in_the_next_group_and_its_coordinators_sit_in_the_full_one_too() -> None:
    structure = Structure(id="custom", layout=ONE_AREA, cap=100, when_full="next-group")
    scenario = evening({**ALL_MEMBERS, "coordinators_per_group": 2.0}, structure=structure)
    (world,) = build_worlds(scenario, lane(105), [3])
    wiring, people = wire(world), world.people
    place = uniforms(stream_key(3, "group-place"), people.key)
    late = sorted(range(105), key=lambda person: place[person])[100:]
    assert sorted(person for person, group in wiring.group_of.items() if group.key == "group-1-2") == sorted(late)
    rank = uniforms(stream_key(3, "role"), people.key)
    own = {"group-1": sorted(set(range(105)) - set(late)), "group-1-2": late}
    chosen = {key: sorted(some, key=lambda person: rank[person])[:2] for key, some in own.items()}
    inside = {group.key: set(group.members.tolist()) for group in wiring.groups}
    assert inside == {"group-1": {*own["group-1"], *chosen["group-1-2"]}, "group-1-2": {*late, *chosen["group-1"]}}
    passing = {(source, link.target.key): set[int]() for source, links in wiring.links.items() for link in links}
    assert set(passing) == {("group-1", "group-1-2"), ("group-1-2", "group-1")}
    for source, links in wiring.links.items():
        assert {link.steward for link in links} == {*chosen["group-1"], *chosen["group-1-2"]}, source


def test_the_administrator_of_a_next_group_brings_it_what_the_organisers_tell() -> None:
    """One of five is alone in the next group of his area, administers it, and posts there what he read above."""
    sure = {"admins_per_group": 1.0, "p_admin_forward": 1.0, "p_steward_available": 1.0, "p_watch": 1e-6}
    told = {}
    for when_full in ("no-room", "next-group"):
        scenario = evening(
            {**ALL_MEMBERS, **sure, "alerted_watch_factor": 1.0},
            players=Players(count=0, announced=Announced(others=1.0)),
            structure=Structure(id="administrators-group", groups=2, cap=2, when_full=when_full),
            outlet="administrators",
            start_s=0.0,
            game={"duration_s": 80_000.0, "stop": "time"},
        )
        (trace,) = play_all(scenario, lane(5).map, [1])
        channels = {one.who: len(one.data["members"]) for one in trace.records if one.kind == "channel"}
        posts = [one for one in trace.records if one.kind == "post" and one.data["content"] == "start"]
        told[when_full] = sorted(one.data["channel"] for one in posts if one.who != "organiser"), channels
    groups = {"group-1": 2, "group-2": 2}
    officials = 2  # an officer and an area manager
    assert told["no-room"] == (["group-1", "group-2"], groups | {"administrators-1": 2 + officials})
    (more,) = set(told["next-group"][1]) - set(told["no-room"][1])
    assert more in {"group-1-2", "group-2-2"}
    assert told["next-group"] == (sorted([*groups, more]), groups | {more: 1, "administrators-1": 3 + officials})


def test_looking_at_a_structure_shows_next_groups_as_parts_of_their_area() -> None:
    structure = Structure(id="administrators-group", groups=2, cap=2, when_full="next-group")
    scenario = evening({**ALL_MEMBERS, "admins_per_group": 1.0}, structure=structure, outlet="administrators")
    network = Network(lane(5).map)
    graph = alert_graph(scenario, network.map, 1)
    measures = structure_measures(graph)
    rows = [
        (one["area"], one["homes"], one["residents"], one["members"], one["group"], one["part_of"])
        for one in measures["areas"]
    ]
    large = next(number for number, homes, *_ in rows if homes == 3)
    assert rows == [
        *((number, 3 if number == large else 2, 2, 2, f"group-{number}", None) for number in (1, 2)),
        (3, 0, 1, 1, f"group-{large}-2", large),
    ]
    assert all(measures["hops"][one][other] == 2 for one in range(3) for other in range(3) if one != other)
    assert any(f"Area 3 is the part of area {large}" in line for line in structure_lines(measures, "en"))
