"""Sobol indices, on functions of which they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.errors import InputError
from simulation.experiments.points import design_points, saltelli
from simulation.experiments.sensitivity import variance_by_grade
from simulation.experiments.variance import Indices, sobol_indices
from tests.experiments.designs import design_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIELDS = ["parameters.p_watch", "players.count", "parameters.p_mute"]
ISHIGAMI = {"parameters.p_watch": (0.3139, 0.5576), "players.count": (0.4424, 0.4424), "parameters.p_mute": (0.0, 0.2437)}
VARIANCE = 13.8446
"""Of the Ishigami function with a = 7 and b = 0.1."""


def ishigami(points: int, seed: int = 1) -> NDArray[np.float64]:
    """Give the outcomes of the Ishigami function, one replication."""
    x = np.pi * (2 * saltelli(3, points, seed) - 1)
    values: NDArray[np.float64] = np.sin(x[:, :1]) + 7 * np.sin(x[:, 1:2]) ** 2 + 0.1 * x[:, 2:] ** 4 * np.sin(x[:, :1])
    return values


def by_field(indices: Indices) -> dict[str, tuple[float, float]]:
    """Give first-order and total indices."""
    return {one.field: (one.first.value, one.total.value) for one in indices.factors}


def test_the_ishigami_function() -> None:
    indices = sobol_indices(FIELDS, ishigami(4096))
    found = by_field(indices)
    assert [one.field for one in indices.factors] == ["parameters.p_watch", "players.count", "parameters.p_mute"]
    for one in indices.factors:
        first, total = ISHIGAMI[one.field]
        assert one.first.low < first < one.first.high
        assert one.total.low < total < one.total.high
        assert found[one.field] == pytest.approx((first, total), abs=0.02)
    assert [one.grade for one in indices.factors] == ["D", "", "D"]
    assert indices.missing == 0.0
    assert np.isnan(indices.noise)  # one replication tells nothing of noise


def test_an_additive_function() -> None:
    # Of x + 2 y + 0 z on (0, 1) the variance is (1 + 4) / 12: shares 0.2, 0.8 and 0, first and total alike.
    shares = saltelli(3, 1024, 2)
    indices = sobol_indices(FIELDS, shares[:, :1] + 2 * shares[:, 1:2])
    found = by_field(indices)
    assert found["parameters.p_watch"] == pytest.approx((0.2, 0.2), abs=0.01)
    assert found["players.count"] == pytest.approx((0.8, 0.8), abs=0.01)
    assert found["parameters.p_mute"] == (0.0, 0.0)


def test_intervals_hold_the_known_indices_about_as_often_as_they_say() -> None:
    held = []
    for seed in range(40):
        for one in sobol_indices(FIELDS, ishigami(128, seed), seed).factors:
            for index, known in zip((one.first, one.total), ISHIGAMI[one.field], strict=True):
                held.append(index.low <= known <= index.high)
    assert np.mean(held) > 0.9  # points of a Sobol sequence scatter less than the bootstrap takes them to


def test_the_same_seed_gives_the_same_intervals() -> None:
    outcomes = ishigami(64)
    assert sobol_indices(FIELDS, outcomes, 3).factors == sobol_indices(FIELDS, outcomes, 3).factors
    assert sobol_indices(FIELDS, outcomes, 3).factors != sobol_indices(FIELDS, outcomes, 4).factors


def test_noise_lowers_first_order_indices_and_draws_total_ones_towards_one_by_its_share() -> None:
    draws = np.random.default_rng(6)
    plain = ishigami(16384)
    of_seeds = draws.normal(size=(1, 5)) * 100
    noisy = sobol_indices(FIELDS, plain + of_seeds + draws.normal(size=(len(plain), 5)) * 4)
    noise = 16 / 5 / (VARIANCE + 16 / 5)
    assert noisy.noise == pytest.approx(noise, abs=0.01)
    for field, (first, total) in by_field(noisy).items():
        known_first, known_total = ISHIGAMI[field]
        assert first == pytest.approx((1 - noise) * known_first, abs=0.03)
        assert total == pytest.approx(known_total + noise * (1 - known_total), abs=0.03)


def test_what_seeds_do_everywhere_changes_nothing() -> None:
    plain = ishigami(256)
    shifted = plain + np.array([[-40.0, 0.0, 90.0]])
    alike, known = by_field(sobol_indices(FIELDS, shifted)), by_field(sobol_indices(FIELDS, plain))
    assert all(alike[field] == pytest.approx(known[field]) for field in FIELDS)
    holes = np.where(np.random.default_rng(1).random(shifted.shape) < 0.2, np.nan, shifted)
    holes[:, 0] = shifted[:, 0]
    made_up = by_field(sobol_indices(FIELDS, holes))
    assert all(made_up[field] == pytest.approx(known[field], abs=1e-6) for field in FIELDS)
    assert sobol_indices(FIELDS, holes).missing == pytest.approx(2 / 3 * 0.2, abs=0.03)


def test_a_single_factor_has_everything() -> None:
    (only,) = sobol_indices(["players.count"], saltelli(1, 256, 1)).factors
    assert (only.first.value, only.total.value) == pytest.approx((1.0, 1.0), abs=0.02)


def test_an_outcome_that_is_the_same_everywhere_has_no_indices() -> None:
    indices = sobol_indices(FIELDS, np.ones((5 * 8, 3)))
    assert by_field(indices) == dict.fromkeys(FIELDS, (0.0, 0.0))
    assert [one.field for one in indices.factors] == FIELDS
    assert np.isnan(indices.noise)


def test_a_point_without_any_value_is_refused() -> None:
    outcomes = np.ones((5 * 8, 3))
    outcomes[[3, 7]] = np.nan
    with pytest.raises(
        InputError, match=r"at 2 of 40 points this has no value in any evening.*take a measure that always has one"
    ):
        sobol_indices(FIELDS, outcomes)


def test_outcomes_of_another_design_are_refused() -> None:
    with pytest.raises(ValueError, match="3 factors and 24 points"):
        sobol_indices(FIELDS, np.ones((24, 3)))


def test_the_points_of_a_design_are_in_the_order_of_the_indices() -> None:
    design = design_of(
        "sobol-indices\npoints: 256",
        "  - {field: parameters.p_watch, range: [0, 1], beyond_range: true}\n  - {field: players.count, levels: [0, 30]}\n",
    )
    watch = [
        value if isinstance(value := dict(point)["parameters.p_watch"], float) else value["value"]
        for point in design_points(design)
    ]
    players = [dict(point)["players.count"] for point in design_points(design)]
    found = by_field(
        sobol_indices([factor.field for factor in design.factors], np.array([watch]).T + np.array([players]).T / 30)
    )
    # Variances 1/12 of the one, and 1/4 of a fair coin.
    assert found["parameters.p_watch"] == pytest.approx((0.25, 0.25), abs=0.02)
    assert found["players.count"] == pytest.approx((0.75, 0.75), abs=0.02)


def test_variance_rests_on_grades() -> None:
    (grade_d, organiser) = variance_by_grade(sobol_indices(FIELDS, ishigami(4096)))
    assert (grade_d.grade, grade_d.factors, organiser.grade, organiser.factors) == ("D", 2, "", 1)
    # All that concerns the first or the third is 1 - 0.4424: it lies between the bounds.
    assert (grade_d.least, grade_d.most) == pytest.approx((0.3139, 0.8013), abs=0.03)
    assert grade_d.least < 1 - 0.4424 < grade_d.most
    assert (organiser.least, organiser.most) == pytest.approx((0.4424, 0.4424), abs=0.02)
