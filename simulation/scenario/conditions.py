"""The condition of a goal: `first_call_s <= 10 min`, as text in a file and as bounds to compare with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.measures import NO_NUMBERS, UNITS
from simulation.scenario.suggest import did_you_mean
from simulation.units import DAY_S, format_duration, parse_duration, parse_share, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

CONDITION_PATTERN = r"^[a-z0-9_]+ *((<=|>=|<|>|=) *[^<>=]+| between .+ and .+)$"
"""What a condition looks like, for an editor."""

LARGEST = {"report_elements_mean": 6.0}
"""Measures that cannot exceed a number, other than shares."""

_FORM = re.compile(r"(\w+) ?(?:(<=|>=|<|>|=)([^<>=]+)| (between) (.+?) and (.+))")
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_EXAMPLES = {
    "yes-no": "found = yes",
    "moment": "first_call_s <= 10 min, or found_at_s between 20 min and 45 min",
    "s": "call_wait_mean_s <= 30 s",
    "count": "challenges_wrong <= 2",
    "mean": "report_elements_mean >= 4",
    "share": "reach_share >= 0.8",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """Bounds to a measure, at least one.

    Parameters
    ----------
    measure
        Its name.
    low, high
        The least and the most that it may be, in its unit: seconds, a number, a share from 0 to 1; yes is 1.
    strict
        Whether the bound itself is outside.
    """

    measure: str
    low: float | None = None
    high: float | None = None
    strict: bool = False

    @property
    def unit(self) -> str:
        """The unit of its measure."""
        return UNITS[self.measure]

    def __str__(self) -> str:
        """Write it as `parse_condition` reads it."""
        if self.unit == "yes-no":
            return f"{self.measure} = yes"
        low, high = (None if bound is None else bound_text(self.unit, bound) for bound in (self.low, self.high))
        if low is not None and high is not None:
            return f"{self.measure} between {low} and {high}"
        sign = f"{'<' if low is None else '>'}{'' if self.strict else '='}"
        return f"{self.measure} {sign} {low or high}"


def bound_text(unit: str, bound: float) -> str:
    """Write a bound in the unit of its measure."""
    if unit in {"moment", "s"}:
        return format_duration(bound)
    return f"{bound:.9f}".rstrip("0").removesuffix(".")


def parse_condition(text: str) -> Condition:
    """Read a condition.

    Parameters
    ----------
    text
        A measure, a sign and a bound with its unit, or a measure between two bounds.

    Raises
    ------
    ValueError
        With everything that is wrong with it.
    """
    line = " ".join(text.split())
    match = _FORM.fullmatch(line)
    measure = match[1] if match else re.split(r"\W", line, maxsplit=1)[0]
    _check_measure(measure)
    if not match:
        raise ValueError(f"{quoted(text)} is no condition; write for example {_EXAMPLES[UNITS[measure]]}")
    _, sign, bound, _, first, second = match.groups()
    unit = UNITS[measure]
    if unit == "yes-no":
        if sign != "=" or bound.strip() not in {"yes", "ja"}:
            raise ValueError(f"{quoted(text)} is no condition; write {measure} = yes")
        return Condition(measure, low=1.0)
    if sign == "=":
        raise ValueError(f"{quoted(text)} asks for exactly one value; write <=, >= or between ... and ...")
    low, high = _bounds(measure, (first or (bound if ">" in sign else None), second or (bound if "<" in sign else None)))
    condition = Condition(measure, low, high, strict=sign in {"<", ">"})
    _check_possible(condition, text)
    return condition


def _check_measure(measure: str) -> None:
    """Refuse what is no measure, or one that holds no number."""
    if measure not in UNITS:
        raise ValueError(
            f"a goal starts with the name of a measure, and {quoted(measure)} is none{did_you_mean(measure, _numbers())}"
            f" (docs/goals.md lists them)"
        )
    if UNITS[measure] in NO_NUMBERS:
        kind = "a word" if UNITS[measure] == "word" else "a table"
        raise ValueError(f"{measure} is {kind}, not a number; a goal needs one, for example {_EXAMPLES['moment']}")


def _numbers() -> list[str]:
    """List the measures that a goal can be about."""
    return [key for key, unit in UNITS.items() if unit not in NO_NUMBERS]


def _bounds(measure: str, written: tuple[str | None, str | None]) -> tuple[float | None, float | None]:
    """Read both bounds, finding what is wrong with either."""
    bounds: list[float | None] = []
    problems: list[str] = []
    for text in written:
        try:
            bounds.append(None if text is None else _bound(measure, text.strip()))
        except ValueError as error:
            problems.append(str(error))
    if problems:
        raise ValueError("; ".join(problems))
    return bounds[0], bounds[1]


def _bound(measure: str, text: str) -> float:
    """Read a bound in the unit of a measure."""
    value = _READERS[UNITS[measure]](text)
    most = LARGEST.get(measure)
    if most is not None and value > most:
        raise ValueError(f"{quoted(text)} is more than {measure} can be; write at most {most:g}")
    return value


def _duration(text: str) -> float:
    value = parse_duration(text)
    if value > DAY_S:
        raise ValueError(f"{quoted(text)} is longer than a day; write at most 24 h")
    return value


def _share(text: str) -> float:
    value = float(text) if _NUMBER.fullmatch(text) else parse_share(text)
    if value > 1:
        raise ValueError(f"{quoted(text)} is more than a share can be; write 0 to 1 or 0 % to 100 %, for example 0.8 or 80 %")
    return value


def _count(text: str) -> float:
    if not text.isascii() or not text.isdigit() or len(text) > len("999999999"):
        raise ValueError(f"{quoted(text)} is not a count; write a whole number, for example 2")
    return float(text)


def _mean(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{quoted(text)} is not a number; write for example 4 or 3.5")
    return float(text)


_READERS: dict[str, Callable[[str], float]] = {
    "moment": _duration,
    "s": _duration,
    "count": _count,
    "mean": _mean,
    "share": _share,
}


def _check_possible(condition: Condition, text: str) -> None:
    """Refuse bounds between which nothing lies."""
    low, high = condition.low, condition.high
    if low is not None and high is not None and (low > high or (low == high and condition.unit != "count")):
        raise ValueError(f"{quoted(text)}: nothing lies between these; write the smaller bound first")
    if condition.strict and high == 0:
        raise ValueError(f"{quoted(text)}: nothing is less than 0; write <= 0")
    if condition.strict and low is not None and low == (1.0 if condition.unit == "share" else LARGEST.get(condition.measure)):
        raise ValueError(f"{quoted(text)}: {condition.measure} is never more than {low:g}; write >= {low:g}")


def misfit(condition: Condition, length_s: float, suspects: int) -> str:
    """Say why a condition can never be met in an evening or a game, or nothing.

    Parameters
    ----------
    condition
        The condition.
    length_s
        How long the evening or the game lasts, seconds.
    suspects
        How many are to be found in it.
    """
    low = condition.low or 0.0
    if condition.unit == "moment" and low >= length_s:
        return f"{condition.measure} can never be as late as {format_duration(low)}: it ends after {format_duration(length_s)}"
    if condition.measure == "suspects_found" and low + condition.strict * (condition.low is not None) > suspects:
        return f"{condition.measure} can never be that many: {suspects} can be found"
    return ""
