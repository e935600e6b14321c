"""What a searcher believes: closed forms on a street, a cross, a ring and a grid, and brute force on mazes."""

from __future__ import annotations

from collections import Counter
from functools import cache
from math import cos, hypot, pi, sin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from simulation.people.network import Network
from simulation.saar.belief import believe, nearest_of
from tests.people.mazes import SEEDS, maze
from tests.worlds import street_map

STEP_M = 50.0


@cache
def network_of(shape: str) -> Network:
    arms = {"O": (400.0, 0.0), "N": (0.0, 400.0), "W": (-400.0, 0.0), "Z": (0.0, -400.0)}
    shapes = {
        "street": {"Een": [(0.0, 0.0), (300.0, 0.0)], "Twee": [(300.0, 0.0), (1000.0, 0.0)]},
        "cross": {name: [(0.0, 0.0), end] for name, end in arms.items()},
        "ring": {"Rond": [(60.0, 0.0), (0.0, 80.0), (-60.0, 0.0), (0.0, -80.0), (60.0, 0.0)]},
    }
    return Network(street_map(shapes[shape]))


@cache
def grid() -> Network:
    """Give thirteen by thirteen corners, STEP_M apart."""
    lines = range(-6, 7)
    across = {f"{x},{y} oost": [(STEP_M * x, STEP_M * y), (STEP_M * (x + 1), STEP_M * y)] for x in lines[:-1] for y in lines}
    upward = {f"{x},{y} noord": [(STEP_M * x, STEP_M * y), (STEP_M * x, STEP_M * (y + 1))] for x in lines for y in lines[:-1]}
    return Network(street_map(across | upward))


@pytest.mark.parametrize("reach", [10.0, 160.0, 299.0])
def test_on_a_straight_street_one_reaches_twice_as_far_as_one_walks(reach: float) -> None:
    network = network_of("street")
    plain = believe(network, network.nearest(500.0, 0.0), None, 3.0)
    assert plain.total(reach) == pytest.approx(2.0 * reach, rel=1e-12)
    assert plain.share_towards(reach) == 0.0


@pytest.mark.parametrize("direction", [0.0, 0.7, pi, -2.0])
def test_on_a_straight_street_three_quarters_lie_ahead(direction: float) -> None:
    network = network_of("street")
    belief = believe(network, network.nearest(500.0, 0.0), direction, 3.0)
    assert belief.total(120.0) == pytest.approx(4.0 * 120.0, rel=1e-7)
    assert belief.share_towards(120.0) == pytest.approx(0.75, rel=1e-7)
    shares = (np.arange(400) + 0.5) / 400
    ahead = [(network.position(*point)[0] - 500.0) * cos(direction) > 0.0 for point in belief.points(120.0, shares.tolist())]
    assert sum(ahead) == 300


def test_the_end_of_the_street_is_the_end() -> None:
    network = network_of("street")
    belief = believe(network, network.nearest(900.0, 0.0), 0.0, 3.0)
    # To the east there are 100 m, to the west 900 m.
    assert belief.total(250.0) == pytest.approx(3.0 * 100.0 + 250.0, rel=1e-6)
    assert belief.total(5000.0) == pytest.approx(3.0 * 100.0 + 900.0, rel=1e-6)


@pytest.mark.parametrize(("direction", "towards"), [(0.0, 1), (pi / 2.0, 1), (0.3, 2), (pi / 4.0, 2), (-3.0, 2)])
def test_on_a_cross_each_arm_counts_as_it_lies(direction: float, towards: int) -> None:
    network = network_of("cross")
    belief = believe(network, network.nearest(0.0, 0.0), direction, 3.0)
    # At a right angle is not towards.
    assert belief.total(90.0) == pytest.approx(90.0 * (3 * towards + 4 - towards), rel=1e-6)
    assert belief.share_towards(90.0) == pytest.approx(3 * towards / (3 * towards + 4 - towards), rel=1e-6)


@pytest.mark.parametrize(("reach", "metres"), [(20.0, 40.0), (150.0, 300.0), (199.0, 398.0), (201.0, 400.0), (900.0, 400.0)])
def test_round_a_ring_one_meets_oneself(reach: float, metres: float) -> None:
    network = network_of("ring")
    assert believe(network, network.nearest(30.0, 40.0), None, 3.0).total(reach) == pytest.approx(metres, rel=1e-9)


@pytest.mark.parametrize("reach", [30.0, 50.0, 100.0, 130.0, 249.0])
def test_on_a_grid_the_streets_within_reach_grow_as_its_square(reach: float) -> None:
    # Of a grid of streets s apart, 8 k + 4 lead on from the corners that lie k streets away: up to n s that makes 4 n² s.
    network = grid()
    whole, rest = divmod(reach, STEP_M)
    metres = 4.0 * whole * whole * STEP_M + (8.0 * whole + 4.0) * rest
    belief = believe(network, network.nearest(0.0, 0.0), pi / 4.0, 3.0)
    assert believe(network, network.nearest(0.0, 0.0), None, 3.0).total(reach) == pytest.approx(metres, rel=1e-12)
    assert belief.total(reach) == pytest.approx(2.0 * metres, rel=1e-6)
    assert belief.share_towards(reach) == pytest.approx(0.75, rel=1e-6)


