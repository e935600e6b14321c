"""Phone checks: a stationary stream whose delay from any moment is the measured one."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from simulation.channels.checks import CheckRhythm, check_times, next_checks
from simulation.draws import stream_key, text_keys

SIGMAS = [0.3, 0.8, 1.2, 1.7, 2.2]
MEDIAN_S = 100.0
PEOPLE = text_keys([f"n{number}/1" for number in range(20_000)])
STREAM = np.array([stream_key(1, "check")], np.uint64)
SURE = 1e-6


def share_read(rhythm: CheckRhythm, delay: float) -> float:
    """Give the share of readers within a delay: lognormal above the turn, even below it."""
    if delay < rhythm.turn_s:
        return delay * NormalDist().cdf(np.log(rhythm.turn_s / rhythm.median_s) / rhythm.sigma) / rhythm.turn_s
    return NormalDist().cdf(np.log(delay / rhythm.median_s) / rhythm.sigma)


@pytest.mark.parametrize("sigma", SIGMAS)
@pytest.mark.parametrize("moment", [0.0, 33.0, 900.0])
def test_the_delay_from_any_moment_is_the_measured_one(sigma: float, moment: float) -> None:
    rhythm = CheckRhythm(MEDIAN_S, sigma)
    delays = next_checks(check_times(STREAM, PEOPLE, rhythm, (0.0, 1500.0)), moment) - moment
    for share in (0.1, 0.25, 0.5, 0.6, 0.75, 0.9):
        quantile = MEDIAN_S * np.exp(sigma * NormalDist().inv_cdf(share))
        if moment + quantile < 1500.0:
            expected = share_read(rhythm, quantile)
            assert expected == pytest.approx(share) or quantile < rhythm.turn_s
            assert abs((delays <= quantile).mean() - expected) < 4.5 * np.sqrt(share * (1.0 - share) / len(delays))


@pytest.mark.parametrize("sigma", SIGMAS)
def test_below_the_turn_the_delay_is_even(sigma: float) -> None:
    rhythm = CheckRhythm(MEDIAN_S, sigma)
    delays = next_checks(check_times(STREAM, PEOPLE, rhythm, (0.0, 500.0)), 300.0) - 300.0
    below = delays[delays < rhythm.turn_s]
    assert stats.kstest(below / rhythm.turn_s, "uniform").pvalue > SURE


@pytest.mark.parametrize("sigma", SIGMAS)
def test_the_median_delay_is_exact_where_it_lies_above_the_turn(sigma: float) -> None:
    rhythm = CheckRhythm(MEDIAN_S, sigma)
    if rhythm.turn_s < MEDIAN_S:
        assert rhythm.delays(np.array([0.5]))[0] == pytest.approx(MEDIAN_S)
    assert share_read(rhythm, rhythm.turn_s) == pytest.approx(rhythm.share_below, abs=1e-7)


@pytest.mark.parametrize("sigma", SIGMAS)
def test_the_density_of_the_delay_does_not_jump_at_the_turn(sigma: float) -> None:
    rhythm = CheckRhythm(MEDIAN_S, sigma)
    below = rhythm.share_below / rhythm.turn_s
    above = NormalDist().pdf(np.log(rhythm.turn_s / MEDIAN_S) / sigma) / (sigma * rhythm.turn_s)
    assert below == pytest.approx(above, rel=1e-6)


@pytest.mark.parametrize("sigma", SIGMAS)
def test_the_density_of_the_delay_is_what_is_left_of_the_intervals(sigma: float) -> None:
    # Renewal theory: the density of the delay at x is the share of intervals longer than x, over their mean.
    rhythm = CheckRhythm(MEDIAN_S, sigma)
    for share in (0.999, 0.7, 0.4, 0.05):
        interval = float(rhythm.intervals(np.array([share]))[0])
        density = NormalDist().pdf(np.log(interval / MEDIAN_S) / sigma) / (sigma * interval)
        assert density * rhythm.mean_interval_s == pytest.approx(share, rel=1e-6)
        assert interval >= rhythm.turn_s


@pytest.mark.parametrize("sigma", SIGMAS)
def test_the_mean_interval_is_that_of_the_intervals(sigma: float) -> None:
    rhythm = CheckRhythm(MEDIAN_S, sigma)
    mean, _ = integrate.quad(lambda share: float(rhythm.intervals(np.array([share]))[0]), 0.0, 1.0, limit=200)
    assert mean == pytest.approx(rhythm.mean_interval_s, rel=1e-3)


@given(st.sampled_from(SIGMAS), st.lists(st.floats(1e-9, 1.0 - 1e-9), min_size=2, max_size=9))
def test_a_higher_number_means_a_later_check(sigma: float, shares: list[float]) -> None:
    rhythm = CheckRhythm(MEDIAN_S, sigma)
    shares = sorted(shares)
    assert (np.diff(rhythm.delays(np.array(shares))) >= 0.0).all()
    assert (np.diff(rhythm.intervals(np.array(shares))) <= 0.0).all()


@pytest.mark.parametrize("sigma", SIGMAS)
def test_checks_rise_and_reach_beyond_the_end(sigma: float) -> None:
    checks = check_times(STREAM, PEOPLE[:500], CheckRhythm(MEDIAN_S, sigma), (20.0, 900.0))
    assert (np.diff(checks, axis=1) > 0.0).all()
    assert (checks[:, 0] >= 20.0).all()
    assert (checks[:, -1] > 900.0).all()
    assert np.array_equal(checks, np.rint(checks * 1e6) / 1e6)


@pytest.mark.parametrize("sigma", SIGMAS)
def test_nobody_checks_at_other_times_because_of_who_else_is_there(sigma: float) -> None:
    rhythm = CheckRhythm(MEDIAN_S, sigma)
    together = check_times(STREAM, PEOPLE[:500], rhythm, (0.0, 2500.0))
    for number in (0, 123, 499):
        alone = check_times(STREAM, PEOPLE[number : number + 1], rhythm, (0.0, 2500.0))
        both = min(alone.shape[1], together.shape[1])
        assert np.array_equal(alone[0, :both], together[number, :both])


def test_a_longer_evening_has_the_same_checks_and_more() -> None:
    # Checks are drawn in blocks as long as the evening asks for; where blocks join, the last digit may differ.
    rhythm = CheckRhythm(MEDIAN_S, 0.8)
    short, long = (check_times(STREAM, PEOPLE[:300], rhythm, (0.0, end)) for end in (600.0, 7200.0))
    columns = short.shape[1]
    np.testing.assert_allclose(short, long[:, :columns], rtol=0.0, atol=5e-6)


def test_nobody_has_no_checks() -> None:
    assert len(check_times(STREAM, PEOPLE[:0], CheckRhythm(MEDIAN_S, 1.0), (0.0, 900.0))) == 0


@settings(max_examples=60)
@given(
    st.lists(st.lists(st.integers(0, 50), min_size=5, max_size=5, unique=True), min_size=1, max_size=6), st.integers(-1, 51)
)
def test_the_next_check_is_the_first_one_later(table: list[list[int]], after: int) -> None:
    checks = np.sort(np.array(table, float), axis=1)
    expected = [min([check for check in row if check > after], default=np.inf) for row in checks.tolist()]
    assert next_checks(checks, float(after)).tolist() == expected


@given(st.floats(-10.0, 600.0), st.floats(0.0, 100.0))
def test_a_later_message_is_never_read_before_an_earlier_one(sent: float, later: float) -> None:
    checks = check_times(STREAM, PEOPLE[:50], CheckRhythm(MEDIAN_S, 1.2), (0.0, 900.0))
    first, second = next_checks(checks, sent), next_checks(checks, sent + later)
    assert (first <= second).all()
    assert (first > sent).all()
