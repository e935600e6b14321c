"""Numbers, times and directions in the form that readers of a language expect, without any library.

The command line uses these; only dates in full need more, see `simulation.language.dates`.
"""

from __future__ import annotations

import math

from simulation.language.catalogue import text
from simulation.units import parse_clock

DAY_S = 86_400
COMPASS = ("e", "ne", "n", "nw", "w", "sw", "s", "se")
"""Eight directions, counter-clockwise from east."""


def number(language: str, value: float, decimals: int = 0) -> str:
    """Write a number: `1.234,5` in Dutch, `1,234.5` in English.

    Parameters
    ----------
    language
        `nl` or `en`.
    value
        The number.
    decimals
        Digits after the decimal mark.
    """
    plain = f"{value:,.{decimals}f}"
    return plain.translate(str.maketrans(",.", ".,")) if language == "nl" else plain


def percentage(language: str, share: float) -> str:
    """Write a share from 0 to 1 as a percentage without decimals, with one below ten percent."""
    decimals = 0 if share == 0 or share >= 0.1 else 1  # noqa: PLR2004 ten percent
    return f"{number(language, share * 100, decimals)}{text(language, 'form.percent')}"


def clock(start: str, seconds: float) -> str:
    """Write a moment as clock time to the second, rounded down.

    Parameters
    ----------
    start
        Clock time at the start of play, hours and minutes.
    seconds
        Seconds from the start of play; negative before it.
    """
    moment = math.floor(parse_clock(start) + seconds) % DAY_S
    return f"{moment // 3600:02d}:{moment // 60 % 60:02d}:{moment % 60:02d}"


_SHORT_S = 9.95
"""A length of time below this, seconds, is told with tenths."""


def duration(language: str, seconds: float) -> str:
    """Write a length of time, rounded down as clock times are: `1.9 s`, `45 s`, `7 min 5 s`, `1 h 30 min`."""
    if seconds < _SHORT_S and round(seconds, 1) % 1.0:
        return f"{number(language, seconds, 1)} s"
    whole = math.floor(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    parts = [f"{count} {text(language, f'form.{unit}')}" for count, unit in ((hours, "hour"), (minutes, "minute")) if count]
    if not hours and (rest or not parts):
        parts.append(f"{rest} s")
    return " ".join(parts)


def times(language: str, count: int) -> str:
    """Write how often: `once`, `3 times`."""
    return text(language, "form.once") if count == 1 else text(language, "form.times", count=number(language, count))


def compass(language: str, direction_rad: float) -> str:
    """Write a direction as one of eight points of the compass.

    Parameters
    ----------
    language
        `nl` or `en`.
    direction_rad
        Direction, radians counter-clockwise from east.
    """
    return text(language, f"compass.{COMPASS[round(direction_rad / (math.pi / 4)) % 8]}")


def sentence(words: str) -> str:
    """Begin with a capital."""
    return words[:1].upper() + words[1:]
