"""How a comparison went, as curves: in which share of evenings a moment had not come yet, or more residents were reached."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulation.experiments.comparison import CURVES
from simulation.experiments.estimates import known
from simulation.experiments.times import curve
from simulation.language.catalogue import text
from simulation.language.forms import number
from simulation.measures import UNITS
from simulation.reports.comparison.words import bounds_words, value_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from simulation.experiments.comparison import Comparison
    from simulation.experiments.times import Curve

    Values = NDArray[np.float64]

REACH = "reach_share"
REACHED = "reached"
"""The course of reach through the evening, which is no measure."""
_MINUTES = (1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 120.0, 240.0)
_SHARES = (0.005, 0.01, 0.02, 0.05, 0.1)
_STEPS = 10
"""Most steps between the places at which a curve is told in numbers."""


class Points(NamedTuple):
    """A curve at some places: the shares of evenings, and the bounds of their 95 % intervals."""

    share: Values
    low: Values
    high: Values


@dataclass(frozen=True)
class Course:
    """One measure through its course under each structure.

    Parameters
    ----------
    measure
        Key of the measure, or `REACHED`.
    curves
        For each condition the share of evenings in which the moment has not come yet, or in which the measure is larger; or
        the share of the residents reached by then.
    rounds
        Where the curves are told in numbers: round values of the measure, ascending from nought.
    """

    measure: str
    curves: Mapping[int, Curve]
    rounds: Values

    @property
    def unit(self) -> str:
        """Unit of what stands below the curves."""
        return "moment" if self.measure == REACHED else UNITS[self.measure]

    @property
    def counted(self) -> str:
        """What the curves are shares of: `evenings` or `residents`."""
        return "residents" if self.measure == REACHED else "evenings"

    def at(self, condition: int, places: Values) -> Points:
        """Give the curve of a condition at some values of the measure."""
        found = self.curves[condition]
        steps = np.searchsorted(found.times, places, side="right") - 1
        return Points(found.share[steps], found.low[steps], found.high[steps])

    def place_words(self, place: float, language: str) -> str:
        """Write where a curve is told: minutes after the start, or a share of the residents."""
        if self.unit == "moment":
            decimals = 0 if place % 60.0 == 0.0 else 1
            return text(language, "compare.minutes", number=number(language, place / 60.0, decimals))
        return value_words(self.measure, place, language)

    def rows(self, language: str) -> list[dict[str, Any]]:
        """Give the curves as rows of a table: a place, and under each structure the share of evenings with its interval."""
        told = [self.at(condition, self.rounds) for condition in self.curves]
        return [
            {
                "place": self.place_words(place, language),
                "cells": [_cell([column[row] for column in points], language) for points in told],
            }
            for row, place in enumerate(self.rounds.tolist())
        ]


def courses(comparison: Comparison, reached: Mapping[int, Curve]) -> list[Course]:
    """Give the courses of a comparison as documented: of each moment that ever came, and of how many were reached.

    Parameters
    ----------
    comparison
        The evenings.
    reached
        The share of the residents reached by when, under each structure.
    """
    shown = [_moment(comparison, measure) for measure in CURVES]
    came = [course for course in shown if any((found.share < 1.0).any() for found in course.curves.values())]
    if any((found.share > 0.0).any() for found in reached.values()):
        came.append(Course(REACHED, reached, _clock(comparison.horizon_s("found_at_s"))))
    reach = _reach(comparison)
    return [*came, reach] if reach.rounds[-1] > 0.0 else came


def _moment(comparison: Comparison, measure: str) -> Course:
    curves = {number: comparison.curve(measure, number) for number in comparison.documented}
    return Course(measure, _some(curves), _clock(comparison.horizon_s(measure)))


def _clock(end_s: float) -> Values:
    """Give round minutes from nought until an end, seconds, and that end."""
    return np.append(60.0 * _rounds(end_s / 60.0, _MINUTES)[:-1], end_s)


def _reach(comparison: Comparison) -> Course:
    values = {number: comparison.values(REACH, number) for number in comparison.documented}
    largest = max(known(own).max(initial=0.0).item() for own in values.values())
    curves = {number: curve(own, 1.0) for number, own in values.items()}
    return Course(REACH, _some(curves), _rounds(largest, _SHARES))


def _some(curves: Mapping[int, Curve]) -> dict[int, Curve]:
    """Leave out the structures of which no evening has a value."""
    return {condition: found for condition, found in curves.items() if found.times.size}


def _rounds(end: float, steps: Sequence[float]) -> Values:
    """Give at most some ten round places from nought on, of which the last alone lies at an end or beyond it."""
    step = next((step for step in steps if end / step <= _STEPS), steps[-1])
    return np.round(step * np.arange(math.ceil(round(end / step, 6)) + 1), 6)


def _cell(points: Sequence[float], language: str) -> dict[str, str]:
    """Write a share of evenings and its interval."""
    share, low, high = points
    return {"value": value_words("found", share, language), "interval": bounds_words("found", low, high, language)}
