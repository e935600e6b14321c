"""Who is out from the start: the share of the registry at every moment, there and back again."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from simulation.people.network import Network
from simulation.people.population import People, settle
from simulation.people.rounds import Strollers, strollers
from simulation.scenario.model import Players
from tests.worlds import evening, made_neighbourhood

MANY = range(120)
END_S = 5400.0
NETWORK = Network(made_neighbourhood())
SCENARIO = evening({"p_round_walk": 0.12, "p_round_bike": 0.06}, players=Players(share=0.2), game={"duration_s": END_S})
WALK_S, BIKE_S = (SCENARIO.parameters[f"round_{kind}_s"] for kind in ("walk", "bike"))


@cache
def crowd() -> tuple[People, Strollers]:
    people = settle(SCENARIO, NETWORK, MANY)
    return people, strollers(people, NETWORK, SCENARIO, MANY)


def rounds(length: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Give the rows of the rounds of a length."""
    out = crowd()[1]
    return np.flatnonzero(np.abs(out.until - out.begin - length) < 1e-3)


def test_everybody_out_is_a_player_on_the_street_or_was_at_home() -> None:
    people, out = crowd()
    on_round = np.isfinite(out.until)
    assert sorted(out.person[~on_round].tolist()) == np.flatnonzero(people.on_street).tolist()
    assert (out.begin[~on_round] == 0.0).all()
    assert people.at_home[out.person[on_round]].all()
    assert (people.age[out.person] >= 12).all()
    assert len(set(out.person.tolist())) == len(out.person)
    assert len(rounds(WALK_S)) + len(rounds(BIKE_S)) == on_round.sum()


@pytest.mark.parametrize(("length", "share"), [(WALK_S, 0.12), (BIKE_S, 0.06)])
@pytest.mark.parametrize("moment", [0.0, 600.0, 2700.0, 5399.0])
def test_the_share_of_people_out_at_a_moment_is_the_registrys(length: float, share: float, moment: float) -> None:
    people, out = crowd()
    able = (people.at_home & (people.age >= 12)).sum()
    rows = rounds(length)
    found = ((out.begin[rows] <= moment) & (moment < out.until[rows])).sum() / able
    assert abs(found - share) < 4.0 * np.sqrt(share * (1.0 - share) / able)


@pytest.mark.parametrize("length", [WALK_S, BIKE_S])
def test_a_round_sets_out_at_any_moment(length: float) -> None:
    begin = crowd()[1].begin[rounds(length)]
    assert -length <= begin.min() < -0.9 * length
    assert 0.9 * END_S < begin.max() <= END_S
    assert begin.mean() == pytest.approx((END_S - length) / 2.0, abs=4.0 * (END_S + length) / np.sqrt(12.0 * len(begin)))


@pytest.mark.parametrize("length", [WALK_S, BIKE_S])
def test_a_round_starts_and_ends_at_the_door(length: float) -> None:
    people, out = crowd()
    homes, tried = NETWORK.map.homes, 0
    for row in rounds(length).tolist():
        if out.begin[row] < 0.0 or out.until[row] > END_S:
            continue
        walk, home = out.walks.of(row), int(people.home[out.person[row]])
        door = NETWORK.position(int(homes.edge[home]), float(homes.at[home]))
        for moment in (float(out.begin[row]), float(out.until[row])):
            assert NETWORK.position(*walk.place_at(moment, NETWORK.edge_length)) == pytest.approx(door, abs=1e-5)
        assert walk.time[0] == out.begin[row]
        assert walk.until[-1] == pytest.approx(out.until[row], abs=1e-6)
        tried += 1
    assert tried > 100


def test_rounds_go_at_the_pace_of_their_kind() -> None:
    people, out = crowd()
    for length, speed in ((WALK_S, people.walk_speed), (BIKE_S, people.bike_speed)):
        for row in rounds(length)[:200].tolist():
            assert (out.walks.of(row).speed == speed[out.person[row]]).all()


def test_walks_are_kept_for_the_evening_only() -> None:
    walks = crowd()[1].walks
    assert (walks.until > 0.0).all()
    assert (walks.time < END_S).all()


def test_players_walk_about_all_evening() -> None:
    people, out = crowd()
    for row in np.flatnonzero(~np.isfinite(out.until))[:100].tolist():
        walk = out.walks.of(row)
        assert walk.time[0] == 0.0
        assert walk.until[-1] == pytest.approx(END_S, abs=1e-6)
        assert (walk.speed == people.walk_speed[out.person[row]]).all()


def test_worlds_side_by_side_are_the_worlds_one_by_one() -> None:
    people, out = crowd()
    for seed in (0, 77):
        alone = strollers(settle(SCENARIO, NETWORK, [seed]), NETWORK, SCENARIO, [seed])
        here = np.flatnonzero(people.world[out.person] == seed)
        assert np.array_equal(alone.person, out.person[here] - people.of_world[seed])
        assert np.array_equal(alone.begin, out.begin[here])
        for number, row in enumerate(here.tolist()):
            assert np.array_equal(alone.walks.of(number).dart, out.walks.of(row).dart)
            assert np.array_equal(alone.walks.of(number).time, out.walks.of(row).time)
