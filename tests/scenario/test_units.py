from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import units

microseconds = st.integers(0, 86_400_000_000).map(lambda micros: micros / 1e6)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("00:00", 0.0), ("9:05", 32_700.0), ("19:30", 70_200.0), ("19:30:15.25", 70_215.25), ("24:00", 86_400.0)],
)
def test_a_clock_time_is_seconds_after_midnight(text: str, seconds: float) -> None:
    assert units.parse_clock(text) == seconds


@pytest.mark.parametrize(
    "text", ["19:75", "25:00", "24:01", "24:00:00.000001", "1930", "19.30", "19:3", " 19:30", "-1:00", "", "19:30pm", "१९:३०"]
)
def test_what_is_no_clock_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a time of day; write hours 0-24 .* for example 19:30"):
        units.parse_clock(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90 min", 5400.0), ("45s", 45.0), ("1 h 30 min", 5400.0), ("2 uur", 7200.0), ("1.5 minuten", 90.0), ("0 min", 0.0)],
)
def test_a_duration_is_seconds(text: str, seconds: float) -> None:
    assert units.parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["90", "min", "1,5 min", "-5 min", "5 min extra", "", "5 MIN", "1e3 s", "inf s"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration; write a number and a unit, for example 90 min"):
        units.parse_duration(text)


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(ValueError, match="'5 parsec' has the unit 'parsec', which is not one of s, "):
        units.parse_duration("5 parsec")


@pytest.mark.parametrize(("text", "speed"), [("1.4 m/s", 1.4), ("18 km/h", 5.0), ("3.6 km/u", 1.0)])
def test_a_speed_is_metres_per_second(text: str, speed: float) -> None:
    assert units.parse_speed(text) == pytest.approx(speed, rel=1e-15)


def test_lengths_and_shares() -> None:
    assert [units.parse_length("200 m"), units.parse_length("1.2 km")] == [200.0, 1200.0]
    assert [units.parse_share("25 %"), units.parse_share("0.1%")] == [0.25, 0.001]


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (units.parse_speed, "5", "is not a speed"),
        (units.parse_speed, "5 km", "has the unit 'km'"),
        (units.parse_length, "200 s", "has the unit 's'"),
        (units.parse_length, "far", "is not a length"),
        (units.parse_share, "a quarter", "is not a share"),
        (units.parse_date, "16-09-2026", "is not a date; write year-month-day"),
        (units.parse_date, "2026-02-30", "is not a date"),
        (units.parse_date, "20260916", "is not a date"),
    ],
)
def test_other_quantities_are_strict_too(read: object, text: str, message: str) -> None:
    assert callable(read)
    with pytest.raises(ValueError, match=message):
        read(text)


def test_a_date_is_read_year_first() -> None:
    assert units.parse_date("2026-09-16") == dt.date(2026, 9, 16)


def test_what_is_quoted_is_shortened() -> None:
    with pytest.raises(ValueError, match=r"'x{37}\.\.\.' is not a time of day"):
        units.parse_clock("x" * 10_000)


@given(microseconds)
def test_clock_times_and_durations_read_back_as_written(seconds: float) -> None:
    assert units.parse_clock(units.format_clock(seconds)) == seconds
    assert units.parse_duration(units.format_duration(seconds)) == seconds


@given(st.floats(0.001, 1e6))
def test_speeds_read_back_as_written(speed: float) -> None:
    assert units.parse_speed(units.format_speed(speed)) == speed


def test_texts_are_as_short_as_they_can_be() -> None:
    assert units.format_clock(70_200) == "19:30"
    assert units.format_duration(5400) == "90 min"
    assert units.format_duration(45) == "45 s"
    assert units.format_speed(units.parse_speed("4 km/h")) == "4 km/h"
    assert units.format_speed(1.4) == "1.4 m/s"


@given(st.text(max_size=30))
def test_no_text_does_anything_but_parse_or_be_refused(text: str) -> None:
    for read in (units.parse_clock, units.parse_duration, units.parse_speed, units.parse_length, units.parse_share):
        try:
            outcome = read(text) >= 0
        except ValueError as error:
            outcome = "write" in str(error)
        assert outcome
