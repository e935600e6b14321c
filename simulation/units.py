"""Seconds and metres inside; clock times, "90 min" and "5 km/h" as text at the edges.

Reading is strict: a quantity says its unit, a decimal is written with a point, and what cannot be read is refused with an
example of what can. Units are understood in English and in Dutch. Times are whole microseconds, so that a time that is written
as text reads back as the same number.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal

DAY_S = 86_400.0
"""One day, seconds."""

SECONDS = {
    "s": 1.0,
    "sec": 1.0,
    "second": 1.0,
    "seconds": 1.0,
    "seconde": 1.0,
    "seconden": 1.0,
    "min": 60.0,
    "minute": 60.0,
    "minutes": 60.0,
    "minuut": 60.0,
    "minuten": 60.0,
    "h": 3600.0,
    "hour": 3600.0,
    "hours": 3600.0,
    "u": 3600.0,
    "uur": 3600.0,
}
METRES = {"m": 1.0, "meter": 1.0, "metre": 1.0, "metres": 1.0, "km": 1000.0, "kilometer": 1000.0, "kilometre": 1000.0}
METRES_PER_SECOND = {"m/s": 1.0, "km/h": 1 / 3.6, "km/u": 1 / 3.6}

_SHOWN = 40
_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,6}))?)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = r"[0-9]{1,12}(?:\.[0-9]{1,20})?"
_AMOUNT = re.compile(rf"({_NUMBER}) ?([a-z]+(?:/[a-z]+)?)")
_DURATION = re.compile(rf"{_NUMBER} ?[a-z]+(?: {_NUMBER} ?[a-z]+)*")
_PERCENTAGE = re.compile(rf"({_NUMBER}) ?%")


def quoted(text: str) -> str:
    """Quote what the user wrote, shortened where it is long."""
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}...")


def whole_microseconds(seconds: float) -> float:
    """Round a time or duration in seconds to whole microseconds."""
    return round(seconds * 1e6) / 1e6


def parse_clock(text: str) -> float:
    """Read a time of day such as `19:30` as seconds after midnight; `24:00` is the end of the day."""
    match = _CLOCK.fullmatch(text)
    hours, minutes, seconds, fraction = (part or "0" for part in match.groups()) if match else ("99", "0", "0", "0")
    after_midnight_s = whole_microseconds(int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction}"))
    if after_midnight_s > DAY_S:
        raise ValueError(f"{quoted(text)} is not a time of day; write hours 0-24 and minutes 0-59, for example 19:30")
    return after_midnight_s


def format_clock(seconds: float) -> str:
    """Write seconds after midnight as `19:30`, with seconds and their fraction only where they are not zero."""
    whole, micros = divmod(round(seconds * 1e6), 1_000_000)
    minutes, rest = divmod(whole, 60)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    if rest or micros:
        text += f":{rest:02d}"
    if micros:
        text += f".{micros:06d}".rstrip("0")
    return text


def parse_duration(text: str) -> float:
    """Read a duration such as `90 min`, `1 h 30 min` or `45 seconden` as seconds."""
    if not _DURATION.fullmatch(text.strip()):
        raise ValueError(
            f"{quoted(text)} is not a duration; write a number and a unit, for example 90 min, 45 s or 1 h 30 min"
        )
    parts = _AMOUNT.findall(text)
    return whole_microseconds(sum(_scaled(number, unit, SECONDS, text, "90 min") for number, unit in parts))


def format_duration(seconds: float) -> str:
    """Write seconds as whole minutes where possible (`90 min`), otherwise as seconds (`45 s`)."""
    micros = round(seconds * 1e6)
    if micros % 60_000_000 == 0:
        return f"{micros // 60_000_000} min"
    number = f"{micros // 1_000_000}.{micros % 1_000_000:06d}".rstrip("0").rstrip(".")
    return f"{number} s"


def parse_speed(text: str) -> float:
    """Read a speed such as `5 km/h` or `1.4 m/s` as metres per second."""
    return _single(text, METRES_PER_SECOND, "speed", "5 km/h or 1.4 m/s")


def format_speed(metres_per_second: float) -> str:
    """Write a speed as `1.4 m/s`, or as `4 km/h` where that is shorter and exactly the same speed."""
    exact = f"{_plain(metres_per_second)} m/s"
    rounded = f"{_plain(round(metres_per_second * 3.6, 3))} km/h"
    return min(exact, rounded, key=len) if parse_speed(rounded) == metres_per_second else exact


def parse_length(text: str) -> float:
    """Read a length such as `200 m` or `1.2 km` as metres."""
    return _single(text, METRES, "length", "200 m or 1.2 km")


def format_length(metres: float) -> str:
    """Write metres as `300 m`."""
    return f"{_plain(metres)} m"


def parse_share(text: str) -> float:
    """Read a share such as `25 %` as a number from 0 to 1."""
    match = _PERCENTAGE.fullmatch(text.strip())
    if not match:
        raise ValueError(
            f"{quoted(text)} is not a share; write a number from 0 to 1 or a percentage, for example 0.25 or 25 %"
        )
    return float(Decimal(match[1]) / 100)


def parse_date(text: str) -> dt.date:
    """Read a date such as `2026-09-16`, year first."""
    problem = ValueError(f"{quoted(text)} is not a date; write year-month-day, for example 2026-09-16")
    if not _DATE.fullmatch(text):
        raise problem
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise problem from None


def _single(text: str, units: dict[str, float], what: str, example: str) -> float:
    """Read one number with one unit."""
    match = _AMOUNT.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{quoted(text)} is not a {what}; write a number and a unit, for example {example}")
    return _scaled(match[1], match[2], units, text, example)


def _scaled(number: str, unit: str, units: dict[str, float], text: str, example: str) -> float:
    """Give `number` times the size of `unit`."""
    if unit not in units:
        raise ValueError(
            f"{quoted(text)} has the unit '{unit}', which is not one of {', '.join(units)}; write for example {example}"
        )
    return float(number) * units[unit]


def _plain(value: float) -> str:
    """Write a number without an exponent, so that it reads back as the same number."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a finite number")
    return f"{Decimal(repr(value)):f}".removesuffix(".0")
