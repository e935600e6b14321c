"""The command that looks at an alert structure without playing it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.commands.inputs import (
    JsonOption,
    LanguageOption,
    MapOption,
    OptionalScenario,
    loaded_scenario,
    map_of,
    with_structure,
)
from simulation.errors import InputError, ScenarioError
from simulation.structure_ids import MOST_GROUPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.channels.alertgraph import AlertGraph
    from simulation.maps.streetmap import StreetMap
    from simulation.scenario import LoadedScenario


def structure(
    structure_id: Annotated[str, typer.Argument(metavar="ID", help="The structure, such as zoomwijck; or custom.")],
    scenario: OptionalScenario = None,
    map_file: MapOption = None,
    seed: Annotated[int | None, typer.Option(metavar="N", help="Draw who lives here with this seed instead.")] = None,
    output: Annotated[Path | None, typer.Option(metavar="PICTURE", help="The .svg file to make.")] = None,
    language: LanguageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look at an alert structure without playing it: who reaches whom, and on whom that depends."""
    from simulation.runs import check_free, json_text

    if output and output.suffix.lower() != ".svg":
        raise InputError(f"{output}: a picture of a structure ends in .svg; choose such a name")
    if output:
        check_free(output)
    loaded = _with_structure(structure_id, scenario)
    if seed is not None:
        loaded = replace(loaded, scenario=loaded.scenario.with_seed(seed))
    street_map = map_of(loaded, map_file)
    graph = _graph(loaded, street_map)
    from simulation.channels.structure import structure_measures

    measures, shown = structure_measures(graph), language or loaded.scenario.language
    if output:
        _draw(output, (graph, measures), street_map, shown)
    if as_json:
        typer.echo(json_text(measures), nl=False)
        return
    from simulation.reports.structures.words import structure_lines

    typer.echo("\n".join(structure_lines(measures, shown)))
    if output:
        typer.echo(f"Made {output}")


def _graph(loaded: LoadedScenario, street_map: StreetMap) -> AlertGraph:
    """Wire the structure of a scenario on a map."""
    from simulation.engine.structure import alert_graph, misfits

    found = misfits(loaded.scenario, street_map)
    if found:
        raise ScenarioError(*loaded.problems(found))
    return alert_graph(loaded.scenario, street_map)


def _draw(output: Path, seen: tuple[AlertGraph, Mapping[str, Any]], street_map: StreetMap, language: str) -> None:
    """Write the picture."""
    from simulation.reports.structures.svg import structure_svg
    from simulation.runs import new_file

    with new_file(output) as draft:
        draft.write_text(structure_svg(*seen, street_map, language), encoding="utf-8")


def _with_structure(structure_id: str, name: str | None) -> LoadedScenario:
    """Load the scenario, with the structure that was asked for in the place of its own."""
    from simulation.scenario.joining import faults, joined, parts_of

    found = faults(structure_id)
    if found:
        raise InputError("; ".join(found))
    parts = parts_of(structure_id)
    if parts.broadcast:
        raise InputError(
            f"{structure_id}: boef structure looks at groups, and a broadcast is none; leave {parts.broadcast} out"
        )
    loaded = with_structure(loaded_scenario(name), joined(structure_id))
    groups = loaded.scenario.structure
    if groups.plan.areas == "many" and groups.groups > MOST_GROUPS:
        message = f"{groups.groups} groups; boef structure looks at {MOST_GROUPS} at most"
        raise ScenarioError(loaded.problem(message, "structure", "groups"))
    return loaded
