"""The elementary functions: right to the last digits, and the same bits for a float as for an array."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from simulation import elementary
from simulation.elementary import PI, angle_between, atan, cos, exp, log, normal_quantile, normal_share, sin, tan, unit_vector

if TYPE_CHECKING:
    from collections.abc import Callable

    Function = Callable[[Any], Any]

RIGHT_ANGLE = PI / 2.0
SHARES = st.floats(1e-300, 1.0 - 2.0**-53)
ARGUMENTS = {
    "exp": st.floats(-700.0, 700.0),
    "log": st.floats(1e-300, 1e300),
    "atan": st.floats(-1e300, 1e300),
    "sin": st.floats(-RIGHT_ANGLE, RIGHT_ANGLE),
    "cos": st.floats(-RIGHT_ANGLE, RIGHT_ANGLE),
    "tan": st.floats(-1.57, 1.57),
    "normal_quantile": SHARES,
    "whole_microseconds": st.floats(-1e6, 1e6),
}


def even(low: float, high: float, count: int = 100_000) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Give numbers spread evenly, both ends included, a little irregular."""
    steps = np.linspace(low, high, count)
    return np.clip(steps + np.sin(np.arange(count)) * (high - low) / (4.0 * count), low, high)


@pytest.mark.parametrize("name", sorted(ARGUMENTS))
@given(data=st.data())
def test_a_float_and_an_array_give_the_same_bits(name: str, data: st.DataObject) -> None:
    function: Function = getattr(elementary, name)
    values = data.draw(st.lists(ARGUMENTS[name], min_size=1, max_size=20))
    singly, together = np.array([function(value) for value in values]), function(np.array(values))
    assert (singly + 0.0).tobytes() == (together + 0.0).tobytes()  # adding nought leaves all but the sign of zero


@pytest.mark.parametrize(
    ("ours", "theirs", "arguments"),
    [
        (exp, np.exp, even(-700.0, 700.0)),
        (log, np.log, np.exp(even(-690.0, 690.0))),
        (log, np.log, even(0.5, 2.0)),
        (atan, np.arctan, even(-4.0, 4.0)),
        (atan, np.arctan, np.exp(even(-40.0, 40.0))),
        (sin, np.sin, even(-RIGHT_ANGLE, RIGHT_ANGLE)),
        (tan, np.tan, even(-1.2, 1.2)),
        (normal_quantile, ndtri, even(1e-6, 1.0 - 1e-6)),
        (normal_quantile, ndtri, np.exp(even(-690.0, -1.0))),
    ],
)
def test_the_relative_error_is_a_few_units_in_the_last_place(ours: Function, theirs: Function, arguments: Any) -> None:
    np.testing.assert_allclose(ours(arguments), theirs(arguments), rtol=1.5e-15, atol=0.0)


def test_the_cosine_is_right_absolutely() -> None:
    # Near a right angle it is nearly zero, and no longer right relatively.
    angles = even(-RIGHT_ANGLE, RIGHT_ANGLE)
    np.testing.assert_allclose(cos(angles), np.cos(angles), rtol=0.0, atol=3e-16)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (exp, even(-40.0, 40.0)),
        (log, np.exp(even(-40.0, 40.0))),
        (atan, np.sinh(even(-20.0, 20.0))),
        (tan, even(-1.57, 1.57)),
        (sin, even(-1.5, 1.5)),
        (normal_quantile, even(1e-5, 1.0 - 1e-5)),
    ],
)
def test_it_rises_where_the_argument_rises(function: Function, arguments: Any) -> None:
    assert (np.diff(function(np.sort(arguments))) >= 0.0).all()


@pytest.mark.parametrize("border", [-1.0, 1.0])
def test_the_arc_tangent_does_not_jump_where_it_changes_its_series(border: float) -> None:
    around = np.array([np.nextafter(border, -2.0), border, np.nextafter(border, 2.0)])
    np.testing.assert_allclose(atan(around), math.copysign(PI / 4.0, border), rtol=1e-15)


