"""Limits of the platform, on both sides of the dates on which they came: a street of homes with one person each."""

from __future__ import annotations

import datetime as dt

import pytest

from simulation.engine import build_worlds
from simulation.engine.wiring import wire
from simulation.people.network import Network
from simulation.scenario.model import Announced, Players, Structure
from simulation.scenario.structures import Forward, Layout, Role, Upper
from tests.worlds import LOOSE_ENDS, House, evening, play_all, street_map

ALL_MEMBERS = {**LOOSE_ENDS, "p_household_member": 1.0}
SENDER = Role(name="sender", number="coordinators_per_village", per="map", sits_in="map")
TOP, MIDDLE = (Upper(name=name, members=("sender",)) for name in ("top", "middle"))
ONCE = Layout(roles=(SENDER,), uppers=(TOP,), forwards=(Forward(source="top", target="group", by="sender"),))
TWICE = Layout(
    roles=(SENDER,),
    uppers=(TOP, MIDDLE),
    forwards=(Forward(source="top", target="middle", by="sender"), Forward(source="middle", target="group", by="sender")),
)
JANUARY, APRIL = dt.date(2019, 1, 21), dt.date(2022, 4, 14)
DAY = dt.timedelta(days=1)


def lane(homes: int) -> Network:
    """Give a straight street with a home every twenty metres."""
    houses = tuple(House((10.0 + 20.0 * number, 10.0), "Laan", str(number)) for number in range(homes))
    return Network(street_map({"Laan": [(0.0, 0.0), (20.0 * homes + 10.0, 0.0)]}, houses))


def pauses(layout: Layout, groups: int, date: dt.date, **limits: float) -> list[float]:
    """Give the seconds between judging that the start message matters in all groups, and its coming there."""
    sure = {"p_admin_forward": 1.0, "p_steward_available": 1.0, "p_watch": 1e-6, "alerted_watch_factor": 1.0}
    scenario = evening(
        {**ALL_MEMBERS, **sure, **limits},
        date=date,
        players=Players(count=0, announced=Announced(others=1.0)),
        structure=Structure(id="custom", groups=groups, layout=layout),
        outlet="top",
        start_s=0.0,
        game={"duration_s": 80_000.0, "stop": "time"},
    )
    (trace,) = play_all(scenario, lane(12).map, [1])
    by_id = {record.id: record for record in trace.records}
    posts = [record for record in trace.records if record.kind == "post" and record.data["channel"].startswith("group-")]
    starts = [post for post in posts if post.data["content"] == "start"]
    assert sorted(post.data["channel"] for post in starts) == [f"group-{number + 1}" for number in range(groups)]
    return [round(post.time_s - by_id[post.causes[0]].time_s, 6) for post in starts]


@pytest.mark.parametrize(
    ("groups", "date", "expected"),
    [
        (5, JANUARY - DAY, [0] * 5),
        (6, JANUARY - DAY, [0] * 6),
        (5, JANUARY, [0] * 5),
        (6, JANUARY, [0] * 5 + [10]),
        (6, APRIL, [0] * 5 + [10]),
    ],
)
def test_a_message_goes_to_twenty_groups_at_once_and_from_2019_to_five(
    groups: int, date: dt.date, expected: list[int]
) -> None:
    assert pauses(ONCE, groups, date) == expected


@pytest.mark.parametrize(
    ("groups", "date", "expected"),
    [
        (6, JANUARY - DAY, [0] * 6),
        (5, JANUARY, [0] * 5),
        (6, JANUARY, [0] * 5 + [10]),
        (5, APRIL - DAY, [0] * 5),
        (6, APRIL - DAY, [0] * 5 + [10]),
        (5, APRIL, [0, 10, 20, 30, 40]),
        (6, APRIL, [0, 10, 20, 30, 40, 50]),
    ],
)
def test_what_was_passed_on_before_goes_to_one_group_at_a_time_from_2022(
    groups: int, date: dt.date, expected: list[int]
) -> None:
    assert pauses(TWICE, groups, date) == expected


def test_a_scenario_may_say_otherwise_whatever_the_date() -> None:
    assert pauses(ONCE, 6, JANUARY - DAY, chats_per_forward=5.0) == [0] * 5 + [10]
    assert pauses(TWICE, 6, APRIL, chats_per_reforward=20.0, forward_again_s=30.0) == [0] * 6


@pytest.mark.parametrize(
    ("date", "members", "in_group"),
    [
        (dt.date(2016, 2, 4), 100, 100),
        (dt.date(2016, 2, 4), 101, 100),
        (dt.date(2016, 2, 5), 101, 101),
        (dt.date(2016, 2, 5), 257, 256),
        (dt.date(2022, 5, 4), 257, 256),
        (dt.date(2022, 5, 5), 257, 257),
    ],
)
def test_as_many_fit_in_a_group_as_on_the_date(date: dt.date, members: int, in_group: int) -> None:
    scenario = evening(ALL_MEMBERS, date=date, structure=Structure(id="single-group"))
    (world,) = build_worlds(scenario, lane(members), [1])
    assert world.people.member.sum() == members
    assert [len(group.members) for group in wire(world).groups] == [in_group]
