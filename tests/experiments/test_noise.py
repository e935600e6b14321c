"""Noise, recovered from tables of which it is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.experiments.noise import noise_share, noise_variance, point_effects

NAN = float("nan")


def test_a_table_by_hand() -> None:
    # Effects of points 1 and 5, of seeds -1 and 1, and a rest of -0.5, 0.5, 0.5, -0.5.
    outcomes = np.array([[-0.5, 2.5], [4.5, 5.5]])
    assert point_effects(outcomes) == pytest.approx([1.0, 5.0])
    assert noise_variance(outcomes) == pytest.approx(4 * 0.25 / 1 / 2)  # one degree of freedom, two replications
    assert noise_share(outcomes) == pytest.approx(0.5 / 8.0)


def test_what_a_seed_does_everywhere_is_no_noise() -> None:
    outcomes = np.array([1.0, 2.0, 7.0])[:, np.newaxis] + np.array([-30.0, 10.0, 20.0, 0.0])
    assert noise_variance(outcomes) == pytest.approx(0, abs=1e-20)
    assert noise_share(outcomes) == pytest.approx(0, abs=1e-20)


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 10), st.integers(2, 12))
def test_known_noise_is_recovered(seed: int, noise_sd: float, replications: int) -> None:
    draws = np.random.default_rng(seed)
    points = 2000
    of_points, of_seeds = draws.normal(size=(points, 1)) * 2, draws.normal(size=(1, replications)) * 50
    outcomes = of_points + of_seeds + draws.normal(size=(points, replications)) * noise_sd
    expected = noise_sd**2 / replications
    assert noise_variance(outcomes) == pytest.approx(expected, rel=0.2)
    assert noise_share(outcomes) == pytest.approx(expected / (4 + expected), rel=0.3)


def test_nothing_but_noise_is_noise() -> None:
    outcomes = np.random.default_rng(3).normal(size=(3000, 6))
    assert noise_share(outcomes) == pytest.approx(1, abs=0.06)


def test_missing_values_are_made_up_for_by_what_their_seeds_do_elsewhere() -> None:
    draws = np.random.default_rng(4)
    of_points, of_seeds = np.arange(8.0)[:, np.newaxis], draws.normal(size=(1, 10)) * 50
    outcomes = of_points + of_seeds
    holes = np.where(draws.random(outcomes.shape) < 0.3, NAN, outcomes)
    effects = point_effects(holes)
    assert np.diff(effects) == pytest.approx(np.ones(7), abs=1e-6)
    assert np.abs(np.diff(np.nanmean(holes, axis=1)) - 1).max() > 5
    assert noise_variance(holes) == pytest.approx(0, abs=1e-9)


def test_known_noise_is_recovered_beside_missing_values() -> None:
    draws = np.random.default_rng(5)
    outcomes = draws.normal(size=(4000, 1)) + draws.normal(size=(1, 8)) + draws.normal(size=(4000, 8)) * 2
    outcomes[draws.random(outcomes.shape) < 0.25] = NAN
    values = np.isfinite(outcomes).sum(axis=1)
    assert noise_variance(outcomes) == pytest.approx(4 * (1 / values[values > 0]).mean(), rel=0.05)


def test_a_point_without_any_value_has_no_effect() -> None:
    outcomes = np.array([[1.0, 2.0], [NAN, NAN], [3.0, 4.0]])
    assert point_effects(outcomes) == pytest.approx([1.5, NAN, 3.5], nan_ok=True)
    assert noise_variance(outcomes) == pytest.approx(0, abs=1e-20)


@pytest.mark.parametrize(
    "outcomes",
    [np.array([[1.0], [2.0]]), np.array([[1.0, 2.0]]), np.full((3, 4), NAN), np.full((3, 4), 2.0), np.empty((0, 0))],
)
def test_too_little_to_tell_the_noise_from_is_said(outcomes: np.ndarray) -> None:
    assert np.isnan(noise_share(outcomes))
