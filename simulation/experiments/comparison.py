"""Structures compared: what each measure comes to under each, and how it differs from the first in the same worlds."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.experiments.differences import difference_of_means, difference_of_shares, holm
from simulation.experiments.estimates import Estimate, estimate_data, finite, share_of
from simulation.experiments.outcomes import Outcomes
from simulation.experiments.precision import COMPARED
from simulation.experiments.structures import DOCUMENTED, EQUAL
from simulation.experiments.summary import summary_of
from simulation.experiments.times import curve, happened, log_rank_p, median_of
from simulation.measures import UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from simulation.experiments.differences import Difference
    from simulation.experiments.times import Curve

    Values = NDArray[np.float64]

CURVES = ("first_call_s", "reach_half_s", "found_at_s")
"""Moments of which the whole course is told."""

SURE = 0.05
"""A difference is called sure where its p value, adjusted for all measures and structures, is at most this."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a measure comes to under one condition, and how that differs from the first structure.

    Parameters
    ----------
    measure
        Key of the measure.
    condition
        Place of the condition in the design.
    estimate
        The mean over evenings, or the share of them with a yes. Of a moment: the mean time within the evening, seconds, which
        counts the whole evening where it never came.
    came, median
        Of a moment: the share of evenings in which it came, and by when it had in half of them, seconds. None of the others.
    difference
        What this condition has more than the first, in the same worlds; None for the first.
    p
        p value of the difference, adjusted after Holm for all measures and structures of the table.
    log_rank
        Of a moment: p value of the log-rank test against the first, which takes the evenings as unrelated; not adjusted.
    """

    measure: str
    condition: int
    estimate: Estimate
    came: Estimate | None = None
    median: Estimate | None = None
    difference: Difference | None = None
    p: float = math.nan
    log_rank: float = math.nan

    @property
    def sure(self) -> bool:
        """Whether there is a difference, as far as so many evenings of the model tell."""
        return self.p <= SURE

    @property
    def standing(self) -> tuple[bool, float]:
        """How much a difference stands out among others in the same measure: sure ones do most, then larger ones."""
        size = self.difference.value if self.difference else 0.0
        return self.sure, 0.0 if math.isnan(size) else abs(size)


@dataclass(frozen=True)
class Comparison(Outcomes):
    """The evenings of a campaign whose conditions have the factors `structure` and `effort`, compared."""

    @cached_property
    def summary(self) -> pd.DataFrame:
        """A row for each measure and structure, at each effort.

        Columns: `effort`, `measure`, `unit`, `structure`; `evenings` that have a value; `value` with bounds `low` and `high`
        of its 95 % interval; `came`, of a moment the share of evenings in which it did; `difference` from the first structure
        in the same worlds, with `difference_low` and `difference_high`; `p`, adjusted for all rows of the table; and whether
        the difference is `sure`. Shares lie from 0 to 1, moments are seconds within the evening; see `Line`.
        """
        return summary_of(self)

    @cached_property
    def efforts(self) -> dict[str, list[int]]:
        """The conditions of each table: as documented; and at equal effort, where that differs for any structure."""
        documented, equal = [], []
        for number, condition in enumerate(self.design.conditions):
            if condition.factors["effort"] == DOCUMENTED:
                documented.append(number)
                equal.append(number)
            else:
                equal[-1] = number
        return {DOCUMENTED: documented} | ({EQUAL: equal} if equal != documented else {})

    @property
    def documented(self) -> list[int]:
        """The condition of each structure as documented."""
        return self.efforts[DOCUMENTED]

    @cached_property
    def lines(self) -> dict[str, list[Line]]:
        """The lines of each table: by measure, then by condition."""
        return {effort: self._compared(conditions) for effort, conditions in self.efforts.items()}

    def line(self, measure: str, condition: int | str, effort: str = DOCUMENTED) -> Line:
        """Give one line, of a condition by its name, such as the id of a structure, or by its place in the design."""
        place = self.place(condition)
        return next(line for line in self.lines[effort] if (line.measure, line.condition) == (measure, place))

    def differences(self, measure: str) -> list[Difference]:
        """Give how a measure differs from the first structure, under each other condition of each table."""
        pairs = dict.fromkeys((number, some[0]) for some in self.efforts.values() for number in some[1:])
        found = (self._line(measure, *pair).difference for pair in pairs)
        return [difference for difference in found if difference is not None]

    def curve(self, measure: str, condition: int | str) -> Curve:
        """Give the share of evenings in which a moment has not come yet, through the evening; conditions as in `values`."""
        return curve(self.values(measure, condition), self.horizon_s(measure))

    def as_data(self) -> dict[str, Any]:
        """Give everything as plain data, without anything that hangs on who played the evenings."""
        return {
            "digest": self.design.digest(),
            "map": self.design.map,
            "first_seed": self.design.first_seed,
            "evenings": len(self.seeds),
            "conditions": [
                {"name": condition.name, **condition.factors, "failed": len(self.failures.get(number, ()))}
                for number, condition in enumerate(self.design.conditions)
            ],
            "tables": [
                {"effort": effort, "rows": [self._line_data(line) for line in lines]} for effort, lines in self.lines.items()
            ],
            "curves": [self._curve_data(name, number) for name in CURVES for number in range(len(self.design.conditions))],
        }

    def _compared(self, conditions: Sequence[int]) -> list[Line]:
        raw = [self._line(measure, number, conditions[0]) for measure in COMPARED for number in conditions]
        adjusted = holm(np.array([line.p for line in raw]))
        return [replace(line, p=p) for line, p in zip(raw, adjusted.tolist(), strict=True)]

    def _line(self, measure: str, condition: int, first: int) -> Line:
        """Compare one condition with another, before many are."""
        own, other = (self.comparable(measure, number) for number in (condition, first))
        shares = UNITS[measure] == "yes-no"
        line = Line(measure, condition, self.estimate(measure, condition))
        if condition != first:
            difference = (difference_of_shares if shares else difference_of_means)(own, other)
            line = replace(line, difference=difference, p=difference.p)
        return self._with_course(line, first) if UNITS[measure] == "moment" else line

    def _with_course(self, line: Line, first: int) -> Line:
        """Add to the line of a moment how often it came, by when, and whether the whole course differs."""
        end_s = self.horizon_s(line.measure)
        own, other = (self.values(line.measure, number) for number in (line.condition, first))
        rank = math.nan if line.condition == first else log_rank_p(own, other, end_s)
        return replace(line, came=share_of(happened(own, end_s)), median=median_of(own, end_s), log_rank=rank)

    def _line_data(self, line: Line) -> dict[str, Any]:
        moment = {"came": estimate_data(line.came), "median": estimate_data(line.median), "log_rank_p": finite(line.log_rank)}
        return {
            "measure": line.measure,
            "unit": UNITS[line.measure],
            "condition": self.design.conditions[line.condition].name,
            **estimate_data(line.estimate),
            **(moment if line.came else {}),
            "difference": estimate_data(line.difference),
            "p_holm": finite(line.p),
        }

    def _curve_data(self, measure: str, condition: int) -> dict[str, Any]:
        found = self.curve(measure, condition)
        columns = {"time_s": found.times, "not_yet": found.share, "low": found.low, "high": found.high}
        return {
            "measure": measure,
            "condition": self.design.conditions[condition].name,
            **{name: [finite(value) for value in column.tolist()] for name, column in columns.items()},
        }
