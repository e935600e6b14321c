"""Playing a sweep: each of its points is a condition of a campaign, and what decides follows from the rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.engine.check import misfits
from simulation.errors import Problem, ScenarioError
from simulation.experiments.design import Condition, Design
from simulation.experiments.estimates import estimate_data, finite
from simulation.experiments.noise import noise_share
from simulation.experiments.outcomes import Outcomes
from simulation.experiments.tornado import tornado
from simulation.experiments.variance import sobol_indices
from simulation.maps.pinned import digest_of
from simulation.measures import UNITS
from simulation.scenario.factors import grade_of
from simulation.scenario.positions import path_text

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from simulation.experiments.sweep import Sweep
    from simulation.experiments.tornado import Bar
    from simulation.experiments.variance import Indices, Influence
    from simulation.maps.streetmap import StreetMap
    from simulation.scenario.sweeps import Point

MEASURES = ("found", "calls", "reach_share")
"""Measures by which factors are ranked where the file names none."""
_MOST_PROBLEMS = 20


def design_of(sweep: Sweep, street_map: StreetMap) -> Design:
    """Make a campaign of a sweep.

    Raises
    ------
    ScenarioError
        If the map does not fit the scenario at some points.
    """
    conditions, problems = [], []
    for number, point in enumerate(sweep.points, 1):
        scenario = sweep.scenario_at(point).scenario
        for path, told in misfits(scenario, street_map):
            problems.append(Problem(f"{_at(point)}: {path_text(path)}: {told}", sweep.design.name))
        conditions.append(Condition(f"point {number}", scenario, {field: plain_value(value) for field, value in point}))
        if len(problems) >= _MOST_PROBLEMS:
            break
    if problems:
        raise ScenarioError(*problems)
    return Design(tuple(conditions), sweep.design.seeds.start, digest_of(street_map))


@dataclass(frozen=True)
class Swept:
    """The evenings of a sweep.

    Parameters
    ----------
    sweep
        What was asked.
    design
        What was played.
    table
        The rows.
    """

    sweep: Sweep
    design: Design
    table: pa.Table

    @cached_property
    def outcomes(self) -> Outcomes:
        """The evenings by measure."""
        return Outcomes(self.design, self.table)

    @property
    def measures(self) -> tuple[str, ...]:
        """By which measures factors are ranked."""
        return self.sweep.design.measures or MEASURES

    def grid(self, measure: str) -> NDArray[np.float64]:
        """Give a measure at every point, points × seeds: moments within the evening, seconds; nan where there is no value."""
        return np.stack([self.outcomes.comparable(measure, number) for number in range(len(self.sweep.points))])

    def tornado(self, measure: str) -> tuple[Bar, ...]:
        """Rank the factors of a sweep with `one-at-a-time` by what they do to a measure."""
        return tornado(self.sweep.points, self.grid(measure))

    def indices(self, measure: str) -> Indices:
        """Give the Sobol indices of a sweep with `sobol-indices`."""
        return sobol_indices(
            [factor.field for factor in self.sweep.design.factors], self.grid(measure), self.sweep.design.seed
        )

    def as_data(self) -> dict[str, Any]:
        """Give everything as plain data, without anything that hangs on who played the evenings."""
        asked = self.sweep.design
        return {
            "digest": self.design.digest(),
            "map": self.design.map,
            "first_seed": self.design.first_seed,
            "evenings": len(self.outcomes.seeds),
            "method": asked.method,
            "factors": [{"field": factor.field, "grade": grade_of(factor.field)} for factor in asked.factors],
            "points": [dict(condition.factors) for condition in self.design.conditions],
            "failed": [len(self.outcomes.failures.get(number, ())) for number in range(len(self.design.conditions))],
            "measures": [self._measure_data(measure) for measure in self.measures],
        }

    def _measure_data(self, measure: str) -> dict[str, Any]:
        """Tell what came of each point, and what decides where the method tells that."""
        means = [estimate_data(self.outcomes.estimate(measure, number)) for number in range(len(self.sweep.points))]
        told: dict[str, Any] = {"measure": measure, "unit": UNITS[measure], "means": means}
        told["noise"] = finite(self.noise(measure))
        if self.sweep.design.method == "one-at-a-time":
            told["tornado"] = [_bar_data(bar) for bar in self.tornado(measure)]
        if self.sweep.design.method == "sobol-indices" and self.has_values(measure):
            told["indices"] = [_influence_data(one) for one in self.indices(measure).factors]
        return told

    def has_values(self, measure: str) -> bool:
        """Tell whether a measure has a value in some evening of every point."""
        return bool((~np.isnan(self.grid(measure))).any(axis=1).all())

    def noise(self, measure: str) -> float:
        """Give which share of the variance between points is mere chance."""
        return noise_share(self.grid(measure))


def _bar_data(bar: Bar) -> dict[str, Any]:
    ends = [{"value": plain_value(end.value), **estimate_data(end.difference), "clear": end.clear} for end in bar.ends]
    return {"field": bar.field, "grade": bar.grade, "swing": finite(bar.swing), "ends": ends}


def _influence_data(one: Influence) -> dict[str, Any]:
    return {"field": one.field, "grade": one.grade, "first": estimate_data(one.first), "total": estimate_data(one.total)}


def plain_value(value: Any) -> str | float:  # noqa: ANN401 - whatever the field takes
    """Give a value of a factor as it stands in a column: a number, or a text."""
    if isinstance(value, dict) and "value" in value:
        return plain_value(value["value"])
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _at(point: Point) -> str:
    return ", ".join(f"{field}: {plain_value(value)}" for field, value in point) or "the scenario as it is"
