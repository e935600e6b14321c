"""How well one sees: from where which points of the streets are clear, by what light."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.integrate import quad

if TYPE_CHECKING:
    from tests.reference.ground import Ground

Array = np.ndarray[Any, np.dtype[Any]]


@lru_cache(maxsize=1)
def see(ground: Ground, half_m: float, reach_m: float, p_notice: float) -> tuple[Array, Array]:
    """Give how clear each point is from each station, and the rate of noticing whoever is there.

    A station is a point of the streets, a home, or nowhere; the point after the last one is out of everybody's sight.
    """

    def factor(metres: Any) -> Any:
        return half_m**2 / (half_m**2 + metres**2)

    edge = np.sqrt(reach_m**2 - 4.0) / 1.34
    passing, _ = quad(lambda t: factor(np.hypot(2.0, 1.34 * t)), -edge, edge)
    apart = np.concatenate([ground.apart, ground.from_home, np.full((1, len(ground.xy)), np.inf)])
    apart = np.pad(apart, ((0, 0), (0, 1)), constant_values=np.inf)
    clear = np.where(apart <= reach_m, factor(np.minimum(apart, 1e9)), 0.0).astype(np.float32)
    return clear, (-np.log1p(-p_notice) / passing * clear).astype(np.float32)


def daylight(date: dt.date, clock_s: Array) -> Array:
    """Give the share of daylight in the made neighbourhood in summer time: low-precision sun of the Astronomical Almanac."""
    days = (date - dt.date(2000, 1, 1)).days - 0.5 + (clock_s - 7200.0) / 86_400.0
    mean, anomaly = np.radians(280.460 + 0.9856474 * days), np.radians(357.528 + 0.9856003 * days)
    along = mean + np.radians(1.915 * np.sin(anomaly) + 0.020 * np.sin(2.0 * anomaly))
    tilt = np.radians(23.439)
    ascension = np.arctan2(np.cos(tilt) * np.sin(along), np.cos(along))
    declination = np.arcsin(np.sin(tilt) * np.sin(along))
    hour = np.radians(280.46062 + 360.98564737 * days + 5.40) - ascension
    latitude = np.radians(52.77)
    height = np.arcsin(np.sin(latitude) * np.sin(declination) + np.cos(latitude) * np.cos(declination) * np.cos(hour))
    return np.clip((np.degrees(height) + 6.0) / (6.0 - 0.833), 0.0, 1.0)
