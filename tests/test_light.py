"""Light: known sunsets, steps that follow the sun, and how well one sees."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from simulation.light import Light, daylight, seen_share
from tests.worlds import made_neighbourhood

DE_BILT = (5.18, 52.1)
NUMBERS = {"f_dark": 0.5, "f_unlit": 0.2}


def clock(hours: int, minutes: int) -> float:
    return 3600.0 * hours + 60.0 * minutes


# Sunset and end of civil twilight at De Bilt, as almanacs give them, to a few minutes.
@pytest.mark.parametrize(
    ("date", "sunset", "dark"),
    [
        (dt.date(2026, 6, 21), clock(22, 3), clock(22, 50)),
        (dt.date(2026, 12, 21), clock(16, 30), clock(17, 11)),
        (dt.date(2026, 3, 28), clock(19, 6), clock(19, 40)),  # the last day of winter time
        (dt.date(2026, 3, 29), clock(20, 8), clock(20, 42)),  # the first of summer time
    ],
)
def test_it_is_day_until_sunset_and_night_after_civil_twilight(date: dt.date, sunset: float, dark: float) -> None:
    begin = sunset - 3600.0
    light = daylight(date, begin, 10800.0, DE_BILT)
    last_of_day, first_of_night = light.begin[light.day < 1.0][0], light.begin[light.day == 0.0][0]
    assert begin + last_of_day == pytest.approx(sunset, abs=420.0)
    assert begin + first_of_night == pytest.approx(dark, abs=420.0)
    assert (np.diff(light.day) < 0.0).all()


def test_each_step_lasts_until_the_next() -> None:
    light = Light(np.array([-np.inf, 300.0, 600.0]), np.array([1.0, 0.5, 0.0]))
    assert light.at(np.array([0.0, 299.0, 300.0, 599.0, 600.0, 9000.0])).tolist() == [1.0, 1.0, 0.5, 0.5, 0.0, 0.0]


def test_by_night_lamps_count_and_by_day_they_do_not() -> None:
    lit = np.array([1, 0, 255], np.uint8)
    assert seen_share(np.ones(3), lit, NUMBERS).tolist() == [1.0, 1.0, 1.0]
    assert seen_share(np.zeros(3), lit, NUMBERS).tolist() == [0.5, 0.2, 0.5]
    assert seen_share(np.full(3, 0.5), lit, NUMBERS).tolist() == [0.75, 0.6, 0.75]


@pytest.mark.parametrize(
    "box", [None, [], "box", [1.0, 2.0, 3.0], [1e9, 0.0, 1e9, 0.0], ["a", "b", "c", "d"], [float("nan")] * 4]
)
def test_a_map_that_tells_nonsense_of_where_it_lies_is_taken_to_lie_in_the_country(box: object) -> None:
    lies = replace(made_neighbourhood(), about={"report": {"area": {"box": box}}})
    assert lies.middle() == (5.3, 52.2)


def test_a_map_knows_where_it_lies() -> None:
    longitude, latitude = made_neighbourhood().middle()
    assert longitude == pytest.approx(5.40, abs=0.01)
    assert latitude == pytest.approx(52.77, abs=0.01)
