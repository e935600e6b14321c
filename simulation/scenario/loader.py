"""From a scenario file to a `Scenario`, with everything that is wrong with the file reported at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pydantic import ValidationError

from simulation.errors import Problem, ScenarioError
from simulation.scenario.complaints import complaints
from simulation.scenario.fields import before_midnight
from simulation.scenario.model import Scenario
from simulation.scenario.outline import outline
from simulation.scenario.placing import placed
from simulation.scenario.positions import path_of, path_text
from simulation.scenario.shipped import choice_of_shipped, scenarios_folder, shipped_maps, shipped_names, shipped_path
from simulation.scenario.textfile import read_text
from simulation.scenario.yamlfile import read_yaml
from simulation.units import parse_clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from simulation.scenario.fields import Finding
    from simulation.scenario.positions import Positions


@dataclass(frozen=True)
class LoadedScenario:
    """A scenario and where it comes from.

    Parameters
    ----------
    scenario
        What was read.
    positions
        Line and column of every key and value.
    name
        What to call it in messages: the path as the user gave it, or the name of a shipped scenario.
    folder
        Folder from which `scenario.map` is seen.
    data
        What the file holds, as plain data.
    """

    scenario: Scenario
    positions: Positions
    name: str
    folder: Path = Path()
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def map_path(self) -> Path | None:
        """The map file that the scenario names, or None. One that comes along is found from any folder by its name."""
        if not self.scenario.map:
            return None
        path = self.folder / self.scenario.map
        return scenarios_folder() / path.name if self.scenario.map in shipped_maps() and not path.exists() else path

    def with_structure(self, structure_id: str) -> Self:
        """Give the same with another structure; `Scenario.with_structure` tells which.

        Raises
        ------
        ScenarioError
            If there is no such structure with the groups that the file lays out.
        """
        try:
            changed = self.scenario.with_structure(structure_id)
        except ValidationError as error:
            found = [(("structure", *path), told) for one in error.errors() for path, told in one["ctx"]["problems"]]
            raise ScenarioError(*self.problems(found)) from None
        return replace(self, scenario=changed, data=placed(self.data, ("structure", "id"), structure_id))

    def with_values(self, values: Iterable[tuple[str, Any]]) -> Self:
        """Give the same with other values, as though the file had them; what only `scenario` was given since is not kept.

        Parameters
        ----------
        values
            Fields such as `games[0].end`, and what a file would have there, for example `"21:00"`.

        Raises
        ------
        ScenarioError
            If the file has no such field, or the scenario refuses the values.
        """
        try:
            data = data_with(self.data, values)
        except ValueError as error:
            raise ScenarioError(Problem(str(error), self.name)) from None
        return replace(self, scenario=scenario_of(data, self.positions, self.name), data=data)

    def problem(self, message: str, *path: str | int) -> Problem:
        """Make a problem that names a value and points at it, for example `problem("...", "games", 0, "end")`."""
        line, column = self.positions.of(path)
        return Problem(f"{path_text(path)}: {message}" if path else message, self.name, line, column)

    def problems(self, findings: Iterable[Finding]) -> list[Problem]:
        """Make a problem of everything that was found, in the order of the file."""
        found = [self.problem(message, *path) for path, message in findings]
        return sorted(found, key=lambda problem: (problem.line, problem.column))


def load_scenario(source: str | Path) -> LoadedScenario:
    """Load a scenario.

    Parameters
    ----------
    source
        Path of a YAML file, or the name of a shipped scenario. To load a file that has the name of a shipped scenario, put
        `./` before it.

    Returns
    -------
    The scenario with the positions of its values.

    Raises
    ------
    ScenarioError
        With every problem that was found.
    """
    name = str(source)
    if isinstance(source, str) and source in shipped_names():
        path = shipped_path(source)
        return parse_scenario(read_text(path, name, "scenario", "it does not come along"), name, folder=path.parent)
    if not name:
        raise ScenarioError(Problem(f"no scenario is named; name a YAML file or a shipped scenario{choice_of_shipped(name)}"))
    missing = f"there is no such file, and no shipped scenario of that name{choice_of_shipped(name)}"
    return parse_scenario(read_text(Path(source), name, "scenario", missing), name, folder=Path(source).parent)


def parse_scenario(text: str, name: str = "scenario", *, folder: Path | None = None) -> LoadedScenario:
    """Read a scenario from the text of a YAML file.

    Parameters
    ----------
    text
        The file's text.
    name
        What to call it in messages.
    folder
        Folder from which the scenario's map is seen; the current one where left out.
    """
    data, positions, problems = read_yaml(text, name)
    if data is None:
        raise ScenarioError(*problems, Problem("the file is empty; 'boef new FILE' writes an example to fill in", name))
    if not isinstance(data, dict):
        shape = Problem("a scenario starts with keys such as title: and games:; 'boef new FILE' writes one", name, 1, 1)
        raise ScenarioError(*problems, shape)
    return LoadedScenario(scenario_of(data, positions, name, problems), positions, name, folder or Path(), data)


def scenario_of(
    data: Mapping[str, Any], positions: Positions, name: str = "scenario", problems: Sequence[Problem] = ()
) -> Scenario:
    """Validate what a scenario file holds.

    Parameters
    ----------
    data
        Plain data.
    positions
        Where each value stands.
    name
        What to call the file in messages.
    problems
        What was found wrong before.

    Raises
    ------
    ScenarioError
        With every problem that was found, before and now.
    """
    try:
        context = {"evening_start_s": _evening_start_s(data), "games": _game_names(data)}
        scenario = Scenario.model_validate(data, context=context, by_alias=True, by_name=False)
    except ValidationError as error:
        raise ScenarioError(*complaints(error.errors(include_url=False), outline(), positions, problems, name)) from None
    if problems:
        raise ScenarioError(*problems)
    return scenario


def data_with(data: Mapping[str, Any], values: Iterable[tuple[str, Any]]) -> Mapping[str, Any]:
    """Give plain data with values put in at fields such as `games[0].end`; a field that is none is a `ValueError`."""
    for name, value in values:
        data = placed(data, path_of(name), value)
    return data


def _evening_start_s(data: Mapping[str, Any]) -> float:
    """Read the start of the evening ahead of the rest, because the times of the games are counted from it."""
    try:
        return before_midnight(parse_clock(str(data.get("start"))))
    except ValueError:
        return 0.0


def _game_names(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Read the names of the games ahead of the rest, so that a goal about another one is told with all other mistakes."""
    games = data.get("games")
    named = [game.get("name") for game in games if isinstance(game, dict)] if isinstance(games, list) else []
    return tuple(" ".join(name.split()) for name in named if isinstance(name, str))
