"""Areas for groups: the same number of homes in each, next to each other along the streets."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.engine.areas import areas
from simulation.people.network import Network
from tests.people.mazes import SEEDS, maze
from tests.worlds import House, made_neighbourhood, street_map


@cache
def street() -> Network:
    """Give one street of forty short edges with a home on each."""
    lines = {f"S{number}": [(10.0 * number, 0.0), (10.0 * number + 10.0, 0.0)] for number in range(40)}
    return Network(street_map(lines, [House((10.0 * number + 4.0, 8.0), f"S{number}") for number in range(40)]))


def network_of(which: int | str) -> Network:
    return Network(made_neighbourhood()) if which == "made" else street() if which == "street" else maze(int(which))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([*SEEDS, "made", "street"]), st.integers(1, 12))
def test_areas_have_equal_numbers_of_homes(which: int | str, count: int) -> None:
    network = network_of(which)
    area = areas(network, count).of_home
    sizes = np.bincount(area, minlength=count)
    assert len(sizes) == count
    assert sizes.max() - sizes.min() <= 1
    assert len(area) == len(network.map.homes.key)


@pytest.mark.parametrize("count", [2, 3, 5, 8])
def test_along_one_street_areas_follow_each_other(count: int) -> None:
    area = areas(street(), count).of_home
    assert (np.diff(area) != 0).sum() == count - 1


@pytest.mark.parametrize("which", [*SEEDS, "made"])
def test_two_areas_are_the_homes_nearer_to_either_end(which: int | str) -> None:
    network = network_of(which)
    area = areas(network, 2).of_home
    node = network.map.streets.edge_nodes[network.map.homes.edge, 0]
    metres = {end: np.array(network.ways_to(int(end)).metres)[node] for end in set(node.tolist())}
    parted = [
        (metres[one] - metres[other])[area == 0].max() <= (metres[one] - metres[other])[area == 1].min() + 1e-9
        for one in metres
        for other in metres
        if one != other
    ]
    assert any(parted)


def test_one_area_holds_everybody() -> None:
    assert set(areas(network_of("made"), 1).of_home.tolist()) == {0}


@pytest.mark.parametrize("count", [2, 3, 5, 8])
def test_along_one_street_each_area_lies_next_to_those_before_and_after_it(count: int) -> None:
    divided = areas(street(), count)
    order = list(dict.fromkeys(divided.of_home.tolist()))
    for place, area in enumerate(order):
        assert divided.around[area] == set(order[max(place - 1, 0) : place + 2])


@pytest.mark.parametrize("which", [*SEEDS, "made"])
def test_being_next_to_each_other_holds_both_ways_and_joins_all(which: int | str) -> None:
    divided = areas(network_of(which), 6)
    assert all(one in divided.around[other] for one in range(6) for other in divided.around[one])
    reached = {0}
    for _ in range(6):
        reached = set.union(*(divided.around[area] for area in reached))
    assert reached == set(range(6))
