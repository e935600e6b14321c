"""Which points a design has."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.experiments.points import design_points, latin_hypercube, points_at, saltelli, sobol_sequence
from tests.experiments.designs import FACTORS, design_of


def test_a_full_factorial_rises_with_the_first_factor_slowest() -> None:
    factors = "  - {field: structure.id, levels: [zoomwijck, none]}\n  - {field: players.count, levels: [20, 50, 100]}\n"
    assert design_points(design_of("factorial", factors)) == (
        (("structure.id", "zoomwijck"), ("players.count", 20)),
        (("structure.id", "zoomwijck"), ("players.count", 50)),
        (("structure.id", "zoomwijck"), ("players.count", 100)),
        (("structure.id", "none"), ("players.count", 20)),
        (("structure.id", "none"), ("players.count", 50)),
        (("structure.id", "none"), ("players.count", 100)),
    )


def test_one_at_a_time_starts_with_the_scenario_as_it_is() -> None:
    assert design_points(design_of("one-at-a-time")) == (
        (),
        (("structure.id", "separate-groups"),),
        (("structure.id", "zoomwijck"),),
        (("parameters.p_watch", 0.05),),
        (("parameters.p_watch", 0.25),),
        (("players.count", 20),),
        (("players.count", 50),),
        (("players.count", 100),),
        (("games[0].start", "19:30"),),
        (("games[0].start", "20:00"),),
    )


@settings(max_examples=20)
@given(st.integers(1, 6), st.integers(1, 40), st.integers(0, 2**53 - 1))
def test_each_part_of_a_range_holds_one_point_of_a_latin_hypercube(factors: int, points: int, seed: int) -> None:
    parts = np.floor(latin_hypercube(factors, points, seed) * points)
    assert np.array_equal(np.sort(parts, axis=0), np.tile(np.arange(points)[:, np.newaxis], factors))


@settings(max_examples=20)
@given(st.integers(1, 6), st.integers(0, 7), st.integers(0, 2**53 - 1))
def test_sobol_points_are_balanced(factors: int, power: int, seed: int) -> None:
    points = 2**power
    shares = sobol_sequence(factors, points, seed)
    assert shares.shape == (points, factors)
    assert np.array_equal(np.sort(np.floor(shares * points), axis=0), np.tile(np.arange(points)[:, np.newaxis], factors))
    if factors > 1 and power > 1:  # the first two factors fill every quarter alike
        quarters = np.floor(shares[:, :2] * 2) @ [1, 2]
        assert np.array_equal(np.bincount(quarters.astype(int)), np.full(4, points // 4))


def test_the_matrices_of_sobol_indices_differ_in_one_column_each() -> None:
    shares = saltelli(3, 8, 5)
    first, second, *crossed = shares.reshape(5, 8, 3)
    assert not np.any(first == second)
    for column, matrix in enumerate(crossed):
        assert np.array_equal(matrix[:, column], second[:, column])
        others = [other for other in range(3) if other != column]
        assert np.array_equal(matrix[:, others], first[:, others])
    assert np.array_equal(np.hstack([first, second]), sobol_sequence(6, 8, 5))


@pytest.mark.parametrize(("method", "count"), [("latin-hypercube", 6), ("sobol", 8), ("sobol-indices", 8)])
def test_the_same_file_gives_the_same_points_and_another_seed_others(method: str, count: int) -> None:
    points = design_points(design_of(f"{method}\npoints: {count}\nseed: 4"))
    assert len(points) == (count * 6 if method == "sobol-indices" else count)
    assert points == design_points(design_of(f"{method}\npoints: {count}\nseed: 4"))
    assert points != design_points(design_of(f"{method}\npoints: {count}\nseed: 5"))
    assert {tuple(field for field, _ in point) for point in points} == {
        tuple(f.field for f in design_of("sobol\npoints: 8").factors)
    }


def test_points_are_the_same_in_another_process() -> None:
    code = (
        "from simulation.experiments.points import design_points\nfrom tests.experiments.designs import design_of\n"
        "print(design_points(design_of('sobol\\npoints: 8')))"
    )
    root = Path(__file__).parents[2]
    told = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True).stdout
    assert told == str(design_points(design_of("sobol\npoints: 8"))) + "\n"


def test_shares_become_values_in_the_same_order() -> None:
    factors = design_of("factorial", FACTORS.replace("range", "levels")).factors
    low, high = points_at(factors, np.array([[0.0, 0.0, 0.0, 0.0], [0.99, 0.99, 0.99, 0.99]]))
    assert low == (
        ("structure.id", "separate-groups"),
        ("parameters.p_watch", 0.05),
        ("players.count", 20),
        ("games[0].start", "19:30"),
    )
    assert high == (
        ("structure.id", "zoomwijck"),
        ("parameters.p_watch", 0.25),
        ("players.count", 100),
        ("games[0].start", "20:00"),
    )
    rising = points_at(design_of("sobol\npoints: 8").factors, np.tile(np.linspace(0, 0.99, 9)[:, np.newaxis], 4))
    assert all(dict(one)["parameters.p_watch"] < dict(other)["parameters.p_watch"] for one, other in pairwise(rising))
    assert all(dict(one)["games[0].start"] < dict(other)["games[0].start"] for one, other in pairwise(rising))
