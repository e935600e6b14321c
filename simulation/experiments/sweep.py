"""A sweep: one scenario at many points, all of which it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.errors import Problem, ScenarioError
from simulation.experiments.points import design_points

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from simulation.scenario.loader import LoadedScenario
    from simulation.scenario.sweeps import Point, SweepDesign

MOST_PROBLEMS = 20
"""Problems after which no more points are looked at."""


@dataclass(frozen=True)
class Sweep:
    """A design and its points.

    Parameters
    ----------
    design
        What the file says.
    points
        What differs from the scenario at each point; the empty point is the scenario as it is.
    """

    design: SweepDesign
    points: tuple[Point, ...]

    def scenario_at(self, point: Point) -> LoadedScenario:
        """Give the scenario with the values of a point, as though its file had them."""
        return self.design.base.with_values(point)


def load_sweep(path: str | Path) -> Sweep:
    """Read the file of a sweep, and see to it that the scenario takes each of its points.

    Raises
    ------
    ScenarioError
        With every problem that was found in the file, in the scenario that it names, or of points that the scenario refuses.
    """
    from simulation.scenario.sweeps import load_design

    return sweep_of(load_design(path))


def sweep_of(design: SweepDesign) -> Sweep:
    """Give the points of a design; those that the scenario refuses are a `ScenarioError` that points into the file."""
    points = design_points(design)
    problems = _refusals(design, points)
    if problems:
        raise ScenarioError(*problems)
    return Sweep(design, points)


def _refusals(design: SweepDesign, points: Sequence[Point]) -> list[Problem]:
    """Find what the scenario refuses, once for each value of the file and field of the scenario that is to blame."""
    found: dict[tuple[int, int, str], Problem] = {}
    for number, point in enumerate(points, 1):
        for problem in design.refusals(point):
            field = problem.message.partition(":")[0]
            found.setdefault((problem.line, problem.column, field), problem)
        if len(found) >= MOST_PROBLEMS:
            more = f"and perhaps more: looking stopped at point {number:,} of {len(points):,}"
            return [*sorted(found.values(), key=_place), Problem(more, design.name)]
    return sorted(found.values(), key=_place)


def _place(problem: Problem) -> tuple[int, int]:
    return problem.line, problem.column
