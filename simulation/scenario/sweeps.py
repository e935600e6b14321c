"""From the file of a sweep to its design: the scenario that is varied, the factors, and how they are combined."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from simulation.errors import Problem, ScenarioError
from simulation.scenario.complaints import complaints
from simulation.scenario.loader import LoadedScenario, data_with, load_scenario, scenario_of
from simulation.scenario.outline import outline
from simulation.scenario.positions import Positions, path_of
from simulation.scenario.shipped import shipped_names
from simulation.scenario.sweepfile import SweepFile, factors_of
from simulation.scenario.textfile import read_text
from simulation.scenario.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.scenario.factors import Factor
    from simulation.scenario.positions import Position
    from simulation.scenario.sweepfile import Method

Point = tuple[tuple[str, Any], ...]
"""What differs from the scenario at a point of a sweep: fields, each with its value as a scenario file has it."""

_FACTORS = ("factors",)
_MOST_SHOWN = 6
_LONGEST = 40


@dataclass(frozen=True)
class SweepDesign:
    """What the file of a sweep says.

    Parameters
    ----------
    title
        What the sweep is to tell, or nothing.
    base
        The scenario that is varied.
    method
        How the factors are combined.
    points
        How many points are drawn; 0 where they follow from the factors.
    seed
        Number from which the points are drawn.
    replications
        How many evenings are played at each point, with the same seeds at every point.
    factors
        What is varied, in the order of the file.
    measures
        By which measures factors are ranked, perhaps none.
    name
        What to call the file in messages.
    positions
        Line and column of every key and value of the file.
    """

    title: str
    base: LoadedScenario
    method: Method
    points: int
    seed: int
    replications: int
    factors: tuple[Factor, ...]
    measures: tuple[str, ...]
    name: str
    positions: Positions

    @property
    def seeds(self) -> range:
        """The seeds of the evenings at every point: that of the scenario, and those after it."""
        first = self.base.scenario.seed
        return range(first, first + self.replications)

    def refusals(self, point: Point) -> list[Problem]:
        """Say why the scenario refuses a point, if it does, pointing at the values that the design file names."""
        try:
            scenario_of(data_with(self.base.data, point), self._positions(point), self.name)
        except ScenarioError as error:
            return [self._placed(problem, point) for problem in error.problems]
        return []

    def _positions(self, point: Point) -> Positions:
        """Give where the design file names the values of a point, by their places in the scenario."""
        by_field = {factor.field: factor for factor in self.factors}
        values: dict[tuple[str | int, ...], Position] = {}
        for field, value in point:
            path, where = path_of(field), self.positions.of(by_field[field].place_of(value))
            values[path] = where
            for length in range(1, len(path)):
                values.setdefault(path[:length], where)
        return Positions(values, values)

    def _placed(self, problem: Problem, point: Point) -> Problem:
        """Point at the factors as a whole where a problem concerns none in particular, and say at which point it is one."""
        nowhere = (problem.line, problem.column) == (1, 1)
        line, column = self.positions.of(_FACTORS, key=True) if nowhere else (problem.line, problem.column)
        return Problem(f"{problem.message}{_shown(point)}{self._way_out(problem)}", self.name, line, column)

    def _way_out(self, problem: Problem) -> str:
        """Say what to do about one of many parameters that the design file does not name."""
        field = problem.message.partition(":")[0]
        if not any(factor.field == field and self._of_grade(factor) for factor in self.factors):
            return ""
        name = field.rpartition(".")[2]
        return f"; leave it out with except: [{name}], or give it a factor of its own with a narrower range"

    def _of_grade(self, factor: Factor) -> bool:
        """Tell whether a factor is in the design because of its grade."""
        return (*factor.place, "grade") in self.positions.values


def load_design(path: str | Path) -> SweepDesign:
    """Read the file of a sweep.

    Parameters
    ----------
    path
        A YAML file; a scenario file that it names is seen from its folder.

    Raises
    ------
    ScenarioError
        With every problem that was found in it, or in the scenario that it names.
    """
    return parse_design(read_text(Path(path), str(path), "sweep", "there is no such file"), str(path), Path(path).parent)


def parse_design(text: str, name: str = "sweep", folder: Path | None = None) -> SweepDesign:
    """Read a sweep from the text of a YAML file.

    Parameters
    ----------
    text
        The file's text.
    name
        What to call it in messages.
    folder
        Folder from which its scenario is seen; the current one where left out.
    """
    data, positions, problems = read_yaml(text, name)
    if not isinstance(data, dict):
        shape = Problem("a sweep starts with keys such as scenario: and factors:; docs/sweeps.md has an example", name, 1, 1)
        raise ScenarioError(*problems, shape)
    try:
        read = SweepFile.model_validate(data, by_alias=True, by_name=False)
    except ValidationError as error:
        found = complaints(error.errors(include_url=False), outline(SweepFile), positions, problems, name)
        raise ScenarioError(*found) from None
    if problems:
        raise ScenarioError(*problems)
    design = SweepDesign(
        title=read.title,
        base=_scenario(read.scenario, folder or Path(), Problem("", name, *positions.of(("scenario",)))),
        method=read.method,
        points=read.points or 0,
        seed=read.seed,
        replications=read.replications,
        factors=factors_of(read.factors),
        measures=read.measures,
        name=name,
        positions=positions,
    )
    misplaced = list(_misplaced(design))
    if misplaced:
        raise ScenarioError(*misplaced)
    return design


def _misplaced(design: SweepDesign) -> Iterator[Problem]:
    """Find factors for which the scenario has no place."""
    for factor in design.factors:
        try:
            data_with(design.base.data, [(factor.field, None)])
        except ValueError as error:
            yield Problem(str(error), design.name, *design.positions.of((*factor.place, "field")))


def _scenario(named: str, folder: Path, place: Problem) -> LoadedScenario:
    """Load the scenario that is varied; one that is not there is a problem of the design file."""
    try:
        return load_scenario(named if named in shipped_names() else str(folder / named))
    except ScenarioError as error:
        if any(problem.line for problem in error.problems):
            raise
        told = (f"scenario: {named!r:.60}: {problem.message}" for problem in error.problems)
        raise ScenarioError(*(Problem(message, place.file, place.line, place.column) for message in told)) from None


def _shown(point: Point) -> str:
    """Tell a point behind a problem, where more than one value may be to blame, and not too many."""
    if not 1 < len(point) <= _MOST_SHOWN:
        return ""
    pairs = (f"{field}: {f'{value:g}' if isinstance(value, float) else str(value)[:_LONGEST]}" for field, value in point)
    return f" (at {', '.join(pairs)})"
