"""The few elementary functions that an evening may use, the same bits on every processor.

Library versions of `exp`, `log` or `tan` differ in the last bit between instruction sets. These use only additions,
multiplications, divisions, square roots and exact scaling, which IEEE 754 fixes. Each takes a float or an array and gives the
same value for both.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Number = TypeVar("Number", float, "NDArray[np.float64]")

PI = 3.141592653589793
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_SQRT_HALF = 0.7071067811865476
_CENTRAL, _FAR = 0.425, 5.0
_EXP = tuple(1.0 / math.factorial(n) for n in range(13, -1, -1))
_LOG = tuple(2.0 / n for n in range(23, 0, -2))
_ATAN = tuple((-1.0) ** (n // 2) / n for n in range(23, 0, -2))
_SIN = tuple((-1.0) ** (n // 2) / math.factorial(n) for n in range(23, 0, -2))
_COS = tuple((-1.0) ** (n // 2) / math.factorial(n) for n in range(22, -1, -2))

# Wichura, M.J. (1988), Algorithm AS 241: The percentage points of the normal distribution. Applied Statistics 37, 477-484.
_CENTRE = (
    (2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
     1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0),
    (5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
     5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0),
)  # fmt: skip
_MIDDLE = (
    (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
     3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0),
    (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0),
)  # fmt: skip
_TAIL = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0),
    (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0),
)  # fmt: skip


def exp(x: Number) -> Number:
    """Give e to the power `x`, for |x| up to 700."""
    if isinstance(x, float):
        k = round(x / math.log(2.0))
        return math.ldexp(_horner(x - k * _LN2_HIGH - k * _LN2_LOW, _EXP), k)
    steps = np.rint(x / math.log(2.0))
    return np.ldexp(_horner(x - steps * _LN2_HIGH - steps * _LN2_LOW, _EXP), steps.astype(np.int32))


def log(x: Number) -> Number:
    """Give the natural logarithm of `x` > 0."""
    if isinstance(x, float):
        mantissa, power = math.frexp(x)
        if mantissa < _SQRT_HALF:
            mantissa, power = mantissa * 2.0, power - 1
        ratio = (mantissa - 1.0) / (mantissa + 1.0)
        return power * _LN2_HIGH + (ratio * _horner(ratio * ratio, _LOG) + power * _LN2_LOW)
    fractions, powers = np.frexp(x)
    low = fractions < _SQRT_HALF
    fractions, powers = np.asarray(fractions + fractions * low), powers - low
    ratios = (fractions - 1.0) / (fractions + 1.0)
    return powers * _LN2_HIGH + (ratios * _horner(ratios * ratios, _LOG) + powers * _LN2_LOW)


def atan(x: Number) -> Number:
    """Give the angle in (-π/2, π/2) whose tangent is `x`."""
    if isinstance(x, float):
        if x > 1.0:
            return PI / 2.0 - _atan_halved(1.0 / x)
        return -PI / 2.0 - _atan_halved(1.0 / x) if x < -1.0 else _atan_halved(x)
    large = np.abs(x) > 1.0
    angle = _atan_halved(np.divide(1.0, x, out=x.copy(), where=large))
    return np.where(large, np.copysign(PI / 2.0, x) - angle, angle)


def sin(x: Number) -> Number:
    """Give the sine of `x`, |x| up to π/2."""
    return x * _horner(x * x, _SIN)


def cos(x: Number) -> Number:
    """Give the cosine of `x`, |x| up to π/2."""
    return _horner(x * x, _COS)


def tan(x: Number) -> Number:
    """Give the tangent of `x`, |x| below π/2."""
    return sin(x) / cos(x)


def angle_between(x: float, y: float) -> float:
    """Give the direction of the vector (x, y) in radians from the east, counter-clockwise, in (-π, π]."""
    if x == 0.0:
        return 0.0 if y == 0.0 else (PI / 2.0 if y > 0.0 else -PI / 2.0)
    angle = atan(y / x)
    if x > 0.0:
        return angle
    return angle + PI if y >= 0.0 else angle - PI


def unit_vector(angle: float) -> tuple[float, float]:
    """Give the vector of length 1 in a direction, radians from the east in [-π, π]."""
    turned = abs(angle) > PI / 2.0
    within = PI - abs(angle) if turned else abs(angle)
    return (-cos(within) if turned else cos(within)), (sin(within) if angle >= 0.0 else -sin(within))


def normal_quantile(p: Number) -> Number:
    """Give the standard normal value below which a share `p` in (0, 1) lies (AS 241, relative error about 1e-16)."""
    offset = p - 0.5
    if isinstance(p, float):
        if abs(offset) <= _CENTRAL:
            return offset * _ratio(0.180625 - offset * offset, _CENTRE)
        root = math.sqrt(-log(min(p, 1.0 - p)))
        far = _ratio(root - 1.6, _MIDDLE) if root <= _FAR else _ratio(root - 5.0, _TAIL)
        return -far if offset < 0.0 else far
    inside = np.abs(offset) <= _CENTRAL
    centre = 0.180625 - np.where(inside, offset, 0.0) * np.where(inside, offset, 0.0)
    value = offset * _ratio(centre, _CENTRE)
    if not inside.all():
        outside = ~inside
        tail = np.minimum(p[outside], 1.0 - p[outside])
        root = np.sqrt(-log(tail))
        far = np.where(root <= _FAR, _ratio(root - 1.6, _MIDDLE), _ratio(root - 5.0, _TAIL))
        value[outside] = np.where(offset[outside] < 0.0, -far, far)
    return value


def normal_share(z: float) -> float:
    """Give the share of a standard normal distribution below `z`, to ten decimals.

    For tables made once from the registry; the rounding hides what libraries disagree on.
    """
    return round(NormalDist().cdf(z), 10)


def whole_microseconds(seconds: Number) -> Number:
    """Round seconds to whole microseconds, as every drawn delay and solved time is."""
    if not isinstance(seconds, float):
        return np.rint(seconds * 1e6) / 1e6
    return seconds if math.isinf(seconds) else float(round(seconds * 1e6)) / 1e6


def _horner(x: Number, coefficients: tuple[float, ...]) -> Number:
    total = x * coefficients[0] + coefficients[1]
    for coefficient in coefficients[2:]:
        total *= x
        total += coefficient
    return total


def _ratio(x: Number, polynomials: tuple[tuple[float, ...], tuple[float, ...]]) -> Number:
    return _horner(x, polynomials[0]) / _horner(x, polynomials[1])


def _root(x: Number) -> Number:
    if isinstance(x, float):
        return math.sqrt(x)
    return np.sqrt(x)


def _atan_halved(x: Number) -> Number:
    """Use atan x = 2 atan(x / (1 + sqrt(1 + x²))) twice, so that the series is short."""
    for _ in range(2):
        x = x / (1.0 + _root(1.0 + x * x))
    return 4.0 * x * _horner(x * x, _ATAN)