@pytest.mark.parametrize("border", [0.075, 0.925, math.exp(-25.0)])
def test_the_quantile_does_not_jump_where_it_changes_its_polynomial(border: float) -> None:
    around = border * (1.0 + np.arange(-50, 51) * 1e-14)
    values = normal_quantile(around)
    np.testing.assert_allclose(values, ndtri(around), rtol=1.5e-15, atol=0.0)


def test_special_values_are_exact() -> None:
    assert exp(0.0) == 1.0
    assert log(1.0) == 0.0
    assert atan(0.0) == 0.0
    assert atan(1.0) == atan(np.array([1.0]))[0] == pytest.approx(PI / 4.0, abs=2e-16)
    assert (sin(0.0), cos(0.0), tan(0.0)) == (0.0, 1.0, 0.0)
    assert (sin(RIGHT_ANGLE), cos(RIGHT_ANGLE)) == (1.0, 0.0)
    assert normal_quantile(0.5) == 0.0
    assert atan(math.inf) == RIGHT_ANGLE


@given(SHARES.filter(lambda p: p > 1e-12))
def test_quantiles_mirror(p: float) -> None:
    other = 1.0 - p
    if 1.0 - other == p:
        assert normal_quantile(other) == -normal_quantile(p)


@given(st.floats(-700.0, 690.0))
def test_the_logarithm_undoes_the_exponential(x: float) -> None:
    assert log(exp(x)) == pytest.approx(x, rel=1e-15, abs=5e-16)


@given(st.floats(-PI, PI))
def test_a_direction_and_its_unit_vector_are_inverse(angle: float) -> None:
    x, y = unit_vector(angle)
    assert math.hypot(x, y) == pytest.approx(1.0, abs=5e-16)
    assert abs(math.remainder(angle_between(x, y) - angle, 2.0 * PI)) < 1e-15
    assert (x, y) == pytest.approx((math.cos(angle), math.sin(angle)), abs=1e-15)


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_the_angle_of_a_vector_is_that_of_the_mathematics_library(x: float, y: float) -> None:
    # A sign of zero says nothing about where somebody goes: (-1, -0) lies to the west as (-1, 0) does.
    assert angle_between(x, y) == pytest.approx(math.atan2(y + 0.0, x + 0.0), abs=1e-15)


@pytest.mark.parametrize(
    ("vector", "angle"),
    [
        ((0.0, 0.0), 0.0),
        ((0.0, 2.0), PI / 2),
        ((0.0, -2.0), -PI / 2),
        ((-3.0, 0.0), PI),
        ((-3.0, -0.0), PI),
        ((3.0, 0.0), 0.0),
        ((1.0, 1.0), PI / 4),
        ((-1.0, -1.0), -3 * PI / 4),
    ],
)
def test_the_angle_of_special_vectors(vector: tuple[float, float], angle: float) -> None:
    assert angle_between(*vector) == pytest.approx(angle, abs=1e-15)


@given(st.floats(-1e6, 1e6))
def test_seconds_are_rounded_to_the_nearest_microsecond(seconds: float) -> None:
    rounded = elementary.whole_microseconds(seconds)
    assert abs(rounded - seconds) <= 0.5000001e-6
    assert rounded == round(rounded * 1e6) / 1e6
    assert elementary.whole_microseconds(rounded) == rounded


def test_never_stays_never() -> None:
    assert elementary.whole_microseconds(math.inf) == math.inf
    assert elementary.whole_microseconds(-math.inf) == -math.inf
    assert elementary.whole_microseconds(np.array([math.inf, 0.25e-6])).tolist() == [math.inf, 0.0]


@pytest.mark.parametrize(("z", "share"), [(0.0, 0.5), (1.0, 0.8413447461), (-1.959963985, 0.025), (9.0, 1.0)])
def test_the_share_below_is_rounded_to_ten_decimals(z: float, share: float) -> None:
    assert normal_share(z) == share
