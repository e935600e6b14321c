"""What a user hands in, for the commands that read a scenario and a map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulation.errors import InputError, MapError, ScenarioError
from simulation.structure_ids import CUSTOM, parts_in

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap
    from simulation.scenario import LoadedScenario, Scenario
    from simulation.scenario.fields import Finding

OptionalScenario = Annotated[
    str | None,
    typer.Argument(metavar="SCENARIO", help="A YAML file, or the name of a shipped scenario. Default: the shipped one."),
]
MapOption = Annotated[Path | None, typer.Option("--map", metavar="FILE", help="A map file. Default: that of the scenario.")]
LanguageOption = Annotated[Literal["nl", "en"] | None, typer.Option("--lang", help="Language. Default: that of the scenario.")]
RunArgument = Annotated[Path, typer.Argument(metavar="DIR", help="A folder that `boef run --output` made.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def loaded_scenario(name: str | None) -> LoadedScenario:
    """Load the scenario that was asked for, or the shipped one."""
    from simulation.scenario import DEFAULT_SCENARIO, load_scenario

    return load_scenario(DEFAULT_SCENARIO if name is None else name)


def with_structure(loaded: LoadedScenario, structure_id: str) -> LoadedScenario:
    """Put the structure that was asked for in the place of the scenario's own, if the rest of the scenario agrees with it."""
    from simulation.scenario.agreement import disagreements

    if CUSTOM in parts_in(structure_id) and loaded.scenario.structure.layout is None:
        raise InputError(f"{loaded.name}: {structure_id} needs a structure with a layout, and this one does not have any")
    changed = loaded.with_structure(structure_id)
    found = disagreements(changed.scenario)
    if found:
        raise ScenarioError(*changed.problems(_of_option(finding, changed.scenario, structure_id) for finding in found))
    return changed


def _of_option(finding: Finding, scenario: Scenario, structure_id: str) -> Finding:
    """Say of an outlet what to do about it where the structure is not what the scenario has."""
    from simulation.scenario.agreement import misplaced

    path, _ = finding
    if path != ("outlet",) or not misplaced(scenario.outlet, scenario.structure):
        return finding
    reason = "tells it on the public page only" if scenario.structure.parts.outlet else "has no such groups"
    return path, (
        f"the organisers tell their news in {scenario.outlet!r}, and structure {structure_id!r} {reason}; "
        "take another structure, or a copy of the scenario with outlet: public-page"
    )


def map_of(loaded: LoadedScenario, path: Path | None) -> StreetMap:
    """Read the map that was asked for: by option, by the scenario, or the shipped one."""
    from simulation.maps.pinned import read_map
    from simulation.scenario.shipped import DEFAULT_MAP, scenarios_folder

    if path is not None or loaded.map_path is None:
        return read_map(path or scenarios_folder() / DEFAULT_MAP)
    try:
        return read_map(loaded.map_path)
    except MapError as error:
        found = (loaded.problem(f"{loaded.map_path}: {problem.message}", "map") for problem in error.problems)
        raise ScenarioError(*found) from None
