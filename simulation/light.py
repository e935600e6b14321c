"""Light: how much daylight there is in the course of an evening, and how well one sees by it and by the street lamps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ZONE = "Europe/Amsterdam"
"""Clock times of scenarios are of this time zone."""
_STEP_S = 300.0
_DAY, _NIGHT = -0.833, -6.0
"""Elevation of the sun, degrees, at sunset (the upper edge of the disc, with refraction) and at the end of civil twilight."""
_NOT_LIT = 0
"""What a map says of a street of which it is known that it has no lamps."""


@dataclass(frozen=True, eq=False)
class Light:
    """Daylight in the course of an evening, the same within each step of time; K steps.

    Parameters
    ----------
    begin
        (K,) seconds of play at which each step begins; the first lies before all evenings.
    day
        (K,) share of daylight: 1 by day, 0 after civil twilight, in between as high as the sun stands.
    """

    begin: Floats
    day: Floats

    def sunset(self) -> float:
        """Give from when it is no longer full daylight, seconds; 0 for from the start, infinite for not in this evening."""
        return self._first(self.day < 1.0)

    def nightfall(self) -> float:
        """Give from when it is dark, seconds; 0 for from the start, infinite for not in this evening."""
        return self._first(self.day == 0.0)

    def _first(self, steps: NDArray[np.bool_]) -> float:
        return max(float(self.begin[steps].min(initial=np.inf)), 0.0)

    def at(self, time: Floats | float) -> Any:  # noqa: ANN401 - a number for a number, an array for an array
        """Give the share of daylight at moments, seconds."""
        return self.day[np.searchsorted(self.begin, time, side="right") - 1]


def seen_share(day: Floats, lit: NDArray[np.uint8], parameters: Mapping[str, float]) -> Floats:
    """Give how well one sees somebody, against by day: the factor on noticing him, and on perceiving an element.

    Parameters
    ----------
    day
        (N,) share of daylight.
    lit
        (N,) 1 where the street is lit, 0 where it is known not to be, 255 where the map does not say: then it counts as lit.
    parameters
        Values of the registry.

    Examples
    --------
    >>> import numpy as np
    >>> numbers = {"f_dark": 0.5, "f_unlit": 0.2}
    >>> seen_share(np.array([1.0, 0.0, 0.0]), np.array([0, 0, 255], np.uint8), numbers).tolist()
    [1.0, 0.2, 0.5]
    """
    night = np.where(lit == _NOT_LIT, parameters["f_unlit"], parameters["f_dark"])
    return day + (1.0 - day) * night


@cache
def daylight(date: dt.date, start_s: float, duration_s: float, place: tuple[float, float]) -> Light:
    """Work out the daylight of an evening, in steps of five minutes.

    Parameters
    ----------
    date
        Day of the evening.
    start_s, duration_s
        Start of play, seconds after midnight by the clock, and how long it lasts, seconds.
    place
        Longitude and latitude, degrees.

    Examples
    --------
    >>> import datetime as dt
    >>> daylight(dt.date(2026, 7, 1), 70200.0, 5400.0, (5.4, 52.8)).day.tolist()
    [1.0]
    >>> daylight(dt.date(2026, 12, 1), 70200.0, 5400.0, (5.4, 52.8)).day.tolist()
    [0.0]
    """
    from zoneinfo import ZoneInfo

    from astral import Observer
    from astral.sun import elevation

    observer = Observer(latitude=place[1], longitude=place[0])
    midnight = dt.datetime.combine(date, dt.time(), ZoneInfo(ZONE))
    steps = np.arange(0.0, duration_s, _STEP_S)
    middles = (start_s + steps + _STEP_S / 2.0).tolist()
    heights = [elevation(observer, midnight + dt.timedelta(seconds=middle), with_refraction=False) for middle in middles]
    # Rounded, so that the last bits of the library's sines do not matter.
    shares = (np.array(heights, np.float64) - _NIGHT) / (_DAY - _NIGHT)
    day = np.asarray(np.clip(shares, 0.0, 1.0).round(3), np.float64)
    new = np.flatnonzero(np.diff(day, prepend=-1.0))
    return Light(np.where(new == 0, -np.inf, steps[new]), day[new])
