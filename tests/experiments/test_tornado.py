"""The tornado, on functions of which the swings are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats

from simulation.experiments.points import design_points
from simulation.experiments.sensitivity import swing_by_grade
from simulation.experiments.tornado import tornado
from simulation.scenario.registry import REGISTRY
from tests.experiments.designs import design_of

if TYPE_CHECKING:
    from simulation.experiments.estimates import Estimate
    from simulation.scenario.sweeps import Point

NAN = float("nan")
POINTS: tuple[Point, ...] = (
    (),
    (("players.count", 20),),
    (("players.count", 80),),
    (("parameters.p_watch", 0.02),),
    (("parameters.p_watch", 0.25),),
    (("structure.id", "none"),),
)
SEEDS = np.array([-3.0, 0.0, 5.0, 1.0, 2.0, -8.0, 9.0, 4.0])


def told(estimate: Estimate) -> tuple[float, float, float]:
    return estimate.value, estimate.low, estimate.high


def test_a_linear_function_by_hand() -> None:
    # 0.1 per player from 50 players, 100 per unit of p_watch from 0.1, 1 less without a group; seeds do the same.
    outcomes = 10 + SEEDS + np.array([[0.0], [-3.0], [3.0], [-8.0], [15.0], [-1.0]])
    watch, players, structure = tornado(POINTS, outcomes)
    assert [bar.field for bar in (watch, players, structure)] == ["parameters.p_watch", "players.count", "structure.id"]
    assert [bar.swing for bar in (watch, players, structure)] == [23.0, 6.0, 1.0]
    assert [bar.grade for bar in (watch, players, structure)] == [REGISTRY["p_watch"].grade, "", ""]
    assert [end.value for end in players.ends] == [20, 80]
    assert [told(end.difference) for end in watch.ends] == [(-8.0, -8.0, -8.0), (15.0, 15.0, 15.0)]
    assert all(end.clear and end.difference.count == 8 for bar in (watch, players, structure) for end in bar.ends)


def test_differences_are_paired_by_seed_with_the_interval_of_a_t_test() -> None:
    left = np.array([[0.0, 0, 0, 0], [1, 2, 3, 2], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    seeds = 1000 * SEEDS[:4]
    end = tornado(POINTS, seeds + left)[0].ends[0]
    expected = stats.ttest_rel(seeds + left[1], seeds).confidence_interval()
    assert told(end.difference) == pytest.approx((2.0, expected.low, expected.high))
    assert end.difference.low == pytest.approx(2 - 3.182446 * 0.816497 / 2, rel=1e-5)


def test_the_doubt_is_shared_over_all_ends() -> None:
    # Clear by itself (p = 0.016), and not among five.
    left = np.zeros((6, 4))
    left[1] = [1, 2, 3, 2]
    alone = tornado(POINTS[:2], left[:2])[0].ends[0]
    among = tornado(POINTS, left)[0].ends[0]
    assert alone.difference == among.difference
    assert (alone.clear, among.clear) == (True, False)


def test_differences_that_are_all_alike_are_clear_when_there_are_enough_of_them() -> None:
    # Seven coins fall on one side with chance 2 / 2**7, less than 0.05 / 2; six do not.
    outcomes = np.zeros((3, 7))
    outcomes[1] = 1
    assert [end.clear for end in tornado(POINTS[:3], outcomes)[0].ends] == [True, False]
    assert not tornado(POINTS[:3], outcomes[:, :6])[0].clear


def test_a_whole_tornado_of_nothing_has_a_clear_end_in_one_of_twenty() -> None:
    draws = np.random.default_rng(8)
    clear = [any(bar.clear for bar in tornado(POINTS, draws.normal(size=(6, 20)))) for _ in range(1000)]
    assert 0.02 < np.mean(clear) < 0.07  # ends share the base, so a little less often


def test_a_swing_reaches_from_the_scenario_as_it_is_where_both_ends_lie_on_one_side() -> None:
    outcomes = SEEDS + np.array([[0.0], [2.0], [3.0], [-1.0], [-4.0], [0.0]])
    assert [bar.swing for bar in tornado(POINTS, outcomes)] == [4.0, 3.0, 0.0]


def test_a_factor_that_changes_no_evening_has_no_swing() -> None:
    bar = tornado(POINTS[:2], np.tile(SEEDS, (2, 1)))[0]
    assert (bar.swing, bar.clear, told(bar.ends[0].difference)) == (0.0, False, (0.0, 0.0, 0.0))


def test_only_seeds_with_both_outcomes_are_compared() -> None:
    outcomes = np.array([[1.0, 2.0, 3.0, NAN], [2.0, NAN, 7.0, 9.0], [NAN, NAN, 4.0, NAN], [NAN, NAN, NAN, 1.0]])
    (players,) = tornado(POINTS[:3], outcomes[:3])
    watch = tornado((POINTS[0], POINTS[3]), outcomes[[0, 3]])[0]
    assert [end.difference.count for end in players.ends] == [2, 1]
    assert players.ends[0].difference.value == 2.5
    assert told(players.ends[1].difference) == pytest.approx((1.0, NAN, NAN), nan_ok=True)
    assert (watch.ends[0].difference.count, watch.clear) == (0, False)
    assert np.isnan(watch.swing)


def test_factors_without_any_pair_come_last() -> None:
    outcomes = SEEDS + np.zeros((6, 1))
    outcomes[1:3] = NAN
    assert [bar.field for bar in tornado(POINTS, outcomes)] == ["parameters.p_watch", "structure.id", "players.count"]


def test_swings_rest_on_grades() -> None:
    grade = REGISTRY["p_watch"].grade
    outcomes = SEEDS + np.array([[0.0], [-3.0], [3.0], [-8.0], [10.0], [0.0]])
    assert swing_by_grade(tornado(POINTS, outcomes)) == ((grade, 1, 1, 0.75), ("", 2, 1, 0.25))
    nothing = swing_by_grade(tornado(POINTS, np.tile(SEEDS, (6, 1))))
    assert [row[:3] for row in nothing] == [(grade, 1, 0), ("", 2, 0)]
    assert all(np.isnan(row.share) for row in nothing)


def test_a_design_of_another_method_has_no_tornado() -> None:
    points = design_points(design_of("sobol\npoints: 4"))
    for wrong, outcomes in ((points, 4), (POINTS, 4), (POINTS[1:], 5)):
        with pytest.raises(ValueError, match="one-at-a-time"):
            tornado(wrong, np.zeros((outcomes, 3)))
