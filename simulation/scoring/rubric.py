"""The rubric: from a bound and a value to met or not, by how much, and a letter.

The letters are those of the American doctrine for exercises (HSEEP, evidence W128): performed without challenges (P), with
some (S), with major ones (M), unable to be performed (U). That doctrine leaves it to evaluators what is some and what is
major; the thresholds below are an assumption of ours (grade D), one table for all measures.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulation.scoring.facts import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulation.scenario.conditions import Condition

FACTORS: Mapping[str, float] = {"S": 1.25, "M": 2.0}
"""Missed by at most this factor of the bound: 12.5 or 20 min where it was 10 min, a share of 0.64 or 0.4 where it was 0.8."""

STEPS: Mapping[str, float] = {"moment": 60.0, "s": 60.0, "count": 1.0, "mean": 1.0, "share": 0.1}
"""A bound of 0 has no factor; there a miss by this much, in the unit of the measure, counts as one by the factor 2."""

POINTS: Mapping[str, int] = {"P": 3, "S": 2, "M": 1, "U": 0}
"""What a letter counts in the result of several goals; the result is the letter nearest to their weighted mean."""

_EXACT = 9


def is_met(condition: Condition, value: float) -> bool:
    """Say whether a value lies within the bounds; infinity stands for a moment that never came."""
    low, high = _bounds(condition)
    if _is_strict(condition):
        return (low is None or value > low) and (high is None or value < high)
    return (low is None or value >= low) and (high is None or value <= high)


def is_above(condition: Condition, value: float) -> bool:
    """Say whether a value that is outside the bounds lies above them, not below."""
    high = _bounds(condition)[1]
    return high is not None and value >= high


def margin(condition: Condition, value: float) -> float | None:
    """Give what there is to spare, or negative what is missing, in the unit of the measure; None where it cannot be said."""
    if condition.unit == "yes-no" or math.isinf(value):
        return None
    low, high = _bounds(condition)
    spare = [value - low] if low is not None else []
    spare += [high - value] if high is not None else []
    return round(min(spare), DECIMALS)


def letter(condition: Condition, value: float) -> str:
    """Give the letter of a value."""
    if is_met(condition, value):
        return "P"
    factor = round(_factor(condition, value), _EXACT)
    return next((name for name, most in FACTORS.items() if factor <= most), "U")


def result_letter(rated: Sequence[tuple[str, float]]) -> str | None:
    """Give the letter of several goals together.

    Parameters
    ----------
    rated
        Letter and weight of each.

    Returns
    -------
    P only where every goal is met; None of nothing.
    """
    share = result_share(rated)
    if share is None:
        return None
    names = [name for name in POINTS if name != "P" or all(letter == "P" for letter, _ in rated)]
    return next(name for name in names if name == "U" or round(share * POINTS["P"], _EXACT) >= POINTS[name] - 0.5)


def result_share(rated: Sequence[tuple[str, float]]) -> float | None:
    """Give the share of all points that several goals earned, from letter and weight of each; None of nothing."""
    whole = sum(weight for _, weight in rated)
    return round(sum(POINTS[name] * weight for name, weight in rated) / (POINTS["P"] * whole), DECIMALS) if whole else None


def _is_strict(condition: Condition) -> bool:
    return condition.strict and condition.unit != "count"


def _bounds(condition: Condition) -> tuple[float | None, float | None]:
    """Give the bounds; of whole numbers fewer than 3 are at most 2."""
    low, high = condition.low, condition.high
    if condition.strict and condition.unit == "count":
        return None if low is None else low + 1, None if high is None else high - 1
    return low, high


def _factor(condition: Condition, value: float) -> float:
    """Give by which factor a value that is outside missed its bound."""
    low, high = _bounds(condition)
    if high is not None and is_above(condition, value):
        return value / high if high > 0 else 1 + value / STEPS[condition.unit]
    return low / value if low is not None and value > 0 else math.inf
