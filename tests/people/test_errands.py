"""Passers-by: how many are in the street, and where their errands lead."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.people.errands import errands
from simulation.people.network import Network
from simulation.scenario.model import Parameters
from tests.worlds import House, made_neighbourhood, street_map

END_S = 3600.0
NETWORK = Network(made_neighbourhood(homes=240))
KM = float(NETWORK.edge_length.sum()) / 1000.0


def numbers(**changes: float) -> Parameters:
    return Parameters(changes)


@pytest.mark.parametrize("there", [0, 1, 7])
def test_as_many_are_in_the_street_at_every_moment_as_the_registry_says(there: int) -> None:
    out = errands(NETWORK, numbers(passersby_per_km=there / KM * 1.0000001), 5, END_S)
    for moment in np.linspace(0.0, END_S - 1e-6, 50):
        assert sum(one.stroll.begin <= moment < one.stroll.until + 1e-5 for one in out) == pytest.approx(there, abs=1)
    mean = sum(min(one.stroll.until, END_S) - max(one.stroll.begin, 0.0) for one in out) / END_S
    assert mean == pytest.approx(there, abs=1e-5)


def test_a_part_of_a_passer_by_is_a_chance() -> None:
    places = [
        len({one.key.partition("/")[0] for one in errands(NETWORK, numbers(passersby_per_km=0.4 / KM), seed, 60.0)})
        for seed in range(400)
    ]
    assert set(places) == {0, 1}
    assert sum(places) / 400.0 == pytest.approx(0.4, abs=3.0 * np.sqrt(0.24 / 400.0))


def test_an_errand_goes_by_the_shortest_way_to_or_from_a_goal_at_the_speed_of_its_kind() -> None:
    out = errands(NETWORK, numbers(), 3, END_S)
    ends = []
    for one in out:
        walks = one.stroll.way
        assert walks.until[:-1] == pytest.approx(walks.time[1:])
        low, high = (3.5, 6.5) if one.stroll.riding else (0.6, 2.5)
        assert low <= walks.speed[0] <= high
        points = [
            (int(dart) // 2, float(at) if dart % 2 == 0 else float(NETWORK.edge_length[dart // 2]) - float(at))
            for dart, at in ((walks.dart[0], walks.begin[0]), (walks.dart[-1], walks.end[-1]))
        ]
        metres = float((walks.end - walks.begin).sum())
        assert NETWORK.way(*points)[1] == pytest.approx(metres)
        ends += [(edge, round(at, 3)) for edge, at in points]
    goals = [end for end in set(ends) if ends.count(end) >= 3]
    places = [NETWORK.map.texts[kind] for kind in NETWORK.map.places.kind]
    assert 5 <= len(goals) <= 12 + sum(kind in {"shop", "school", "care"} for kind in places)
    assert 0.1 < sum(one.stroll.riding for one in out) / len(out) < 0.5


def test_another_seed_sends_other_people_and_one_address_more_sends_nobody_elsewhere() -> None:
    lines = {"West": [(0.0, 0.0), (400.0, 0.0)], "Oost": [(400.0, 0.0), (400.0, 300.0)]}
    houses = [House((20.0 + 30.0 * number, 10.0), "West", str(number)) for number in range(6)]
    few, many = (Network(street_map(lines, some)) for some in (houses[:3], houses))

    def told(network: Network, seed: int) -> list[tuple[str, float, float]]:
        out = errands(network, numbers(passersby_per_km=4.0), seed, END_S)
        return [(one.key, one.stroll.begin, one.stroll.until) for one in out]

    assert told(few, 1) == told(many, 1)
    assert told(few, 1) != told(few, 2)


def test_there_is_nobody_where_there_is_nowhere_to_go() -> None:
    lines = {"West": [(0.0, 0.0), (5.0, 0.0)]}
    tiny = Network(street_map(lines, [House((2.0, 10.0), "West")]))
    assert errands(tiny, numbers(passersby_per_km=1000.0), 1, END_S) == []