def places_on(network: Network, every_m: float) -> list[tuple[int, float, float]]:
    """Cut all streets into short parts; give the edge, the middle and the length of each."""
    parts = []
    for edge, length in enumerate(network.edge_length.tolist()):
        number = int(length / every_m) + 1
        parts += [(edge, (nth + 0.5) * length / number, length / number) for nth in range(number)]
    return parts


PLACES = st.tuples(st.sampled_from(SEEDS), st.integers(0, 50), st.floats(0.0, 1.0))
DIRECTIONS = st.one_of(st.none(), st.floats(-pi, pi))


@settings(max_examples=40, deadline=None)
@given(PLACES, DIRECTIONS, st.floats(5.0, 600.0))
def test_the_weight_is_that_of_all_metres_within_reach(
    where: tuple[int, int, float], direction: float | None, reach: float
) -> None:
    network = maze(where[0])
    edge = where[1] % len(network.edge_length)
    place = edge, where[2] * float(network.edge_length[edge])
    x, y = network.position(*place)
    total = towards = 0.0
    for on, at, metres in places_on(network, 1.0):
        if network.way(place, (on, at))[1] <= reach:
            across, up = network.position(on, at)
            ahead = direction is not None and (across - x) * cos(direction) + (up - y) * sin(direction) > 0.0
            total += metres * (3.0 if ahead else 1.0)
            towards += metres * 3.0 * ahead
    belief = believe(network, place, direction, 3.0)
    # Each end of what is within reach, and each street that is cut by the line of the place, may be wrong by a metre or so.
    assert belief.total(reach) == pytest.approx(total, rel=0.03, abs=25.0)
    assert belief.share_towards(reach) * belief.total(reach) == pytest.approx(towards, rel=0.03, abs=25.0)


@settings(max_examples=60, deadline=None)
@given(PLACES, DIRECTIONS, st.floats(5.0, 600.0), st.lists(st.floats(1e-9, 1.0, exclude_max=True), min_size=2, max_size=20))
def test_points_lie_within_reach_and_in_the_order_of_their_shares(
    where: tuple[int, int, float], direction: float | None, reach: float, shares: list[float]
) -> None:
    network = maze(where[0])
    edge = where[1] % len(network.edge_length)
    place = edge, where[2] * float(network.edge_length[edge])
    points = believe(network, place, direction, 3.0).points(reach, sorted(shares))
    assert points == sorted(points)
    for on, at in points:
        assert -1e-9 <= at <= float(network.edge_length[on]) + 1e-9
        assert network.way(place, (on, at))[1] <= reach + 1e-6


@settings(max_examples=40, deadline=None)
@given(PLACES, DIRECTIONS, st.floats(5.0, 600.0), st.floats(1.0, 2.0))
def test_a_belief_only_spreads(where: tuple[int, int, float], direction: float | None, reach: float, more: float) -> None:
    network = maze(where[0])
    edge = where[1] % len(network.edge_length)
    belief = believe(network, (edge, where[2] * float(network.edge_length[edge])), direction, 3.0)
    assert belief.total(reach * more) >= belief.total(reach) - 1e-9
    assert belief.total(reach) > 0.0
    assert belief.total(1e6) <= 3.0 * float(network.edge_length.sum()) + 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_even_shares_give_points_by_their_weight(seed: int) -> None:
    network, place, direction, reach = maze(seed), (2, 5.0), 1.0, 180.0
    x, y = network.position(*place)
    shares = np.random.default_rng(seed).random(4000)
    counts = Counter(edge for edge, _ in believe(network, place, direction, 3.0).points(reach, shares.tolist()))
    weights: Counter[int] = Counter()
    for on, at, metres in places_on(network, 0.5):
        if network.way(place, (on, at))[1] <= reach:
            across, up = network.position(on, at)
            ahead = (across - x) * cos(direction) + (up - y) * sin(direction) > 0.0
            weights[on] += metres * (3.0 if ahead else 1.0)
    edges = [edge for edge, weight in weights.items() if weight / sum(weights.values()) > 0.005]
    observed, expected = (np.array([column[edge] for edge in edges], float) for column in (counts, weights))
    assert sum(counts.values()) == 4000
    assert chisquare(observed, expected * observed.sum() / expected.sum()).pvalue > 1e-3


def test_of_several_places_one_goes_to_the_nearest() -> None:
    network = grid()
    points = [network.nearest(*at) for at in ((200.0, 0.0), (0.0, 130.0), (-100.0, -90.0))]
    for here in ((0.0, 0.0), (180.0, 50.0), (-100.0, 0.0)):
        point, goal = nearest_of(network, here, points)
        assert goal == network.position(*point)
        away = [hypot(x - here[0], y - here[1]) for x, y in (network.position(*point) for point in points)]
        assert hypot(goal[0] - here[0], goal[1] - here[1]) == min(away)
