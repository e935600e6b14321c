"""Shopkeepers: who is at a shop, what residents notice of them, and what they are kept out of."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulation.engine import build_worlds, play
from simulation.people.network import Network
from simulation.people.patrols import team_of
from simulation.people.shops import nearest_homes, shops_of
from simulation.scenario.model import Announced, Hint, Players, Structure, Visit
from simulation.scoring import score
from simulation.trace.canonical import canonical
from tests.worlds import BUSY_GROUPS, evening, made_neighbourhood

if TYPE_CHECKING:
    from simulation.engine.world import World
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace

MAP = made_neighbourhood("centrum", 200)
SEEDS = range(12)
SHUT_S = 1e-6
"""When shopkeepers leave who see nothing: as soon as play has begun."""


def scenario_of(until_s: float | None, *, extra: str = "", **values: float) -> Scenario:
    """Give a busy half hour with or without shopkeepers."""
    return evening(
        BUSY_GROUPS | values,
        suspect={"behaviour": Visit(visit="shop")},
        game={"hints": (Hint(at_s=60.0, tell=("upper",)),)},
        players=Players(share=0.05, announced=Announced(members=0.8, others=0.1)),
        structure=Structure(id="administrators-group" + extra, groups=3, shopkeepers_until_s=until_s),
    )


@cache
def worlds(until_s: float | None) -> tuple[World, ...]:
    return tuple(build_worlds(scenario_of(until_s), Network(MAP), SEEDS))


@cache
def traces(until_s: float | None) -> tuple[Trace, ...]:
    return tuple(play(world) for world in worlds(until_s))


def written(trace: Trace) -> list[dict[str, Any]]:
    """Give all records of an evening that are not of shopkeepers, without those of them who read or sit somewhere."""
    rows = [json.loads(canonical(record._asdict())) for record in trace.records]
    residents = len(rows[1]["data"]["who"])
    kept = []
    for row in rows:
        if row["who"].endswith("/shopkeeper") or row["who"] == "shopkeepers" or row["kind"] == "shopkeepers":
            continue
        for first, second in (("readers", "read_s"), ("members", "groups"), ("members", None), ("muted", None)):
            indices = row["data"].get(first)
            if indices is None or (second and second not in row["data"]):
                continue
            inside = [place for place, index in enumerate(indices) if index < residents]
            for name in filter(None, (first, second)):
                row["data"][name] = [row["data"][name][place] for place in inside]
        kept.append(row)
    return kept


def test_shopkeepers_who_see_nothing_change_no_record_of_anybody_else() -> None:
    for closed, none in zip(traces(SHUT_S), traces(None), strict=True):
        assert sum(record.kind == "shopkeepers" for record in closed.records) == 1
        assert not any(record.kind == "shopkeepers" for record in none.records)
        assert written(closed) == written(none)


def test_shopkeepers_change_nothing_before_one_of_them_sees_something() -> None:
    seen = 0
    for opened, none in zip(traces(1800.0), traces(None), strict=True):
        sightings = [record for record in opened.records if record.kind == "sighting" and record.who.endswith("/shopkeeper")]
        until_us = min((record.time_us for record in sightings), default=10**15)
        mine, his = ([row for row in written(trace) if row["time_us"] < until_us] for trace in (opened, none))
        assert mine == his
        assert all(record.data["from"] == "shop" for record in sightings)
        seen += bool(sightings)
    assert seen >= 3


def test_worlds_with_shopkeepers_side_by_side_are_the_same_as_alone() -> None:
    for seed, trace in zip(SEEDS, traces(1800.0), strict=True):
        (alone,) = (play(world) for world in build_worlds(scenario_of(1800.0), Network(MAP), [seed]))
        assert alone.records[-1] == trace.records[-1]
        assert [canonical(one._asdict()) for one in alone.records] == [canonical(one._asdict()) for one in trace.records]


def test_shopkeepers_stay_where_they_are_and_are_in_no_residents_group() -> None:
    for world, trace in zip(worlds(1800.0), traces(1800.0), strict=True):
        people = world.people
        keepers = set(np.flatnonzero(people.shop >= 0).tolist())
        assert keepers
        assert not (people.at_home | people.on_street | people.player | people.enrolled)[sorted(keepers)].any()
        team = team_of(people, {"patrol_members": 10_000.0}, world.seed)
        assert len(team) > 100
        assert keepers.isdisjoint(team.tolist())
        assert keepers.isdisjoint(world.strolls)
        for record in trace.records:
            if record.who.endswith("/shopkeeper"):
                assert record.kind in {"sighting", "call", "abandoned", "skip", "post", "judgement", "correction"}
            if record.kind == "channel" and record.data["kind"] == "group":
                assert keepers.isdisjoint(record.data["members"])
            if record.kind == "channel" and record.data["kind"] == "shops":
                assert keepers == set(record.data["members"])


def test_a_shop_has_the_view_of_the_nearest_address_or_none() -> None:
    shops = shops_of(MAP)
    home, metres = nearest_homes(MAP, shops)
    away = np.hypot(*(MAP.homes.xy[:, np.newaxis] - MAP.places.xy[shops]).T).T
    assert metres == pytest.approx(away.min(axis=0))
    assert (away[home, np.arange(len(shops))] == away.min(axis=0)).all()
    for limit in (10.0, 50.0):
        (world,) = build_worlds(scenario_of(1800.0, shop_view_m=limit, p_shop_staffed=1.0), Network(MAP), [1])
        keepers = world.people.shop >= 0
        assert world.people.shop[keepers].tolist() == shops.tolist()
        assert world.people.home[keepers].tolist() == np.where(metres <= limit, home, -1).tolist()


def test_no_share_of_residents_counts_what_shopkeepers_read() -> None:
    shares = ("reach_share", "reach_members_share", "reach_useful_share", "active_share", "groups_active", "muted_share",
              "messages_per_member_mean", "outcome_reach_share")  # fmt: skip
    reads = 0
    for closed, none in zip(traces(SHUT_S), traces(None), strict=True):
        mine, his = score(closed), score(none)
        assert {name: mine[name] for name in shares} == {name: his[name] for name in shares}
        assert mine["load_by_role"]["administrator"]["people"] == his["load_by_role"]["administrator"]["people"] + 2
        reads += mine["reads"] - his["reads"]
    assert reads > 0


@pytest.mark.parametrize("extra", ["+broadcast-shared", "+patrol-team"])
def test_shopkeepers_play_beside_what_joins_with_their_structure(extra: str) -> None:
    (world,) = build_worlds(scenario_of(1800.0, extra=extra), Network(MAP), [3])
    trace = play(world)
    names = {record.id for record in trace.records}
    assert any(record.kind == "shopkeepers" for record in trace.records)
    assert all(cause.startswith(("fact:", "draw:")) or cause.partition("@")[0] in names
               for record in trace.records for cause in record.causes)  # fmt: skip
    assert score(trace)["load_by_role"]["administrator"]["people"] == 8
