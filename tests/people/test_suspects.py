"""Suspects: where they start, the points they reach in order, and stops that shift all that follows and nothing else."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulation.maps.projection import project
from simulation.people.network import Network
from simulation.people.rounds import Stroll
from simulation.people.routes import legs_data, walk_data
from simulation.people.shadows import NO_STOP, Shadow
from simulation.people.suspects import appear, locate
from simulation.people.walks import along
from simulation.scenario.model import Act, Game, Pauses, Place, Route, Suspect, Visit
from tests.people.mazes import maze
from tests.worlds import evening, made_neighbourhood

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario

NETWORK = Network(made_neighbourhood())
MAP = NETWORK.map
ADDRESSES = [(MAP.texts[street], MAP.texts[number]) for street, number in zip(MAP.homes.street, MAP.homes.number, strict=True)]
DURATION_S = 3600.0


def address(home: int) -> Place:
    street, number = ADDRESSES[home]
    return Place(street=street, number=number)


def door(home: int) -> tuple[int, float]:
    return int(MAP.homes.edge[home]), float(MAP.homes.at[home])


def hunt(**suspect: Any) -> Scenario:
    return evening(suspect=suspect, game={"start_s": 60.0, "duration_s": DURATION_S})


def one(seed: int = 1, **suspect: Any) -> Shadow:
    return appear(hunt(**suspect), NETWORK, [seed])[0][0]


def reached(shadow: Shadow, point: tuple[int, float], after: float) -> float:
    """Give when a suspect comes to a point, from a moment on."""
    legs, piece = shadow.legs, NETWORK.map.streets.piece_at
    for row in range(len(legs)):
        if legs.stop[row] < after - 1e-6 or NETWORK.edge_of_piece[legs.piece[row]] != point[0]:
            continue
        begin = piece[legs.piece[row]] + legs.at[row]
        pace = legs.along[row]
        moment = legs.start[row] + ((point[1] - begin) / pace if pace else 0.0)
        if abs(begin + pace * (moment - legs.start[row]) - point[1]) < 1e-6:
            moment = max(moment, legs.start[row])
            if after - 1e-6 <= moment <= legs.stop[row] + 1e-6:
                return float(moment)
    return math.inf


def places(shadow: Shadow, moments: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([shadow.position(moment) for moment in moments.tolist()])


@pytest.mark.parametrize("points", [(3, 50, 20), (3, 50), (3, 50, 3), (3, 3, 50), (50, 20, 20, 3)])
def test_a_route_is_walked_to_its_end_and_back_by_the_shortest_way(points: tuple[int, ...]) -> None:
    route = Route(points=tuple(address(home) for home in points))
    shadow = one(start=address(10), behaviour=route, speed_mps=1.25)
    moment, here = 60.0, door(10)
    turns = [*points, *points[-2:0:-1]] if len(points) > 1 else [*points]
    reach = 0
    for home in turns * 20:
        _, metres = NETWORK.way(here, door(home))
        moment, here = moment + metres / 1.25, door(home)
        if moment > shadow.end:
            break
        assert shadow.position(moment) == pytest.approx(NETWORK.position(*here), abs=1e-6)
        reach += 1
    assert reach > 5
    assert moment > shadow.end
    assert shadow.legs.stop[-1] == pytest.approx(shadow.end)


def test_a_visitor_goes_from_shop_to_shop_in_an_order_of_his_own() -> None:
    shops = [number for number, kind in enumerate(MAP.places.kind) if MAP.texts[kind] == "shop"]
    orders = set()
    for seed in range(12):
        shadow = one(seed, behaviour=Visit(visit="shop"), speed_mps=1.5)
        times = [reached(shadow, (int(MAP.places.edge[shop]), float(MAP.places.at[shop])), 60.0) for shop in shops]
        assert max(times) < math.inf
        orders.add(tuple(np.argsort(times).tolist()))
    assert len(orders) > 3


def test_a_visitor_of_a_single_place_goes_there_and_back() -> None:
    shadow = one(start=address(10), behaviour=Visit(visit="school"), speed_mps=1.5)
    school = next(number for number, kind in enumerate(MAP.places.kind) if MAP.texts[kind] == "school")
    goal = (int(MAP.places.edge[school]), float(MAP.places.at[school]))
    _, metres = NETWORK.way(door(10), goal)
    for times in range(4):
        moment = 60.0 + times * metres / 1.5
        assert shadow.position(moment) == pytest.approx(NETWORK.position(*(goal if times % 2 else door(10))), abs=1e-6)


def test_a_suspect_is_out_from_the_start_of_his_game_to_its_end() -> None:
    shadow = one()
    assert (shadow.begin, shadow.end, shadow.game, shadow.key) == (60.0, 3660.0, 0, "suspect-1")
    assert shadow.legs.start[0] == 60.0
    assert shadow.legs.stop[-1] == pytest.approx(3660.0)
    assert dict(shadow.description) == {"upper": "rood"}


@pytest.mark.parametrize("stops", [{}, {"pauses": Pauses(per_hour=20.0, duration_s=40.0)}])
def test_he_is_in_one_place_at_a_time(stops: dict[str, Any]) -> None:
    legs = one(**stops).legs
    np.testing.assert_allclose(legs.start[1:], legs.stop[:-1], rtol=0.0, atol=3e-6)
    for place, pace in ((legs.x, legs.vx), (legs.y, legs.vy)):
        np.testing.assert_allclose((place + (legs.stop - legs.start) * pace)[:-1], place[1:], rtol=0.0, atol=3e-6)


@pytest.mark.parametrize("behaviour", [{}, {"behaviour": Visit(visit="shop")}])
@pytest.mark.parametrize("seed", range(6))
def test_a_stop_shifts_what_follows_and_nothing_else(seed: int, behaviour: dict[str, Any]) -> None:
    acts = (
        Act(name="kijkt", per_hour=9.0, duration_s=45.0, conspicuousness=6.0),
        Act(name="voelt", per_hour=5.0, duration_s=7.5),
    )
    free = one(seed, **behaviour)
    halting = one(seed, **behaviour, pauses=Pauses(per_hour=8.0, duration_s=60.0), acts=acts)
    lasting = {"": 60.0, "kijkt": 45.0, "voelt": 7.5}
    ends = [halting.begin, *(stop.until for stop in halting.stops)]
    gone = 0.0
    for number, stop in enumerate(halting.stops):
        walked = np.linspace(ends[number], stop.start, 7)
        np.testing.assert_allclose(places(halting, walked), places(free, walked - gone), rtol=0.0, atol=1e-6)
        assert stop.until == pytest.approx(min(stop.start + lasting[stop.act], halting.end))
        still = places(halting, np.linspace(stop.start, stop.until, 5)[:-1])
        np.testing.assert_allclose(still, np.tile(still[0], (4, 1)), rtol=0.0, atol=1e-6)
        gone += lasting[stop.act]
    assert len(halting.stops) > 3
    rest = np.linspace(halting.stops[-1].until, halting.end, 7)
    np.testing.assert_allclose(places(halting, rest), places(free, rest - gone), rtol=0.0, atol=1e-6)


def test_stops_are_where_the_legs_rest() -> None:
    shadow = one(3, pauses=Pauses(per_hour=20.0, duration_s=30.0), acts=(Act(name="voelt", per_hour=20.0, duration_s=20.0),))
    resting = shadow.legs.along == 0.0
    assert np.array_equal(resting, shadow.stop_of_leg != NO_STOP)
    assert shadow.stop_of_leg[resting].tolist() == list(range(len(shadow.stops)))
    assert shadow.legs.start[resting].tolist() == [stop.start for stop in shadow.stops]
    for stop in shadow.stops:
        assert shadow.stop_at((stop.start + stop.until) / 2.0) is stop
    assert all(first.until <= second.start for first, second in pairwise(shadow.stops))


@cache
def halting() -> list[Shadow]:
    acts = (
        Act(name="voelt", per_hour=6.0, duration_s=1.0, conspicuousness=5.0),
        Act(name="roept", per_hour=2.0, duration_s=1.0),
    )
    scenario = hunt(acts=acts, pauses=Pauses(per_hour=4.0, duration_s=1.0))
    return [world[0] for world in appear(scenario, NETWORK, range(300))]


@pytest.mark.parametrize(("act", "per_hour"), [("voelt", 6.0), ("roept", 2.0), ("", 4.0)])
def test_stops_come_at_their_rate(act: str, per_hour: float) -> None:
    counts = np.array([sum(stop.act == act for stop in shadow.stops) for shadow in halting()])
    assert abs(counts.mean() - per_hour) < 4.0 * np.sqrt(per_hour / len(counts)) + per_hour * 12.0 / DURATION_S
    assert counts.var() == pytest.approx(per_hour, rel=0.35)


def test_acts_are_as_conspicuous_as_the_scenario_says() -> None:
    usual = hunt().parameters["act_factor"]
    found = {(stop.act, stop.conspicuousness) for shadow in halting() for stop in shadow.stops}
    assert found == {("voelt", 5.0), ("roept", usual), ("", 1.0)}


def test_the_heading_is_where_he_walks_or_walked_last() -> None:
    shadow = one(2, pauses=Pauses(per_hour=30.0, duration_s=60.0), speed_mps=1.3)
    stop = shadow.stops[1]
    before = places(shadow, np.array([stop.start - 0.2, stop.start - 0.1]))
    for moment in (stop.start - 0.15, stop.start + 30.0):
        assert shadow.heading(moment) == pytest.approx(((before[1] - before[0]) / 0.1).tolist(), abs=1e-6)
    assert math.hypot(*shadow.heading(stop.until + 1.0)) == pytest.approx(1.3)


def test_who_has_not_walked_yet_has_no_heading() -> None:
    shadow = one(2, pauses=Pauses(per_hour=30.0, duration_s=60.0))
    still = replace(shadow, legs=shadow.legs.take(shadow.legs.along == 0.0))
    assert still.heading(still.end) == (0.0, 0.0)


def test_the_pace_is_the_scenarios_or_the_registrys() -> None:
    assert np.hypot(*one(speed_mps=1.7).heading(100.0)) == pytest.approx(1.7)
    assert np.hypot(*one(speed_mps=None).heading(100.0)) == pytest.approx(hunt().parameters["v_suspect_mps"])


def test_every_metre_of_street_is_as_likely_a_start() -> None:
    worlds = appear(hunt(), NETWORK, range(2000))
    starts = [world[0].legs for world in worlds]
    edge = np.array([NETWORK.edge_of_piece[legs.piece[0]] for legs in starts])
    share = NETWORK.edge_length / NETWORK.edge_length.sum()
    found = np.bincount(edge, minlength=len(share)) / len(edge)
    assert (np.abs(found - share) < 4.5 * np.sqrt(share * (1.0 - share) / len(edge))).all()
    at = np.array([NETWORK.map.streets.piece_at[legs.piece[0]] + legs.at[0] for legs in starts]) / NETWORK.edge_length[edge]
    assert abs(at.mean() - 0.5) < 4.5 / np.sqrt(12.0 * len(at))


def test_a_place_is_an_address_a_street_or_a_position() -> None:
    assert locate(NETWORK, address(17)) == door(17)
    street = ADDRESSES[17][0]
    assert locate(NETWORK, Place(street=street)) == door([name for name, _ in ADDRESSES].index(street))
    bare = maze(0)
    assert locate(bare, Place(street="Doodlopend")) == (len(bare.edge_length) - 1, float(bare.edge_length[-1]) / 2.0)


def test_a_position_is_brought_to_the_nearest_street() -> None:
    lon, lat = 5.3876, 52.1552
    x, y = project(np.array([[lon, lat]]), MAP.epsg)[0]
    assert locate(NETWORK, Place(lat=lat, lon=lon)) == NETWORK.nearest(float(x), float(y))


def test_suspects_are_numbered_over_all_games() -> None:
    red, blue, green = (Suspect(name=name, description={"upper": name}) for name in ("rood", "blauw", "groen"))
    games = (
        Game(name="Een", duration_s=600.0, suspects=(red, blue)),
        Game(name="Twee", start_s=700.0, duration_s=500.0, suspects=(green,)),
    )
    worlds = appear(evening(games=games), NETWORK, [4, 5])
    for shadows in worlds:
        assert [(shadow.key, shadow.game, shadow.begin, shadow.end) for shadow in shadows] == [
            ("suspect-1", 0, 0.0, 600.0),
            ("suspect-2", 0, 0.0, 600.0),
            ("suspect-3", 1, 700.0, 1200.0),
        ]
    first, second = worlds[0][:2]
    assert first.position(0.0) != second.position(0.0)


@pytest.mark.parametrize("behaviour", [{}, {"behaviour": Visit(visit="shop")}])
def test_worlds_side_by_side_are_the_worlds_one_by_one(behaviour: dict[str, Any]) -> None:
    scenario = hunt(**behaviour, pauses=Pauses(per_hour=8.0, duration_s=60.0))
    for seed, world in zip((8, 9, 10), appear(scenario, NETWORK, [8, 9, 10]), strict=True):
        alone = appear(scenario, NETWORK, [seed])[0][0]
        assert np.array_equal(alone.legs.x, world[0].legs.x)
        assert np.array_equal(alone.legs.start, world[0].legs.start)
        assert alone.stops == world[0].stops


def test_the_route_of_a_record_is_the_way_walked() -> None:
    shadow = one(3, pauses=Pauses(per_hour=20.0, duration_s=30.0))
    data: Any = legs_data("suspect", shadow.legs)
    assert data["reason"] == "suspect"
    assert len(data["t_s"]) < len(shadow.legs)
    moments = np.linspace(shadow.begin, shadow.end - 1e-6, 500)
    told = np.column_stack([np.interp(moments, data["t_s"], data[axis]) for axis in ("x_m", "y_m")])
    np.testing.assert_allclose(told, places(shadow, moments), rtol=0.0, atol=2e-3)
    assert np.array_equal(data["x_m"], np.round(data["x_m"], 3))


def test_a_way_of_no_length_has_a_route_without_points() -> None:
    data = walk_data("search", NETWORK, Stroll(along([], 10.0, 1.0), 0, 10.0, 10.0))
    assert data["reason"] == "search"
    assert [len(data[axis]) for axis in ("t_s", "x_m", "y_m")] == [0, 0, 0]
